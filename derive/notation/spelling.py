"""Roundabout spellings of plain notation, put right on the tokens before anything is parsed.

`{\\sin^2}x` is `\\sin^2 x`; `p(w \\lvert t)` has a bar that divides; a slash set apart between
two equations parts them.
"""

from __future__ import annotations

from derive.notation.lexer import APART, Token

_OPENS = frozenset(["open", "group", "begin", "left"])
_CLOSES = frozenset(["close", "endgroup", "end", "right"])
_RELATIONS = frozenset(["relation", "implication", "not"])
_SEPARATORS = frozenset("comma semicolon period newline quad text begin end".split())
#: before a group these take it as their argument
_TAKES = frozenset(["sub", "sup", "command", "accent", "font", "endgroup"])
_ENDS_OPERAND = _RELATIONS | _CLOSES | _SEPARATORS | {"sign", "looser", "operator", "align", "stop"}


def respelled(tokens: list[Token]) -> None:
    """Give tokens the part that they play; braces that only look like an argument go."""
    # most formulas have none of what most steps look for
    roles = {token.role for token in tokens}
    texts = {token.text for token in tokens}
    if "group" in roles:
        if "function" in roles:
            _braced_functions(tokens)
        _braced_fences(tokens)
    if "command" in roles or "→" in texts:
        _arrows_above(tokens)
    if "font" in roles:
        _upright_words(tokens)
    if not _BARS.isdisjoint(texts):
        _lone_bars(tokens)
    if "period" in roles:
        _half_fences(tokens)
    if any(token.value == APART for token in tokens):
        _slashes(tokens)


def _braced_functions(tokens: list[Token]) -> None:
    """`{\\sin^2}x`, `{\\log} x`: braces around a function and its scripts keep nothing from its argument."""
    drop: set[int] = set()
    for index in range(len(tokens) - 2):
        if tokens[index].role != "group" or tokens[index + 1].role != "function":
            continue
        if index and tokens[index - 1].role in _TAKES and not _ends_script(tokens, index - 1):
            continue
        end = _behind_scripts(tokens, index + 2)
        if end is None or end >= len(tokens) or tokens[end].role != "endgroup":
            continue
        following = tokens[end + 1].role if end + 1 < len(tokens) else "stop"
        if following not in _ENDS_OPERAND:
            drop.update((index, end))
    if drop:
        tokens[:] = [token for index, token in enumerate(tokens) if index not in drop]


def _ends_script(tokens: list[Token], end: int) -> bool:
    """Whether the brace there closes a script: `\\int_{0}^{1}{\\sin^2}x`."""
    if tokens[end].role != "endgroup":
        return False
    depth = 0
    for index in range(end, 0, -1):
        depth += (tokens[index].role == "endgroup") - (tokens[index].role == "group")
        if depth == 0:
            return tokens[index - 1].role in ("sub", "sup")
    return False


def _behind_scripts(tokens: list[Token], index: int) -> int | None:
    """The place behind the scripts that begin there."""
    while index < len(tokens) and tokens[index].role in ("sub", "sup", "prime"):
        if tokens[index].role == "prime":
            index += 1
            continue
        index += 1
        depth = 0
        while index < len(tokens):
            depth += (tokens[index].role == "group") - (tokens[index].role == "endgroup")
            if depth < 0:
                return None
            index += 1
            if depth == 0:
                break
    return index


def _lone_bars(tokens: list[Token]) -> None:
    """`\\lvert` without its `\\rvert`, or the other way round: a bar like any other, `P(A \\lvert B)`."""
    levels: list[list[int]] = [[]]
    lone: list[int] = []
    for index, token in enumerate(tokens):
        if token.text in _BARS and not (index and tokens[index - 1].role in ("left", "right", "size")):
            if token.role == "open":
                levels[-1].append(index)
            elif levels[-1] and tokens[levels[-1][-1]].value == token.value:
                levels[-1].pop()
            else:
                lone.append(index)
        elif token.role in _OPENS:
            levels.append([])
        elif token.role in _CLOSES or (token.role == "newline" and len(levels) == 1):
            lone += levels.pop()
            levels = levels or [[]]
    for level in levels:
        lone += level
    for index in lone:
        token = tokens[index]
        token.role = "bar"
        token.text = token.value = "|" if token.value == "|" else "‖"


def _braced_fences(tokens: list[Token]) -> None:
    """`{|} x {\\rangle}`, `T{_i}`: braces that keep TeX from setting a gap."""
    drop: set[int] = set()
    ruled = any(token.value == "genfrac" for token in tokens)  # whose arguments are fences
    for index in range(len(tokens) - 2):
        if tokens[index].role != "group" or (index and tokens[index - 1].role in _TAKES - {"endgroup"}):
            continue
        if tokens[index + 1].value in _FENCES and not ruled and tokens[index + 2].role == "endgroup":
            drop.update((index, index + 2))
        elif index and tokens[index + 1].role in ("sub", "sup") and tokens[index - 1].role in _LETTERS:
            end = _behind_scripts(tokens, index + 1)
            scripted = index > 1 and tokens[index - 2].role in ("sub", "sup")
            if end is not None and end < len(tokens) and tokens[end].role == "endgroup" and not scripted:
                drop.update((index, end))
    if drop:
        tokens[:] = [token for index, token in enumerate(tokens) if index not in drop]


_FENCES = frozenset("|⟨⟩")
_LETTERS = frozenset(["letter", "symbol", "word"])
_ARROWS = frozenset([r"\rightarrow", r"\to", r"\rightharpoonup", r"\longrightarrow", "→", "⇀"])


def _arrows_above(tokens: list[Token]) -> None:
    """`\\overset{\\rightharpoonup}{x}`, `→x` where an operand must stand: an arrow over the letter."""
    index = 0
    while index + 1 < len(tokens):
        token = tokens[index]
        if token.role == "command" and token.value == "overset" and tokens[index + 1].role == "group":
            arrow = index + 2
            while arrow < len(tokens) and tokens[arrow].role in ("font", "group", "switch"):
                arrow += 1
            end = arrow + 1
            while end < len(tokens) and tokens[end].role == "endgroup":
                end += 1
            body = end + (end < len(tokens) and tokens[end].role == "group")
            if end < len(tokens) and tokens[arrow].text in _ARROWS and tokens[body].role not in _RELATIONS:
                tokens[index:end] = [Token("accent", "vec", token.text, token.start, token.end)]
        index += 1
    bare = [k for k, token in enumerate(tokens) if token.text == "→" and _over_next(tokens, k)]
    if any(not k or tokens[k - 1].role in _BEFORE_OPERAND for k in bare):
        for k in bare:  # written so once, so everywhere in the formula
            tokens[k].role, tokens[k].value = "accent", "vec"


def _over_next(tokens: list[Token], index: int) -> bool:
    if index + 1 == len(tokens):
        return False
    following = tokens[index + 1]
    return following.role in ("letter", "symbol", "number", "accent") and following.start == tokens[index].end


_BEFORE_OPERAND = _RELATIONS | {
    "open",
    "group",
    "comma",
    "semicolon",
    "sign",
    "operator",
    "bar",
    "mid",
    "sub",
}
_BETWEEN = frozenset(["and", "or", "on", "if", "for", "where", "when", "with"])
_UPRIGHT = frozenset(["roman", "sans", "typewriter"])


def _upright_words(tokens: list[Token]) -> None:
    """`P(A~\\mathrm{and}~B)`: such a word in an upright font stands between statements, as in `\\text`."""
    index = 1
    while index + 3 < len(tokens):
        token = tokens[index]
        if token.role == "font" and token.value in _UPRIGHT and tokens[index + 1].role == "group":
            end = index + 2
            while end < len(tokens) and tokens[end].role in ("letter", "text"):
                end += 1
            word = "".join(t.text.strip() for t in tokens[index + 2 : end])
            inside = end + 1 < len(tokens) and tokens[end].role == "endgroup"
            if word in _BETWEEN and inside and tokens[index - 1].role not in ("sub", "sup", "group"):
                if tokens[end + 1].role not in ("sub", "sup", "endgroup"):
                    last = tokens[end].end
                    tokens[index : end + 1] = [Token("text", "text", f" {word} ", token.start, last)]
        index += 1


def _half_fences(tokens: list[Token]) -> None:
    """`\\left. A \\right| B` and `A \\left| B \\right.`: a bar that grows and divides. With a script
    behind it the bar says where A is taken."""
    if not any(token.role == "period" for token in tokens):
        return
    open_: list[int] = []
    drop: set[int] = set()
    for index, token in enumerate(tokens[:-1]):
        if token.role == "left":
            open_.append(index)
        elif token.role == "right" and open_:
            start = open_.pop()
            first, last = tokens[start + 1], tokens[index + 1]
            behind = tokens[index + 2].role if index + 2 < len(tokens) else "stop"
            if first.role == "period" and last.value == "|" and behind not in ("sub", "sup"):
                drop.update((start, start + 1, index))
                last.role = last.value = "mid"
            elif first.value == "|" and last.role == "period":
                drop.update((start, index, index + 1))
                first.role = first.value = "mid"
    if drop:
        tokens[:] = [token for index, token in enumerate(tokens) if index not in drop]


_BARS = frozenset([r"\lvert", r"\rvert", r"\lVert", r"\rVert"])


def _slashes(tokens: list[Token]) -> None:
    """A slash set apart on both sides parts two equations; beside anything else it divides."""
    for index, token in enumerate(tokens):
        if token.value != APART:
            continue
        sides = [
            _relates(tokens, range(index - 1, -1, -1)),
            _relates(tokens, range(index + 1, len(tokens))),
        ]
        if all(sides):
            token.role = token.value = "quad"
        else:
            token.value = "/"


def _relates(tokens: list[Token], places: range) -> bool:
    """Whether a relation stands there at the slash's own level, before what would part it from the slash."""
    depth = 0
    for index in places:
        role = tokens[index].role
        inwards, outwards = (_CLOSES, _OPENS) if places.step < 0 else (_OPENS, _CLOSES)
        if role in inwards:
            depth += 1
        elif role in outwards:
            depth -= 1
            if depth < 0:
                return False
        elif depth == 0 and role in _RELATIONS:
            return True
        elif depth == 0 and role in _SEPARATORS - {"quad"}:
            return False
    return False
