"""Data put to the test: tables corrupted one cell or row at a time, and what catches each corruption.

`operators` damages a row, `sample` draws a seeded sample over every table, column and operator, `bench` holds
each mutant against the layers, `used` says which rows a verdict or figure uses, `score` counts.
"""
