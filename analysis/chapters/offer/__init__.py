"""The 12-trillion offer: what its figures are drawn from."""
