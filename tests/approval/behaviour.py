"""What the checker says today of everything it is tried on, as one text that a diff can be read of.

    python tests/approval/behaviour.py            compare with behaviour.txt, exit status 1 where it differs
    python tests/approval/behaviour.py --write    write it anew: the diff says what a change changed

Documents: the specifications, `equations/`, the examples of causes, small inputs of a corpus beside the project where
there is one (those stand in the file only by their names). Single claims: the bench.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench"), str(ROOT / "tests" / "spec")]

from bench import read_claims  # noqa: E402
from mdspec import read_specs  # noqa: E402

import derive  # noqa: E402
from derive.diagnose.reference import causes  # noqa: E402
from derive.front.document import check_source  # noqa: E402
from derive.model import FileReport, Source, Verdict  # noqa: E402
from derive.report.reasons import choice_text, why  # noqa: E402

APPROVED = Path(__file__).with_name("behaviour.txt")
FAULTS = ROOT.parent / "shared" / "corpus" / "faults.jsonl"


def documents() -> Iterator[tuple[str, Source]]:
    for path in sorted((ROOT / "tests" / "spec").glob("*.md")):
        if path.name != "README.md":
            for spec in read_specs(path):
                for k, document in enumerate(spec.documents):
                    yield f"spec/{path.stem}/{spec.name}/{k}", document.source
    for path in sorted((ROOT / "equations").rglob("*.*")):
        if path.suffix in (".md", ".tex"):
            yield str(path.relative_to(ROOT)), Source(path.name, path.read_text(encoding="utf-8"))
    for cause in causes():
        for kind, texts in (("invalid", cause.invalid), ("valid", cause.valid)):
            for k, text in enumerate(texts):
                yield f"cause/{cause.name}/{kind}/{k}", Source("example.md", text)


def said(verdict: Verdict) -> str:
    parts = [verdict.status.value]
    if reason := why(verdict):
        parts.append(f"({reason})")
    if verdict.conditions:
        parts.append("if " + ", ".join(verdict.conditions))
    if verdict.reading:
        parts.append("reading " + "; ".join(choice_text(c) for c in verdict.reading))
    return " ".join(" ".join(parts).split())


def report_lines(report: FileReport, faults: tuple[str, ...]) -> Iterator[str]:
    for entry in report.decided:
        line = report.source.text.count("\n", 0, entry.span.start) + 1
        yield f"  {line}: {' '.join(entry.latex.split())} → {said(entry.verdict)}"
    for d in report.diagnostics:
        line = report.source.text.count("\n", 0, d.span.start) + 1
        fix = f" fix {d.fix.latex}" if d.fix is not None else ""
        said_ = " ".join(f"{line}: {d.severity.value} {d.name}: {d.message}{fix}".split())
        yield f"  ! {said_}"
    for fault in faults:
        yield f"  fault {fault}"


def lines() -> Iterator[str]:
    for name, source in documents():
        yield f"# {name}"
        yield from report_lines(*check_source(source))
    yield "# bench"
    for claim in read_claims():
        given = " | " + ", ".join(claim.given) if claim.given else ""
        yield f"  {claim.latex}{given} → {said(derive.decide(claim.latex, given=list(claim.given)))}"


def fault_lines() -> Iterator[str]:
    """The inputs beside the project: what came of them, without their text."""
    if not FAULTS.exists():
        return
    for k, row in enumerate(map(json.loads, FAULTS.open(encoding="utf-8"))):
        name = f"# beside/{k}"
        if "doc" in row:
            suffix = "tex" if row.get("format") == "tex" else "md"
            report, faults = check_source(Source(f"a.{suffix}", row["doc"]))
            found = [f"{d.severity.value} {d.name}" for d in report.diagnostics]
            yield f"{name} {[e.verdict.status.value for e in report.decided]} {found} {len(faults)}"
        elif "claim" in row:
            yield f"{name} {derive.decide(row['claim'], given=row['given']).status.value}"


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--write", action="store_true")
    write = options.parse_args().write
    text = "\n".join([*lines(), *fault_lines()]) + "\n"
    if write:
        APPROVED.write_text(text, encoding="utf-8")
        return 0
    before = APPROVED.read_text(encoding="utf-8").splitlines()
    changed = list(difflib.unified_diff(before, text.splitlines(), "approved", "now", lineterm="", n=0))
    print("\n".join(changed))
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
