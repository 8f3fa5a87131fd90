"""The reviewer's run: everything checked from the committed state, and proof that the checks bite."""
