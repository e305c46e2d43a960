"""Regular expressions that are compiled when they are first used.

A document asks for half of the few hundred of this package, a small one for a third; to compile them all took
a tenth of what a small document costs. For a type checker `regex` is `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from re import compile as regex
else:

    def regex(text: str | bytes, flags: int = 0) -> Any:
        """As `re.compile`; what is wrong with the text is raised where it is first used."""
        return Expression(text, flags)


__all__ = ["Expression", "regex"]

_HAS = (
    *("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"),
    *("pattern", "flags", "groups", "groupindex"),
)


class Expression:
    """What a compiled expression has, from the first use of one of it."""

    def __init__(self, text: Any, flags: int) -> None:
        self._given = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _HAS:
            raise AttributeError(name)
        compiled = re.compile(*self._given)
        for known in _HAS:  # from here they are found without this detour
            setattr(self, known, getattr(compiled, known))
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return Expression, self._given
