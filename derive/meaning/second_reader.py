"""A second opinion on the reading: latex2sympy2, inside a fragment where it can be trusted.

It keeps state between calls, drops what it does not know and evaluates as it
reads; so the fragment is small, its state is reset before each call, and a result
whose free symbols are not the letters of the input is thrown away. Imported on
first need; without it there is no second opinion.
"""

from __future__ import annotations

import re
from importlib import import_module
from types import ModuleType
from typing import Any

from derive.expressions import regex

_COMMANDS = frozenset(
    r"""\frac \dfrac \tfrac \sqrt \sin \cos \tan \cot \sec \csc \sinh \cosh \tanh \arcsin \arccos \arctan \exp
    \ln \cdot \times \left \right \pi \alpha \beta \gamma \delta \theta \lambda \mu \nu \rho \tau \phi \omega
    \xi \eta \, \; \! \:""".split()
)
_TOKEN = regex(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]|\s+|[-+*/^_(){}\[\]|=.,<>!]")
_LONGEST = 300

_library: ModuleType | None = None
_own: Any = None
_quick: Any = None
_absent = False


def second_reading(latex: str) -> tuple[Any, Any] | None:
    """The two sides of one equation as SymPy expressions; None outside the fragment, on any failure,
    and where latex2sympy2 is not installed."""
    if latex.count("=") != 1:
        return None
    left, right = latex.split("=")
    sides = []
    for side in (left, right):
        if not in_fragment(side):
            return None
        expression = _read(side.strip())
        if expression is None:
            return None
        sides.append(expression)
    return sides[0], sides[1]


def in_fragment(latex: str) -> bool:
    """Arithmetic, powers, roots and elementary functions of plain letters: no scripts, sums, relations,
    no letter that stands before a parenthesis, no e, i or d, no high powers."""
    if not latex.strip() or len(latex) > _LONGEST:
        return False
    tokens = [t for t in _TOKEN.findall(latex) if not t.isspace()]
    if "".join(tokens) != re.sub(r"\s+", "", latex):
        return False
    for k, token in enumerate(tokens):
        following = tokens[k + 1] if k + 1 < len(tokens) else ""
        if token.startswith("\\") and token not in _COMMANDS:
            return False
        if token in (".", "_", "|", "[", "]", ",", "<", ">", "!", "*", "/", "i", "e", "d", "I", "E"):
            return False
        letter = (len(token) == 1 and token.isalpha()) or token in (
            "\\pi",
            "\\theta",
            "\\phi",
            "\\gamma",
            "\\beta",
        )
        if letter and following in ("(", "\\left"):
            return False
        if token == "^":
            power = re.match(r"\s*\{?\s*-?\s*(\d{1,2}|[A-Za-z])\s*\}?", "".join(tokens[k + 1 : k + 5]))
            if power is None or (tokens[k + 1 : k + 2] == ["{"] and "^" in _group(tokens, k + 1)):
                return False
    return True


_OPENING, _CLOSING = frozenset("({"), frozenset(")}")
_FUNCTIONS = frozenset(
    r"\sin \cos \tan \cot \sec \csc \sinh \cosh \tanh \arcsin \arccos \arctan \exp \ln".split()
)
_FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac"))
_SPACING = frozenset((r"\,", r"\;", r"\!", r"\:", r"\left", r"\right"))
_OF_TWO_KINDS = frozenset((r"\gamma", r"\phi", r"\beta"))
"""Letters for one reader, constants or functions for another."""


def reads_one_way(latex: str) -> bool:
    """Whether readers could not differ over a side of the fragment: sums, products, powers and fractions with
    their braces, and functions whose argument certainly ends where it seems to, no `\\sin 2x`."""
    tokens = [t for t in _TOKEN.findall(latex) if not t.isspace() and t not in _SPACING]
    return all(_one_way(tokens, k) for k in range(len(tokens)))


def _one_way(tokens: list[str], k: int) -> bool:
    token, following = tokens[k], tokens[k + 1] if k + 1 < len(tokens) else ""
    if token in _FUNCTIONS:
        return _argument_ends(tokens, k + 1)
    if token in _FRACTIONS or token == "\\sqrt":
        return _behind_braces(tokens, k + 1, 1 if token == "\\sqrt" else 2) is not None
    if token[0].isdigit():  # a mixed number is a sum for one and a product for the other
        return not following[:1].isdigit() and following not in _FRACTIONS
    if token == "^":
        exponent = _group(tokens, k + 1) if following == "{" else [following]
        return len(following) == 1 and not set("TH").intersection(exponent)  # a power, or transposed
    return token not in _OF_TWO_KINDS


def _argument_ends(tokens: list[str], at: int) -> bool:
    """Whether the one thing behind a function's name, or its power, is followed by no factor."""
    if tokens[at : at + 1] == ["^"]:
        if not "".join(tokens[at + 1 : at + 2]).isdigit():
            return False  # `\\sin^{-1}`
        at += 2
    first = tokens[at] if at < len(tokens) else ""
    if first == "(":
        behind: int | None = at + len(_group(tokens, at))
    elif first in _FRACTIONS:
        behind = _behind_braces(tokens, at + 1, 2)
    else:
        behind = at + 1 if _is_letter(first) else None
    return behind is not None and (behind >= len(tokens) or tokens[behind] in ("+", "-", ")", "}"))


def _behind_braces(tokens: list[str], at: int, groups: int) -> int | None:
    for _ in range(groups):
        if tokens[at : at + 1] != ["{"]:
            return None
        at += len(_group(tokens, at))
    return at


def _group(tokens: list[str], start: int) -> list[str]:
    level, out = 0, []
    for token in tokens[start:]:
        level += (token in _OPENING) - (token in _CLOSING)
        out.append(token)
        if level == 0:
            break
    return out


def load() -> ModuleType | None:
    """The library, imported on the first call; None where it is absent, which is found out once."""
    global _library, _absent
    if _library is None and not _absent:
        try:
            _library = import_module("latex2sympy2")
            _quicken(_library)
        except ImportError:
            _absent = True
    return _library


def _quicken(library: Any) -> None:
    """Have a parser that predicts without its context: it gives the same tree or an error (Parr, Harwell and
    Fisher, Adaptive LL(*) parsing, section 5), in a fraction of the time."""
    global _quick, _own
    sll = import_module("antlr4.atn.PredictionMode").PredictionMode.SLL

    _own = library.PSParser

    class Quick(_own):  # type: ignore[misc]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self._interp.predictionMode = sll

    _quick = Quick


def _read(latex: str) -> Any:
    library = load()
    if library is None:
        return None
    expression = _parsed(library, latex, _quick)
    if expression is None:
        expression = _parsed(library, latex, _own)
    import sympy

    if not isinstance(expression, sympy.Expr):
        return None
    wanted = {t.lstrip("\\") for t in _TOKEN.findall(latex) if _is_letter(t)}
    found = {re.sub(r"[\\{}]", "", str(s)) for s in expression.free_symbols}
    # a symbol may cancel (x - x), but one that was not written must not appear, nor a written one vanish
    if found - wanted or (wanted - found - {"pi"}):
        return None
    return expression.subs({s: sympy.Symbol(_spelled(s)) for s in expression.free_symbols})


def _parsed(library: Any, latex: str, parser: Any) -> Any:
    library.is_real, library.frac_type = None, r"\frac"
    library.variances, library.var, library.VARIABLE_VALUES = {}, {}, {}
    library.PSParser = parser
    try:
        return library.latex2sympy(latex)
    except Exception:  # its parser raises whatever its helpers raise; a failure is no opinion
        return None


def _is_letter(token: str) -> bool:
    return (len(token) == 1 and token.isalpha()) or (
        token.startswith("\\")
        and token[1:] in "alpha beta gamma delta theta lambda mu nu rho tau phi omega xi eta".split()
    )


def _spelled(symbol: Any) -> str:
    name = re.sub(r"[\\{}]", "", str(symbol))
    return name if len(name) == 1 else "\\" + name
