"""The Python interface in one place."""

from derive.front.check import check
from derive.front.decide import DeriveError, decide
from derive.meaning.formula import read

__all__ = ["DeriveError", "check", "decide", "read"]
