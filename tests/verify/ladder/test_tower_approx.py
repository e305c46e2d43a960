"""What a printed decimal stands for."""

from fractions import Fraction

import pytest

from derive.term.nodes import Mul, Neg, Number, Pow, integer
from derive.verify.ladder.approximate import printed


def decimal(text: str) -> Number:
    return Number(Fraction(text), text)


PI = Fraction(314159265358979, 10**14)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("3.14", PI, True),
        ("3.142", PI, True),  # rounded
        ("3.141", PI, True),  # cut off
        ("3.15", PI, False),
        ("3.143", PI, False),
        ("3", PI, True),
        ("2.718", Fraction("2.718281828"), True),
        ("2.719", Fraction("2.718281828"), False),
        ("1000", Fraction(1024), True),  # trailing zeros of an integer may be rounding
        ("0.50", Fraction("0.5049"), True),
        ("0.50", Fraction("0.512"), False),
    ],
)
def test_printed_digits(text: str, value: Fraction, shown: bool):
    number = printed(decimal(text))
    assert number is not None
    assert number.shown_by(value, value) is shown


def test_scientific_notation_and_signs():
    avogadro = Mul((decimal("6.02"), Pow(integer(10), integer(23))))
    number = printed(avogadro)
    assert number is not None
    assert number.unit == 10**21
    negative = printed(Neg(decimal("0.50")))
    assert negative is not None
    assert negative.shown_by(Fraction("-0.5049"), Fraction("-0.5049")) is True


def test_an_interval_that_crosses_the_border_tells_nothing():
    number = printed(decimal("0.5"))
    assert number is not None
    assert number.shown_by(Fraction("0.55"), Fraction("0.65")) is None
