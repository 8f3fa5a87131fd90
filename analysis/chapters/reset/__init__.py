"""The turn between Washington and Moscow: what its figures are drawn from."""
