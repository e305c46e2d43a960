"""Reasons and choices in words. Nowhere else are they worded, and nothing reads these words."""

from __future__ import annotations

from typing import Any, assert_never

from derive.model import Verdict
from derive.reasons import Reason, Why
from derive.reasons.choices import Choice
from derive.reasons.gaps import Gap

_FILES = 4
"""How many files a message names."""


def why(verdict: Verdict) -> str | None:
    """The reason of a verdict in words, if it has one."""
    return None if verdict.reason is None else reason_text(verdict.reason)


def choice_text(choice: Choice) -> str:
    from derive.report.choices import CHOICES  # a report without a reason needs no words for any

    return str.format(CHOICES[choice.kind], *choice.args)


def plain(value: Any) -> Any:
    """Evidence as JSON takes it: choices and reasons in it as words."""
    match value:
        case Choice():
            return choice_text(value)
        case Reason():
            return reason_text(value)
        case dict():
            return {key: plain(v) for key, v in value.items()}
        case list() | tuple():
            return [plain(v) for v in value]
        case _:
            return value


def reason_text(reason: Reason) -> str:
    code = reason.code
    inner = "" if reason.inner is None else reason_text(reason.inner)
    if isinstance(code, Gap):
        from derive.report.gaps import GAPS

        return str.format(GAPS[code], *reason.args, inner=inner)
    names = ", ".join(reason.args)
    match code:
        case Why.UNSUPPORTED:
            return f"unsupported: {inner}"
        case Why.NO_DEFINITION:
            return f"no-definition: {inner or names}"
        case Why.CONSTRAINT:
            return f"constraint: {names}" if names else "constraint"
        case Why.BUDGET | Why.TIME | Why.PRECISION | Why.ROUNDING | Why.HEADING:
            return str(code.value)
        case Why.NOT_REACHED:
            return "not reached before the budget of the document ended"
        case Why.NO_PROOF:
            return "no proof"
        case Why.UNDEFINED:
            return "undefined at every point tried"
        case Why.FAULT:
            return "fault: " + ": ".join(reason.args)
        case Why.SECOND_READER:
            theirs, ours = reason.args
            return f"it holds as another reader takes it: {theirs}; here it was read as {ours}"
        case Why.NO_CLAIM:
            return "no claim was made of it"
        case Why.SHAPE | Why.LENGTH | Why.RANGE:
            return f"{code.value} of {names}"
        case Why.DISTRIBUTION:
            return "the distribution"
        case Why.MODULUS:
            return "the modulus"
        case Why.PLACE:
            return f"where {names} goes"
        case Why.RANDOM:
            return f"whether {names} is random"
        case Why.OPEN_NOTATION:
            return "open notation"
        case Why.NOT_IDENTICAL:
            return "not identically equal"
        case Why.LESS_LIKELY_READING:
            return "under a less likely reading"
        case Why.CUT_OFF:
            return "cut off, not rounded"
        case Why.TO_DIGITS_PRINTED:
            return "to the digits printed"
        case Why.ONE_TO_ONE:
            return "where f is one-to-one"
        case Why.NATURAL_FROM_ONE:
            return "natural numbers from 1 on"
        case Why.UNDER_GIVEN:
            return "given"
        case Why.MISFIT:
            pairs = zip(reason.args[::2], reason.args[1::2], strict=True)
            return "shapes that do not fit: " + ", ".join(f"{term} ({shape})" for term, shape in pairs)
        case Why.CONDITION:
            return f"condition ({inner})" if inner else "condition"
        case Why.STATES_NOTHING:
            return "states nothing"
        case Why.GOES_ON_FROM_NOTHING:
            return "goes on from nothing that was read"
        case Why.UNREAD:
            return names
        case Why.UNKNOWN_COMMAND:
            return inner
        case Why.UNDECLARED_COMMAND:
            nor = f" nor in {_listed(reason.args, 'or')}" if reason.args else ""
            return f"{inner}: not declared in this file{nor}{_DECLARE}"
        case Why.DISPUTED_COMMAND:
            return f"{inner}: declared differently in {_listed(reason.args, 'and')}{_DECLARE}"
        case _:
            assert_never(code)


_DECLARE = "; declare it in derive.toml (macros) or with --macros FILE"


def _listed(files: tuple[str, ...], word: str) -> str:
    if len(files) > _FILES:
        return ", ".join(files[:_FILES]) + f" {word} {len(files) - _FILES} more files"
    return f" {word} ".join(filter(None, [", ".join(files[:-1]), files[-1]]))
