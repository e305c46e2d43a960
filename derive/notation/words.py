"""What cannot be told from a token alone: words that are names or prose, and/or between relations."""

from __future__ import annotations

import itertools
import re

from derive.notation.lexer import Token
from derive.notation.neighbours import explained
from derive.notation.tables import WORDS

_CONNECTIVES = frozenset(
    "for if when where and or with otherwise then so since because as is are let such that "
    "hence thus therefore by "
    "using from in on at subject s.t. st st. s.t iff while given assuming assume where: note "
    "but we which i.e. e.g. "
    "the this it if: else unless provided whenever all any every some has have be denote "
    "denotes means not on over "
    "gives implies say however observe recall consider suppose yields both either into to now "
    "finally similarly "
    "case cases respectively resp. resp a an using: also applying via being defined equals "
    "wenn falls für sonst pour sinon ailleurs если при иначе "
    "equal does do per whence write put take whereas consequently accordingly versus".split()
)
_BEFORE_OPERAND = frozenset("relation operator looser sign sub sup open left implication not".split())
_AFTER_OPERAND = frozenset("relation operator looser sign sub sup prime implication not".split())
_EDGES = frozenset("align newline quad comma semicolon period begin end stop".split())
_OPENS = frozenset(["open", "group", "begin", "left"])
_CLOSES = frozenset(["close", "endgroup", "end", "right"])
_RELATIONS = frozenset(["relation", "not", "implication"])
_BREAKS = frozenset(
    ["implication", "comma", "semicolon", "newline", "quad", "text", "align", "mid", "over", "colon"]
)


def settle(tokens: list[Token]) -> None:
    """Give every text token its part: prose, or a name that is an operand; mark loose and/or signs."""
    _join_signs(tokens)
    explained(tokens)
    _drop_empty_groups(tokens)
    if any(token.role == "text" for token in tokens):
        _settle_texts(tokens)
    if any(token.value in ("wedge", "vee") for token in tokens):
        _settle_logic(tokens)


_JOINING = frozenset(["group", "size", "left", "right", "middle", "operator"])


def _join_signs(tokens: list[Token]) -> None:
    """`{\\rm ln}` is one function, `\\bigg{(}` a fence, `\\cdot\\cdot\\cdot` an ellipsis."""
    kept: list[Token] = []
    size = len(tokens)
    nothing = Token("stop", "", "", 0, 0)
    index = 0
    while index < size:
        token = tokens[index]
        role = token.role
        index += 1
        if role not in _JOINING or (role == "operator" and token.value != "cdot"):
            kept.append(token)
            continue
        second, third, last = (tokens[k] if k < size else nothing for k in range(index, index + 3))
        if role == "group" and second.role == "switch" and last.role == "endgroup":
            if third.role in ("function", "big") or (third.role == "word" and second.value == "roman"):
                third.start, third.end = token.start, last.end
                token = third
                index += 3
        elif role in ("size", "left", "right") and second.role == "group" and last.role == "endgroup":
            if third.role in ("open", "close", "bar"):
                kept.append(token)
                token = third
                index += 3
            elif role == "left":
                second.role, second.value = "open", "{"
        elif role in ("size", "middle") and second.role in ("operator", "looser"):
            token = second  # `\big/`
            index += 1
        elif role == "left" and second.role == "group":
            second.role, second.value = "open", "{"  # `\\left{` with its backslash lost
        elif role == "right" and second.role == "endgroup":
            second.role, second.value = "close", "}"
        elif token.value == second.value == third.value == "cdot" and role == "operator":
            token = Token("ellipsis", "dots", "\\cdots", token.start, third.end)
            index += 2
        kept.append(token)
    tokens[:] = kept


def _drop_empty_groups(tokens: list[Token]) -> None:
    """`{}` between terms only sets spacing; after a command or for a script it stands for
    something missing."""
    if not any(a.role == "group" and b.role == "endgroup" for a, b in itertools.pairwise(tokens)):
        return
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.role == "group" and index + 1 < len(tokens) and tokens[index + 1].role == "endgroup":
            if kept and kept[-1].role in ("sub", "sup"):
                kept.pop()
                index += 2
                continue
            before = kept[-1].role if kept else "newline"
            after = tokens[index + 2].role if index + 2 < len(tokens) else "newline"
            if before in _NOT_AFTER and after not in ("sub", "sup"):
                index += 2
                continue
        kept.append(token)
        index += 1
    tokens[:] = kept


_NOT_AFTER = frozenset(
    "newline align quad letter symbol number relation sign operator close comma period text".split()
)


def _settle_texts(tokens: list[Token]) -> None:
    depth = 0
    connected = False  # whether words such as "for" began this part of the row
    scripts: list[bool] = []  # for every open group: does it stand in a script or a fraction
    settled: list[Token] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        depth += (token.role in _OPENS) - (token.role in _CLOSES)
        if token.role == "text" and depth > 0 and token.text.strip() in _LOGIC:
            token.role, token.value = "logic", _LOGIC[token.text.strip()]
        elif token.role == "group":
            scripts.append(
                (before is not None and before.role in ("sub", "sup")) or (bool(scripts) and scripts[-1])
            )
        elif token.role == "endgroup" and scripts:
            scripts.pop()
        elif token.role == "text" and token.value not in ("intertext", "shortintertext"):
            if not token.text.strip():
                continue
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            after_role = after.role if after is not None else "newline"
            if (
                connected
                and after_role in _EDGES
                and before is not None
                and before.role not in _BEFORE_OPERAND
            ):
                settled.append(token)  # `\\text{for } u = 1 \\text{ regime}`
                continue
            in_script = (before is not None and before.role in ("sub", "sup")) or (
                bool(scripts) and scripts[-1]
            )
            if _names_left_side(tokens, index):
                token.role, token.value = "word", _plain_name(token.text.strip())
            else:
                _settle_text(token, before, after, in_script)
            connected = token.role == "text" and token.text.strip().lower().startswith(_LEADS)
        elif token.role in ("align", "newline", "quad", "comma", "begin"):
            connected = False
        settled.append(token)
    tokens[:] = settled


_LEADS = ("for", "if", "when", "where", "while", "with", "as")
_LOGIC = {"and": "wedge", "or": "vee"}


def _settle_text(token: Token, before: Token | None, after: Token | None, in_script: bool) -> None:
    raw = re.sub(r"\\[A-Za-z]+\s*\{([^{}]*)\}", r"\1", token.text)  # `\text{\emph{when} }`
    text = raw.strip()
    words = text.lower().split()
    left = before.role if before is not None else "newline"
    right = after.role if after is not None else "newline"
    if raw == "d" and right in ("letter", "symbol", "font", "sup", "group", "accent"):
        token.role, token.value = "command", "dd"
        return
    if words in (["etc."], ["etc"]) and left not in _EDGES:
        token.role, token.value = "ellipsis", "dots"  # `2.718 \\text{ etc.}`
        return
    prose = not in_script and _is_prose(raw, text, words, left, right)
    if prose:
        return
    if "$" in text or "\\(" in text:
        return
    entry = WORDS.get(text)
    if entry is not None and not in_script:
        token.role, token.value, token.text = entry.role, entry.value, text
        return
    token.role, token.value = "word", _plain_name(text)


def _plain_name(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("~", " ").replace("\\_", "_").replace("\\ ", " "))


#: words that end a name as well as a phrase: "rate in" is a name, "we put" goes on
_PARTICLES = frozenset("in out on off over per".split())


def _names_left_side(tokens: list[Token], index: int) -> bool:
    """`\\text{rate in} &= 5`: words that a row begins with are its left side where a relation follows them.
    A connecting word, a verb, or punctuation makes them speak of the row instead."""
    start = index - 1
    while start >= 0 and tokens[start].role == "quad":
        start -= 1
    if start >= 0 and tokens[start].role not in ("newline", "begin", "comma", "semicolon"):
        return False
    after = index + 1
    while after < len(tokens) and tokens[after].role in ("align", "quad"):
        after += 1
    if after >= len(tokens) or tokens[after].role != "relation":
        return False
    text = tokens[index].text.strip().removesuffix(":").rstrip()  # `\\text{CDF: } &= …`
    words = text.lower().split()
    if not words or not re.fullmatch(r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f '\-]*", text) or text in WORDS:
        return False
    if words[0] in _CONNECTIVES:
        return False
    return words[-1] not in _CONNECTIVES or (len(words) > 1 and words[-1] in _PARTICLES)


_CASE_WORDS = frozenset({"for", "if", "when", "where", "whenever", "in", "case"})


def _is_prose(raw: str, text: str, words: list[str], left: str, right: str) -> bool:
    if not re.search(r"[A-Za-z\u00c0-\u024f]", text):
        return True
    if text in WORDS:
        return False
    starts, ends = left in _EDGES, right in _EDGES
    if right in ("sub", "sup") and not raw[-1:].isspace():
        return False
    if left in ("sign", "operator", "looser"):
        # a sign before "for" or "when" is the mark of a list, no operand of it is missing
        return words[0].strip(",.;:()") in _CASE_WORDS
    if words[0].strip(",.;:()") in _CONNECTIVES or (
        words[-1].strip(",.;:()") in _CONNECTIVES and len(words) > 1
    ):
        return left not in ("sub", "sup") and not (left == "relation" and right in _AFTER_OPERAND | _EDGES)
    if (
        right in ("sub", "sup", "prime", "open", "left")
        and not raw[-1:].isspace()
        and not text.endswith((":", ","))
    ):
        return False
    if text[0] in ",.;:" or text[-1] in ",.;:":
        return True
    if (text[0] == "(" and text[-1] == ")") or (text[0] == "[" and text[-1] == "]"):
        return left not in ("operator", "sign", "relation") or right not in _AFTER_OPERAND | _EDGES
    if left in _BEFORE_OPERAND or right in _AFTER_OPERAND:
        return False
    if left in ("group", "open", "bar", "left") or right in ("endgroup", "close", "bar", "right"):
        return False
    if starts and ends:
        return True
    if len(words) >= 3 and (starts or ends):
        return True
    # beside an operand: a unit or a factor named in words, never skipped
    return left == "quad" or (starts and len(words) > 1)


def _settle_logic(tokens: list[Token]) -> None:
    """And/or signs of a level are loose where every part between them holds a relation."""
    levels: list[tuple[list[Token], list[bool]]] = [([], [False])]
    for token in tokens:
        signs, parts = levels[-1]
        role = token.role
        if role in _OPENS:
            levels.append(([], [False]))
        elif role in _CLOSES:
            _mark(signs, parts)
            if len(levels) > 1:
                levels.pop()
            else:
                levels[-1] = ([], [False])
        elif role in _BREAKS:
            _mark(signs, parts)
            levels[-1] = ([], [False])
        elif token.value in ("wedge", "vee") and role in ("operator", "looser"):
            signs.append(token)
            parts.append(False)
        elif role in _RELATIONS:
            parts[-1] = True
    for signs, parts in levels:
        _mark(signs, parts)


def _mark(signs: list[Token], parts: list[bool]) -> None:
    if signs and any(a and b for a, b in itertools.pairwise(parts)):
        for sign in signs:
            sign.role = "logic"
