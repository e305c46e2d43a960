"""A fault of the checker in one formula, claim, doubt, edit or cause costs that one thing, and is told with its
place. A fault is put into each stage in turn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.cli import main
from derive.front.check import check
from derive.front.document import check_source
from derive.model import FileReport, Source, Status

DOCUMENT = """\
Let $x$, $y$ and $z$ be real numbers.

We have

$$(x + 1)^2 = x^2 + 2 x + 1.$$

We have

$$(y + 7)(y + 7) = (y + 7)^2 = y^2 + 14 y + 48.$$

We have

$$(z + 3)(z + 3) = (z + 3)^2 = z^2 + 6 z + 8.$$
"""


def report_of(text: str = DOCUMENT) -> tuple[FileReport, tuple[str, ...]]:
    return check_source(Source("notes.md", text))


def found_in(report: FileReport) -> list[str]:
    text = report.source.text
    lines = sorted({text.count("\n", 0, d.span.start) + 1 for d in report.diagnostics})
    return [text.splitlines()[k - 1] for k in lines]


def failing(inner: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
    """The function, with an overflow where `when` says so of its arguments."""

    def outer(*arguments: Any, **named: Any) -> Any:
        if when(*arguments, **named):
            raise OverflowError("injected")
        return inner(*arguments, **named)

    return outer


def speaks_of_seven(*arguments: Any, **_: Any) -> bool:
    """Whether the formula of the second line is among them; not where it stands somewhere around them."""
    around = ("Walk", "Evidence", "Court", "Scope", "Mender", "Vocabulary")
    shown = (
        getattr(getattr(a, "claim", a), "latex", repr(a)) for a in arguments if type(a).__name__ not in around
    )
    return any("14" in text and "48" in text for text in shown)


def test_without_a_fault_both_errors_are_found() -> None:
    report, faults = report_of()
    assert not faults and len(found_in(report)) == 2


@pytest.mark.parametrize(
    "place",
    [
        "derive.context.read",
        "derive.facts.document.Evidence.gather",
        "derive.context.walk.Walk._properties",
        "derive.context.walk.Walk._statements",
        "derive.context.walk.Walk._state",
        "derive.context.walk.elaborate",
        "derive.judge.court.relevant",
        "derive.judge.court.with_laws",
        "derive.judge.court.Court.settle",
    ],
)
def test_a_fault_in_reading_or_deciding_costs_one_formula(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, _, name = place.rpartition(".")
    monkeypatch.setattr(place, failing(resolved(owner, name), speaks_of_seven))
    report, faults = report_of()
    assert found_in(report) == ["$$(z + 3)(z + 3) = (z + 3)^2 = z^2 + 6 z + 8.$$"]
    assert 1 <= [e.verdict.status for e in report.decided].count(Status.UNDECIDED) <= 2
    assert faults and all(f.startswith("notes.md:9: internal fault") and "injected" in f for f in faults)


@pytest.mark.parametrize(
    "place",
    [
        "derive.context.table_of",
        "derive.context.named",
        "derive.context.arrays_of",
        "derive.context.said_in",
        "derive.context.walk.distributions",
        "derive.context.walk.set_by",
        "derive.context.walk.speeches",
    ],
)
def test_a_fault_in_what_is_gathered_of_a_document_or_a_sentence(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, _, name = place.rpartition(".")
    calls: list[None] = []

    def third(*_: Any, **__: Any) -> bool:
        calls.append(None)
        return len(calls) == (3 if name in ("set_by", "speeches") else 1)

    monkeypatch.setattr(place, failing(resolved(owner, name), third))
    report, faults = report_of()
    assert "$$(z + 3)(z + 3) = (z + 3)^2 = z^2 + 6 z + 8.$$" in found_in(report)
    assert len(faults) == 1 and "internal fault in context: OverflowError: injected" in faults[0]


@pytest.mark.parametrize(
    "place",
    [
        "derive.mend.screening.Screen",
        "derive.mend.mending.edits",
        "derive.mend.residual.guesses",
        "derive.mend.mending.fix_of",
        "derive.mend.screening.Screen.could_hold",
    ],
)
def test_a_fault_in_a_mend_costs_the_mend(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, _, name = place.rpartition(".")
    monkeypatch.setattr(place, failing(resolved(owner, name), speaks_of_seven))
    report, faults = report_of()
    assert not faults and len(found_in(report)) == 2
    (told, *_) = report.problems
    assert "a mend could not be tried" in told.message
    assert report.source.text[told.span.start : told.span.end] == "= y^2 + 14 y + 48"


@pytest.mark.parametrize(
    "place",
    [
        "derive.diagnose.causes.sign.CAUSE",
        "derive.form.slips.stray_accent.CAUSE",
        "derive.diagnose.findings.almost",
    ],
)
def test_a_fault_in_a_cause_costs_what_the_cause_says(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.diagnose import findings

    real = findings._asked

    def asked(check: Any, case: Any, trouble: Any) -> Any:
        def broken(case: Any) -> Any:
            if speaks_of_seven(case.entry):
                raise OverflowError("injected")
            return check(case)

        chosen = broken if check.__module__ == place.rpartition(".")[0] else check
        return real(chosen, case, trouble)

    monkeypatch.setattr(findings, "_asked", asked)
    report, faults = report_of()
    assert "$$(z + 3)(z + 3) = (z + 3)^2 = z^2 + 6 z + 8.$$" in found_in(report)
    assert all(f.startswith("notes.md:9: internal fault in diagnose") for f in faults)


def test_a_fault_in_a_doubt_lets_no_error_through(monkeypatch: pytest.MonkeyPatch) -> None:
    from derive.judge import court
    from derive.judge.doubts import Open

    def doubt(claim: Any, verdict: Any) -> None:
        if speaks_of_seven(claim):
            raise OverflowError("injected")

    monkeypatch.setattr(court, "doubts", lambda: (Open("doubt/injected", "It fails.", doubt),))
    report, faults = report_of()
    assert found_in(report) == ["$$(z + 3)(z + 3) = (z + 3)^2 = z^2 + 6 z + 8.$$"] and len(faults) == 1


def test_a_fault_in_a_file_costs_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(DOCUMENT)
    from derive.front import document as front

    monkeypatch.setattr(
        front, "read_with", failing(front.read_with, lambda source, *_: source.path.endswith("a.md"))
    )
    report = check(tmp_path)
    assert [Path(f.source.path).name for f in report.files] == ["b.md"] and len(report.problems) == 1
    assert main(["check", str(tmp_path)]) == 2
    assert "a.md: internal fault: OverflowError: injected" in capsys.readouterr().err


def test_a_distribution_without_anything_in_its_brackets() -> None:
    report, faults = report_of(DOCUMENT.replace("Let $x$", "With $\\vec{u} \\sim P()$ let $x$"))
    assert not faults and len(found_in(report)) == 2


def test_an_overflow_beside_another_error() -> None:
    text = "We find $\\int_2^{10} \\frac{1}{\\ln x} dx \\approx 5.121065367200469$.\n\n" + DOCUMENT
    report, faults = report_of(text)
    assert not faults and len(found_in(report)) == 3


def resolved(owner: str, name: str) -> Any:
    import importlib

    parts = owner.split(".")
    for k in range(len(parts), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(parts[:k]))
        except ModuleNotFoundError:
            continue
        for part in (*parts[k:], name):
            found = getattr(found, part)
        return found
    raise AssertionError(owner)
