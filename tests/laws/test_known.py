"""Every law is true: it, or what its left side is by definition, is not refuted, and most are proved."""

import pytest

from derive.form.known.norms import terms_of
from derive.form.known.reading import law_of
from derive.front.decide import decide
from derive.laws.known import DISTRIBUTIONS, KNOWN
from derive.laws.law import Distribution, Known
from derive.model import Status

_MADE_BY_WORDS = ("quadratic", "Stirling", "area", "volume", "circumference", "compound")


def _name(law: Known) -> str:
    return f"{law.name}: {law.left}"


@pytest.mark.parametrize("law", KNOWN, ids=_name)
def test_a_law_can_be_read_by_every_convention(law: Known) -> None:
    assert len(law_of(law).rights) == 1 + len(law.others)


_OPEN = (
    "mean of",
    "variance of the",
    "softmax",
    "derivative of the sigmoid",
    "Laplacian",
    "entropy",
    "sigmoid",
    "absolute error",
    "squared error",
    "inequality",
    "normal variable given",
    "observable",
)
_DECIDED = [
    k for k in KNOWN if not any(w in k.name for w in (*_MADE_BY_WORDS, *_OPEN)) and "(s)" not in k.left
]


@pytest.mark.parametrize("law", _DECIDED, ids=_name)
def test_a_law_is_true(law: Known) -> None:
    verdict = decide(f"{law.by or law.left} = {law.right}", law.when)
    assert verdict.status in (Status.PROVED, Status.HOLDS, Status.UNDECIDED), law.name
    assert verdict.status is not Status.UNDECIDED or "|A" in law.left or law.left == "B(x,y)"


@pytest.mark.parametrize("one", DISTRIBUTIONS, ids=lambda d: d.name)
def test_a_density_has_the_norm_one(one: Distribution) -> None:
    over = f"_{{{one.argument}={one.lower}}}" if one.kind == "mass" else f"_{{{one.lower}}}"
    sign, end = ("\\sum", "") if one.kind == "mass" else ("\\int", f" d{one.argument}")
    verdict = decide(f"{sign}{over}^{{{one.upper}}} {one.body}{end} = 1", one.when)
    assert verdict.status in (Status.PROVED, Status.HOLDS, Status.UNDECIDED)
    assert len(terms_of(one)[3]) == 1 + len(one.others)


_MOMENTS = [
    (d, k)
    for d in DISTRIBUTIONS
    for k in KNOWN
    if k.name in (f"the mean of the {d.name} distribution", f"the variance of the {d.name} distribution")
]


@pytest.mark.parametrize(("one", "law"), _MOMENTS, ids=lambda x: x.name)
def test_moments_are_those_of_the_density(one: Distribution, law: Known) -> None:
    x = one.argument
    over = f"_{{{x}={one.lower}}}" if one.kind == "mass" else f"_{{{one.lower}}}"
    sign, end = ("\\sum", "") if one.kind == "mass" else ("\\int", f" d{x}")

    def moment(power: str) -> str:
        return f"{sign}{over}^{{{one.upper}}} {power} \\cdot {one.body}{end}"

    left = (
        moment(x)
        if "mean" in law.name
        else f"\\left({moment(x + '^2')}\\right) - \\left({moment(x)}\\right)^2"
    )
    assert decide(f"{left} = {law.right}", one.when).status is not Status.REFUTED
    assert decide(f"{left} = 2 \\cdot {law.right}", one.when).status is not Status.PROVED
