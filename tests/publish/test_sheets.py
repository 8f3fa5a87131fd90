"""Style sheets cut down to what pages use: nothing that can be used is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import sheets

USED = sheets.Used(
    ['<p class="on both"></p><script>box.className = "inline";</script><style>.styled{}</style>'],
    ["element.classList.add('made'); element.className = `kind-${kind}`;"],
)


@pytest.mark.parametrize(
    "kept",
    [
        "a:hover{color:red}",
        ".on{top:0}",
        ".off,.on{top:0}",
        ".inline .made{top:0}",
        ".kind-object{top:0}",  # put together by the script
        ".on:not(.off, [a='.x']) p{top:0}",
        "a[href$='.pdf']{top:0}",
        ":is(.off,.on){top:0}",
        "@font-face{src:url(a.woff2)}",
        "@keyframes turn{12.5%{top:0}to{top:1px}}",
        ":root{--a:url(\"data:image/svg+xml,%3csvg class='x'/%3e\")}",
        r".\31 x{top:0}",
    ],
)
def test_a_rule_that_may_be_used_stays(kept: str) -> None:
    assert sheets.cut(kept, USED) == kept


@pytest.mark.parametrize("gone", [".off{top:0}", ".on .off::before{content:'\\f000'}", ".off p,.on.off>a{top:0}", ":is(.off,.out){top:0}", ".styled{top:0}"])
def test_a_rule_that_nothing_can_use_goes(gone: str) -> None:
    assert sheets.cut(f"{gone}@media print{{{gone}.on{{top:0}}}}", USED) == "@media print{.on{top:0}}"


def test_licences_and_statements_stay_and_other_comments_go() -> None:
    sheet = '@charset "UTF-8";/*! MIT, see x.com */.off{top:0}/* .on { */:root{top:0}@import "a.css";.off{top:0}'
    assert sheets.cut(sheet, USED) == '@charset "UTF-8";/*! MIT, see x.com */:root{top:0}@import "a.css";'


def test_the_site_s_sheets_are_cut_by_all_its_pages_and_scripts_but_its_own_stays(tmp_path: Path) -> None:
    (tmp_path / "_static" / "styles").mkdir(parents=True)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "a.html").write_text('<p class="one">')
    (tmp_path / "_static" / "a.js").write_text("'two'")
    for name in ("styles/theme.css", "book.css"):
        (tmp_path / "_static" / name).write_text(".one{}.two{}.three{}")
    sheets.write(tmp_path)
    assert (tmp_path / "_static" / "styles" / "theme.css").read_text() == ".one{}.two{}"
    assert (tmp_path / "_static" / "book.css").read_text() == ".one{}.two{}.three{}"
