"""Five Arguments, Tested: tables in, verdicts out."""
