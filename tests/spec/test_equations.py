"""The specification of the first documents speaks of the very files in `equations/`."""

from __future__ import annotations

import re
from pathlib import Path

import mdspec
import pytest

from derive.model import FileReport, Source

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "equations" / "mse-binary-classification"
RAW = ROOT / "../shared/documents/mse-on-binary-classification.md"


def test_the_specification_quotes_the_files() -> None:
    text = (Path(__file__).parent / "mse-on-binary-classification.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^```markdown\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    bare = [re.sub(r" (?:<!--.*?-->|% (?:proved|given)$)", "", q, flags=re.MULTILINE) for q in quoted]
    names = ("article", "review", "corrected")
    assert bare == [(DOCUMENTS / f"{n}.md").read_text(encoding="utf-8") for n in names]


def verdicts(report: FileReport) -> list[tuple[str, str, tuple[str, ...]]]:
    """What was decided of each formula, and the findings about it, without their places."""
    return [
        (d.latex, d.verdict.status.value, tuple(f.name for f in report.diagnostics if f.claim == k))
        for k, d in enumerate(report.decided)
    ]


@pytest.mark.skipif(not RAW.exists(), reason="the scanned document is not part of the project")
def test_the_scanned_document_gets_the_same_verdicts() -> None:
    check_source = pytest.importorskip("derive.front.document").check_source
    apart = []
    for name in ("article", "review"):
        text = (DOCUMENTS / f"{name}.md").read_text(encoding="utf-8")
        apart += verdicts(check_source(Source(f"{name}.md", text))[0])
    whole = verdicts(check_source(Source("raw.md", RAW.read_text(encoding="utf-8")))[0])
    assert whole == apart


def test_every_document_is_specified() -> None:
    path = Path(__file__).parent / "mse-on-binary-classification.md"
    assert [len(s.documents) for s in mdspec.read_specs(path)] == [1, 1, 1]
