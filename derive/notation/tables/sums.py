"""Sums, products, extrema and what else has bounds and a body."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *each(r"\sum \prod \coprod", "big", "over a range", r"{}_{i=1}^n x_i"),
    *same("∑", "big", "sum", "over a range", r"{}_{i=1}^n x_i"),
    *same("∏", "big", "prod", "over a range", r"{}_{i=1}^n x_i"),
    *each(
        r"\bigcup \bigcap \bigsqcup \bigoplus \bigotimes \bigodot \bigvee \bigwedge \biguplus",
        "big",
        "over a range",
        r"{}_{i=1}^n A_i",
    ),
    *same("⋃", "big", "bigcup", "over a range", r"{}_{i} A_i"),
    *same("⋂", "big", "bigcap", "over a range", r"{}_{i} A_i"),
    *each(
        r"\max \min \sup \inf \argmax \argmin \esssup",
        "big",
        "an extremum, or where it is taken",
        "{}_x f(x)",
    ),
    *same(r"\arginf", "big", "argmin", "where an extremum is taken", "{}_x f(x)"),
    *same(r"\argsup", "big", "argmax", "where an extremum is taken", "{}_x f(x)"),
    *same("max min sup inf argmax argmin", "big", "", "an extremum, its name in letters", "{}_x f(x)"),
    *same("minimize minimise Minimize Minimise", "big", "min", "a minimum, in words", "{}_x f(x)"),
    *same("maximize maximise Maximize Maximise", "big", "max", "a maximum, in words", "{}_x f(x)"),
    *each(r"\gcd \lcm", "function", "of several integers", "{}(a, b)"),
    *same("gcd lcm", "function", "", "of several integers, its name in letters", "{}(a, b)"),
    *same(
        r"\substack",
        "command",
        "substack",
        "several conditions under an operator",
        r"\sum_{\substack{i = 1 \\ i \neq j}}^n x_i",
    ),
)
