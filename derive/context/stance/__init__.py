"""What the text does with a relation: states, defines, supposes, denies, asks or quotes it."""

from __future__ import annotations

from derive.context.links import CHECKED, Part, definition_of, function_given, is_atom, is_constant
from derive.context.stance.setting import Setting
from derive.context.stance.speech import Speech
from derive.context.stance.structure import BY_ITSELF, COMMENT_ASSERTS, COMMENT_ASSUMES, STANCES
from derive.context.stance.words import WORDS, nearness
from derive.model import SET_ASIDE, Stance
from derive.rules import Answer, ask, first
from derive.term.scope import Definition
from derive.term.undeclared import of_undeclared

__all__ = [
    "BY_WORDS",
    "NEW_NAME",
    "NULL_GRADIENT",
    "ONE_PLACE",
    "SET_ASIDE",
    "THROUGHOUT",
    "Setting",
    "Speech",
    "made",
    "nothing_to_check",
    "said_by_comment",
    "said_by_sentence",
    "said_by_words",
    "set_aside",
    "stance_of",
]


_WHOLE = ("quoted/", "denied/", "asked/", "defines/property")
"""They speak of the whole sentence."""
_BINDING = (
    "condition/purpose",
    "condition/differentiated",
    "asserted/what-is-set",
    "assumes/one-place",
    "assumes/spelled-out",
    "assumes/if",
    "defines/let",
    "defines/subject",
    "condition/task",
)
"""They open the clause and bind all of it."""


ONE_PLACE = "assumes/one-place"
THROUGHOUT = Answer(
    Stance.ASSERTED, "asserted/for-all", "it is said of all values that a quantifier or a condition names"
)
BY_WORDS = Answer(Stance.DEFINES, "defines/by-words", "the sentence defines the name on its left")
NULL_GRADIENT = Answer(
    Stance.ASSERTED, "asserted/null-gradient", "the sentence says that the gradient worked out last is null"
)
UNDECLARED = Answer(
    Stance.OPEN, "open/undeclared", "it speaks of a command that nothing declares: what it says is guessed"
)
NEW_NAME = Answer(Stance.DEFINES, "defines/new-name", "nothing before defines the name on its left")


def set_aside(answer: Answer[Stance]) -> bool:
    """Whether nothing follows from a relation for others: it is denied, asked or quoted, says of any `f` what
    a word means, or tells which place a value marks."""
    return answer.value in SET_ASIDE or answer.rule in BY_ITSELF


def said_by_comment(speech: Speech) -> Answer[Stance] | None:
    """What a comment for derive says of the relation: whoever writes it means it."""
    match speech.comment:
        case "asserted":
            return Answer(Stance.ASSERTED, COMMENT_ASSERTS, "a comment for derive says that it is asserted")
        case "assumed":
            return Answer(Stance.ASSUMES, COMMENT_ASSUMES, "a comment for derive says that it is assumed")
        case "":
            return None


def said_by_sentence(speech: Speech) -> Answer[Stance] | None:
    """What denies, asks or quotes, or defines a property: it speaks of all relations of its sentence."""
    answer = said_by_words(speech)
    return answer if answer is not None and set_aside(answer) else None


def said_by_words(speech: Speech) -> Answer[Stance] | None:
    """What the sentence says of the relation; None where it says nothing, or the language is not known.

    What denies, asks or quotes comes first. Of the words of the governing clause those that open and bind it
    count, else the ones nearest to the relation.
    """
    if not speech.english and not speech.struck and not speech.offered:
        return None
    answers = ask(WORDS, speech)
    for room in (*_WHOLE, *_BINDING):
        for answer in answers:
            if answer.rule.startswith(room):
                return answer
    return max(answers, key=lambda a: nearness(a.rule, speech), default=None)


def stance_of(setting: Setting) -> Answer[Stance]:
    """The stance of one relation and the rule that gave it."""
    answer = first(STANCES, setting)
    assert answer is not None  # the last rule of the table always answers
    if answer.rule in ("stance/set-aside", "stance/by-itself") and setting.words is not None:
        return setting.words
    if answer.value is Stance.ASSERTED and of_undeclared(setting.scope, setting.left, setting.right):
        return UNDECLARED
    return answer


def made(setting: Setting, answer: Answer[Stance]) -> Definition | None:
    """The definition that a relation makes, or would make where it is open."""
    left, right = setting.left, setting.right
    match answer.rule:
        case "defines/by-words" | "defines/new-name" | "open/defined-again":
            return setting.definition
        case "defines/named-twice":
            return definition_of(left, right)
        case "defines/sign":
            return setting.definition or definition_of(left, right) or definition_of(right, left)
        case "defines/result" | "defines/chance" | "defines/last-name":
            return definition_of(right, left)
        case "open/function-again":
            return None if is_constant(right) else function_given(left, right)
        case _:
            return None


def nothing_to_check(part: Part, answer: Answer[Stance]) -> bool:
    """Whether there is no question in a relation: a membership, a new name, names set equal or to values."""
    if part.relation not in CHECKED:
        return True
    match answer.rule:
        case (
            "defines/sign"
            | "defines/label"
            | "defines/by-words"
            | "defines/new-name"
            | "defines/result"
            | "defines/chance"
            | "defines/last-name"
            | "defines/named-twice"
        ):
            return True
        case "assumes/value-in-passing" | "assumes/variable-of-integration" | "assumes/name":
            return True
        case "assumes/chain-of-names" | "assumes/names" | "assumes/value-of-a-function":
            return True
        case _:
            return is_atom(part.left) and is_atom(part.right) and answer.value is not Stance.ASSERTED
