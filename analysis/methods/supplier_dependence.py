"""Which imported products count as strategic dependences, and how lasting the label is.

Two published screens over rows of product data: the European Commission's core dependency indicators
(Strategic dependencies and capacities, SWD(2021) 352, 5 May 2021), made for a bloc, and CEPII's GeoDep
(Lefebvre, K. and Wibaux, P., 2024, Import dependencies: where does the EU stand?, CEPII Policy Brief 47),
made for one country. A threshold is exceeded only beyond rounding, so a product exactly on it is not flagged.
Missing data give a missing flag (pandas.NA) unless the known criteria already decide.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.methods.inputs import check_range

CONCENTRATION_THRESHOLD = 0.4
# Sums of squared shares that equal 0.4 on paper may differ from it by rounding.
TOLERANCE = 1e-9
# GeoDep's ratio of imports to exports where nothing is exported.
NO_EXPORTS_RATIO = 9999.0


def core_dependency_flags(
    products: pd.DataFrame, *, share_threshold: float, ratio_threshold: float = 1.0
) -> pd.DataFrame:
    """Flag products by the Commission's three core dependency indicators.

    Takes one row a product with the columns supplier_concentration (Herfindahl index of suppliers outside the
    bloc, 0 to 1), external_imports (from outside), total_imports (from outside and inside) and exports (one
    unit, one period). Returns the columns concentrated (index above 0.4), external (share of imports from
    outside above share_threshold), not_substitutable (external imports over exports above ratio_threshold)
    and flagged (all three). MERICS asks for imports of twice the exports: ratio_threshold=2. Raises
    ValueError if there is no product, a column is missing, a value is outside its range, or a part exceeds
    its total.
    """
    _check_columns(products, ["supplier_concentration", "external_imports", "total_imports", "exports"])
    check_range("supplier concentration", products["supplier_concentration"], high=1.0 + TOLERANCE)
    check_range("total imports", products["total_imports"], low_excluded=True)
    share = products["external_imports"] / products["total_imports"]
    check_range("external imports as a share of total imports", share, high=1.0 + TOLERANCE)
    ratio = import_export_ratio(products["external_imports"], products["exports"])
    return _with_flagged(
        {
            "concentrated": _exceeds(products["supplier_concentration"], CONCENTRATION_THRESHOLD),
            "external": _exceeds(share, share_threshold),
            "not_substitutable": _exceeds(ratio, ratio_threshold),
        }
    )


def geodep_flags(products: pd.DataFrame, ratio_threshold: float = 1.0) -> pd.DataFrame:
    """Flag products of one country by GeoDep's three yearly criteria.

    Takes one row a product (and year) with the columns import_concentration and export_concentration
    (Herfindahl indices of the country's suppliers and of world exporters, 0 to 1), imports and exports (one
    unit). Returns the columns imports_concentrated and exports_concentrated (index above 0.4),
    not_substitutable (imports over exports above ratio_threshold) and flagged (all three). The fourth
    criterion, duration, is lasting_flags. Raises ValueError if there is no product, a column is missing, or a
    value is outside its range.
    """
    _check_columns(products, ["import_concentration", "export_concentration", "imports", "exports"])
    check_range("import concentration", products["import_concentration"], high=1.0 + TOLERANCE)
    check_range("export concentration", products["export_concentration"], high=1.0 + TOLERANCE)
    ratio = import_export_ratio(products["imports"], products["exports"])
    return _with_flagged(
        {
            "imports_concentrated": _exceeds(products["import_concentration"], CONCENTRATION_THRESHOLD),
            "exports_concentrated": _exceeds(products["export_concentration"], CONCENTRATION_THRESHOLD),
            "not_substitutable": _exceeds(ratio, ratio_threshold),
        }
    )


def import_export_ratio(imports: pd.Series, exports: pd.Series) -> pd.Series:
    """Imports over exports of a product; 9999 where nothing is exported, as in GeoDep.

    Missing values stay missing. Raises ValueError if a value is negative or there is none.
    """
    check_range("imports", imports)
    check_range("exports", exports)
    return (imports / exports).mask((exports == 0) & imports.notna(), NO_EXPORTS_RATIO)


def lasting_flags(flags: pd.DataFrame, window: int = 3, required: int = 2) -> pd.DataFrame:
    """Flag a product whose yearly flag holds in at least `required` of `window` consecutive years.

    Takes one row a product and one column a calendar year (integers) of yearly flags. Returns the same for
    every year that ends a full window; a year that is missing leaves the flag open (pandas.NA) only where it
    could decide. Raises ValueError if there is no product, a year is not a whole number or appears twice, or
    there are fewer years than the window.
    """
    years = _flags_by_year(flags)
    calendar = [int(year) for year in years.columns]
    span = range(min(calendar), max(calendar) + 1)
    if len(span) < window:
        raise ValueError(f"a window of {window} years needs at least as many years, found {len(span)}")
    years = years.reindex(columns=span).astype("boolean")
    lasting = {}
    for end in span[window - 1 :]:
        recent = years[range(end - window + 1, end + 1)]
        held = recent.fillna(False).sum(axis=1)
        possible = recent.fillna(True).sum(axis=1)
        lasting[end] = (held >= required).astype("boolean").mask((held < required) & (possible >= required))
    return pd.DataFrame(lasting, index=years.index)


def churn(flags: pd.DataFrame) -> pd.DataFrame:
    """How many flagged products lose the flag from one year to the next that is present.

    Takes flags as lasting_flags does. Returns one row a pair of years with the columns before, after, flagged
    (in the first year), lost, gained, unknown (missing in either year and not counted), and share_lost (lost
    over flagged, NaN if none was). Vicard, V. and Wibaux, P. (2023, EU Strategic Dependencies: A Long View,
    CEPII Policy Brief 2023-41) find one in five lost within a year. Raises ValueError if there is no product,
    a year is not a whole number or appears twice, or there are fewer than two years.
    """
    years = _flags_by_year(flags)
    if years.shape[1] < 2:
        raise ValueError(f"churn needs at least two years, found {years.shape[1]}")
    rows = []
    for before, after in pairwise(sorted(years.columns)):
        known = years[[before, after]].dropna()
        first, second = known[before].astype(bool), known[after].astype(bool)
        flagged, lost = int(first.sum()), int((first & ~second).sum())
        rows.append(
            {
                "before": before,
                "after": after,
                "flagged": flagged,
                "lost": lost,
                "gained": int((~first & second).sum()),
                "unknown": len(years) - len(known),
                "share_lost": lost / flagged if flagged else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _exceeds(values: pd.Series, threshold: float) -> pd.Series:
    return (values > threshold + TOLERANCE).astype("boolean").mask(values.isna())


def _with_flagged(criteria: dict[str, pd.Series]) -> pd.DataFrame:
    flags = pd.DataFrame(criteria)
    flagged = pd.Series(True, index=flags.index, dtype="boolean")
    for criterion in criteria:
        flagged = flagged & flags[criterion]
    return flags.assign(flagged=flagged)


def _check_columns(products: pd.DataFrame, wanted: Iterable[str]) -> None:
    missing = [column for column in wanted if column not in products.columns]
    if missing:
        raise ValueError(f"product data lack the column {missing[0]}")
    if products.empty:
        raise ValueError("product data have no rows")


def _flags_by_year(flags: pd.DataFrame) -> pd.DataFrame:
    if flags.empty:
        raise ValueError("flags by year have no rows or no years")
    if not pd.api.types.is_integer_dtype(flags.columns):
        raise ValueError(f"years must be whole numbers, found {flags.columns[0]!r}")
    if not flags.columns.is_unique:
        raise ValueError(f"year {flags.columns[flags.columns.duplicated()][0]} appears twice")
    return flags.astype("boolean")
