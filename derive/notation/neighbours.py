"""Signs that only their neighbours explain: stars, bars and dashes that are no operators, idle braces.

Works on the tokens, before anything is parsed, and changes their part only.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.notation.lexer import Token
from derive.notation.programming import programmed
from derive.notation.spelling import respelled
from derive.notation.states import bracketed

_OPENS = frozenset(["open", "group", "begin", "left"])
_CLOSES = frozenset(["close", "endgroup", "end", "right"])
_EDGES = frozenset("align newline quad comma semicolon period begin end stop".split())
_CELL_EDGES = frozenset(["align", "newline", "begin", "end"])
_RELATIONS = frozenset(["relation", "implication", "not"])
#: before these an operand has just ended
_AFTER_OPERAND = _RELATIONS | _CLOSES | _EDGES | {"looser", "operator", "text", "sign", "mid", "logic"}
#: behind these an operand must come
_BEFORE_OPERAND = _RELATIONS | {"looser", "operator", "open", "group", "comma", "semicolon", "align", "text"}
#: words that open a remark, and that make one of any parenthesis
_REMARKS = frozenset(
    "as by since because provided if for when where with using from given recall note assuming see".split()
)


def bare_cells(tokens: list[Token]) -> list[Token]:
    """Without the braces around a whole cell or row, which have no meaning: `{\\leqslant a} \\\\ {b}`."""
    if not any(token.role == "group" for token in tokens):
        return tokens
    pairs: list[int] = []
    drop: set[int] = set()
    for index, token in enumerate(tokens):
        if token.role == "group":
            pairs.append(index)
        elif token.role == "endgroup" and pairs:
            start = pairs.pop()
            if not start and index + 1 == len(tokens):
                continue  # `{1, 2, 3}`, a set that lost its backslashes
            before = tokens[start - 1].role if start else "newline"
            after = tokens[index + 1].role if index + 1 < len(tokens) else "newline"
            if before in _CELL_EDGES and after in _CELL_EDGES:
                inside = {t.role for t in tokens[start + 1 : index]}
                if inside and not inside & {"switch", "over"}:
                    drop.update((start, index))
    return [token for index, token in enumerate(tokens) if index not in drop] if drop else tokens


def explained(tokens: list[Token]) -> None:
    """Give the tokens the part that they play where a reader sees it at once."""
    respelled(tokens)
    bracketed(tokens)
    programmed(tokens)
    # most formulas have none of what most steps look for
    roles = {token.role for token in tokens}
    texts = {token.text for token in tokens}
    values = {token.value for token in tokens}
    if not _OF_EVENTS.isdisjoint(values):
        _braced_events(tokens)
    if "accent" in roles:
        _relations_with_accents(tokens)
    if "cdot" in values:
        _dots(tokens)
    if "[" in texts or "]" in texts:
        _reversed_brackets(tokens)
    if "*" in texts:
        _stars(tokens)
    if "to" in values:
        _sides(tokens)
    if "\\mid" in texts:
        _bars(tokens)
    if "(" in texts:
        _remarks(tokens)
    if "begin" in roles:
        _ruled_matrices(tokens)


_OF_EVENTS = frozenset({"Pr", "Var", "Cov", "Corr", "Std", "KL"})


def _braced_events(tokens: list[Token]) -> None:
    """`\\Pr{a \\le X | Y = y}`: the braces are the parenthesis, and the bar in them divides as in one."""
    for index, token in enumerate(tokens[:-1]):
        if token.value not in _OF_EVENTS or token.role != "function" or tokens[index + 1].role != "group":
            continue
        depth = 0
        divided = False
        for end in range(index + 1, len(tokens)):
            role = tokens[end].role
            depth += (role in _OPENS) - (role in _CLOSES)
            divided = divided or (depth == 1 and role in ("mid", "bar"))
            if depth == 0:
                if divided and role == "endgroup":
                    tokens[index + 1].role, tokens[index + 1].value = "open", "("
                    tokens[end].role, tokens[end].value = "close", ")"
                break


def _relations_with_accents(tokens: list[Token]) -> None:
    """`\\dot\\sim`, `\\hat{=}`: one sign, a relation of its own."""
    index = 0
    while index + 1 < len(tokens):
        token = tokens[index]
        if token.role == "accent":
            braced = tokens[index + 1].role == "group" and index + 3 < len(tokens)
            inner = tokens[index + 1 + braced]
            closed = not braced or tokens[index + 3].role == "endgroup"
            if inner.role == "relation" and closed:
                last = tokens[index + 1 + 2 * braced]
                text = f"{token.text}{{{inner.text}}}"
                value = f"{token.value} {inner.value}"
                tokens[index : index + 2 + 2 * braced] = [
                    Token("relation", value, text, token.start, last.end)
                ]
        index += 1


def _dots(tokens: list[Token]) -> None:
    """`a + \\cdot + b`, `1, \\cdot, n`: a dot between two signs of a kind stands for dots."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.role == "operator" and token.value == "cdot" and before.text == after.text:
            if before.role in ("sign", "comma"):
                token.role, token.value, token.text = "ellipsis", "dots", "\\cdots"


def _reversed_brackets(tokens: list[Token]) -> None:
    """`]0, 1[`, `[a, b[`: a bracket that looks away stands for an open end."""
    open_: list[str] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1].role if index else "align"
        usual = bool(open_) and open_[-1] == "["
        away = token.role == "close" and token.text == "]" and before in _BEFORE_OPERAND and not usual
        if token.role in _OPENS:
            open_.append(token.text)
        elif token.role in _CLOSES and open_:
            open_.pop()
        if not away and not (token.role == "open" and token.text == "["):
            continue
        end = _interval_end(tokens, index, away)
        if end is None:
            continue
        if away:
            token.role, token.value = "open", "]"
        if tokens[end].text == "[":
            tokens[end].role, tokens[end].value = "close", "["


def _interval_end(tokens: list[Token], start: int, away: bool) -> int | None:
    """The bracket that closes an interval which opens at `start`, if the brackets are not the usual pair."""
    depth = 0
    parted = False
    for index in range(start + 1, min(start + 300, len(tokens))):  # no interval is longer
        token = tokens[index]
        if depth == 0 and token.text in ("[", "]") and token.role in ("open", "close"):
            ends = index + 1 == len(tokens) or tokens[index + 1].role in _AFTER_OPERAND
            usual = token.text == "]" and not away
            return index if parted and ends and not usual else None
        if token.role in _OPENS:
            depth += 1
        elif token.role in _CLOSES:
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and token.role in ("comma", "semicolon"):
            if parted:
                return None
            parted = True
        elif depth == 0 and token.role in _RELATIONS | {"newline", "quad", "text"}:
            return None
    return None


_STARRED = frozenset(["letter", "symbol", "word", "endgroup"])
_AFTER_STAR = _RELATIONS | {"close", "endgroup", "right", "comma", "semicolon", "period"}


def _stars(tokens: list[Token]) -> None:
    """`x* = 1`, `f(x*)`: a star right behind a letter that multiplies nothing is a superscript."""
    above: list[int] = []
    for index in range(1, len(tokens)):
        token, before = tokens[index], tokens[index - 1]
        if token.role == "operator" and token.text == "*" and before.role in _STARRED:
            last = index + 1 == len(tokens)
            if _adjacent(before, token) and (last or tokens[index + 1].role in _AFTER_STAR):
                above.append(index)
    _raise(tokens, above)


def _raise(tokens: list[Token], places: list[int]) -> None:
    """Make superscripts of the signs at these places."""
    if not places:
        return
    raised = set(places)
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        if index in raised:
            kept.append(Token("sup", "^", "^", token.start, token.start))
        kept.append(token)
    tokens[:] = kept


def _adjacent(before: Token, token: Token) -> bool:
    """Written without a gap; the tokens of one macro call share its span."""
    return before.end == token.start or (before.start, before.end) == (token.start, token.end)


def _sides(tokens: list[Token]) -> None:
    """`x \\to 0+`: from above."""
    above: list[int] = []
    for index in range(2, len(tokens)):
        token, before = tokens[index], tokens[index - 1]
        point = before.role in ("number", "letter", "symbol") and tokens[index - 2].value == "to"
        last = index + 1 == len(tokens) or tokens[index + 1].role in _CLOSES | _EDGES
        if token.role == "sign" and token.value in ("+", "-") and point and last:
            above.append(index)
    _raise(tokens, above)


def _bars(tokens: list[Token]) -> None:
    """`\\mid` where a bar is meant: `a \\mid x \\mid + b` around a value, `f(x) \\mid_a^b` behind one."""
    levels: list[list[int]] = [[]]
    for index, token in enumerate([*tokens, Token("newline", "", "", 0, 0)]):
        ends = (
            token.role in _RELATIONS | {"newline", "comma", "semicolon", "text", "quad"}
            or token.role in _CLOSES
        )
        if ends and len(levels[-1]) == 2:
            first, second = levels[-1]
            after = tokens[second + 1].role if second + 1 < len(tokens) else "newline"
            if second > first + 1 and after in _AFTER_OPERAND and after != "mid":
                for place in (first, second):
                    tokens[place].role, tokens[place].value, tokens[place].text = "bar", "|", "|"
        if token.role in _OPENS:
            levels.append([])
        elif token.role in _CLOSES and len(levels) > 1:
            levels.pop()
        elif ends:
            levels[-1] = []
        elif token.text == "\\mid":
            if index + 1 < len(tokens) and tokens[index + 1].role in ("sub", "sup"):
                token.role, token.value, token.text = "bar", "|", "|"
            else:
                levels[-1].append(index)


def _remarks(tokens: list[Token]) -> None:
    """`a = b \\quad (\\text{provided } c > 0)`: words in parentheses beside a statement are no factor."""
    depth = 0
    for index, token in enumerate(tokens):
        if token.text == "(" and token.role == "open" and depth == 0:
            before = tokens[index - 1].role if index else "newline"
            end = _closing(tokens, index)
            after = tokens[end + 1].role if end is not None and end + 1 < len(tokens) else "newline"
            if end is not None and before in _EDGES and after in _EDGES and _worded(tokens, index, end):
                token.role = tokens[end].role = "quad"
                token.value = tokens[end].value = "quad"
                continue
        depth += (token.role in _OPENS) - (token.role in _CLOSES)


def _closing(tokens: list[Token], start: int) -> int | None:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].role in _OPENS) - (tokens[index].role in _CLOSES)
        if depth == 0:
            return index if tokens[index].text == ")" else None
        if tokens[index].role == "newline" and depth == 1:
            return None
    return None


def _worded(tokens: list[Token], start: int, end: int) -> bool:
    """Words of a sentence stand in the parenthesis, at its own level."""
    depth = 0
    for token in tokens[start + 1 : end]:
        if token.role == "text" and depth == 0:
            words = token.text.lower().split()
            if len(words) > 1 or (words and words[0].strip(".,:;") in _REMARKS):
                return True
        depth += (token.role in _OPENS) - (token.role in _CLOSES)
    return False


def _ruled_matrices(tokens: list[Token]) -> None:
    """Rules that show the rows or columns of a matrix: rows of bars go, dashes around a row go."""
    drop: set[int] = set()
    for row in _matrix_rows(tokens):
        cells = [cell for cell in row if cell]
        signs = [tokens[cell[0]] for cell in cells if len(cell) == 1]
        if cells and len(signs) == len(cells) and any(_upright(sign) for sign in signs):
            if all(_upright(sign) or sign.role == "ellipsis" for sign in signs):
                drop.update(i for cell in cells for i in cell)
                continue
        for cell in cells:
            first, last = tokens[cell[0]], tokens[cell[-1]]
            if len(cell) > 2 and _dash(first) and _dash(last):
                drop.update((cell[0], cell[-1]))
    if drop:
        tokens[:] = [token for index, token in enumerate(tokens) if index not in drop]


def _upright(token: Token) -> bool:
    return token.role in ("bar", "mid") or token.value in ("uparrow", "downarrow")


def _dash(token: Token) -> bool:
    if token.role == "text":
        return bool(token.text.strip()) and not token.text.strip(" -–—")
    return (token.role == "sign" and token.value == "-") or token.value in ("gets", "to")


def _matrix_rows(tokens: list[Token]) -> Iterator[list[list[int]]]:
    """The rows of every matrix, each a list of cells, each the places of its tokens."""
    open_: list[tuple[list[list[int]], int]] = []
    depth = 0
    for index, token in enumerate(tokens):
        if token.role == "begin":
            open_.append(([[]], depth))
            depth += 1
            continue
        if token.role == "end" and open_:
            row, depth = open_.pop()
            yield row
            continue
        inside = bool(open_) and depth == open_[-1][1] + 1
        if inside and token.role == "newline":
            row, level = open_.pop()
            yield row
            open_.append(([[]], level))
        elif inside and token.role == "align":
            open_[-1][0].append([])
        elif open_:
            open_[-1][0][-1].append(index)
        if token.role in _OPENS:
            depth += 1
        elif token.role in _CLOSES:
            depth -= 1
