"""How much of a change in revenue is price and how much is quantity.

With revenue = price x quantity, a change is price effect (dP x Q) + quantity effect (P x dQ) + interaction
(dP x dQ). The interaction belongs to neither and must be put somewhere: with the price (both at the new
quantity), with the quantity (both at the old), or half to each (Bennet, T. L., 1920, Journal of the Royal
Statistical Society 83: 455-462). The three splits are the bounds of what can be said.
"""

import pandas as pd

from analysis.methods.inputs import check_range

SPLITS = {"with the price": 1.0, "half to each": 0.5, "with the quantity": 0.0}


def price_volume(price_before: float, price_after: float, before: float, after: float) -> pd.DataFrame:
    """Price and quantity effects of a change in revenue, one row a split of the interaction.

    Takes two prices and two quantities; revenue is their product. Returns price, quantity and total in
    money, under the names of SPLITS. Raises ValueError if a number is negative.
    """
    for name, value in (("price before", price_before), ("price after", price_after)):
        check_range(name, value)
    for name, value in (("quantity before", before), ("quantity after", after)):
        check_range(name, value)
    change = price_after * after - price_before * before
    effects = {}
    for name, part in SPLITS.items():
        at = part * after + (1 - part) * before
        price = (price_after - price_before) * at
        effects[name] = {"price": price, "quantity": change - price, "total": change}
    return pd.DataFrame.from_dict(effects, orient="index")
