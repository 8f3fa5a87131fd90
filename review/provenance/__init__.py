"""What machines read of the project and its site, each held against its own specification."""
