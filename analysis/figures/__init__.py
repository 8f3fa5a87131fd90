"""The book's visual language: tidy tables in, figures and tables for the page out."""
