"""The codebook says what the schema says."""

from analysis import codebook, paths, schema


def test_the_stored_codebook_is_the_generated_one() -> None:
    package = schema.read(paths.DATA).package
    assert (paths.DATA / "README.md").read_text("utf-8") == codebook.markdown(package), "run `make codebook`"


def test_every_table_column_and_unit_is_in_it() -> None:
    package = schema.read(paths.DATA).package
    text = codebook.markdown(package)
    for resource in package["resources"]:
        assert f"`{resource['path']}`" in text
        for field in resource["schema"]["fields"]:
            assert f"| `{field['name']}` |" in text
    for unit in package["units"]:
        assert f"| `{unit}` |" in text


def test_markdown_in_a_description_is_shown_and_not_obeyed() -> None:
    assert codebook.text("a | *b* `c`\n[d](e) <f>") == r"a \| \*b\* \`c\` \[d\](e) \<f\>"
