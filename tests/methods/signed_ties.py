"""Signed ties for tests: a published network with known answers, and random ones."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from hypothesis import strategies as st

Tie = tuple[str, str, int]

# Alliances and enmities of sixteen tribes (Read, K. E., 1954, Southwestern Journal of Anthropology 10: 1-43), the
# data set gama.dat of UCINET, as the package signnet prints it at
# https://schochastics.github.io/R4SNA/descriptive/signed-networks.html: each tribe's friends, then its enemies,
# among those that come after it.
TRIBES = {
    "Gavev": ("Kotun Nagad Gama", "Ove Alika Nagam Gahuk Asaro"),
    "Kotun": ("Nagad Gama", "Ove Nagam Gahuk Notoh Kohik"),
    "Ove": ("Alika Gahuk Masil Ukudz", ""),
    "Alika": ("Ukudz", ""),
    "Nagam": ("Masil Notoh Seuve", "Nagad Gama"),
    "Gahuk": ("Masil Ukudz Geham Asaro", "Notoh Uheto Gama"),
    "Masil": ("Ukudz Geham Asaro Uheto", ""),
    "Ukudz": ("Geham Asaro", "Seuve"),
    "Notoh": ("Kohik Uheto", "Geham Nagad"),
    "Kohik": ("Uheto", "Geham Nagad"),
    "Geham": ("Asaro", "Uheto Nagad Gama"),
    "Asaro": ("", "Seuve Nagad Gama"),
    "Uheto": ("Seuve", "Nagad Gama"),
    "Seuve": ("", "Gama"),
    "Nagad": ("Gama", ""),
}


def frame(ties: list[Tie]) -> pd.DataFrame:
    return pd.DataFrame(ties, columns=["actor_a", "actor_b", "sign"])


def tribes() -> pd.DataFrame:
    return frame(
        [
            (one, other, sign)
            for one, groups in TRIBES.items()
            for sign, group in zip((1, -1), groups, strict=True)
            for other in group.split()
        ]
    )


def complete(size: int, sign: int) -> pd.DataFrame:
    return frame([(one, other, sign) for one, other in combinations("ABCDEFGHIJKLM"[:size], 2)])


@st.composite
def networks(draw: st.DrawFn, most: int = 6, signs: tuple[int | None, ...] = (-1, 0, 1, None)) -> pd.DataFrame:
    """Ties of up to `most` actors, at least one of them signed; None leaves a pair without a row."""
    pairs = list(combinations("ABCDEFGH"[: draw(st.integers(2, most))], 2))
    codes = draw(st.lists(st.sampled_from(signs), min_size=len(pairs), max_size=len(pairs)))
    codes[0] = draw(st.sampled_from((-1, 1)))
    return frame([(*pair, code) for pair, code in zip(pairs, codes, strict=True) if code is not None])
