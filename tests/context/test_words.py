"""The rules about the words around a formula, each on its own examples and on those of all the others."""

import re

import pytest

from derive.context.stance import said_by_words
from derive.context.stance.speech import Speech, speeches
from derive.context.stance.words import WORDS, WordRule
from derive.model import Block, Formula, Prose, Span, Stance


def speech_of(sentence: str) -> Speech:
    """The speech of the last formula of a text."""
    parts: list[Prose | Formula] = []
    for k, piece in enumerate(re.split(r"\$([^$]*)\$", sentence)):
        if k % 2:
            parts.append(Formula(Span(0, len(piece)), piece, False))
        elif piece:
            parts.append(Prose(Span(0, 0), piece))
    formula = next(p for p in reversed(parts) if isinstance(p, Formula))
    return speeches([Block(Span(0, 0), "paragraph", tuple(parts))], "", True)[id(formula)]


@pytest.mark.parametrize("rule", WORDS, ids=lambda r: r.name)
def test_a_rule_speaks_where_its_examples_say(rule: WordRule) -> None:
    for text in rule.holds:
        said = said_by_words(speech_of(text))
        assert rule.answer(speech_of(text)) is not None, text
        assert said is not None and said.rule.split("/")[0] == rule.name.split("/")[0], (text, said)
    for text in rule.fails:
        assert rule.answer(speech_of(text)) is None, text


@pytest.mark.parametrize("rule", WORDS, ids=lambda r: r.name)
def test_every_rule_gives_a_reason(rule: WordRule) -> None:
    assert rule.because and (rule.holds or rule.sure)


def test_struck_out_words_are_quoted_in_any_language() -> None:
    said = said_by_words(Speech("Also gilt ", struck=True, english=False))
    assert said is not None and said.value is Stance.QUOTED


def test_words_of_an_unknown_language_say_nothing() -> None:
    assert said_by_words(Speech("let ", english=False)) is None
