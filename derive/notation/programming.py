"""Mathematics as a programming language writes it, on the tokens: `W.T`, `mod(x)`, `f(., y)`."""

from __future__ import annotations

from derive.notation.lexer import Token

_OPERAND = frozenset("letter symbol word number close endgroup end prime postfix right".split())
_BEFORE = frozenset(["open", "comma", "semicolon"])
_BEHIND = frozenset(["close", "comma", "semicolon", "bar", "mid"])


def programmed(tokens: list[Token]) -> None:
    """Give the tokens of such spellings the part that they play in plain notation."""
    if any(token.value == "@" for token in tokens):
        _named_functions(tokens)
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.role == "operator" and token.value == "mod" and token.text == "mod":
            if after is not None and after.text == "(" and (before is None or before.role not in _OPERAND):
                token.role = "word"  # nothing stands before it, so it is applied
        elif token.role == "period" and token.text == "." and before is not None and after is not None:
            if before.role in _BEFORE and after.role in _BEHIND:
                token.role, token.value = "operator", "cdot"  # an argument that is left open
            elif after.text == "T" and before.end == token.start and token.end == after.start:
                if before.role in ("letter", "symbol", "word") or before.text == ")":
                    token.role, token.value = "sup", "^"  # `W.T`


def _named_functions(tokens: list[Token]) -> None:
    """`inv(W @ W.T)`: letters without a gap before a parenthesis are a function's name."""
    kept: list[Token] = []
    run = 0
    for token in tokens:
        if token.text == "(" and run > 1 and kept[-1].end == token.start:
            name = "".join(t.text for t in kept[-run:])
            kept[-run:] = [Token("word", name, name, kept[-run].start, kept[-1].end)]
        adjacent = run and kept[-1].end == token.start
        run = 0 if token.role != "letter" else run + 1 if adjacent else 1
        kept.append(token)
    tokens[:] = kept
