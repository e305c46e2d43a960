"""One document by several processes: the same report, and what was worked out elsewhere is paid for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from derive.diagnose import findings
from derive.diagnose.findings import Told, Trouble
from derive.front.cache import questions
from derive.front.cache.questions import Found, Questions
from derive.front.check import check
from derive.model import Claim, Span, Stance, Status, Verdict
from derive.report import json as json_report
from derive.term.nodes import Number, Symbol
from derive.term.scope import Scope
from derive.verify import budget, copies
from derive.verify.budget import Allowance, Purse, StepsSpent, bounded
from derive.verify.processes import can_copy

apart = pytest.mark.skipif(not can_copy(), reason="no copies can be made here")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Copies are made at once; what was taken from them."""
    taken: list[Any] = []
    charge, paid = questions.charge, Told.paid

    def charged(steps: int, seconds: float) -> None:
        taken.append(seconds)
        charge(steps, seconds)

    def told(self: Told, purse: Purse) -> bool:
        taken.append(self)
        return paid(self, purse)

    monkeypatch.setattr(copies, "WORTH", 0.0)
    monkeypatch.setattr(sys.modules["derive.front.check"], "_A_COPY", 0)
    monkeypatch.setattr(questions, "_CHEAP", 0.0)
    monkeypatch.setattr(questions, "charge", charged)
    monkeypatch.setattr(findings.Told, "paid", told)
    yield taken


def page() -> str:
    """What teaches later claims something, what does not, and errors."""
    rows = ["# One\n", "Let $f(x) = x^2 + 1$.\n"]
    for k in range(2, 9):
        rows += [
            f"It is known that $g_{{{k}}} + {k} = 2 h_{{{k}}}$.\n",
            f"We have $$\\int_0^{k} (x^2 + {k} x) \\, dx = \\frac{{{2 * k**3 + 3 * k**3}}}{{6}}.$$\n",
            f"Hence $$(a + {k})^2 = a^2 + {k} a + {k} a + {k * k} = a^2 + {2 * k + k % 2} a + {k * k}.$$\n",
            f"## Part {k}\n" if k % 3 == 0 else f"Also $\\sin({k} t)^2 + \\cos({k} t)^2 = 1$.\n",
            f"Then $2 g_{{{k}}} = 4 h_{{{k}}} - {2 * k}$ follows.\n",
        ]
    return "\n".join(rows)


@apart
def test_the_report_is_the_same(tmp_path: Path, at_once: list[Any]) -> None:
    file = tmp_path / "page.md"
    file.write_text(page())
    one = json_report.render(check(file, jobs=1), True)
    assert at_once == []
    for jobs in (2, 3):
        at_once.clear()
        assert json_report.render(check(file, jobs=jobs), True) == one
        assert at_once


@apart
def test_with_a_cache_too(tmp_path: Path, at_once: list[Any]) -> None:
    file = tmp_path / "page.md"
    file.write_text(page())
    one = json_report.render(check(file, jobs=1, terms=False), True)
    assert json_report.render(check(file, jobs=2, cached=True), True) == one
    assert at_once
    at_once.clear()
    assert json_report.render(check(file, jobs=2, cached=True), True) == one
    assert at_once == []


class Known:
    """Stands for the copies."""

    working = True

    def __init__(self, found: Found) -> None:
        self.found = found

    def get(self, key: object) -> Found:
        return self.found


CLAIM = Claim(Span(0, 1), Symbol("A"), "=", Number(1), Scope(), Stance.ASSERTED)
HOLDS, PROVED = Verdict(Status.HOLDS), Verdict(Status.PROVED)


def asked(found: Found, steps: int = 1000, seconds: float = 5.0) -> tuple[Verdict, int]:
    """The verdict of a claim with this allowance, and the steps that it was charged; its own is `HOLDS`."""
    made = budget.steps_made()
    with bounded(Allowance(steps, seconds)):
        verdict = Questions(lambda claim: HOLDS, None, Known(found)).decide(CLAIM)  # type: ignore[arg-type]
    return verdict, budget.steps_made() - made


def test_an_answer_is_charged() -> None:
    assert asked(Found(70, 0.5, PROVED)) == (PROVED, 70)
    with pytest.raises(StepsSpent, match="steps"):
        asked(Found(70, 0.5, PROVED), steps=60)
    with pytest.raises(StepsSpent, match="time"):
        asked(Found(70, 0.5, PROVED), seconds=0.2)


def test_what_was_short_of_something_is_so_here_unless_there_is_more() -> None:
    short = Found(1001, 0.1, None, "steps", 1000, 5.0)
    with pytest.raises(StepsSpent, match="steps"):
        asked(short)
    assert asked(short, steps=1001) == (HOLDS, 0)
    late, cut = Found(10, 1.0, None, "time", 1000, 1.0), budget.times_cut()
    with pytest.raises(StepsSpent, match="time"):
        asked(late, seconds=1.0)
    assert budget.times_cut() > cut  # what rests on it is not kept
    assert asked(late, seconds=2.0) == (HOLDS, 0)


def test_what_is_said_of_a_case_is_paid_for() -> None:
    def purse(seconds: float, steps: int) -> Purse:
        return Purse(Allowance(100, 2.0), seconds, steps)

    whole = Told([], Trouble(), 50, 1.0, broken=False)
    rich = purse(3.0, 500)
    assert whole.paid(rich) and (rich.seconds, rich.steps) == (2.0, 450)
    assert not whole.paid(purse(0.5, 500)) and not whole.paid(purse(3.0, 40))
    broken = Told([], Trouble(), 50, 1.0, broken=True)  # with less it breaks off sooner
    assert broken.paid(purse(3.0, 500)) and not broken.paid(purse(1.5, 500))
