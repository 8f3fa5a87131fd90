"""What the methods accept: a number outside its range becomes one clear sentence, never a wrong result."""

from typing import TypeVar

import numpy as np
import pandas as pd

AnyNumbers = float | np.ndarray | pd.Series
Numbers = TypeVar("Numbers", float, np.ndarray, pd.Series)


def check_range(
    name: str,
    values: AnyNumbers,
    *,
    low: float = 0.0,
    high: float = np.inf,
    low_excluded: bool = False,
) -> None:
    """Refuse values outside [low, high], or (low, high] if low_excluded; NaN means missing and passes.

    Raises ValueError, naming the first value that is refused and its label, or saying that there is none.
    """
    array = np.asarray(values, dtype=float)
    if array.size == 0:
        raise ValueError(f"{name} has no values")
    too_low = array <= low if low_excluded else array < low
    refused = too_low | (array > high) | np.isinf(array)
    if refused.any():
        position = int(np.argmax(refused))
        where = f" at {values.index[position]}" if isinstance(values, pd.Series) else ""
        wanted = f"{'above' if low_excluded else 'at least'} {low:g}" if np.isfinite(low) else "finite"
        if np.isfinite(high):
            wanted += f" and at most {high:g}"
        raise ValueError(f"{name} must be {wanted}, found {array.flat[position]:g}{where}")


def table(**columns: AnyNumbers) -> pd.DataFrame:
    """Line up scalars, arrays and Series as columns of floats.

    Rows are the union of the Series' labels; what one column lacks is NaN there. Scalars fill every row;
    scalars alone make one row. Raises ValueError if lengths do not fit.
    """
    if all(np.ndim(column) == 0 for column in columns.values()):
        return pd.DataFrame([columns], dtype=float)
    return pd.DataFrame(columns, dtype=float)
