"""Methods of the field, one a module: tables or arrays in, results out; none chooses a row."""
