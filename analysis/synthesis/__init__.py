"""What the five articles are together: figures and tables that no single chapter can show."""
