"""Tables of any size with known verdicts, for tests of what size does."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import sound

PARTNERS = [f"P{number:02d}" for number in range(50)]
YEARS = range(2000, 2020)


def rows(articles: int, claims: int, observations: int) -> sound.Rows:
    """Sound rows: every claim is numerical and leads to the next of its article.

    The observations are shared out over as many series as their 50 partners and 20 years leave; the value is the
    year's last two digits, so that a claim of 10 for 2010 is supported, and one of 90 refuted. Even claims state 10.
    `articles` divides `claims`.
    """
    made = {**sound.SOUND, "forecasts": [], "inferences": [], "readings": [], "claims": [], "articles": []}
    (article,) = sound.SOUND["articles"]
    names = [f"a{number:03d}" for number in range(articles)]
    made["articles"] = [{**article, "article_id": name} for name in names]
    made["areas"] = [{"area": area, "name_en": area, "name_zh": area} for area in [*PARTNERS, "RU"]]
    places = [(partner, year) for partner in PARTNERS for year in YEARS]
    series = [f"s{number:04d}" for number in range(-(-observations // len(places)))]
    made["series"] = [{**sound.SOUND["series"][0], "series_id": name} for name in series]
    measured = [(name, partner, year) for name in series for partner, year in places][:observations]
    made["observations"] = sorted(
        (
            {
                **sound.SOUND["observations"][0],
                "observation_id": f"{name}@{year}@RU-{partner}@x",
                "series_id": name,
                "period": str(year),
                "counterparty": partner,
                "value": str(year - 2000),
            }
            for name, partner, year in measured
        ),
        key=lambda row: row["observation_id"],
    )
    for number in range(claims):
        place, own = divmod(number, claims // articles)
        article_id, figure = names[place], "10" if number % 2 == 0 else "90"
        claim_id = f"{article_id}.{own:03d}"
        made["claims"].append(
            {**sound.SOUND["claims"][0], "claim_id": claim_id, "article_id": article_id, "figure_low": figure,
             "figure_high": figure, "period": "2010", "statement_en": f"The share was about {figure} percent in 2010.",
             "statement_zh": f"2010年份额约为{figure}%。"}
        )  # fmt: skip
        made["readings"].append(
            {**sound.SOUND["readings"][0], "reading_id": f"{claim_id}.a", "claim_id": claim_id,
             "key": series[number % len(series)], "counterparty": PARTNERS[number % 50], "period": "2010"}
        )  # fmt: skip
    # Every series is read, as the rules demand, whatever the number of claims.
    read = {row["key"] for row in made["readings"]}
    made["figures"] = [
        {"figure_id": f"f-{article_id}", "article_id": article_id, "series_ids": ";".join(sorted(set(series) - read)), "shows": "All."}
        for article_id in names[:1]
        if set(series) - read
    ]
    for one, other in pairwise(made["claims"]):
        if one["article_id"] == other["article_id"]:
            made["inferences"].append(
                {"inference_id": one["claim_id"].replace(".", ".i"), "from_claim": one["claim_id"], "to_claim": other["claim_id"],
                 "relation": "support", "warrant": "Size follows size."}
            )  # fmt: skip
    return made


def write(folder: Path, articles: int, claims: int, observations: int) -> Path:
    """The same as a data folder."""
    return sound.write(folder, rows(articles, claims, observations))
