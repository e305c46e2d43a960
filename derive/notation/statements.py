"""Statements: chains of relations, implications, sequences, quantifiers, words."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Span
from derive.notation.commands import Commands
from derive.notation.cursor import LONGEST_INFIX
from derive.notation.grouping import grouped
from derive.notation.lexer import Token, tokenize
from derive.notation.syntax import (
    Bar,
    Chain,
    Ellipsis,
    Infix,
    Link,
    Name,
    NotationError,
    Number,
    Prefix,
    Scripts,
    Sequence,
    Syntax,
    Text,
)
from derive.notation.words import settle

_NEGATED = {"=": "!=", "in": "notin"}
_LONG_ARROWS = frozenset({"\\longrightarrow", "⟶"})
_FAR = 200
"""Tokens on either side of a sign that are looked at for what it means: no condition is longer."""
_STOPS = frozenset("semicolon colon period mid middle bar over size".split())


class Statements(Commands):
    def statement(self) -> Syntax:
        """Relations joined by implications, which bind loosest."""
        start = self.token.start
        if self._implication():
            first: Syntax | None = None
        else:
            first = self._junction()
        if not self._implication():
            assert first is not None
            return first
        links: list[Link] = []
        while self._implication():
            begin = self.token.start
            condition = self.token.role == "colon" or self.token.text in _LONG_ARROWS
            value, span, note = self._relation()
            if condition:
                value = "implies"
                self.skip_gaps()
            if self._ends_statement():
                raise self.missing("statement")
            right = self._junction()
            if value == "impliedby" and not _said(first) and not _said(right):
                value = "gets"  # `\\alpha \\Leftarrow A^{-1} b` assigns
            links.append(Link(self.since(begin), value, span, right, note))
        return Chain(self.since(start), first, tuple(links))

    def _implication(self) -> bool:
        token = self.token
        if token.role == "implication":
            return True
        if (token.role == "colon" or token.text in _LONG_ARROWS) and self._concludes():
            return True
        if token.role == "command" and token.value == "overset" and self.noted_relation():
            i = self.skip_argument(self.i + 1)
            return self.tokens[i + (self.tokens[i].role == "group")].role == "implication"
        return False

    def _concludes(self) -> bool:
        """Relations stand at this level on both sides: `k > n: P = 0`, `a = b \\longrightarrow c = d`.
        Ratios, `a : b = c : d`, and maps, `f: A \\to B`, have none before, or none but with a colon."""
        if self.fence is not None or self.scripts:
            return False
        colon = self.token.role == "colon"
        last = min(len(self.tokens), self.i + _FAR)
        for places in (range(self.i - 1, max(-1, self.i - _FAR), -1), range(self.i + 1, last)):
            depth, found = 0, False
            for index in places:
                token = self.tokens[index]
                if token.role in ("open", "group", "left", "begin"):
                    depth += 1
                elif token.role in ("close", "endgroup", "right", "end"):
                    depth -= 1
                elif depth == 0 and token.role in ("comma", "quantifier", "text", "newline", "implication"):
                    break
                elif depth == 0 and token.role == "colon" and colon:
                    return False
                elif depth == 0 and token.role == "relation" and token.value not in ("to", "sim"):
                    found = True
            if not found:
                return False
        return True

    def _junction(self) -> Syntax:
        """`x > 0 \\land y > 0`: and/or between relations; between terms they are operators."""
        start = self.token.start
        left = self.chain()
        while self.token.role == "logic":
            op = self.token.value
            self.i += 1
            right = self.chain()
            left = Infix(self.since(start), op, left, right)
        return left

    def _ends_statement(self) -> bool:
        return self.token.role in ("stop", "endgroup", "close", "right", "newline", "align", "end")

    def chain(self) -> Syntax:
        """`first R right R right …`; a row may begin with the relation."""
        start = self.token.start
        self.skip_gaps()
        first: Syntax | None = None
        if self.token.role == "quantifier":
            return self.quantified()
        if self.fence is None and self.token.text == "(" and self.tokens[self.i + 1].role == "quantifier":
            bound = self.fenced()  # `(\\forall x > 0)\\; f(x) = 0`
            if not self._relates():
                return bound
            raise self.unexpected()
        if not self._relates():
            first = self.side()
        if not self._relates():
            assert first is not None
            return first
        links: list[Link] = []
        while self._relates():
            begin = self.token.start
            value, span, note = self._relation()
            self.skip_gaps()
            if self.token.role == "colon" and self.fence is None and value == "=":
                raise self.unexpected()
            right = self.side()
            if value == "=" and isinstance(right, Infix) and right.op == "pmod":
                value = "equiv"  # `a = b \\pmod n`: a congruence, not the remainder
            links.append(Link(self.since(begin), value, span, right, note))
        return Chain(self.since(start), first, tuple(_of_one_modulus(links)))

    def side(self) -> Syntax:
        """One side of a relation: an expression, or one before a bar that stands outside any fence."""
        start = self.token.start
        node = self.expression()
        for _ in range(LONGEST_INFIX):
            token = self.token
            if token.role == "command" and token.value == "pmod":
                self.i += 1
                modulus = self.group() if self.token.role == "group" else self.factor()
                node = Infix(self.since(start), "pmod", node, modulus)
            elif (
                self.fence is None
                and self.bar is None
                and (token.role == "mid" or (token.role == "bar" and self.bar_part() == "mid"))
            ):
                self.i += 1
                if self._distributed():
                    right = self._condition()
                    node = Infix(self.since(start), "given", node, right)
                else:
                    given = self.expression()
                    node = Infix(self.since(start), "mid", node, given)
            else:
                return node
        raise self.error(f"more than {LONGEST_INFIX} bars in a row")

    def _distributed(self) -> bool:
        """Whether a `\\sim` follows the bar at this level: as in `X \\mid Y = y \\sim N`."""
        depth = 0
        for index in range(self.i, min(self.i + 300, len(self.tokens))):  # no condition is longer
            token = self.tokens[index]
            if depth == 0 and token.role == "command" and token.value == "overset":
                over = self.skip_argument(index + 1)
                if self.tokens[over + (self.tokens[over].role == "group")].value == "sim":
                    return not self.scripts
            if token.role in ("open", "left", "begin", "group"):
                depth += 1
            elif token.role in ("close", "right", "end") or (token.role == "endgroup" and depth):
                depth -= 1
            elif depth == 0 and token.role in ("newline", "stop", "quad", "text", "implication"):
                return False
            elif depth == 0 and token.role == "relation" and token.value == "sim":
                return not self.scripts
        return False

    def _condition(self) -> Syntax:
        """What a random variable is conditioned on, up to the sign of its distribution."""
        start = self.token.start
        self.conditioned = True
        items = [self.chain()]
        while self.token.role in ("comma", "semicolon"):
            self.i += 1
            items.append(self.chain())
        self.conditioned = False
        return items[0] if len(items) == 1 else Sequence(self.since(start), tuple(items))

    def _ends_condition(self) -> bool:
        if not self.conditioned:
            return False
        i = self.i
        if self.token.role == "command":
            i = self.skip_argument(self.i + 1)
            i += self.tokens[i].role == "group"
        return self.tokens[i].value == "sim"

    def _relates(self) -> bool:
        token = self.token
        if self._ends_condition():
            return False
        if (token.role == "colon" or token.text in _LONG_ARROWS) and self._concludes():
            return False
        if token.role == "mark":
            return bool(self.scripts)
        if token.role == "relation" or token.role == "not":
            return not (token.value == "parallel" and self.fence is not None)
        if token.role == "colon":
            return self.fence is None and not self.scripts and self.i > 0
        if token.role == "command":
            if token.value in ("xrightarrow", "xleftarrow", "mathrel"):
                return True
            return token.value == "overset" and self.noted_relation() and not self._implication()
        return token.role == "command" and token.value == "underset" and self.noted_relation()

    def _relation(self) -> tuple[str, Span, Syntax | None]:
        """The name of the relation at the cursor, its span, and the note over it."""
        token = self.token
        self.i += 1
        note: Syntax | None = None
        value = token.value
        if token.role == "not":
            following = self.token
            if following.role != "relation":
                raise self.error("missing relation after \\not", token)
            self.i += 1
            value = _NEGATED.get(following.value, f"not {following.value}")
        elif token.role == "command":
            if token.value in ("xrightarrow", "xleftarrow"):
                if self.token.role == "open" and self.token.text == "[":
                    while self.token.role not in ("close", "stop"):
                        self.i += 1
                    self.i += 1
                note = self.note()
                value = "to" if token.value == "xrightarrow" else "gets"
            elif token.value == "mathrel":
                return self._inner_relation(token, None)
            else:
                note = self.note()
                return self._inner_relation(token, note)
        elif value == "=" and self.token.role == "sup" and self.tokens[self.i + 1].role == "group":
            raise self.unexpected()
        span = self.since(token.start)
        if self.token.role == "relation" and self.token.value == "perp" and value == "perp":
            self.i += 1
            value, span = "independent", self.since(token.start)
        while self.token.role in ("sub", "sup"):  # `\sim_{iid}`, `=_{def}`
            self.i += 1
            note = self.note()
        return value, span, note

    def _inner_relation(self, token: Token, note: Syntax | None) -> tuple[str, Span, Syntax | None]:
        braced = self.token.role == "group"
        self.i += braced
        if self.token.role not in ("relation", "implication", "colon", "not"):
            raise self.unexpected()
        value, _, _ = self._relation()
        while self.token.role == "relation":
            value, _, _ = self._relation()
        if braced:
            if self.token.role != "endgroup":
                raise self.unexpected()
            self.i += 1
        if value == "=" and isinstance(note, Text | Name) and _defines(note):
            value = "defined"
        return value, self.since(token.start), note

    def quantified(self) -> Syntax:
        """`\\forall x \\in S: …`; the statement after the colon is the right side of a Bar."""
        token = self.token
        self.i += 1
        operator = Name(token.span, token.value)
        if self.token.value == "!":
            self.i += 1
            operator = Name(self.since(token.start), f"{token.value}!")
        if self._ends_statement():
            return operator
        begin = self.token.start
        if self.token.role == "sub":  # `\\forall_i, a_i > 0`
            self.i += 1
            under = self.script()
            if self.token.role in ("colon", "mid", "period", "comma"):
                self.i += 1
            self.skip_gaps()
            if not self._ends_statement():
                under = Bar(self.since(begin), under, self.statement(), ":")
            return Prefix(self.since(token.start), operator, under)
        first = self.i == 1
        saved, self.fence = self.fence, "("  # a colon divides here
        bound = self._bound()
        self.fence = saved
        if self.token.role in ("colon", "mid", "period") or (
            self.token.role == "comma" and (first or self.tokens[self.i + 1].role == "quantifier")
        ):
            self.i += 1
            self.skip_gaps()
            if not self._ends_statement():
                rest = self._several()
                bound = Bar(self.since(begin), bound, rest, ":")
        elif self.token.role == "quantifier":
            stated = self.quantified()
            bound = Bar(self.since(begin), bound, stated, ":")
        elif self.starts_factor() and self.token.role in ("open", "left", "group"):
            stated = self.statement()
            bound = Bar(self.since(begin), bound, stated, ":")
        return Prefix(self.since(token.start), operator, bound)

    def _several(self) -> Syntax:
        """What is stated of the bound names; listed letters share the relation at the end, `a, b \\in S`."""
        items = [self.statement()]
        while self.token.role == "comma" and all(isinstance(i, Name | Scripts) for i in items):
            back = self.i
            self.i += 1
            self.skip_gaps()
            if self._ends_statement():
                self.i = back
                break
            items.append(self.statement())
        if len(items) > 1:
            together = grouped(items)
            if len(together) == 1:
                return together[0]
            raise self.unexpected()
        return items[0]

    def _binds_on(self, index: int) -> bool:
        """Whether what begins there is one more bound name and a colon ends the list: `, s \\in S:`."""
        related = False
        depth = 0
        for token in self.tokens[index : index + 60]:
            if token.role in ("open", "group", "left", "begin"):
                depth += 1
            elif token.role in ("close", "endgroup", "right", "end"):
                depth -= 1
            elif depth == 0 and token.role == "colon":
                return related
            elif depth == 0 and token.role in ("relation", "not"):
                if related:
                    return False
                related = True
            elif depth == 0 and token.role in ("comma", "quad", "text", "stop", "newline", "implication"):
                return False
            if depth < 0:
                return False
        return False

    def _bound(self) -> Syntax:
        """The bound names: `x`, `x \\in S`, `x, y \\in S`, `i = 1, \\dots, n`."""
        start = self.token.start
        items = [self.chain()]
        while self.token.role == "comma":
            following = self.tokens[self.i + 1].role
            relation = isinstance(items[-1], Chain)
            letters = ("letter", "symbol", "ellipsis", "font", "accent")
            if following not in letters and not (following == "number" and relation):
                break
            if relation and following != "ellipsis" and not isinstance(items[-1], Ellipsis):
                if len(items) < 2 and not self._binds_on(self.i + 1):
                    break
            back = self.i
            self.i += 1
            item = self.chain()
            left = item.first if isinstance(item, Chain) else item
            stated = isinstance(item, Chain) and _states(item, items)
            if isinstance(item, Chain) and relation and self.token.role != "colon":
                stated = True
            if stated or not isinstance(left, Name | Scripts | Ellipsis | Number):
                self.i = back
                break
            items.append(item)
        together = grouped(items)
        return together[0] if len(together) == 1 else Sequence(self.since(start), together)

    # sequences

    def body(self) -> Syntax:
        start = self.token.start
        node = self.separated()
        return self.divided(node, start) if self.fence is not None else self._middle(node, start)

    def _middle(self, node: Syntax, start: int) -> Syntax:
        return node

    def separated(self) -> Syntax:
        """Items with commas, and looser ones with semicolons."""
        start = self.token.start
        items = [self.statements(False)]
        while self.token.role == "semicolon":
            self.i += 1
            if self._ends_statement():
                break
            items.append(self.statements(False))
        return items[0] if len(items) == 1 else Sequence(self.since(start), tuple(items), ";")

    def statements(self, attach: bool) -> Syntax:
        start = self.token.start
        items: list[Syntax] = [self._item()]
        while self.token.role in ("comma", "quad", "text", "quantifier") or (
            isinstance(items[-1], Text) and not self._ends_statement() and self._goes_on()
        ):
            if self.token.role == "quantifier" and isinstance(items[-1], Chain):
                items[-1] = self._closed_by(items[-1], self.quantified())
                continue
            if self.token.role == "comma":
                self.i += 1
                self.skip_gaps()
                if self._ends_statement() and isinstance(items[-1], Ellipsis):
                    break
                if (
                    self.token.role in ("align", "newline", "end", "endgroup", "period")
                    and self.fence is None
                ):
                    break
            elif self.token.role == "quad":
                self.i += 1
                if self.token.role == "sign" and self.fence is not None:
                    # `[a \quad -b]` may be two entries of a row or one difference
                    raise self.error("gap before a sign")
                if self._ends_statement() or self.token.role in ("semicolon", "comma"):
                    continue
            items.append(self._item())
        if len(items) == 1:
            return items[0]
        together = (
            grouped(items) if attach or any(isinstance(item, Ellipsis) for item in items) else tuple(items)
        )
        if len(together) == 1:
            return together[0]
        return Sequence(self.since(start), together)

    def _goes_on(self) -> bool:
        """Whether something that words lead over to follows: `\\text{if } |x| > 1`."""
        if self.token.role == "bar":
            return self.bar_part() == "open"
        return self.token.role not in _STOPS

    def _closed_by(self, stated: Syntax, quantified: Syntax) -> Syntax:
        """`f(x) > 0 \\;\\forall x`: the quantifier behind what it states."""
        if not isinstance(quantified, Prefix) or isinstance(quantified.operand, Bar):
            raise self.error("a quantifier without what it states")
        span = stated.span.cover(quantified.span)
        return Prefix(span, quantified.operator, Bar(span, quantified.operand, stated, ":"))

    def _item(self) -> Syntax:
        if self.token.role == "text":
            return self.text()
        return self.statement()

    def script_item(self) -> Syntax:
        return self._item()

    def cell(self) -> Syntax:
        return self.statements(True)

    # words

    def text(self) -> Text:
        token = self.token
        self.i += 1
        return self._text(token)

    def _text(self, token: Token) -> Text:
        raw = token.text
        if "$" not in raw and "\\(" not in raw:
            return Text(token.span, _plain(raw))
        parts: list[Syntax] = []
        words = []
        inside = token.end - token.start - 1 - len(raw)
        pieces = raw.replace("\\(", "$").replace("\\)", "$").split("$")
        position = token.start + inside
        escaped = "\\(" in raw
        for index, piece in enumerate(pieces):
            if index % 2 and piece.strip():
                shift = position if token.end - token.start > len(raw) and not escaped else None
                parts.extend(self._formula(piece, token, shift))
            elif not index % 2:
                words.append(piece)
            position += len(piece) + 1
        return Text(token.span, _plain(" ".join(words)), tuple(parts))

    def _formula(self, piece: str, token: Token, shift: int | None) -> list[Syntax]:
        """A formula inside words, with its spans in the source or, out of a macro, at the macro's call."""
        try:
            tokens = tokenize(piece)
            for inner in tokens:
                if shift is None:
                    inner.start, inner.end = token.start, token.end
                else:
                    inner.start, inner.end = inner.start + shift, inner.end + shift
            settle(tokens)
            reader = Statements(tokens, tokens[-1].end if tokens else token.end)
            found = [reader.statements(True)]
            while reader.token.role in ("period", "comma"):
                reader.i += 1
            if reader.token.role != "stop":
                raise reader.unexpected()
        except NotationError as problem:
            raise NotationError(token.span, f"in words: {problem.what}", problem.command) from problem
        return found

    def words(self, parts: list[Token]) -> Syntax:
        text = " ".join(part.text for part in parts)
        return Text(parts[0].span.cover(parts[-1].span), _plain(text))


def _of_one_modulus(links: list[Link]) -> list[Link]:
    """`a \\equiv b \\equiv c \\pmod n`: the modulus at the end is that of every congruence before it."""
    if len(links) < 2 or not isinstance(links[-1].right, Infix) or links[-1].right.op != "pmod":
        return links
    modulus = links[-1].right.right
    found: list[Link] = []
    for link in links[:-1]:
        plain = link.relation == "equiv" and not (isinstance(link.right, Infix) and link.right.op == "pmod")
        side = Infix(link.right.span, "pmod", link.right, modulus) if plain else link.right
        found.append(replace(link, right=side))
    return [*found, links[-1]]


def _plain(raw: str) -> str:
    return raw.replace("~", " ").replace("\\ ", " ").replace("\\_", "_").replace("\\%", "%")


def _defines(note: Text | Name) -> bool:
    word = (note.text if isinstance(note, Text) else note.name).strip().lower()
    return word.startswith(("def", "by def", "triangle", "denot", "△"))


def _states(chain: Chain, bound: list[Syntax]) -> bool:
    """Whether a relation after a comma says something of the bound names: in `\\exists y, y^2 = 2`
    it is what is stated, in `\\forall x, y \\in S` it is a bound name more."""
    return any(link.relation == "=" for link in chain.links) or _base(chain.first) in map(_base, bound)


def _said(node: Syntax | None) -> bool:
    """Whether it may be a statement: a relation, words, a letter that may stand for one."""
    return (
        node is None
        or isinstance(node, Chain | Text | Prefix | Sequence)
        or (isinstance(node, Name | Scripts) and not (isinstance(node, Name) and node.font == "bold"))
    )


def _base(node: Syntax | None) -> str | None:
    if isinstance(node, Scripts):
        return _base(node.base)
    return node.name if isinstance(node, Name) else None
