"""Angle brackets, on the tokens: which bars belong to quantum states, and where `<` and `>` stand for them.

`|x\\rangle\\langle x|` is a state beside a state, not a value between bars; `<x|y>` is `\\langle x|y\\rangle`
where the two signs can be no relations.
"""

from __future__ import annotations

from derive.notation.lexer import Token

_OPENS = frozenset(["open", "group", "begin"])
_CLOSES = frozenset(["close", "endgroup", "end"])
#: a state does not reach over these
_PARTS = frozenset("relation implication not newline align quad text begin end".split())
#: before these an operand has ended, or one is missing
_NO_OPERAND = frozenset("relation implication not comma semicolon period newline quad text align".split()) | {
    "close", "endgroup", "end", "right", "bar", "mid",
}  # fmt: skip
_ANOTHER_SIGN = frozenset(["sign", "operator", "looser", "sup", "sub", "postfix"])
_NEEDS_OPERAND = frozenset("relation implication not comma semicolon newline quad text align".split()) | {
    "open", "group", "begin", "sign", "operator", "looser", "function", "bar", "mid",
}  # fmt: skip
_APPLIED = frozenset(["letter", "symbol", "function", "name"])
_COMMANDS = frozenset(["ket", "bra", "braket"])
_LABELS = frozenset(["sign", "mark", "operator"])
_IN_LABELS = _LABELS | {"number", "letter", "symbol", "comma"}


def bracketed(tokens: list[Token]) -> None:
    """Give bars and signs the part that they play in angle brackets."""
    values = {token.value for token in tokens}
    if not values.isdisjoint("+-"):
        _outcomes(tokens)
    if not values.isdisjoint("<>") and ">" in values:
        _written(tokens)
        values = {token.value for token in tokens}
    if not values.isdisjoint(_COMMANDS) or ("|" in values and not values.isdisjoint("⟨⟩<>")):
        _labels(tokens)
    if not values.isdisjoint("⟨⟩") and not values.isdisjoint("|"):
        _states(tokens)


def _outcomes(tokens: list[Token]) -> None:
    """`P(D \\mid +)`: a sign by itself among the arguments of a letter is the name of an event."""
    for index, token in enumerate(tokens):
        if token.role != "sign" or token.value not in ("+", "-"):
            continue
        before, after = _role(tokens, index - 1), _role(tokens, index + 1)
        opened = before == "open" and _role(tokens, index - 2) in _APPLIED
        if (opened or before == "mid") and after in ("mid", "close") and (before, after) != ("mid", "mid"):
            token.role = "symbol"


def _role(tokens: list[Token], index: int) -> str:
    return tokens[index].role if 0 <= index < len(tokens) else "newline"


def _written(tokens: list[Token]) -> None:
    """`<x|y>`, `|n>` at a place where no relation can stand, for one of its sides would be missing."""
    levels: list[list[int]] = [[]]  # the bars and signs that are open at each level
    pairs: list[tuple[int, int, bool]] = []
    kets: list[tuple[int, bool]] = []
    for index, token in enumerate(tokens):
        before, after = _role(tokens, index - 1), _role(tokens, index + 1)
        if before in ("left", "right", "size"):
            continue
        if token.role == "relation" and token.value in "<>" and token.text in "<>":
            opened = levels[-1]
            if token.text == "<":
                opened.append(index)
                continue
            begun = next((k for k in reversed(opened) if tokens[k].text == "<"), None)
            bars = [k for k in opened if tokens[k].role == "bar" and (begun is None or k > begun)]
            if begun is not None:
                free = _role(tokens, begun - 1) in _NEEDS_OPERAND
                closed = after in _NO_OPERAND or (free and after in _ANOTHER_SIGN)
                if begun + 1 < index:
                    pairs.append((begun, index, closed and (free or bool(bars))))
                del opened[:]
            elif len(bars) % 2 and bars[-1] + 1 < index:
                kets.append((index, after in _NO_OPERAND - {"bar"}))
                del opened[:]
            else:
                del opened[:]
        elif token.role == "bar" and token.value == "|":
            levels[-1].append(index)
        elif token.role in _OPENS:
            levels.append([])
        elif token.role in _CLOSES:
            if len(levels) > 1:
                levels.pop()
        elif token.role in _PARTS:
            levels[-1] = []
    # written so once, so everywhere in the formula
    once = any(sure for _, _, sure in pairs)
    for begun, index, sure in pairs:
        if sure or (once and _tight(tokens, begun, index)):
            tokens[begun].role, tokens[begun].value = "open", "⟨"
            tokens[index].role, tokens[index].value = "close", "⟩"
    if any(sure for _, sure in kets):
        for index, _ in kets:
            tokens[index].role, tokens[index].value = "close", "⟩"


def _tight(tokens: list[Token], begun: int, end: int) -> bool:
    """`2<x, y>`: set close around a list or a bar, as no author sets relations."""
    inside = tokens[begun + 1 : end]
    close = inside[0].start == tokens[begun].end and inside[-1].end == tokens[end].start
    return close and any(token.role in ("comma", "bar") for token in inside)


def _states(tokens: list[Token]) -> None:
    """The bar before a `\\rangle` that closes nothing opens a ket, that behind a `\\langle` closes a bra."""
    levels: list[list[int]] = [[]]  # bars and angle brackets that are open at each level
    doubled: list[int] = []

    def bras(opened: list[int]) -> None:
        angles = [k for k in opened if tokens[k].value == "⟨"]
        for k in angles:
            bar = next((b for b in opened if b > k and tokens[b].role == "bar"), None)
            if bar is None or k - 1 in doubled:
                continue
            tokens[bar].role = "close"
            if k + 1 in angles:  # `\\langle\\!\\langle A|`
                tokens[k].value = "⟨⟨"
                doubled.append(k)

    for index, token in enumerate(tokens):
        if _role(tokens, index - 1) in ("left", "right"):
            continue
        if (token.value == "⟨" and token.role == "open") or (token.role == "bar" and token.value == "|"):
            levels[-1].append(index)
        elif token.value == "⟩" and token.role == "close":
            opened = levels[-1]
            angle = next((n for n in range(len(opened) - 1, -1, -1) if tokens[opened[n]].value == "⟨"), None)
            if angle is not None and (closed := _closed_before(tokens, opened, angle)) is not None:
                tokens[opened[closed]].role = "close"
                del opened[angle : closed + 1]
                angle = None
            if angle is not None:
                del opened[angle:]
            elif opened and opened[-1] + 1 < index:
                tokens[opened.pop()].role = "open"
                if index + 1 < len(tokens) and tokens[index + 1].value == "⟩":
                    token.value = "⟩⟩"
                    doubled.append(index)
                    tokens[index + 1].role = "space"
        elif token.role in _OPENS or token.role == "left":
            levels.append([])
        elif token.role in _CLOSES or token.role == "right":
            if len(levels) > 1:
                bras(levels.pop())
        elif token.role in _PARTS:
            bras(levels[-1])
            levels[-1] = []
    for opened in levels:
        bras(opened)
    if doubled:
        second = {k + 1 for k in doubled}
        tokens[:] = [token for index, token in enumerate(tokens) if index not in second]


def _closed_before(tokens: list[Token], opened: list[int], angle: int) -> int | None:
    """Which bar ends a bra, though another one comes behind it: that before an operator, as in
    `\\langle x| \\otimes |y\\rangle`, and behind a product of two states that before a sign, as in
    `|0\\rangle\\langle 1| - i|1\\rangle\\langle 0|`."""
    start = opened[angle]
    product = start > 0 and tokens[start - 1].value in ("⟩", "⟩⟩")
    for n in range(angle + 1, len(opened) - 1):
        bar = opened[n]
        behind = _role(tokens, bar + 1)
        if behind == "operator" or (behind == "sign" and (product or opened[n + 1] == bar + 2)):
            return n
    return None


def _labels(tokens: list[Token]) -> None:
    """`|+\\rangle`, `|\\uparrow\\rangle`, `\\ket{0+}`: what stands in a state is its name."""
    for start, token in enumerate(tokens):
        command = token.role == "command" and token.value in _COMMANDS
        opens = token.role in ("bar", "open", "relation") and token.value in ("|", "⟨", "<")
        if not command and not opens:
            continue
        first = start + 1
        first += _role(tokens, first) == "group"
        end = first
        while _role(tokens, end) in _IN_LABELS:
            end += 1
        if end == first and _role(tokens, end) == "relation" and tokens[end].value not in "<=>":
            end += 1  # `|\\circlearrowright\\rangle`
        closing = end + (_role(tokens, end) == "endgroup")
        closing += _role(tokens, closing) in ("right", "size")
        if not command and not (closing < len(tokens) and _closes(token, tokens[closing])):
            continue
        label = tokens[first:end]
        for k, sign in enumerate(label):
            last = k + 1 == len(label) or label[k + 1].role in _LABELS
            named = last or (k == 0 and sign.value == "+")  # `|-1\\rangle` is a number, `|+0\\rangle` a name
            if sign.role in ("mark", "relation") or (sign.role in _LABELS and named):
                sign.role = "symbol"


def _closes(opening: Token, closing: Token) -> bool:
    if opening.value == "|":
        return closing.value in ("⟩", ">")
    return closing.value in ("⟩", ">", "|")
