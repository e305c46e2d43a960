"""What a row of the notation tables is.

The tables say which sign plays which part in a formula; the parser knows only the parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

Role: TypeAlias = Literal[
    "letter",  # a name of one letter
    "symbol",  # a name spelled as a command
    "number",
    "word",  # a name of several letters
    "function",  # takes an argument without a parenthesis
    "big",  # an operator with bounds and a body
    "integral",
    "prefix",  # differential and logical operators in front of an operand
    "quantifier",
    "sign",  # + - ± ∓
    "operator",  # binary, as tight as a product
    "looser",  # binary, as loose as a sum
    "relation",
    "implication",
    "postfix",
    "open",
    "close",
    "bar",  # opens, closes or divides
    "mid",  # divides
    "accent",
    "font",
    "switch",  # a font for the rest of the group
    "command",  # has a reader of its own
    "over",  # infix fraction of plain TeX
    "ellipsis",
    "left",
    "right",
    "middle",
    "size",
    "space",  # leaves no trace
    "quad",  # parts statements
    "mark",  # a list mark or an arrow that means nothing
    "sub",
    "sup",
    "prime",
    "comma",
    "semicolon",
    "colon",
    "period",
    "align",
    "newline",
    "group",
    "endgroup",
    "text",
    "begin",
    "end",
    "not",
    "logic",  # and/or between relations
    "stop",  # after the last token
]


class Entry(NamedTuple):
    """`pattern` as it stands in LaTeX; `value` is its name in the syntax tree.

    `example` is a formula that must be read; where it is empty the pattern alone is one.
    """

    pattern: str
    role: Role
    value: str
    meaning: str
    example: str


class Convention(NamedTuple):
    """What a command means that nothing declares, by wide use.

    `command` is without its backslash; `body` and `arity` are those of the macro that it stands for. It holds
    only where every use of the command in the document has its form: `arity` groups in braces and no more;
    `before` is found right before the command; `after` right after it (and after its scripts, if `argument`
    is set: an opening fence must stand there). With `beside`, one of these commands must be used too.
    With `option` a group in brackets may stand before those in braces: it is the macro's first argument.
    `known` says what makes it settled, `example` is its test.
    """

    command: str
    body: str
    known: str
    example: str
    arity: int = 0
    argument: bool = False
    before: str = ""
    after: str = ""
    beside: frozenset[str] = frozenset()
    option: bool = False


def each(patterns: str, role: Role, meaning: str, example: str = "{}") -> Iterable[Entry]:
    """One entry a pattern, named after it, `{}` in the example being the pattern."""
    for pattern in patterns.split():
        value = pattern.lstrip("\\")
        yield Entry(pattern, role, value, meaning, example.replace("{}", pattern))


def same(patterns: str, role: Role, value: str, meaning: str, example: str = "{}") -> Iterable[Entry]:
    """Several spellings of one thing; where `value` is empty each is named after itself."""
    for pattern in patterns.split():
        yield Entry(pattern, role, value or pattern.lstrip("\\"), meaning, example.replace("{}", pattern))
