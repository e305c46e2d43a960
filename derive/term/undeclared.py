"""Whether terms speak of names of which nothing is known but that nothing declares them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from derive.term.nodes import Symbol, Term
from derive.term.scope import Scope
from derive.term.traverse import free_symbols, walk

OPTION = "undeclared"
"""The option of a scope that holds the commands of its document that nothing declares, a space between."""


def of_undeclared(scope: Scope, *terms: Term) -> bool:
    """Whether a name in the terms, or in what defines them, is such a command or marked by one."""
    commands = scope.options.get(OPTION, "")
    if not commands:
        return False
    pattern = _pattern(commands)
    seen: set[str] = set()
    waiting = list(terms)
    while waiting:
        for name in free_symbols(waiting.pop()):
            if name in seen:
                continue
            seen.add(name)
            if "\\" in name and pattern.search(name) is not None:
                return True
            if name in scope.definitions:
                waiting.append(scope.definitions[name].body)
    return False


def undeclared_in(scope: Scope, *terms: Term) -> Counter[str]:
    """How often each such name stands in the terms themselves."""
    commands = scope.options.get(OPTION, "")
    if not commands:
        return Counter()
    pattern = _pattern(commands)
    names = (n.name for term in terms for n in walk(term) if isinstance(n, Symbol))
    return Counter(name for name in names if pattern.search(name) is not None)


@cache
def _pattern(commands: str) -> re.Pattern[str]:
    names = "|".join(re.escape(c) for c in commands.split())
    return re.compile(rf"(?:{names})(?![A-Za-z])")
