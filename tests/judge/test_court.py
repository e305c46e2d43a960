"""A claim is decided by itself and its scope; what claims teach is a fold in source order."""

from __future__ import annotations

from dataclasses import replace

from derive.context import read_claims
from derive.documents import read_document
from derive.front.document import check_source
from derive.judge.court import Court
from derive.judge.learned import after, taught
from derive.model import Claim, Source, Status
from derive.term.scope import Learned
from derive.verify import decide


def claims(text: str) -> list[Claim]:
    return [c for c in read_claims(read_document(Source("a.md", text))) if isinstance(c, Claim)]


LINES = "We have $$a = (y - 1)^2 = (e^{2x} - 1)^2$$ and $$b = (y - 2)^2 = (e^{3x} - 2)^2.$$"


def test_a_verdict_does_not_depend_on_what_was_settled_before() -> None:
    court = Court(decide)
    once = [court.settle(c).verdict for c in claims(LINES)]
    again = [court.settle(c).verdict for c in reversed(claims(LINES))]
    assert once == again[::-1]


def test_what_was_put_in_for_a_symbol_is_taught_and_only_in_its_section() -> None:
    court, learned = Court(decide), Learned()
    found = claims(LINES)
    learned = after(learned, court.settle(taught(found[0], learned)))
    assert [value.to_latex() for value in learned.substitutions.values()] == ["e^{2 x}"]
    here = court.settle(taught(found[1], learned))
    assert here.verdict.status is not Status.PROVED  # y is e^{2x} by now
    elsewhere = court.settle(taught(replace(found[1], section=found[1].section + 1), learned))
    assert elsewhere.verdict.status is Status.PROVED


def test_learning_changes_nothing_that_was_learned() -> None:
    before = Learned()
    after(before, Court(decide).settle(claims("We have $$(a + b)^2 = a^2 + 2ab + b^2.$$")[0]))
    assert before == Learned()


def test_a_proof_tells_the_length_that_it_takes_for_granted() -> None:
    text = "We have\n\n$$\\mathbf{w}^\\top \\mathbf{x} = \\sum_{j=1}^m w_j x_j$$\n"
    report, _ = check_source(Source("a.md", text))
    (entry,) = report.decided
    assert entry.verdict.status is Status.PROVED
    assert entry.verdict.conditions == (
        "\\mathbf{w} \\in \\mathbb{R}^{m}",
        "\\mathbf{x} \\in \\mathbb{R}^{m}",
    )
