"""The layout of a whole formula: the environments around it, its rows and its columns."""

from __future__ import annotations

import math

from derive.notation.cursor import DEEPEST
from derive.notation.environments import ALIGNED, CASES
from derive.notation.lexer import Token
from derive.notation.syntax import NotationError

OPENS = frozenset(["open", "group", "begin", "left"])
CLOSES = frozenset(["close", "endgroup", "end", "right"])
RELATIONS = frozenset(["relation", "implication", "not"])
CONTINUES = frozenset(["operator", "looser", "close", "sub", "sup", "endgroup", "right", "postfix", "logic"])


def bare(latex: str) -> str:
    """The formula with the dollars around it, if any, blanked out."""
    text = latex.strip()
    dollars = 2 if text.startswith("$$") and text.endswith("$$") and len(text) > 4 else 1
    if not text.startswith("$") or not text.endswith("$") or len(text) < 3:
        return latex
    start = latex.index("$")
    end = latex.rindex("$") + 1
    blank = " " * dollars
    return latex[:start] + blank + latex[start + dollars : end - dollars] + blank + latex[end:]


_TIGHT = frozenset({"relation", "sign"})
_OPERANDS = frozenset({"letter", "number", "close"})


def ungrouped(tokens: list[Token]) -> list[Token]:
    """Without the braces that only take the space from around a sign: `P(X{=}i)`, `N{=n}`, `a {+} b`."""
    found = [
        k
        for k in range(1, len(tokens) - 2)
        if tokens[k].role == "group"
        and tokens[k + 1].role in _TIGHT
        and tokens[k - 1].role in _OPERANDS
        and tokens[k - 1].text != "]"  # `\\sqrt[3]{-27}`
        and not (k > 1 and tokens[k - 2].role == "command")  # `\\overset!{=}`
    ]
    if not found:
        return tokens
    dropped: set[int] = set()
    for start in found:
        depth = 0
        for k in range(start, len(tokens)):
            depth += {"group": 1, "endgroup": -1}.get(tokens[k].role, 0)
            if not depth:
                dropped |= {start, k}
                break
    return [t for k, t in enumerate(tokens) if k not in dropped]


_BEHIND_A_STAR = frozenset({"relation", "close", "right", "endgroup", "comma", "newline"})


def starred(tokens: list[Token]) -> list[Token]:
    """With a star that nothing follows above its letter: `\\phi* = 1` is `\\phi^* = 1`."""
    found: list[Token] = []
    for k, token in enumerate(tokens):
        if (
            token.role == "operator"
            and token.text == "*"
            and k
            and tokens[k - 1].role in ("letter", "symbol")
        ):
            after = next((t.role for t in tokens[k + 1 :] if t.role != "align"), "newline")
            if tokens[k - 1].end == token.start and after in _BEHIND_A_STAR:
                found.append(Token("sup", "^", "", token.start, token.start))
        found.append(token)
    return found


def unwrapped(tokens: list[Token]) -> list[Token]:
    """Without the environments whose rows are the formula's own, and the brace around a
    system of equations."""
    depth = 0
    groups = 0
    kept: list[Token] = []
    ended: list[bool] = []
    for token in tokens:
        if token.role == "begin":
            drop = depth == 0 and token.value in ALIGNED
            ended.append(drop)
            if drop:
                continue
            depth += 1
            groups += 1
        elif token.role == "end":
            if not ended:
                raise NotationError(token.span, f"\\end{{{token.value}}} without a beginning")
            if ended.pop():
                kept.append(Token("newline", "newline", token.text, token.start, token.end))
                continue
            depth -= 1
            groups -= 1
        elif token.role in OPENS:
            depth += 1
            groups += token.role != "open"
        elif token.role in CLOSES:
            depth -= 1
            groups -= token.role != "close"
        if groups > DEEPEST:  # told before anything looks ahead over what they hold
            raise NotationError(token.span, "nested too deeply")
        kept.append(token)
    return _system(kept)


def _system(tokens: list[Token]) -> list[Token]:
    """A formula that is one array or aligned block of equations is its rows."""
    first = 0
    last = len(tokens)
    while last and tokens[last - 1].role in ("newline", "comma", "period", "semicolon"):
        last -= 1
    if last - first > 4 and tokens[first].role == "left" and tokens[first + 1].value == "{":
        # `\left\{ … \right.`, where the period may have been taken for punctuation
        end = last - 1 if tokens[last - 1].role == "right" else last - 2
        if tokens[end].role == "right" and tokens[end - 1].role == "end":
            first, last = first + 2, end
    elif last - first > 4 and tokens[first].role == "left" and tokens[first + 1].role == "period":
        # `\\left. … \\right\\}`, the brace on the other side
        if (
            tokens[last - 1].value == "}"
            and tokens[last - 2].role == "right"
            and tokens[last - 3].role == "end"
        ):
            first, last = first + 2, last - 2
    if last - first < 3 or tokens[first].role != "begin" or tokens[last - 1].role != "end":
        return tokens
    kind = tokens[first].value
    depth = 0
    relations = rows = 0
    single = True
    for index in range(first, last):
        token = tokens[index]
        if token.role in OPENS:
            depth += 1
        elif token.role in CLOSES:
            depth -= 1
            if depth == 0 and index < last - 1:
                single = False
        elif depth == 1 and token.role in RELATIONS:
            relations += 1
        elif depth == 1 and token.role == "newline":
            rows += 1
    programme = kind in ("array", "darray", "aligned") and _programme(tokens[first + 1 : last - 1])
    enough = programme or relations >= max(1, rows)
    if not single or not enough or kind not in ALIGNED | CASES | {"array", "darray"}:
        return tokens
    if kind in CASES and any(t.role == "align" for t in tokens[first:last]):
        return tokens
    if first and not programme and kind in ("array", "darray") and _valued(tokens[first + 1 : last - 1]):
        return tokens
    return tokens[first + 1 : last - 1]


def _valued(tokens: list[Token]) -> bool:
    """Whether behind a brace each row is a value and its condition, and none goes on with a relation."""
    depth = 0
    column = 0
    fresh = False  # whether a second column has just begun
    for token in tokens:
        if depth == 0 and fresh and token.role not in ("quad", "align"):
            if token.role in RELATIONS:
                return False
            fresh = False
        if token.role in OPENS:
            depth += 1
        elif token.role in CLOSES:
            depth -= 1
        elif depth == 0 and token.role == "newline":
            column = 0
        elif depth == 0 and token.role == "align":
            column, fresh = column + 1, True
        elif depth == 0 and column == 0 and token.role in RELATIONS:
            return False
    return column > 0 or any(token.role == "align" for token in tokens)


def _programme(tokens: list[Token]) -> bool:
    """Whether an array sets out an optimisation problem: a goal, or what it is subject to, begins a row."""
    start = True
    for token in tokens:
        if start and token.role == "text" and token.text.strip(" .:").lower().startswith(_SUBJECT_TO):
            return True
        if start and token.role == "big" and token.value in ("min", "max"):
            return True
        start = token.role in ("newline", "align", "quad") if token.role != "space" else start
    return False


_SUBJECT_TO = ("s.t", "subject to", "such that", "subj", "w.r.t")


def split(tokens: list[Token]) -> list[tuple[list[Token], bool]]:
    """The rows without alignment signs, each with whether its first column is empty."""
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.role in ("begin", "group", "left"):
            depth += 1
        elif token.role in ("end", "endgroup", "right"):
            depth -= 1
        elif token.role == "newline" and depth <= 0:
            rows.append([])
            continue
        rows[-1].append(token)
    kept = [(_columns(row), bool(row) and row[0].role in ("align", "quad")) for row in rows]
    return [(row, indented) for row, indented in kept if row]


def _columns(tokens: list[Token]) -> list[Token]:
    """A row without its alignment signs; every second one parts statements where both sides hold one."""
    if not any(token.role == "align" for token in tokens):
        return tokens
    tokens = _unnumbered(tokens)
    kept: list[Token] = []
    depth = 0
    relation = last = False
    related: list[bool] = []  # asked for by few rows
    for index, token in enumerate(tokens):
        if token.role in OPENS:
            depth += 1
        elif token.role in CLOSES:
            depth -= 1
        if depth <= 0 and token.role == "align":
            if relation and not last and index + 1 < len(tokens):
                related = related or _related(tokens)
                if _starts_statement(tokens[index + 1], related[index + 1]):
                    kept.append(Token("quad", "quad", "&", token.start, token.end))
                    relation = False
            continue
        if depth <= 0 and token.role != "quad":
            last = token.role in RELATIONS or token.role in ("operator", "sign", "looser")
            relation = relation or token.role in RELATIONS
        kept.append(token)
    return kept


def _unnumbered(tokens: list[Token]) -> list[Token]:
    """A row without the number, `& (5)`, that its author set in a column of its own at its end."""
    end = len(tokens)
    while end and tokens[end - 1].role in ("quad", "align", "comma", "period"):
        end -= 1
    if end < 5 or [t.text for t in (tokens[end - 3], tokens[end - 1])] != ["(", ")"]:
        return tokens
    if tokens[end - 2].role != "number" or not tokens[end - 2].text.isdigit():
        return tokens
    column = end - 4
    while column and tokens[column].role == "quad":
        column -= 1
    return tokens[:column] if tokens[column].role == "align" and column else tokens


def _starts_statement(token: Token, related: bool) -> bool:
    """Whether a column holds a statement of its own, rather than the rest of the one before.
    `related`: a relation stands in it or in a later one."""
    if token.role in RELATIONS or token.role in CONTINUES or token.role in ("sign", "align", "quad", "text"):
        return False
    return related or token.role == "open"


def _related(tokens: list[Token]) -> list[bool]:
    """For each place: whether a relation stands from there on at its own level, or outside of it."""
    found: list[bool] = []
    lowest: float = math.inf  # level of the outermost relation further on, seen from here
    for token in reversed(tokens):
        if token.role in OPENS:
            lowest += 1
        elif token.role in CLOSES:
            lowest -= 1
        elif token.role in RELATIONS:
            lowest = min(lowest, 0)
        found.append(lowest <= 0)
    return found[::-1]
