"""How the book is made: notebooks executed, pages generated from the tables, the site built."""
