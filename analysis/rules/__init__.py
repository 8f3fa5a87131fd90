"""Rules that hold between cells, rows and tables, a family a module; `analysis/checks.py` asks them all."""
