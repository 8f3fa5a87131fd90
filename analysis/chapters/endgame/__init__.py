"""Endgame and sanctions: what its figures are drawn from."""
