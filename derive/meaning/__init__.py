"""What the syntax means in its scope: a construct a file, one term for each plausible reading."""

from derive.meaning.elaborate import elaborate

__all__ = ["elaborate"]
