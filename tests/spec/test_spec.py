"""Runs every specification in this folder: each heading with documents under it is a test."""

from __future__ import annotations

from pathlib import Path

import mdspec
import pytest

from derive.documents.project import Project
from derive.model import (
    Claim,
    Decided,
    Diagnostic,
    FileReport,
    Severity,
    Source,
    Span,
    Stance,
    Status,
    Verdict,
)
from derive.settings import settings_for

SPECS = [
    pytest.param(
        spec,
        id=f"{path.stem}:{spec.name}",
        marks=[pytest.mark.xfail(reason=spec.xfail or "not yet", strict=True)]
        if spec.xfail is not None
        else [],
    )
    for path in sorted(Path(__file__).parent.glob("*.md"))
    if path.name != "README.md"
    for spec in mdspec.read_specs(path)
]


@pytest.mark.parametrize("spec", SPECS)
def test_spec(spec: mdspec.Spec, tmp_path: Path) -> None:
    check_source = pytest.importorskip("derive.front.document").check_source

    wrong: list[str] = []
    project = Project([str(tmp_path)]) if spec.files else None
    for name, text in spec.files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for document in spec.documents:
        source = document.source
        if project is not None:
            source = Source(str(tmp_path / source.path), source.text)
        report, faults = check_source(source, settings_for(source.path), project)
        wrong += [*faults, *mdspec.failures(document, report)]
    assert not wrong, "\n" + "\n".join(wrong)


# the format itself


def test_expectations_are_a_list_of_verdicts_with_findings() -> None:
    assert mdspec.read_expectations('proved, refuted: sign and missing-factor "1/m, lost", proved|holds') == (
        mdspec.Expected(("proved",)),
        mdspec.Expected(("refuted",), frozenset({"sign", "missing-factor"}), "1/m, lost"),
        mdspec.Expected(("proved", "holds")),
    )


@pytest.mark.parametrize("text", ["prove", "proved refuted", "proved; refuted", "refuted: Sign"])
def test_a_slip_in_an_expectation_is_an_error(text: str) -> None:
    with pytest.raises(mdspec.SpecError):
        mdspec.read_expectations(text)


def test_comments_become_blanks_and_offsets_stay() -> None:
    text = "$a = b$ <!-- proved -->\n\n$$\nc = d % refuted: sign\n$$\n"
    document = mdspec.read_document("a.md", text)
    assert document.source.text == "$a = b$" + " " * 16 + "\n\n$$\nc = d " + " " * 15 + "\n$$\n"
    assert [c.expected[0].verdicts[0] for c in document.comments] == ["proved", "refuted"]


def report_of(
    document: mdspec.Specified, *statuses: str, findings: tuple[Diagnostic, ...] = ()
) -> FileReport:
    """A report whose claims are the `x = y` of the text, in order, with these verdicts."""
    import re

    spans = [Span(m.start(), m.end()) for m in re.finditer(r"\w = \w", document.source.text)]
    decided = tuple(
        Decided(
            span,
            document.source.text[span.start : span.end],
            Verdict(Status(status)),
            Claim(span, None, "=", None, None, Stance.OPEN),
        )
        for span, status in zip(spans, statuses, strict=True)
    )
    return FileReport(document.source, "markdown", decided, findings)


def test_a_report_that_agrees_has_no_failures() -> None:
    document = mdspec.read_document(
        "a.md",
        "$a = b$ so $c = d$ <!-- proved, refuted: sign -->\n\n$$\ne = f\n$$ <!-- holds -->\n\n$g = h$\n",
    )
    sign = Diagnostic("DRV000", "sign", Severity.ERROR, Span(12, 17), "a sign", claim=1)
    assert not list(
        mdspec.failures(
            document, report_of(document, "proved", "refuted", "holds", "given", findings=(sign,))
        )
    )


def test_every_difference_is_told_with_its_line() -> None:
    document = mdspec.read_document(
        "a.md", "$a = b$ <!-- proved -->\n\n$c = d$ <!-- refuted: sign -->\n\n$e = f$\n"
    )
    stray = Diagnostic("DRV000", "stray-symbol", Severity.WARNING, Span(61, 66), "a stray", claim=2)
    told = list(
        mdspec.failures(document, report_of(document, "holds", "refuted", "given", findings=(stray,)))
    )
    assert [t.split(":")[0] for t in told] == ["line 1", "line 3", "line 5"]
