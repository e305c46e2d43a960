"""A comma between digits, `0,5`: the sign of a decimal, or what parts two items."""

from __future__ import annotations

from derive.notation.lexer import Token

_OPENS = frozenset(["open", "begin", "left"])
_CLOSES = frozenset(["close", "end", "right"])
_COMPARED = frozenset(["=", "!=", "<", "<=", ">", ">=", "approx"])
#: letters that count: what they are set equal to is a list, `i = 0,1`
_COUNTERS = frozenset("i j k l m n".split())


def joined(tokens: list[Token], decimal: bool | None) -> list[Token]:
    """The tokens with decimals made of digits, a comma and digits without a gap; never within a fence, a pair
    stays a pair. `decimal`: whether the document writes them so. Where that is not known, only a formula of
    numbers alone is taken so, and the token's text keeps the comma: a list is a reading too."""
    if decimal is False or not any(token.role == "comma" for token in tokens):
        return tokens
    if decimal is None and not _numeric(tokens):
        return tokens
    kept: list[Token] = []
    depth = 0
    index = 0
    while index < len(tokens):
        token = tokens[index]
        depth += (token.role in _OPENS) - (token.role in _CLOSES)
        if token.role == "number" and depth == 0 and _decimal(tokens, index) and not _counted(kept):
            digits = tokens[index + 2]
            text = f"{token.text}.{digits.text}" if decimal else f"{token.text},{digits.text}"
            kept.append(Token("number", f"{token.value}.{digits.value}", text, token.start, digits.end))
            index += 3
            continue
        kept.append(token)
        index += 1
    return kept


def _decimal(tokens: list[Token], index: int) -> bool:
    """Whether one comma stands between this number and another, and no gap."""
    if index + 2 >= len(tokens):
        return False
    whole, comma, digits = tokens[index : index + 3]
    apart = comma.role != "comma" or digits.role != "number" or comma.start != whole.end
    if apart or digits.start != comma.end or not (whole.value.isdigit() and digits.value.isdigit()):
        return False
    return not any(k in range(len(tokens)) and tokens[k].role == "comma" for k in (index - 1, index + 3))


def _counted(before: list[Token]) -> bool:
    return len(before) > 1 and before[-1].role == "relation" and before[-2].value in _COUNTERS


def _numeric(tokens: list[Token]) -> bool:
    """A comparison of numbers, of π and of what is made of them."""
    compared = [token for token in tokens if token.role == "relation"]
    letters = any(token.role in ("letter", "word") for token in tokens)
    known = all(token.value == "pi" for token in tokens if token.role == "symbol")
    return bool(compared) and all(t.value in _COMPARED for t in compared) and not letters and known
