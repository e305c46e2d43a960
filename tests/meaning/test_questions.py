"""Every rule about letters on its own examples: where it answers, and look-alikes where it must not."""

import pytest

from derive import decide
from derive.context.givens import gather, types_in
from derive.context.lone_claims import asserted
from derive.meaning import elaborate
from derive.meaning.questions import TABLES
from derive.model import Status
from derive.notation import read
from derive.notation.conventions import conventional
from derive.term.scope import Reading

RULES = [(name, rule) for name, table in TABLES.items() for rule in table]


def readings(example: str) -> tuple[Reading, ...]:
    """The readings of the last formula of `given ;; given ;; formula`."""
    *givens, claim = example.split(" ;; ")
    macros = conventional([*givens, claim])
    displays = [read(latex, macros) for latex in givens]
    display = read(claim, macros)
    scope = types_in([*displays, display], gather(displays))
    pieces = []
    for chain in asserted(display).claims:
        assert chain.first is not None
        pieces += [chain.first, *(link.right for link in chain.links)]
    return elaborate(pieces, scope)


def rules_asked(example: str) -> set[str]:
    return {step.rule for reading in readings(example) for step in reading.trail}


@pytest.mark.parametrize(
    ("name", "example"), [(rule.name, example) for _, rule in RULES for example in rule.holds]
)
def test_a_rule_answers_in_its_examples(name: str, example: str) -> None:
    assert name in rules_asked(example)


@pytest.mark.parametrize(
    ("name", "example"), [(rule.name, example) for _, rule in RULES for example in rule.fails]
)
def test_a_rule_is_silent_in_its_look_alikes(name: str, example: str) -> None:
    assert name not in rules_asked(example)


def test_names_are_told_apart_and_say_their_question() -> None:
    names = [rule.name for _, rule in RULES]
    assert len(names) == len(set(names))
    assert all(rule.name.startswith(table + "/") and rule.because for table, rule in RULES)


def test_what_a_rule_leaves_open_is_read_both_ways() -> None:
    both = readings("R(x) = R x")
    assert [r.terms[0].to_latex() for r in both] == [r"R\left(x\right)", "R x"]
    steps = [step for r in both for step in r.trail if step.question == "apply:R"]
    assert [(step.answer, step.sure) for step in steps] == [("application", False), ("product", False)]


def test_what_a_sure_rule_closes_is_read_one_way() -> None:
    (only,) = readings(r"f: A \to B ;; f(x) = f x")
    assert [(step.answer, step.sure) for step in only.trail] == [("application", True)]


@pytest.mark.parametrize(
    "claim", ["a(b) = ab", "m(g) = mg", "R(x) = Rx", "1 = a(b) - ab + 1", "T(s) + s T = 2 T s"]
)
def test_a_product_with_a_parenthesis_is_not_refuted(claim: str) -> None:
    assert decide(claim).status is not Status.REFUTED


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("f(x + 1) = f(x) + 1", [r"f: \mathbb{R} \to \mathbb{R}"]),
        ("f(x) = f x", [r"f: \mathbb{R} \to \mathbb{R}"]),
        (r"\sin(x) = x", []),
        ("f(x) = 2 f(x)", []),
        ("R(x) = 2 R x", []),
        (r"\frac{d}{dt} x(t)^2 = 3 x(t) x'(t)", []),
    ],
)
def test_what_no_reading_saves_is_refuted(claim: str, given: list[str]) -> None:
    assert decide(claim, given).status is Status.REFUTED
