"""What holds whatever the letter is."""

from __future__ import annotations

from derive.meaning import beside
from derive.meaning.letters.superscripts import is_arrow
from derive.meaning.questions.applied.asked import (
    APPLIED,
    CALLED,
    TIMES,
    Applied,
    Table,
    grouped,
    often_both,
    when,
)
from derive.notation import syntax as s
from derive.rules import Rule


def _numbered_alone(q: Applied) -> bool:
    if not (q.scripted and isinstance(q.head.sub, s.Number) and q.head.sup is None and grouped(q)):
        return False
    free = q.r.role(q.full) is None and "plain" not in q.r.evidence.applied.get(q.full, ())
    return free and beside.stands_alone(q.r, q.full)


def _by_look(q: Applied) -> bool:
    """Only `R(x)` says that R is a function, and R is a factor beside it."""
    if (
        not q.round
        or not q.multiplies
        or often_both(q)
        or q.r.used(q.letter, "maps")
        or q.name in q.r.scope.definitions
    ):
        return False
    if q.role in CALLED or q.role is None:
        return q.kind == "plain" or (q.kind in ("compound", "signed") and q.letter in q.r.scope.dependencies)
    return q.kind == "plain" and q.name in q.r.scope.dependencies


ANYWAY: Table = (
    Rule(
        "applied/own-argument",
        "the letter stands in the parenthesis itself, and nothing is applied to itself",
        when(
            TIMES,
            lambda q: (
                q.round and q.kind in ("plain", "signed", "compound") and beside.stands_in(q.head, q.fence)
            ),
        ),
        sure=True,
        holds=("p(1-p) = p - p^2",),
        fails=("f(f(x)) = x", "p(1-q) = 1"),
    ),
    Rule(
        "applied/maps",
        "the text says from where to where the letter maps",
        when(APPLIED, lambda q: q.round and isinstance(q.head, s.Name) and q.r.used(q.letter, "maps")),
        sure=True,
        holds=("f: A \\to B ;; f(x + 1) = f(x) + 1", "a, b: A \\to B ;; y = b(x + 1)"),
        fails=("A: f \\to B ;; y = f(x + 1)", "f: 2 = 3 ;; y = f(x + 1)"),
    ),
    Rule(
        "applied/numbered-alone",
        "the letter with its number stands elsewhere without a parenthesis",
        when(TIMES, _numbered_alone),
        holds=("y = y_0 / (1 - y_0 (x - z))",),
        fails=("y = f_0 (x - z)",),
    ),
    Rule(
        "applied/transition",
        "a letter with an arrow below is the number of a transition",
        when(TIMES, lambda q: q.scripted and is_arrow(q.head.sub) and q.kind == "compound" and q.round),
        holds=("v = P_{x \\to y} (R + c)",),
    ),
    Rule(
        "applied/factor-beside",
        "one letter in a parenthesis looks like an argument, but the letter is a factor in the same line",
        when(APPLIED, _by_look),
        holds=("R(x) = R x", "m(g) = m g", "a(b) = a b", "1 = a(b) - a b"),
        fails=(
            "f: A \\to B ;; f(x) = f x",
            "f(x) = 2 f(x)",
            "f(x) = f x + \\dot f",
            "1 = a(b) - b",
        ),
    ),
)
