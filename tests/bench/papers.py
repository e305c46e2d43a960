"""Small papers from seeds: of several formats and fields, some with a planted error, some broken as files.

The same seed gives the same paper on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

_WORDS = (
    "the argument of this section follows a standard one and needs no further assumption the bound is sharp in "
    "general and we do not try to improve it here a similar remark holds for the case that was left out above"
).split()


@dataclass(frozen=True)
class Paper:
    """`planted`: how many of its formulas were made false; `broken`: how the file was, if it was."""

    name: str
    data: bytes
    planted: int
    broken: str | None = None


Step = tuple[str, str]
"""What a paper states: words before a formula, and the formula."""


def _square(r: Random, wrong: int) -> Step:
    k = r.randint(2, 9)
    return "Expanding the square gives", f"(x + {k})^2 = x^2 + {2 * k + wrong} x + {k * k}"


def _difference(r: Random, wrong: int) -> Step:
    k = r.randint(2, 12)
    return "A difference of squares factors as", f"y^2 - {k * k} = (y - {k})(y + {k + wrong})"


def _chain(r: Random, wrong: int) -> Step:
    a, b = r.randint(2, 5), r.randint(2, 5)
    first = f"(a + {a})(a + {b}) = a^2 + {a} a + {b} a + {a * b}"
    return "We compute", f"{first} = a^2 + {a + b + wrong} a + {a * b}"


def _derivative(r: Random, wrong: int) -> Step:
    n = r.randint(2, 8)
    return "Differentiating we find", rf"\frac{{d}}{{dt}} t^{n} = {n + wrong} t^{n - 1}"


def _exponential(r: Random, wrong: int) -> Step:
    k = r.randint(2, 6)
    return "By the chain rule", rf"\frac{{d}}{{dt}} e^{{{k} t}} = {k + wrong} e^{{{k} t}}"


def _sum(r: Random, wrong: int) -> Step:
    k = r.randint(1, 3)
    return "The sum is", rf"\sum_{{i=1}}^{{{k + 3}}} i = {(k + 3) * (k + 4) // 2 + wrong}"


def _integral(r: Random, wrong: int) -> Step:
    n = r.randint(1, 5)
    return "Integrating gives", rf"\int_0^1 s^{n} \, ds = \frac{{1}}{{{n + 1 + wrong}}}"


def _trigonometry(r: Random, wrong: int) -> Step:
    return "For every angle", rf"\sin^2 \theta + \cos^2 \theta = {1 + wrong}"


def _matrix(r: Random, wrong: int) -> Step:
    a, b, c, d = (r.randint(-4, 4) for _ in range(4))
    rows = rf"\begin{{pmatrix}} {a} & {b} \\ {c} & {d} \end{{pmatrix}}"
    return "The determinant is", rf"\det {rows} = {a * d - b * c + wrong}"


_FIELDS: tuple[tuple[Callable[[Random, int], Step], ...], ...] = (
    (_square, _difference, _chain),
    (_derivative, _exponential, _integral),
    (_sum, _square, _trigonometry),
    (_matrix, _chain, _difference),
)
_OPENINGS = (
    "Let $n \\in \\mathbb{N}$ and $x > 0$.",
    "We write $f(x) = x^2 + 1$ and $g = f(2)$.",
    "Suppose that $a$ and $b$ are real numbers with $a < b$.",
    "Throughout $\\theta$ is an angle and $t$ a time.",
)


def paper(seed: int) -> Paper:
    """The paper of a seed: one in four has a planted error, one in twenty is broken."""
    r = Random(seed)
    field = r.choice(_FIELDS)
    count = r.randint(3, 8)
    wrong_at = r.randrange(count) if r.random() < 0.25 else -1
    steps = [r.choice(field)(r, int(k == wrong_at)) for k in range(count)]
    suffix, written = r.choices(_FORMATS, (4, 4, 1, 1, 1))[0]
    text = written(f"Note {seed}", r.choice(_OPENINGS), steps, r)
    data, planted = text.encode("utf-8"), int(wrong_at >= 0)
    name = f"{seed:06d}{suffix}"
    if r.random() < 0.05:
        how = r.choice(tuple(_BROKEN))
        return Paper(name, _BROKEN[how](data, r), planted, how)
    return Paper(name, data, planted)


def _prose(r: Random) -> str:
    at = r.randrange(len(_WORDS))
    said = " ".join((_WORDS[at:] + _WORDS)[: r.randint(15, 60)])
    return said[:1].upper() + said[1:] + "."


def _markdown(title: str, opening: str, steps: list[Step], r: Random) -> str:
    rows = [f"# {title}", opening, _prose(r)]
    for k, (words, formula) in enumerate(steps):
        if k and r.random() < 0.3:
            rows.append(f"## Part {k}")
        rows += [f"{words}\n\n$${formula}.$$" if r.random() < 0.6 else f"{words} ${formula}$.", _prose(r)]
    return "\n\n".join(rows) + "\n"


def _latex(title: str, opening: str, steps: list[Step], r: Random) -> str:
    rows = [rf"\documentclass{{article}}\title{{{title}}}", r"\begin{document}", opening, _prose(r)]
    for words, formula in steps:
        rows += [f"{words}\n\\begin{{equation}}\n  {formula}\n\\end{{equation}}", _prose(r)]
    return "\n\n".join([*rows, r"\end{document}"]) + "\n"


def _rst(title: str, opening: str, steps: list[Step], r: Random) -> str:
    rows = [f"{title}\n{'=' * len(title)}", _prose(r)]
    rows += [f"{words}\n\n.. math::\n\n   {formula}" for words, formula in steps]
    return "\n\n".join([*rows, _prose(r)]) + "\n"


def _html(title: str, opening: str, steps: list[Step], r: Random) -> str:
    rows = [f"<h1>{title}</h1>", f"<p>{_prose(r)}</p>"]
    rows += (
        rf"<p>{words} \[{formula.replace('&', '&amp;').replace('<', '&lt;')}\]</p>"
        for words, formula in steps
    )
    return "\n".join(["<!DOCTYPE html><html><body>", *rows, "</body></html>"]) + "\n"


def _notebook(title: str, opening: str, steps: list[Step], r: Random) -> str:
    texts = [f"# {title}\n\n{opening}", *(f"{words}\n\n$$\n{formula}\n$$" for words, formula in steps)]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": t.splitlines(True)} for t in texts]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


_FORMATS = ((".md", _markdown), (".tex", _latex), (".rst", _rst), (".html", _html), (".ipynb", _notebook))
_BROKEN: dict[str, Callable[[bytes, Random], bytes]] = {
    "cut": lambda data, r: data[: r.randrange(len(data))],
    "bytes": lambda data, r: data + b"\0\xff\xfe",
    "latin-1": lambda data, r: data + b"caf\xe9\n",
    "dollars": lambda data, r: data.replace(b" ", b" $", 7),
    "braces": lambda data, r: data.replace(b"}", b"", 2),
    "empty": lambda data, r: b"",
    "nested": lambda data, r: data + b"$$" + b"(" * 3000 + b"x" + b")" * 3000 + b" = x$$\n",
}
