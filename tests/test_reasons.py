"""Reasons and choices are codes: each has words, and nobody compares the words."""

import ast
import string
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from derive.reasons import Reason, Why, no_definition, unsupported
from derive.reasons.choices import Choice, Chosen
from derive.reasons.gaps import Gap
from derive.report.choices import CHOICES
from derive.report.gaps import GAPS
from derive.report.reasons import choice_text, plain, reason_text

PACKAGE = Path(__file__).parents[1] / "derive"

SPOKEN = {"reason", "why", "what", "choice", "choices", "reading"}
"""What holds a reason or a choice, as an attribute or as a name of its own."""
_TESTS = {"startswith", "endswith", "removeprefix", "removesuffix", "partition", "split", "find", "index"}
_PATTERNS = {"match", "search", "fullmatch", "findall", "finditer", "split", "sub"}


def _speaks(node: ast.AST) -> bool:
    """Whether an expression is, or is made of, a reason or a choice: `v.reason or ""`, `str(why)`."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name in SPOKEN
        case ast.BoolOp(values=values):
            return any(_speaks(v) for v in values)
        case ast.Call(func=ast.Name(id="str"), args=[value]) | ast.Subscript(value=value):
            return _speaks(value)
        case ast.Call(func=ast.Attribute(value=value, attr="lower" | "strip" | "casefold")):
            return _speaks(value)
        case _:
            return False


def _text(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.Tuple(elts=elements) | ast.Set(elts=elements) | ast.List(elts=elements):
            return any(_text(e) for e in elements)
        case ast.Call(func=ast.Name(id="frozenset" | "set" | "tuple"), args=[inner]):
            return _text(inner)
        case _:
            return False


def compared(tree: ast.AST) -> Iterator[int]:
    """The lines in which the words of a reason or a choice are looked at."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=rest):
                sides = [left, *rest]
                if any(map(_speaks, sides)) and any(map(_text, sides)):
                    yield node.lineno
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=attr), args=args):
                if attr in _PATTERNS and any(map(_speaks, args)):
                    yield node.lineno
            case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args):
                if (attr in _TESTS and _speaks(value)) or (attr in _PATTERNS and any(map(_speaks, args))):
                    yield node.lineno
            case ast.Match(subject=subject, cases=cases) if _speaks(subject):
                patterns = [p for case in cases for p in ast.walk(case.pattern)]
                if any(isinstance(p, ast.MatchValue) and _text(p.value) for p in patterns):
                    yield node.lineno
            case _:
                pass


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_code_compares_the_words_of_a_reason_or_a_choice(path: Path) -> None:
    assert list(compared(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "line",
    [
        "verdict.reason == 'budget'",
        "verdict.reason in ('budget', 'constraint')",
        "(verdict.reason or '').startswith('no-definition')",
        "reason.startswith(KINDS)",
        "'array' in error.why",
        "any(choice.endswith('times the parenthesis') for choice in choices)",
        "re.search(r'unknown command', error.what)",
        "UNKNOWN.search(reason)",
        "str(why) == 'dots'",
    ],
)
def test_a_comparison_of_words_is_found(line: str) -> None:
    assert list(compared(ast.parse(line))) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "verdict.reason == Reason(Why.BUDGET)",
        "verdict.reason.code is Why.NO_DEFINITION",
        "reason.inner.code in ILL_TYPED",
        "claim.relation == '='",
        "fail(node, f'{why}: too long')",
    ],
)
def test_a_comparison_of_codes_is_none(line: str) -> None:
    assert list(compared(ast.parse(line))) == []


@pytest.mark.parametrize(("codes", "words"), [(Gap, GAPS), (Chosen, CHOICES)])
def test_every_code_has_words(codes: type[Enum], words: dict[Enum, str]) -> None:
    assert set(codes) == set(words)
    for template in words.values():
        fields = {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}
        assert fields <= {"0", "1", "inner"}, template


def test_no_two_codes_of_one_kind_have_the_same_words() -> None:
    for words in (GAPS, CHOICES):
        assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("code", Why)
def test_every_reason_has_words(code: Why) -> None:
    said = reason_text(Reason(code, ("a", "b"), Reason(Gap.DOTS)))
    assert said
    assert said.isprintable()


@pytest.mark.parametrize(
    ("reason", "words", "path"),
    [
        (unsupported(Gap.DOTS), "unsupported: dots", "unsupported/dots"),
        (no_definition("b", "a"), "no-definition: b, a", "no-definition"),
        (no_definition("A", of=Why.SHAPE), "no-definition: shape of A", "no-definition/shape"),
        (
            unsupported(Reason(Gap.IN_TAIL, inner=Reason(Gap.NO_VALUE, ("x",)))),
            "unsupported: a tail: no value for x",
            "unsupported/in-tail/no-value",
        ),
        (
            Reason(Why.DISPUTED_COMMAND, ("a.tex", "b.tex"), Reason(Why.UNREAD, ("unknown command \\x",))),
            "unknown command \\x: declared differently in a.tex and b.tex; "
            "declare it in derive.toml (macros) or with --macros FILE",
            "disputed-command/unread",
        ),
    ],
)
def test_words_and_path_of_a_reason(reason: Reason, words: str, path: str) -> None:
    assert (reason_text(reason), reason.path) == (words, path)


def test_choices_in_evidence_are_worded() -> None:
    applied = Choice(Chosen.APPLIED, ("f",))
    assert choice_text(applied) == "f(…): f applied to what is in the parenthesis"
    assert plain({"other_readings": [{"reading": [applied]}]}) == {
        "other_readings": [{"reading": ["f(…): f applied to what is in the parenthesis"]}]
    }
