"""How processor time grows with the size of a document: `python -m tests.bench.growth [--kind NAME] [--sizes N …]`.

Documents of one kind in growing sizes; each kind is a function from a size to a text. Budgets are put out of reach, so
that what is measured is the work and not its end.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from derive.front.document import check_source
from derive.model import Source
from derive.settings import Settings


def _lines(row: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: "# Page\n\n" + "".join(row(k) for k in range(size))


def chain(size: int) -> str:
    """One derivation of many links."""
    links = (f"(x + {k})^2 - {2 * k} x - {k * k}" for k in range(size))
    return "$$x^2 = " + "\n= ".join(links) + "$$\n"


def deep_macro(size: int) -> str:
    """Uses of a macro that stands on twenty others."""
    names = [f"\\m{chr(97 + k)}" for k in range(20)]
    declared = "".join(
        f"\\newcommand{{{name}}}{{{names[k - 1] if k else 'x'} + 1}}" for k, name in enumerate(names)
    )
    return f"$${declared}$$\n\n" + "We have $\\mt = x + 20$ here.\n\n" * size


KINDS: dict[str, Callable[[int], str]] = {
    "letters": _lines(lambda k: f"The value $x_{{{k}}}$ is given.\n\n"),
    "identities": _lines(lambda k: f"We have $$(x + {k})^2 = x^2 + {2 * k} x + {k * k}.$$\n\n"),
    "definitions": _lines(lambda k: f"Let $f_{{{k}}}(x) = x^2 + {k}$.\n\n"),
    "equations": _lines(lambda k: f"Then $a_{{{k}}} + b = c_{{{k}}}$ is stated.\n\n"),
    "one equation again": _lines(lambda k: "It is $E = m c^2$ as stated.\n\n"),
    "wrong": _lines(
        lambda k: (
            f"We have $$(x + {k})^2 = x^2 + {k} x + {k} x + {k * k} = x^2 + {2 * k + 1} x + {k * k}.$$\n\n"
        )
    ),
    "sections": _lines(lambda k: f"## Part {k}\n\nLet $y = {k} x$. Then $2 y = {2 * k} x$.\n\n"),
    "prose": _lines(lambda k: "Words that say nothing of $x$, and more of them, which nobody counts.\n\n"),
    "chain": chain,
    "deep macro": deep_macro,
    "dollars": lambda size: "$" * size + " and then words\n\n$x = x$\n",
    "open dollars": lambda size: "a $ b " * size + "\n",
    "matrices": lambda size: _matrix(size),
    "long sum": lambda size: "$$" + " + ".join(f"x_{{{k}}}" for k in range(size)) + " = s$$\n",
    "long product": lambda size: "$$" + "x'" * size + " = 1$$\n",
    "nested": lambda size: "$$" + "(" * size + "x" + ")" * size + " = x$$\n",
}
"""Sizes are counts, but of matrices (rows and columns), whose products are n³ work."""
SMALL = {"matrices": 20, "chain": 1}


def _matrix(size: int) -> str:
    rows = " \\\\ ".join(" & ".join(str((3 * i + j) % 7) for j in range(size)) for i in range(size))
    return f"$$\\begin{{pmatrix}} {rows} \\end{{pmatrix}} = \\begin{{pmatrix}} {rows} \\end{{pmatrix}}$$\n"


def seconds(kind: str, size: int) -> float:
    """Processor time of this process for one document."""
    source = Source("page.md", KINDS[kind](size))
    start = time.process_time()
    report, faults = check_source(source, Settings(claim_seconds=600.0, document_seconds=36_000.0))
    took = time.process_time() - start
    assert not faults, faults[:3]
    assert report.decided or not report.formulas
    return took


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", action="append", choices=KINDS, help="default: all")
    parser.add_argument("--sizes", type=int, nargs="+", default=[250, 500, 1000, 2000])
    options = parser.parse_args(argv)
    seconds("identities", 2)  # what is imported is not measured
    seconds("wrong", 2)
    for kind in options.kind or KINDS:
        sizes = [max(2, size // SMALL.get(kind, 1)) for size in options.sizes]
        took = [seconds(kind, size) for size in sizes]
        told = "  ".join(f"{size}: {s:.2f} s" for size, s in zip(sizes, took, strict=True))
        grows = "  ".join(f"×{b / max(a, 0.005):.1f}" for a, b in pairwise(took))
        print(f"{kind:20} {told}   {grows}", flush=True)


if __name__ == "__main__":
    main()
