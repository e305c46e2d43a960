"""Ordinary notation that has more than one spelling, or more than one reading."""

import pytest

import derive
from derive import read
from derive.meaning.formula import readings
from derive.notation import NotationError


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"\int_0^1 x \mathop{}\!d x", r"\int_0^1 x \, dx"),
        (r"{\sin^{2}}z + {\cos}z", r"\sin^2 z + \cos z"),
        (r"\int_{0}^{1}{\sin^2}x\,dx", r"\int_0^1 \sin^2 x\,dx"),
        (r"\frac{{\partial}^{2}u}{{\partial x}^{2}}", r"\frac{\partial^2 u}{\partial x^2}"),
        (r"P(A \lvert B)", r"P(A \mid B)"),
        (r"P(A \rvert B)", r"P(A \mid B)"),
        (r"\lvert x \rvert + \lvert y \rvert", r"|x| + |y|"),
        (r"1.2\overline{34}", r"\frac{1222}{990}"),
        (r"\mathrm{speed_{max}}", r"\mathrm{speed}_{\mathrm{max}}"),
        (r"x_{\mathrm{in, lower}}", r"x_{\mathrm{in}, \mathrm{lower}}"),
    ],
)
def test_a_roundabout_spelling_is_the_plain_one(written: str, plain: str) -> None:
    assert read(written) == read(plain)


@pytest.mark.parametrize("latex", [r"\frac{a}{\sin} x", r"\mathop{}", r"0.\overline{x}"])
def test_what_looks_like_it_is_not_read_so(latex: str) -> None:
    with pytest.raises(NotationError):
        read(latex)


def test_a_script_of_a_fraction_is_part_of_the_name() -> None:
    assert read(r"J_{\frac34}(z)").to_latex() == r"J_{\frac{3}{4}}\left(z\right)"


@pytest.mark.parametrize(
    ("latex", "count"),
    [
        (r"7 \bmod 2 \cdot 3", 2),
        (r"a + b \bmod n", 2),
        (r"a \bmod n + b", 1),
        (r"a \bmod n", 1),
        (r"\ln(b)^2", 2),
        (r"\ln{\left(b\right)}^2", 2),
        (r"\sin(b)^2", 1),
        (r"\ln(b)", 1),
        (r"\int_0^R\int_0^{2} r\,dr\,ds", 2),
        (r"\int_0^1\int_0^1 r\,dr\,ds", 1),
        (r"\int_0^1\int_0^s r\,dr\,ds", 1),
    ],
)
def test_how_many_readings_are_ordinary(latex: str, count: int) -> None:
    assert len(readings(latex)) == count


@pytest.mark.parametrize(
    ("claim", "given", "status"),
    [
        (r"x > 0", [r"x \in (0, 1)"], "proved"),
        (r"x > 0", [r"x \in [0, 1)"], "refuted"),
        (r"x < 1", [r"x \in [0, 1)"], "proved"),
        (r"x < 1", [r"x \in (0, 1]"], "refuted"),
        (r"|x| = -x", [r"x \in \mathbb{R}_{<0}"], "proved"),
        (r"|x| = -x", [r"x \in \mathbb{R}_{\ge 0}"], "refuted"),
        (r"|k - 1| = k - 1", [r"k \in \mathbb{Z}_{\ge 1}"], "proved"),
        (r"|k - 2| = k - 2", [r"k \in \mathbb{Z}_{\ge 1}"], "refuted"),
        (r"n^2 \equiv 1 \pmod 8", [r"n \equiv 1 \pmod 2"], "proved"),
        (r"n^2 \equiv 1 \pmod{16}", [r"n \equiv 1 \pmod 2"], "refuted"),
        (r"5 \equiv 12 \equiv 19 \pmod 7", [], "proved"),
        (r"5 \equiv 13 \equiv 19 \pmod 7", [], "refuted"),
        (r"(a + b)^2 \neq a^2 + b^2", [], "holds"),
        (r"(a + b)^2 \neq a^2 + 2ab + b^2", [], "refuted"),
        (r"\ln(b)^2 = 2\ln b", ["b > 0"], "undecided"),
        (r"\ln(b)^2 = 3\ln b", ["b > 0"], "refuted"),
        (r"\pm\sqrt{x^2} = x", [], "holds"),
        (r"\pm\sqrt{x^2} = 2x + 1", [], "refuted"),
    ],
)
def test_what_is_decided(claim: str, given: list[str], status: str) -> None:
    assert derive.decide(claim, given=given).status.value == status
