"""Letters that the words of a document make the name of a function: `F_n` where it says Fibonacci numbers."""

from __future__ import annotations

from collections.abc import Iterable, Set
from fractions import Fraction

from derive.facts.pieces import walk
from derive.functions import FUNCTIONS
from derive.functions.record import Function, Letter
from derive.notation.syntax import Chain, Display, Name, Number, Scripts, Syntax
from derive.term.nodes import Apply, Symbol

OPTION = "named"
"""The option of a scope that holds them, the names of functions with spaces between."""


def named(spoken: Set[str], displays: Iterable[Display]) -> str:
    """The functions that the document speaks of, as an option of its scopes; `spoken` are its words, and
    what it says in two words that follow one another.

    Not those to whose first values it gives other numbers: it counts from another place, or scales.
    """
    told = [
        (function, letter)
        for function in FUNCTIONS.values()
        for letter in function.letters
        if _told(letter, spoken)
    ]
    if not told:
        return ""
    stated = _values(displays)
    return " ".join(f.name for f, letter in told if not _otherwise(letter, stated))


def spoken_of(option: str) -> tuple[tuple[Function, Letter], ...]:
    """The functions of the option with the letters that name them."""
    return tuple((FUNCTIONS[name], letter) for name in option.split() for letter in FUNCTIONS[name].letters)


def as_printed(names: Iterable[str]) -> dict[str, str]:
    """Options of a scope in which the letters of these functions are read as they are printed, whatever else
    an author may mean by them. A name that is none is passed over."""
    known = [FUNCTIONS[name] for name in names if name in FUNCTIONS and FUNCTIONS[name].letters]
    words: list[str] = []
    for function in known:
        args = tuple(Symbol(f"x_{{{k}}}") for k in range(function.least))
        for meaning in (m for letter in function.letters for m in letter.meanings):
            if meaning.of(*args) == Apply(function.name, args):
                words += meaning.words
    return {OPTION: " ".join(f.name for f in known), "words": " ".join(words)} if known else {}


def _told(letter: Letter, spoken: Set[str]) -> bool:
    return any(_said(w, spoken) for w in letter.words) and not any(_said(w, spoken) for w in letter.unless)


def _said(phrase: str, spoken: Set[str]) -> bool:
    """Whether the document says it, in the singular or the plural."""
    return phrase in spoken or f"{phrase}s" in spoken


def _values(displays: Iterable[Display]) -> dict[tuple[str, int], set[Fraction]]:
    """What the document says of letters with a number below: `F_0 = 1`."""
    found: dict[tuple[str, int], set[Fraction]] = {}
    for node in (n for d in displays for n in walk((d,)) if isinstance(n, Chain) and n.first is not None):
        sides: list[Syntax | None] = [node.first, *(link.right for link in node.links)]
        match sides:
            case [Scripts(base=Name(name=name), sub=Number(text=index), sup=None), Number(text=value)]:
                if index.isdigit() and value.isdigit():
                    found.setdefault((name, int(index)), set()).add(Fraction(value))
    return found


def _otherwise(letter: Letter, stated: dict[tuple[str, int], set[Fraction]]) -> bool:
    return any(value not in stated.get((letter.letter, k), {value}) for k, value in letter.starts)
