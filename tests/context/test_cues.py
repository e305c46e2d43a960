"""What the words around a formula say of it."""

from derive.context.cues import joins, opens_case, plain_case, says_null, trailing_words
from derive.model import Stance


def test_words_after_a_formula_bind_what_follows() -> None:
    where, all_ = trailing_words(", where "), trailing_words(" for all ")
    assert where is not None and where.value is Stance.DEFINES
    assert all_ is not None and all_.value is Stance.ASSUMES
    assert trailing_words(" This shows that ") is None


def test_an_and_goes_on() -> None:
    assert joins(" and ") and joins(",") and not joins("") and not joins("so ")


def test_a_case_in_plain_words() -> None:
    assert plain_case("for y = 1:") == ("y = 1", 4, 9)
    assert plain_case("or y = 1:") is None
    assert plain_case("forty = 1:") is None


def test_a_header_opens_a_case_and_a_clause_does_not() -> None:
    assert opens_case("When ", " :")
    assert opens_case("1) When ", ", negative class:")
    assert not opens_case("We know that the loss is large when ", ", so it grows.")


def test_the_gradient_is_null_only_where_nothing_follows() -> None:
    assert says_null(", the gradient is null.") == "gradient"
    assert says_null("the gradient is zero if ") is None
    assert says_null("the gradient is large") is None
