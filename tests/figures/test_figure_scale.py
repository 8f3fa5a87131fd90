"""Charts on a scale of whole points between two demands."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.figures import scale

CAPTION = {"figure_id": "a-scale", "title": "T", "subtitle": "S", "source": "X", "alt": "A"}


def stand(actor: str, code: float, row: str = "Nov 2024", block: str = "Land") -> dict[str, object]:
    return {
        "block": block,
        "row": row,
        "actor": actor,
        "code": code,
        "short": actor[:2],
        "name": actor.lower(),
    }


def test_every_actor_is_written_once_and_a_path_stays_in_its_block() -> None:
    rows = [stand("RU", -2), stand("US", 1), stand("US", -1, "Mar 2025"), stand("US", 2, "Nov 2024", "Sea")]
    drawn = scale.stands(pd.DataFrame(rows), joined=["RU", "US"], **CAPTION)
    once = scale.stands(pd.DataFrame(rows), joined=["RU"], **CAPTION)
    assert drawn.data["actor"].tolist() == ["RU", "US", "US", "US"]
    assert drawn.svg != once.svg  # the one path from row to row inside Land


def test_many_actors_at_one_point_take_more_lines() -> None:
    few = scale.stands(pd.DataFrame([stand("FR", 0)]), joined=[], **CAPTION)
    many = scale.stands(
        pd.DataFrame([stand(code, 0) for code in ("FR", "DE", "IT", "PL")]), joined=[], **CAPTION
    )
    height = [float(one.svg.split("viewBox=")[1].split('"')[1].split()[3]) for one in (few, many)]
    assert height[1] > height[0]


@pytest.mark.parametrize("code", [-3, 2.5])
def test_a_point_off_the_scale_is_refused(code: float) -> None:
    with pytest.raises(ValueError, match=f"figure a-scale: code {code} lies off the scale"):
        scale.stands(pd.DataFrame([stand("RU", code)]), joined=[], **CAPTION)


def test_chances_print_what_is_not_nought() -> None:
    cells = [
        {
            "block": "Land",
            "row": "Nov 2024",
            "code": point,
            "share": share,
            "base": point == 0,
            "mean": -0.25,
            "actors": 4,
        }
        for point, share in zip(scale.POINTS, (0.0, 0.25, 0.75, 0.0, 0.0), strict=True)
    ]
    drawn = scale.chances(pd.DataFrame(cells), rule="framed", **CAPTION)
    other = scale.chances(
        pd.DataFrame(cells).assign(share=[0.0, 0.3, 0.7, 0.0, 0.0]), rule="framed", **CAPTION
    )
    assert drawn.svg != other.svg


def test_spans_mark_an_overlap_and_only_that() -> None:
    def sides(reach: float) -> pd.DataFrame:
        common = {"block": "Land", "row": "Nov 2024", "coded": True, "note": "1 each"}
        return pd.DataFrame(
            [
                {**common, "actor": "RU", "code": -1, "low": -2, "high": -1 + reach},
                {**common, "actor": "UA", "code": 1, "low": 1 - reach, "high": 2},
            ]
        )

    apart, meeting = (scale.spans(sides(reach), beside="to meet", **CAPTION).svg for reach in (0.5, 1.0))
    fill = scale.style.STATEMENT.lower()
    assert meeting.lower().count(fill) >= apart.lower().count(fill)
    assert len(meeting) > len(apart)


@pytest.mark.parametrize("draw", [scale.stands, scale.chances, scale.spans])
def test_no_row_is_refused(draw: object) -> None:
    more = {scale.stands: {"joined": []}, scale.chances: {"rule": "r"}, scale.spans: {"beside": "b"}}[draw]  # type: ignore[index]
    columns = ["block", "row", "actor", "code", "short", "name", "share", "base", "mean", "actors"]
    empty = pd.DataFrame(columns=[*columns, "low", "high", "coded", "note"])
    with pytest.raises(ValueError, match="figure a-scale: there is no row to draw"):
        draw(empty, **more, **CAPTION)  # type: ignore[operator]
