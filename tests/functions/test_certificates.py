"""A refutation that speaks of a function by the document's words is read back and replayed."""

from __future__ import annotations

import pytest

from derive.front.document import check_source
from derive.model import Source, Status
from derive.replay.certificate import replay

REFUTED = (
    "For the Fibonacci numbers we have $F_{10} = 54$.",
    "For the Lucas numbers we have $L_5 = 12$.",
    "For the Legendre polynomials we have $P_2(3) = 12$.",
    "For the Hermite polynomials we have $H_3(1) = 5$.",
    "For the complete elliptic integrals we have $K(0) = 1$.",
    "For the exponential integral we have $E_1(1) = 1$.",
    "For the Pochhammer symbol we have $(2)_3 = 25$.",
    "For the Bernoulli numbers we have $B_4 = 3$.",
    "Hence $\\operatorname{sinc}(0) = 2$.",
)


@pytest.mark.parametrize("text", REFUTED)
def test_replayed(text: str) -> None:
    report, faults = check_source(Source("one.md", text))
    (decided,) = report.decided
    assert not faults and decided.verdict.status is Status.REFUTED
    assert replay(decided.verdict.evidence).status == "confirmed"
