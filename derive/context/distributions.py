"""Which distributions a text names, and of which letters: what holds of a normal variable need not hold of
others.

A name is said of the letters in its own paragraph, and if none of them is a capital in the next one that has
any: "We toss a coin $n$ times." stands before "Let $X$ be the number of heads". What is defined by such a
letter inherits it. A heading speaks of all that stands under it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.expressions import regex
from derive.facts.naming import letters_of
from derive.model import Block, Formula, Prose

_NAMES = frozenset(
    """gaussian gaussians normal normally poisson exponential exponentially bernoulli binomial binomially
    geometric uniform uniformly beta gamma cauchy laplace laplacian dirichlet multinomial rademacher
    hypergeometric weibull pareto lognormal student memoryless brownian wiener martingale symmetric die dice
    coin coins fair stationary""".split()
)
_FAMILY = regex(r"\bexponential[\s-]+famil(?:y|ies)\b")
"""Most distributions are of it: it names none."""
_DECLARED = regex(
    r"\\sim\s*(?:\\[,;: ]|\s)*(?:\\mathcal\s*\{?\s*N|N\s*[\\({]|\\chi|\\text|\\mathrm|\\operatorname"
    r"|\\[A-Z][a-z]+|Uni|Poi|Ber|Bin|Exp|Geo|Beta|Gamma)"
)
"""`X \\sim \\mathcal{N}(0, 1)`; not `x \\sim p`."""


_DEFINED = regex(r"\s*([^=~(\[]+?)\s*(?:\\coloneqq|\\equiv|\\triangleq|:?=)(.+)", re.DOTALL)
EVERY = "*"
"""In the place of a letter: all there are."""
_Frame = tuple[int, dict[str, set[str]]]


def distributions(blocks: Sequence[Block]) -> tuple[str, ...]:
    """For each part between two headings, in order, the named distributions that it and the parts around it
    speak of, each with a letter that it is said of: `normal:X poisson:*`."""
    path: list[_Frame] = [(0, {})]
    parts = [list(path)]
    waiting: set[str] = set()
    defined: list[tuple[set[str], set[str]]] = []
    for block in blocks:
        names, letters = _said(block, defined)
        if block.kind == "heading":
            while len(path) > 1 and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, {}))
            parts.append(list(path))
            letters, waiting = {EVERY}, set()
        for name in names | waiting:
            path[-1][1].setdefault(name, set()).update(letters)
        if letters or block.kind == "heading":
            waiting = set()
        if not any(x.isupper() or x == EVERY for x in letters):  # "We throw a die $n$ times."
            waiting |= names
    return tuple(_told(frames, defined) for frames in parts)


def _said(block: Block, defined: list[tuple[set[str], set[str]]]) -> tuple[set[str], set[str]]:
    """The names in a block, and the letters of its formulas; what is defined there is added to `defined`."""
    names: set[str] = set()
    letters: set[str] = set()
    for part in block.parts:
        if isinstance(part, Prose):
            names |= _NAMES & set(re.findall(r"[a-z]+", _FAMILY.sub(" ", part.text.lower())))
        elif isinstance(part, Formula):
            letters |= letters_of(part.latex)
            if _DECLARED.search(part.latex):
                names.add("a named distribution")
            if found := _DEFINED.match(part.latex):
                defined.append((letters_of(found[1]), letters_of(found[2])))
    return names, letters


def _told(frames: Sequence[_Frame], defined: Sequence[tuple[set[str], set[str]]]) -> str:
    said: dict[str, set[str]] = {}
    for _, names in frames:
        for name, letters in names.items():
            said.setdefault(name, set()).update(letters)
    for name, letters in said.items():
        for left, right in defined:
            if any(x in right and not x.islower() for x in letters):  # $n$ and $i$ stand everywhere
                said[name] = letters = letters | left
    return " ".join(f"{name.replace(' ', '-')}:{x}" for name in sorted(said) for x in sorted(said[name]))
