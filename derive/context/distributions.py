"""Which distributions a text names: what holds of a normal variable need not hold of others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.expressions import regex
from derive.model import Block, Prose

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


def distributions(blocks: Sequence[Block]) -> tuple[str, ...]:
    """For each part between two headings, in order, the named distributions that it and the parts around it
    speak of."""
    path: list[tuple[int, set[str]]] = [(0, set())]
    parts = [list(path)]
    for block in blocks:
        if block.kind == "heading":
            while len(path) > 1 and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, set()))
            parts.append(list(path))
        words = path[-1][1]
        for part in block.parts:
            if isinstance(part, Prose):
                words |= _NAMES & set(re.findall(r"[a-z]+", _FAMILY.sub(" ", part.text.lower())))
            elif _DECLARED.search(part.latex):
                words.add("a named distribution")
    return tuple(" ".join(sorted(set().union(*(w for _, w in frames)))) for frames in parts)
