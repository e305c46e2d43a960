"""Numbers of many thousand digits have fingerprints too."""

from derive.term.fingerprint import fingerprint, same
from derive.term.nodes import Apply, Mul, Pow, Symbol, integer


def test_a_value_of_many_digits_goes_into_a_function() -> None:
    large = Pow(integer(10), integer(290))
    product = Mul((large,) * 30)
    term = Apply("exp", (product,))
    assert fingerprint(term) is not None
    assert same(term, Apply("exp", (Mul((product,)),)))
    assert not same(term, Apply("exp", (Mul((product, Symbol("x"))),)))
