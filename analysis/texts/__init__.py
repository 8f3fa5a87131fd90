"""From an article's text to counted words, so that what is said of its wording can be computed without it."""
