"""A refutation's evidence is enough to confirm it again, without the tower."""

import copy
import json

import pytest

import derive
from derive.replay.certificate import replay, verify_certificates


def evidence(claim: str, *given: str) -> dict:
    verdict = derive.decide(claim, given=given)
    assert verdict.status.value == "refuted"
    return json.loads(json.dumps(verdict.evidence, default=str))


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("(a+b)^2 = a^2 + b^2", ()),
        ("x + 10^{-40} = x", ()),
        (r"\tanh(1000) = 1", ()),
        (r"\sqrt{z^2} = z", (r"z \in \mathbb{C}",)),
        (r"\sum_{k=1}^n k = n^2", (r"n \in \mathbb{N}",)),
        (r"\sum_{i=1}^3 x_i = 0", ()),
        (r"\int_0^\pi \sin x\,dx = 1", ()),
        (r"\int_0^\infty e^{-x}\,dx = 2", ()),
        (r"\lim_{x \to 0} \frac{\sin x}{x} = 0", ()),
        (r"\Gamma(n) = n!", (r"n \in \mathbb{N}", r"n \ge 2")),
        (r"\sin x < 1", ()),
        (r"x^3 \ge 0", ()),
        (r"\pi \approx 3.15", ()),
        (r"\|x\| = x^\top x", (r"x \in \mathbb{R}^n",)),
        (r"\frac{1}{2} \in \mathbb{Z}", ()),
    ],
)
def test_confirmed(claim: str, given: tuple[str, ...]):
    result = replay(evidence(claim, *given))
    assert result.status == "confirmed", result.detail


def test_a_forged_point_is_found_out():
    forged = copy.deepcopy(evidence("x^2 = x"))
    forged["point"]["x"] = "1"
    assert replay(forged).status == "contradicted"


def test_what_cannot_be_replayed_says_so():
    assert replay({}).status == "not replayed"
    result = replay(evidence("(fg)'(x) = f'(x)g(x) - f(x)g'(x)"))
    assert result.status in ("confirmed", "not replayed")
    assert result.detail


def test_a_report_is_replayed_in_its_order():
    claims = [
        {"id": "one", "verdict": "refuted", "evidence": evidence("x^2 = x")},
        {"id": "two", "verdict": "proved", "evidence": {}},
        {"id": "three", "verdict": "refuted", "evidence": evidence("x = 2x")},
    ]
    results = verify_certificates({"files": [{"path": "a.md", "claims": claims}]})
    assert [r.claim for r in results] == ["a.md:one", "a.md:three"]
    assert {r.status for r in results} == {"confirmed"}
