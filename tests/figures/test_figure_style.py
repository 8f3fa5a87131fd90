"""The look: colours that survive colour blindness and grey print, and one set-up call."""

from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties, findfont, fontManager

from analysis.figures import style

# Machado, Oliveira & Fernandes (2009), IEEE TVCG 15(6): the full forms, on linear sRGB.
MACHADO = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# Ottosson (2020): linear sRGB to Oklab.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def lightness(colour: str) -> float:
    """CIE L*: what is left of a colour in grey print."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def difference(one: str, other: str, vision: str) -> float:
    seen = [np.clip(MACHADO[vision] @ linear(colour), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(np.subtract(*[TO_OKLAB @ np.cbrt(TO_CONES @ colour) for colour in seen])))


def test_the_measures_on_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert lightness("#777777") == pytest.approx(50.03, abs=0.01)
    assert difference("#FF0000", "#FF0000", "protanopia") == 0


@pytest.mark.parametrize("vision", MACHADO)
def test_actors_stay_apart_for_every_vision(vision: str) -> None:
    colours = {code: look.colour for code, look in style.ACTORS.items()} | {"rest": style.REST.colour}
    nearest = min(
        combinations(colours, 2), key=lambda pair: difference(colours[pair[0]], colours[pair[1]], vision)
    )
    assert difference(colours[nearest[0]], colours[nearest[1]], vision) > 0.085, nearest


def test_actors_stay_apart_in_grey() -> None:
    for (a, one), (b, other) in combinations(style.ACTORS.items(), 2):
        assert one.marker != other.marker, (a, b)
        if abs(lightness(one.colour) - lightness(other.colour)) < 8:
            assert one.dash != other.dash, (a, b)
    three = [lightness(style.ACTORS[code].colour) for code in ("RU", "CN", "US")]
    assert min(abs(x - y) for x, y in combinations(three, 2)) > 12


def test_verdicts_stay_apart_in_grey_by_fill_and_by_icon() -> None:
    looks = list(style.VERDICTS.values())
    for one, other in combinations(looks, 2):
        assert abs(lightness(one.fill) - lightness(other.fill)) > 10, (one.label, other.label)
    for distinct in ("label", "icon", "marker", "css_class"):
        assert len({getattr(look, distinct) for look in looks}) == len(looks)


@pytest.mark.parametrize("vision", MACHADO)
def test_verdicts_stay_apart_for_every_vision(vision: str) -> None:
    for one, other in combinations(style.VERDICTS.values(), 2):
        assert difference(one.fill, other.fill, vision) > 0.085, (one.label, other.label)


def test_text_and_marks_are_legible() -> None:
    for look in style.ACTORS.values():
        assert contrast(look.colour, style.PAPER) > 3, look.name
        assert contrast(look.ink, style.PAPER) > 4.5, look.name
    for verdict in style.VERDICTS.values():
        for hollow in (True, False):
            face, edge, sign = verdict.colours(hollow)
            assert contrast(face, sign) > 4.5, verdict.label
            assert max(contrast(edge, style.PAPER), contrast(face, style.PAPER)) > 1.8
        assert contrast(verdict.ink, style.PAPER) > 4.5
    assert contrast(style.SOFT, style.PAPER) > 4.5
    assert contrast(style.STATEMENT_INK, style.PAPER) > 4.5
    assert contrast(style.INK, style.STATEMENT) > 4.5


def test_an_unknown_actor_is_grey_and_an_unknown_verdict_an_error() -> None:
    assert style.actor("KZ") is style.REST
    with pytest.raises(ValueError, match="True"):
        style.verdict("True")


def test_set_up_overrides_the_machine() -> None:
    matplotlib.rcParams.update({"font.family": "serif", "svg.fonttype": "none", "axes.spines.top": True})
    matplotlib.rcParams["figure.constrained_layout.use"] = True
    style.set_up()
    assert matplotlib.rcParams["font.family"][0] == "Noto Sans SC"
    assert matplotlib.rcParams["svg.fonttype"] == "path"
    assert not matplotlib.rcParams["axes.spines.top"]
    assert not matplotlib.rcParams["figure.constrained_layout.use"]


def test_the_font_is_the_pinned_one() -> None:
    path = findfont(FontProperties(family=style.font_family()), fallback_to_default=False)
    assert path.endswith("pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf")


def test_the_font_is_registered_once_however_often_the_look_is_set_up() -> None:
    """Registering makes matplotlib forget every font it has looked up, and that is most of a drawing's time."""
    style.set_up()
    known = len(fontManager.ttflist)
    findfont(FontProperties(family=style.font_family()))
    style.set_up()
    assert len(fontManager.ttflist) == known and fontManager._findfont_cached.cache_info().currsize
