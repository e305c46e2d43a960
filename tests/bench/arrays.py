"""The bench of arrays: claims about matrices, gradients and random vectors, and small documents.

    python tests/bench/arrays.py [--part NAME] [--show] [--documents]

Every claim of `arrays/` is true and has a near miss beside it. Shapes are declared by sets (`decide` with givens),
by words (a document of one paragraph and the claim) and by use (`decide` with definitions at most). The documents
are checked as they stand and once with their slip.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import derive  # noqa: E402
from derive.front.document import check_source  # noqa: E402
from derive.model import FileReport, Severity, Source, Status, Verdict  # noqa: E402
from derive.report.reasons import why  # noqa: E402

TABLES = Path(__file__).parent / "arrays"
RIGHT = {True: (Status.PROVED, Status.HOLDS), False: (Status.REFUTED, Status.ILL_FORMED)}
WRONG = {True: (Status.REFUTED, Status.ILL_FORMED), False: (Status.PROVED,)}
QUIET = (Severity.INFO,)


@dataclass(frozen=True, slots=True)
class ArrayClaim:
    """`prose` stands before the claim in a document; None: it is decided under `given`."""

    part: str
    latex: str
    truth: bool
    given: tuple[str, ...] = ()
    prose: str | None = None

    def verdict(self) -> Verdict:
        if self.prose is None:
            return derive.decide(self.latex, given=self.given)
        text = f"{self.prose} We have\n\n$${self.latex}$$\n"
        report, faults = check_source(Source("claim.md", text))
        if faults:
            raise RuntimeError(faults[0])
        return report.decided[-1].verdict


@dataclass(frozen=True, slots=True)
class SmallDocument:
    text: str
    right: str
    slip: str

    def with_slip(self) -> str:
        if self.text.count(self.right) != 1:
            raise ValueError(f"{self.right!r} must occur once")
        return self.text.replace(self.right, self.slip)

    @property
    def line(self) -> int:
        """The line on which the slip stands, from 1."""
        return self.text.count("\n", 0, self.text.index(self.right)) + 1


def read_arrays() -> Iterator[ArrayClaim]:
    for name in ("matrices", "chance"):
        table = tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))
        for how in ("sets", "words", "use"):
            for row in table[how]:
                if how == "words":
                    prose, true, false = row
                    yield ArrayClaim(f"{name} {how}", true, True, prose=prose)
                    yield ArrayClaim(f"{name} {how}", false, False, prose=prose)
                else:
                    true, false, *given = row
                    yield ArrayClaim(f"{name} {how}", true, True, tuple(given))
                    yield ArrayClaim(f"{name} {how}", false, False, tuple(given))


def read_documents() -> list[SmallDocument]:
    table = tomllib.loads((TABLES / "documents.toml").read_text(encoding="utf-8"))
    return [SmallDocument(**row) for row in table["documents"]]


def checked(text: str) -> FileReport:
    report, faults = check_source(Source("document.md", text))
    if faults:
        raise RuntimeError(faults[0])
    return report


def told(report: FileReport) -> list[tuple[int, str]]:
    """The lines of errors and warnings with their names."""
    text = report.source.text
    return [
        (text.count("\n", 0, d.span.start) + 1, d.name) for d in report.diagnostics if d.severity not in QUIET
    ]


def fault_of(report: FileReport) -> str | None:
    """What is wrong with the report on a right document: a finding, or a conclusion that is neither proved
    nor withstood models."""
    found = told(report)
    if found:
        return f"found {found}"
    last = report.decided[-1].verdict
    return None if last.status in RIGHT[True] else f"the last formula is {last.status.value}: {why(last)}"


def missed(document: SmallDocument, report: FileReport) -> str | None:
    """What is wrong with the report on a document with its slip."""
    lines = {line for line, _ in told(report)}
    return None if lines == {document.line} else f"wanted line {document.line}, found {told(report)}"


def _claims(part: str, show: bool) -> None:
    derive.decide("x^\\top x = \\|x\\|^2", given=["x \\in \\mathbb{R}^n"])
    counts: dict[tuple[str, bool], Counter[str]] = {}
    times: list[float] = []
    for claim in read_arrays():
        if part not in claim.part:
            continue
        start = time.perf_counter()
        verdict = claim.verdict()
        times.append(1000 * (time.perf_counter() - start))
        status = verdict.outcome or verdict.status
        counts.setdefault((claim.part, claim.truth), Counter())[status.value] += 1
        if show and status not in RIGHT[claim.truth]:
            mark = "WRONG" if status in WRONG[claim.truth] else ""
            given = claim.prose if claim.prose is not None else list(claim.given)
            print(f"{mark:5} {claim.part:15} {claim.truth!s:5} {status.value:10} {claim.latex}")
            print(f"      {times[-1]:6.0f} ms   {why(verdict)}   {given}")
    for (name, truth), found in counts.items():
        print(f"{name:16} {'true' if truth else 'near miss':10}", dict(found))
    for truth, name in ((True, "true"), (False, "near misses")):
        total = sum((c for (_, t), c in counts.items() if t is truth), Counter[str]())
        right = sum(total[s.value] for s in RIGHT[truth])
        wrong = sum(total[s.value] for s in WRONG[truth])
        print(f"{name}: {right} of {total.total()} right, {wrong} WRONG; {dict(total)}")
    times.sort()
    print(
        f"ms: median {statistics.median(times):.1f}, 95th {times[int(0.95 * len(times))]:.0f}, max {times[-1]:.0f}"
    )


def _documents() -> None:
    right = 0
    for k, document in enumerate(read_documents()):
        for fault in (fault_of(checked(document.text)), missed(document, checked(document.with_slip()))):
            right += fault is None
            if fault is not None:
                print(f"document {k}: {fault}")
    print(f"documents as they should be: {right} of {2 * len(read_documents())}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", default="", help="only parts that contain this word")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--documents", action="store_true", help="the documents and no claims")
    arguments = parser.parse_args()
    if arguments.documents:
        _documents()
    else:
        _claims(arguments.part, arguments.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
