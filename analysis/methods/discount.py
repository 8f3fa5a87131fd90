"""The price discount a buyer obtains, how much of it is rent, and what buyer power it would imply.

The seller's port price is the world price less the buyer's discount less transport (Spiro, D., Wachtmeister,
H. and Gars, J., 2025, Energy Policy 206: 114739); what freight and quality do not explain is called rent
here, but it also pays for sanctions risk and late payment. Discounts differ by port and grade (Babina, T. et
al., 2023, CEPR Discussion Paper 17957), so reference and paid price need the same grade, port and delivery
terms.
"""

import numpy as np
import pandas as pd

from analysis.methods.inputs import AnyNumbers, Numbers, check_range, table


def discount(reference: Numbers, paid: Numbers) -> Numbers:
    """Discount as a fraction of the reference price, 1 - paid / reference; negative is a premium.

    Takes two prices in one currency and unit; a missing period is NaN. Raises ValueError if the reference is
    not positive or the paid price is negative.
    """
    check_range("reference price", reference, low_excluded=True)
    check_range("paid price", paid)
    return 1 - paid / reference


def rent(
    reference: AnyNumbers, paid: AnyNumbers, freight: AnyNumbers, quality: AnyNumbers, quantity: AnyNumbers
) -> pd.DataFrame:
    """Rent = (reference - paid - freight - quality) x quantity, with its parts, one row a period.

    Prices, freight and quality are per unit of quantity; freight is the extra transport that the gap pays for
    and quality how much less the grade is worth than the reference, either negative if it goes the other way.
    Returns gap, freight, quality and rent in money (gap = freight + quality + rent), and rent_share, the
    rent as a fraction of the gap (NaN without a gap). A missing period is NaN. Raises ValueError if the
    reference is not positive, or the paid price or the quantity is negative.
    """
    check_range("reference price", reference, low_excluded=True)
    check_range("paid price", paid)
    check_range("freight", freight, low=-np.inf)
    check_range("quality difference", quality, low=-np.inf)
    check_range("quantity", quantity)
    unit = table(reference=reference, paid=paid, freight=freight, quality=quality, quantity=quantity)
    gap = unit["reference"] - unit["paid"]
    left = gap - unit["freight"] - unit["quality"]
    return pd.DataFrame(
        {
            "gap": gap * unit["quantity"],
            "freight": unit["freight"] * unit["quantity"],
            "quality": unit["quality"] * unit["quantity"],
            "rent": left * unit["quantity"],
            "rent_share": (left / gap).mask(gap == 0),
        }
    )


def markdown(supply_elasticity: Numbers) -> Numbers:
    """Gap between value and price under a single buyer, 1 / (1 + elasticity), as a fraction of the value.

    From w = MRP / (1 + 1 / elasticity) (Robinson, J., 1933, The Economics of Imperfect Competition; review in
    Manning, A., 2020, ILR Review, doi:10.1177/0019793920922499). Raises ValueError if the elasticity of
    supply is negative.
    """
    check_range("elasticity of supply", supply_elasticity)
    return 1 / (1 + supply_elasticity)


def implied_supply_elasticity(discounted: Numbers) -> Numbers:
    """Elasticity of supply at which a single buyer's markdown equals the discount: 1 / discount - 1.

    A consistency check, not proof of buyer power, since a discount also pays for freight, quality, risk and
    delay. Takes a discount as a fraction; raises ValueError if it is not above 0 and at most 1.
    """
    check_range("discount", discounted, high=1.0, low_excluded=True)
    return 1 / discounted - 1
