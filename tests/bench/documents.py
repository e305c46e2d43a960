"""Where the time of documents goes: `python -m tests.bench.documents [FOLDER | FILE …] [-n 40] [--seed 0]`.

Runs N documents of a folder (or those named), one after another in this process, and prints processor time by
document, by stage, by kind of claim, and the slowest claims, deciding and explaining counted apart. The
worker's time is counted with the claim that asked it. With nothing named it takes a folder of public documents
beside the repository, and where there is none the repository's own.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMATS = frozenset(".md .qmd .tex .html .ipynb .rst .rmd".split())
SMALLEST, LARGEST = 10_000, 60_000
ROOT = Path(__file__).parents[2]
POOL = ROOT.parent / "shared" / "corpus" / "pool"
OWN = (ROOT / "tests" / "spec", ROOT / "equations")


def processor_time() -> float:
    """Seconds of processor time of this process and of its workers, the ended ones included."""
    from derive.verify import workers

    for pid in workers.processes():
        with suppress(OSError, IndexError, ValueError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            _spent[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return time.process_time() + sum(_spent.values())


_spent: dict[int, float] = {}


@dataclass(slots=True)
class Spent:
    """Calls and seconds by name, and single claims with their place."""

    by: dict[str, list[float]] = field(default_factory=dict)
    claims: list[tuple[float, str, str, str]] = field(default_factory=list)

    @contextmanager
    def of(self, *names: str) -> Iterator[list[float]]:
        start = processor_time()
        took = [0.0]
        try:
            yield took
        finally:
            took[0] = processor_time() - start
            for name in names:
                calls = self.by.setdefault(name, [0, 0.0])
                calls[0] += 1
                calls[1] += took[0]


def kind_of(claim: Any) -> str:
    """What makes a claim dear or cheap: the most demanding sign in it."""
    from derive.term import nodes as n
    from derive.term.randomness import speaks_of_chance
    from derive.term.traverse import walk

    if speaks_of_chance(claim.left, claim.right):
        return "chance"
    found = {type(node) for side in (claim.left, claim.right) for node in walk(side)}
    for type_ in (n.Integral, n.Limit, n.BigOp, n.Derivative, n.Element):
        if type_ in found:
            return type_.__name__.lower()
    if any(
        s.type.shape != () for side in (claim.left, claim.right) for s in walk(side) if type(s) is n.Symbol
    ):
        return "array"
    return "algebra" if claim.relation == "=" else f"relation {claim.relation}"


def _instrumented(spent: Spent) -> None:
    """Clocks around the stages of the front, and around what is done with one claim in two of them."""
    from derive.diagnose import findings
    from derive.front import document
    from derive.judge.court import Court

    def timed(owner: Any, name: str, stage: str) -> None:
        inner = getattr(owner, name)

        @functools.wraps(inner)
        def outer(*arguments: Any, **named: Any) -> Any:
            with spent.of(f"stage {stage}"):
                return inner(*arguments, **named)

        setattr(owner, name, outer)

    def claimed(owner: Any, name: str, what: str, claim_of: Callable[..., Any]) -> None:
        inner = getattr(owner, name)

        @functools.wraps(inner)
        def outer(*arguments: Any, **named: Any) -> Any:
            claim = claim_of(*arguments)
            kind = f"{what} {kind_of(claim)}" if claim is not None else f"{what} no claim"
            with spent.of(kind) as took:
                result = inner(*arguments, **named)
            if claim is not None:
                spent.claims.append((took[0], kind, spent.by["now"][2], claim.latex))  # type: ignore[misc]
            return result

        setattr(owner, name, outer)

    timed(document, "read_with", "read")
    timed(document, "_entries", "context")
    timed(document, "_settled", "decide")
    timed(document, "_diagnostics", "diagnose")
    claimed(Court, "settle", "decide", lambda court, claim: claim)
    claimed(findings, "_about", "diagnose", lambda case, trouble: case.entry.claim)


def chosen(folder: Path, count: int, seed: int) -> list[Path]:
    """Documents of a usual size with some mathematics in them, at random; as named in the folder's order."""
    found = [
        p
        for p in sorted(folder.rglob("*"))
        if p.suffix.lower() in FORMATS and p.is_file() and SMALLEST <= p.stat().st_size <= LARGEST
    ]
    found = [p for p in found if p.read_text(errors="replace").count("$") + _displays(p) > 20]
    return sorted(random.Random(seed).sample(found, min(count, len(found))))


def documents(named: Sequence[Path], count: int, seed: int) -> list[Path]:
    """What is to be run: documents as they are named, a draw from each folder; with nothing named a draw from
    the pool, or all documents of the repository."""
    if not named and not POOL.is_dir():
        return [path for folder in OWN for path in sorted(folder.rglob("*.md"))][:count]
    found: list[Path] = []
    for path in named or [POOL]:
        found += chosen(path, count, seed) if path.is_dir() else [path]
    return found


def _displays(path: Path) -> int:
    text = path.read_text(errors="replace")
    return sum(text.count(mark) for mark in ("\\(", "\\begin{align", "\\begin{equation", "math::"))


def run(paths: Sequence[Path]) -> str:
    """The measurements of these documents as text."""
    from derive.front import check

    spent = Spent()
    _instrumented(spent)
    lines, seconds = [], []
    for path in paths:
        spent.by["now"] = [0, 0.0, str(path)]  # type: ignore[list-item]
        with spent.of("document") as took:
            report = check.check(path)
        seconds.append(took[0])
        errors = sum(len(f.diagnostics) for f in report.files)
        count = sum(f.formulas for f in report.files)
        lines.append(f"{took[0]:8.2f} s  {count:5d} formulas  {errors:3d} findings  {path}")
        lines += [f"           {problem}" for problem in report.problems]  # a fault makes a document cheap
    spent.by.pop("now")
    ranked = sorted(seconds)
    lines.append(
        f"\nseconds a document: median {statistics.median(ranked):.2f}, 95th percentile "
        f"{ranked[min(len(ranked) - 1, int(0.95 * len(ranked)))]:.2f}, maximum {ranked[-1]:.2f}\n"
    )
    for name, (calls, total) in sorted(spent.by.items(), key=lambda item: -item[1][1]):
        lines.append(f"{total:8.2f} s  {int(calls):6d} calls  {name}")
    lines.append("")
    for total, kind, path_, latex in sorted(spent.claims, reverse=True)[:20]:
        lines.append(f"{total:8.2f} s  {kind:20}  {Path(path_).name}: {' '.join(latex.split())[:110]}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="a folder to draw from, or documents")
    parser.add_argument("-n", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(run(documents(options.paths, options.n, options.seed)))


if __name__ == "__main__":
    main()
