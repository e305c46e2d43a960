"""A whole formula: rows of a display, joined where one breaks inside an expression, and their marks."""

from __future__ import annotations

from collections.abc import Sequence as Many

from derive.expressions import regex
from derive.model import Macro, Span
from derive.notation.asides import apart
from derive.notation.commas import joined
from derive.notation.display import (
    CLOSES,
    CONTINUES,
    OPENS,
    RELATIONS,
    bare,
    split,
    starred,
    ungrouped,
    unwrapped,
)
from derive.notation.grouping import grouped
from derive.notation.lexer import Token, tokenize
from derive.notation.neighbours import bare_cells
from derive.notation.statements import Statements
from derive.notation.syntax import (
    Chain,
    Display,
    Fence,
    Fraction,
    Name,
    NotationError,
    Number,
    Prefix,
    Row,
    Sequence,
    Sum,
    Syntax,
    Text,
)
from derive.notation.words import settle

_REFERENCE = regex(r"\\(?:eq|auto|c|C|page|name)?ref\b|\\cite[pt]?\b")
_SEPARATORS = frozenset(["quad", "comma", "semicolon", "period"])
_MARKS = frozenset(["*", "ast", "bullet", "star", "circ", "diamond", "cdot"])


def read(latex: str, macros: Many[Macro] = (), decimal_comma: bool | None = None) -> Display:
    """The syntax tree of a formula's LaTeX, without the dollars or brackets around it.

    `decimal_comma`: whether decimals are written with one, None where that is not known.
    Every token is consumed, or NotationError says which span stopped the reader and its name.
    """
    try:
        tokens = unwrapped(bare_cells(starred(ungrouped(tokenize(bare(latex), macros)))))
        settle(tokens)
        tokens = joined(tokens, decimal_comma)
        if len(tokens) == 1 and tokens[0].role in ("relation", "implication", "operator", "looser"):
            if tokens[0].text[0] == "\\" or tokens[0].role == "relation":  # a sign that the text speaks of
                alone = Name(tokens[0].span, tokens[0].value)
                return Display(Span(0, len(latex)), (Row(tokens[0].span, (alone,)),))
        rows = [_Row(found, indented) for found, indented in split(tokens)]
        parsed = [row for row in (row.read() for row in _joined(rows)) if row is not None]
    except RecursionError:
        raise NotationError(Span(0, len(latex)), "nested too deeply") from None
    if not parsed and _REFERENCE.search(latex):  # `\\eqref{a}` alone
        words = Text(Span(0, len(latex)), latex.strip())
        return Display(words.span, (Row(words.span, (words,)),))
    if not parsed:
        raise NotationError(Span(0, len(latex)), "empty formula")
    return Display(Span(0, len(latex)), tuple(parsed))


class _Row:
    """The tokens of a row, and what the joining of rows needs to know of them."""

    def __init__(self, tokens: list[Token], indented: bool) -> None:
        self.tokens = tokens
        self.indented = indented
        depth = 0
        self.relation = False
        for token in tokens:
            if token.role in OPENS:
                depth += 1
            elif token.role in CLOSES:
                depth -= 1
            elif depth <= 0 and token.role in RELATIONS:
                self.relation = True
        self.open = depth

    def begins(self) -> Token:
        return next((token for token in self.tokens if token.role != "quad"), self.tokens[0])

    def continues(self, before: _Row) -> bool:
        """Whether this row goes on inside the expression that the row before left off in."""
        if before.open > 0:
            return True
        index = len(before.tokens) - 1
        while index > 0 and before.tokens[index].role == "quad":
            index -= 1
        last = before.tokens[index]
        if last.role in ("sign", "operator", "looser", "relation", "implication", "not", "logic", "mid"):
            marks = index > 0 and before.tokens[index - 1].role in ("sub", "sup")  # `x_*` is a symbol
            if not marks:
                return last is not before.begins()
        first = self.begins()
        following = self.tokens[self.tokens.index(first) + 1 :]
        if first.role in CONTINUES:
            if first.value in _MARKS and (first.value != "cdot" or self.relation):
                # a list mark stands before a statement of its own; a product goes on
                return (not self.relation and first.value in ("cdot", "circ")) or not following
            return first.role != "sub"
        if first.role in ("big", "integral", "open", "left") and last.role == "comma":
            return False
        if first.role == "sign" and self.indented and self.relation and not before.relation:
            # `a + b \\ & - c = d`: the sum goes on; a list mark would stand before the first row too
            return before.begins().role != "sign" and last.role not in _SEPARATORS | {"text", "ellipsis"}
        if first.role == "sign":
            return not self.relation and before.relation and bool(following) and following[0].role != "text"
        # a factor in the second column, after a row that no punctuation ends, goes on with its product
        factor = (
            first.role not in ("text", "ellipsis", "mark", "quantifier") and first.role not in _SEPARATORS
        )
        open_end = last.role not in _SEPARATORS and last.role not in ("text", "ellipsis")
        words = any(token.role == "text" for token in self.tokens)
        return factor and open_end and self.indented and before.relation and not self.relation and not words

    def join(self, after: _Row) -> None:
        """Go on with the tokens of the next row."""
        right = after.tokens
        if self.broken():
            # `\left( … \right. \\ \left. … \right)` is one fence broken over two rows
            start = next((i for i, t in enumerate(right) if t.role == "left"), -1)
            if start >= 0 and right[start + 1].role == "period":
                del self.tokens[-2:]
                right = [*right[:start], *right[start + 2 :]]
        first = next((i for i, token in enumerate(right) if token.role != "quad"), 0)
        if right[first].role == "sign" and right[first].value == "+" and self.open <= 0:
            while self.tokens[-1].role in ("quad", "comma"):
                del self.tokens[-1]  # `= a, \\ + b`: a comma that ends the line, no list
        last = next((k for k in range(len(self.tokens) - 1, 0, -1) if self.tokens[k].role != "quad"), 0)
        if right[first].role in RELATIONS and self.tokens[last].value == right[first].value:
            del self.tokens[last:]  # `a = \\\\ = b`: the sign is written on both lines
        self.tokens.extend(right[first:])
        self.open += after.open
        self.relation = self.relation or after.relation

    def broken(self) -> bool:
        """Whether the row ends in `\\right.` while the next begins with `\\left.`"""
        tokens = self.tokens
        return len(tokens) > 1 and tokens[-1].role == "period" and tokens[-2].role == "right"

    def read(self) -> Row | None:
        tokens = self.tokens
        whole = Span(tokens[0].start, tokens[-1].end)
        marks, mark = _mark(tokens)
        parser = _Reader(_without_idle_gaps(tokens[marks:]), tokens[-1].end)
        parts = apart(parser.parts())
        if not parts and mark is None:
            return None
        name = None if mark is None else mark.value
        span = None if mark is None else mark.span
        if mark is None and parts:
            parts, sign = _bullet(parts)
            if sign is not None:
                name, span = "-", sign
        return Row(whole, tuple(parts), name, span)


def _without_idle_gaps(tokens: list[Token]) -> list[Token]:
    """Gaps before a relation or an operator part nothing, nor does one between `\\min_x` and its operand;
    before a sign, unless a statement begins there."""
    if not any(token.role == "quad" for token in tokens):
        return tokens
    kept: list[Token] = []
    relation = False  # whether a relation stands before the next separator
    depth = 0
    following: Token | None = None
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.role in CLOSES:
            depth += 1
        elif token.role in OPENS:
            depth -= 1
        if token.role == "quad" and following is not None:
            idle = following.role in RELATIONS or following.role in ("operator", "looser", "quad")
            idle = idle or (following.role != "text" and _awaits_operand(tokens, index))
            if idle or (following.role == "sign" and not relation and depth == 0):
                continue
        if depth == 0:
            if token.role in ("quad", "comma", "semicolon", "text", "period"):
                relation = False
            elif token.role in RELATIONS:
                relation = True
        kept.append(token)
        following = token
    return kept[::-1]


_GOALS = frozenset({"minimize", "maximize", "minimise", "maximise", "argmin", "argmax"})


def _awaits_operand(tokens: list[Token], index: int) -> bool:
    """Whether an extremum, a sum or a limit with what stands below it ends right before `index`."""
    k = index - 1
    while k > 0 and tokens[k].role == "quad":
        k -= 1
    scripted = False
    while k > 1:
        start = k
        if tokens[k].role == "endgroup":
            depth = 0
            while k >= 0:
                depth += (tokens[k].role in CLOSES) - (tokens[k].role in OPENS)
                if depth == 0:
                    break
                k -= 1
        if k < 1 or tokens[k - 1].role not in ("sub", "sup"):
            k = start
            break
        scripted, k = True, k - 2
    if not scripted or k < 0:
        return False
    return tokens[k].role == "big" or (tokens[k].role == "word" and tokens[k].value.lower() in _GOALS)


def _joined(rows: list[_Row]) -> list[_Row]:
    found: list[_Row] = []
    for row in rows:
        if found and (row.continues(found[-1]) or _fence_broken(found[-1], row)):
            found[-1].join(row)
        else:
            found.append(row)
    return found


def _fence_broken(before: _Row, after: _Row) -> bool:
    if not before.broken():
        return False
    start = next((i for i, t in enumerate(after.tokens) if t.role == "left"), -1)
    return start >= 0 and start + 1 < len(after.tokens) and after.tokens[start + 1].role == "period"


def _mark(tokens: list[Token]) -> tuple[int, Token | None]:
    """How many tokens at the start of a row are a list mark and gaps, and the mark."""
    i = 0
    while i < len(tokens) and tokens[i].role in ("quad", "comma", "period", "semicolon"):
        i += 1
    if i >= len(tokens):
        return i, None
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.role == "mark" or (token.role == "operator" and token.value in _MARKS and following is not None):
        return i + 1, token
    if token.role == "sign" and token.value == "-" and following is not None and following.role == "text":
        return i + 1, token
    if (
        token.role in ("number", "letter")
        and following is not None
        and following.text == ")"
        and following.start == token.end
    ):
        return i + 2, Token("mark", token.text + ")", token.text + ")", token.start, following.end)
    if (
        token.text == "("
        and i + 3 < len(tokens)
        and tokens[i + 2].text == ")"
        and tokens[i + 3].role in ("quad", "text")
    ):
        if tokens[i + 1].role in ("number", "letter"):
            name = f"({tokens[i + 1].text})"
            return i + 3, Token("mark", name, name, token.start, tokens[i + 2].end)
    return i, None


def _bullet(parts: list[Syntax]) -> tuple[list[Syntax], Span | None]:
    """A minus before a relation's left side of one term may be a bullet: the parts without
    it, and its span."""
    chain = parts[0]
    if not isinstance(chain, Chain):
        return parts, None
    inner = chain
    path = [chain]
    while isinstance(inner.first, Chain):
        inner = inner.first
        path.append(inner)
    left = inner.first
    if not isinstance(left, Sum) or len(left.parts) != 1 or left.parts[0][0] != "-":
        return parts, None
    term = left.parts[0][1]
    if isinstance(term, Number | Sum) or (isinstance(term, Name) and term.name in ("infty", "pi")):
        return parts, None
    if isinstance(term, Fraction) and isinstance(term.numerator, Number):
        return parts, None
    node: Chain = Chain(term.span.cover(inner.span.cover(term.span)), term, inner.links)
    node = Chain(Span(term.span.start, inner.span.end), term, inner.links)
    for outer in reversed(path[:-1]):
        node = Chain(Span(term.span.start, outer.span.end), node, outer.links)
    return [node, *parts[1:]], Span(left.span.start, left.span.start + 1)


class _Reader(Statements):
    """The top level of a row: statements and texts, parted by gaps and commas."""

    def parts(self) -> list[Syntax]:
        pieces: list[tuple[Syntax, str]] = []  # with what stands before each
        gap = ""
        while True:
            token = self.token
            if token.role == "stop":
                break
            if token.role in _SEPARATORS:
                if not pieces and token.role != "quad" and not gap:
                    raise self.unexpected()
                if token.role in ("comma", "semicolon") and gap in ("comma", "semicolon"):
                    raise self.unexpected()
                if token.role == "quad":
                    gap = gap if gap in ("comma", "semicolon", "period") else "quad"
                else:
                    gap = token.role
                self.i += 1
                continue
            if token.role == "text":
                pieces.append((self.text(), gap))
                gap = ""
                continue
            if token.role == "mark" and token.value in ("blacksquare", "Box") and pieces:
                self.i += 1
                continue
            if token.role == "mark" and token.value in ("therefore", "because") and pieces:
                pieces.append((Text(token.span, token.value), gap))  # `a = b, \quad \therefore c = d`
                self.i += 1
                gap = ""
                continue
            if pieces and not gap and token.role != "quantifier" and not _stands_apart(pieces[-1][0]):
                raise self.unexpected()
            before = self.i
            piece = self.statement()
            if self.token.role == "over":
                piece = self._over(piece)
            if self.i == before:
                raise self.unexpected()
            pieces.append((piece, gap))
            gap = ""
        return _gathered(self, pieces)

    def _over(self, numerator: Syntax) -> Syntax:
        kind = self.token.value
        self.i += 1
        denominator = self.statement()
        return Fraction(self.since(numerator.span.start), numerator, denominator, kind)


def _gathered(reader: Statements, pieces: list[tuple[Syntax, str]]) -> list[Syntax]:
    """Statements in order; items parted by commas that state nothing alone are put together."""
    found: list[Syntax] = []
    run: list[Syntax] = []
    separator = ","
    for piece, gap in [*pieces, (None, "end")]:
        if piece is None or isinstance(piece, Text) or (gap in ("quad", "period", "") and run):
            found.extend(_settled(reader, run, separator))
            run, separator = [], ","
        if piece is None:
            break
        if isinstance(piece, Text):
            found.append(piece)
            continue
        if gap == "semicolon" and run:
            if any(isinstance(item, Chain | Prefix) for item in (run[-1], piece)):
                found.extend(_settled(reader, run, separator))
                run = []
            else:
                separator = ";"
        run.append(piece)
    return found


def _settled(reader: Statements, run: list[Syntax], separator: str) -> list[Syntax]:
    if not run:
        return []
    together = list(grouped(run))
    if any(isinstance(item, Chain) or (isinstance(item, Prefix) and _quantifies(item)) for item in together):
        return together
    if len(together) == 1:
        return together
    span = together[0].span.cover(together[-1].span)
    return [Sequence(span, tuple(together), separator)]


def _stands_apart(node: Syntax) -> bool:
    """Words, and a quantifier in parentheses: what follows is a statement of its own."""
    if isinstance(node, Fence) and isinstance(node.body, Prefix):
        return _quantifies(node.body)
    return isinstance(node, Text)


def _quantifies(node: Prefix) -> bool:
    return isinstance(node.operator, Name) and node.operator.name.rstrip("!") in (
        "forall",
        "exists",
        "nexists",
    )
