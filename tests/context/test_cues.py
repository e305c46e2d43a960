"""What the words around a formula say of it."""

import pytest

from derive.context.cues import Cue, cue_before, opens_case, plain_case, says_null, trailing_cue


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("When ", Cue.ASSUME),
        ("for all ", Cue.ASSUME),
        ("If the input is positive, then ", Cue.ASSERT),
        ("Let ", Cue.DEFINE),
        ("The risk is small. Let ", Cue.DEFINE),
        ("Let it be small. The risk is ", Cue.NONE),
        ("which gives ", Cue.ASSERT),
        ("the derivative of f with respect to x is ", Cue.IDENTITY),
        (" and ", Cue.AND),
        ("A common mistake is to write ", Cue.DENY),
        ("", Cue.NONE),
    ],
)
def test_the_last_cue_of_the_last_clause_counts(words: str, cue: Cue) -> None:
    assert cue_before(words).cue is cue


def test_words_after_a_formula_bind_what_follows() -> None:
    assert trailing_cue(", where ") is Cue.DEFINE
    assert trailing_cue(" for all ") is Cue.ASSUME
    assert trailing_cue(" This shows that ") is Cue.NONE


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
