"""China's hedge: what its figures are drawn from."""
