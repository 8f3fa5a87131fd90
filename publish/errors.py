"""What is said when the book cannot be built."""


class BuildFailed(Exception):
    """The book could not be built; what is wrong stands in the message or was printed before it."""
