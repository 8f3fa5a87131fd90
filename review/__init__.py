"""The reviewer's run: everything verified, and the checks themselves put to the test."""
