"""Commands that have a reader of their own."""

from __future__ import annotations

import re

from derive.model import Span
from derive.notation.environments import Environments
from derive.notation.lexer import Token
from derive.notation.syntax import (
    Accent,
    Bar,
    Fence,
    Fraction,
    Juxtaposition,
    Name,
    NotationError,
    Number,
    Prefix,
    Root,
    Scripts,
    Sequence,
    Syntax,
)

_FENCES = {
    "abs": ("|", "|"), "norm": ("‖", "‖"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"), "pqty": ("(", ")"),
    "bqty": ("[", "]"), "Bqty": ("{", "}"), "ket": ("|", "⟩"), "bra": ("⟨", "|"), "expval": ("⟨", "⟩"),
    "comm": ("[", "]"), "acomm": ("{", "}"), "braket": ("⟨", "⟩"),
}  # fmt: skip


class Commands(Environments):
    def command(self) -> Syntax:
        token = self.token
        value = token.value
        self.i += 1
        if value in ("frac", "binom"):
            return self._fraction(token)
        if value in _FENCES:
            return self._fence_command(token)
        match value:
            case "genfrac":
                return self._genfrac(token)
            case "sqrt":
                return self._root(token)
            case "operatorname":
                return self._operatorname(token)
            case "plain":
                return self.group()
            case "overset" | "underset":
                return self._set(token)
            case "substack":
                return self._substack(token)
            case "dd":
                return self._dd(token)
            case "dv" | "pdv":
                return self._derivative(token)
            case "qty":
                return self._qty(token)
            case "order":
                body = self._braced()
                fence = Fence(body.span, "(", ")", body)
                return Juxtaposition(self.since(token.start), (Name(token.span, "O", "calligraphic"), fence))
            case "num":
                return self._num(token)
            case _:
                self.i -= 1
                raise self.unexpected()

    def _braced(self) -> Syntax:
        """An argument that starts a formula of its own: bars in it have nothing to do with those outside."""
        if self.token.role in ("stop", "endgroup"):
            raise self.missing("argument")
        return self.group()

    def _fraction(self, token: Token) -> Syntax:
        numerator = self._braced()
        denominator = self._braced()
        return Fraction(self.since(token.start), numerator, denominator, token.value)

    def _genfrac(self, token: Token) -> Syntax:
        fences = []
        for _ in range(4):
            if self.token.role != "group":
                raise self.missing("argument")
            i = self.i
            while self.tokens[i].role not in ("endgroup", "stop"):
                i += 1
            fences.append("".join(t.value for t in self.tokens[self.i + 1 : i]))
            self.i = i + 1
        above, below = self._braced(), self._braced()
        node: Syntax = Fraction(self.since(token.start), above, below, "genfrac")
        if fences[:2] == ["(", ")"] and fences[2].startswith("0"):
            assert isinstance(node, Fraction)
            return Fraction(self.since(token.start), node.numerator, node.denominator, "binom")
        if fences[0] or fences[1]:
            node = Fence(self.since(token.start), fences[0] or ".", fences[1] or ".", node)
        return node

    def _root(self, token: Token) -> Syntax:
        index: Syntax | None = None
        if self.token.role == "open" and self.token.text == "[":
            self.i += 1
            saved = self.bar, self.fence
            self.bar, self.fence = None, "["
            index = self.body()
            self.bar, self.fence = saved
            if self.token.role != "close":
                raise self.unexpected()
            self.i += 1
        radicand = self._braced()
        return Root(self.since(token.start), radicand, index)

    def _operatorname(self, token: Token) -> Syntax:
        if self.token.value == "*":
            self.i += 1
        if self.token.role != "group":
            raise self.missing("argument")
        start = self.i
        node = self.group()
        if isinstance(node, Name):
            return Name(self.since(token.start), node.name, node.font, node.accents, True)
        letters = [t for t in self.tokens[start + 1 : self.i - 1]]
        if isinstance(node, Juxtaposition) and all(t.role in ("letter", "word", "number") for t in letters):
            return Name(self.since(token.start), "".join(t.text for t in letters), "", (), True)
        return node

    def noted_relation(self) -> bool:
        """Whether `\\overset{…}` at the cursor stands over a relation."""
        i = self.skip_argument(self.i + 1)
        i += self.tokens[i].role == "group"
        return self.tokens[i].role in ("relation", "implication")

    def skip_argument(self, i: int) -> int:
        return self._skip_group(i) if self.tokens[i].role == "group" else i + 1

    def _set(self, token: Token) -> Syntax:
        if self.tokens[self.i].role == "group" and self.tokens[self.i + 1].role == "endgroup":
            self.i += 2  # `\overset{\,}{x}`: set for its height alone
            return self.group()
        note = self.note()
        below = token.value == "underset"
        if below:
            i = self.i + (self.token.role == "group")
            operator = self.tokens[i]
            if operator.role == "big":
                self.i = i + 1
                if i > self.i - 1 or self.token.role == "endgroup":
                    self.i += self.token.role == "endgroup"
                return self.extremum(token.start, operator.value, note)
            if operator.role == "function" and operator.value == "arg" and self.tokens[i + 1].role == "big":
                op = "arg" + self.tokens[i + 1].value
                self.i = i + 2
                self.i += self.token.role == "endgroup"
                return self.extremum(token.start, op, note)
        body = self.group()
        if below and isinstance(body, Name) and body.name.startswith(("arg", "max", "min", "lim")):
            return self.extremum(token.start, body.name, note)
        if below and isinstance(body, Name) and body.name in ("E", "P") and body.font:
            # an operator of probability in its own alphabet: what it is taken over stands below it
            return Scripts(self.since(token.start), body, note)
        return Accent(self.since(token.start), token.value, body, note)

    def note(self) -> Syntax:
        """What is set over or under a sign; `!`, `?`, `*` and words as they stand."""
        if self.token.role == "group":
            i = self.i + 1
            depth = 1
            parts = []
            while depth and self.tokens[i].role != "stop":
                depth += (self.tokens[i].role == "group") - (self.tokens[i].role == "endgroup")
                parts.append(self.tokens[i])
                i += 1
            parts = parts[:-1]
            if len(parts) == 1 and parts[0].role not in ("letter", "number", "symbol", "text"):
                self.i = i
                return Name(parts[0].span, parts[0].value)
            if parts and all(part.role == "text" or part.role in ("operator", "postfix") for part in parts):
                self.i = i
                return self.words(parts)
            if parts and any(part.role == "period" for part in parts):  # `i.i.d.`
                self.i = i
                return Name(
                    parts[0].span.cover(parts[-1].span), "".join(part.text for part in parts), word=True
                )
        return self.script()

    def words(self, parts: list[Token]) -> Syntax:
        raise NotImplementedError

    def _substack(self, token: Token) -> Syntax:
        if self.token.role != "group":
            raise self.missing("argument")
        self.i += 1
        rows: list[Syntax] = []
        while True:
            if self.token.role == "newline":
                self.i += 1
                continue
            if self.token.role == "endgroup":
                break
            rows.append(self.script_item())
            while self.token.role in ("comma", "semicolon"):
                self.i += 1
            if self.token.role not in ("newline", "endgroup"):
                raise self.unexpected()
        self.i += 1
        if not rows:
            raise self.error("empty argument", token)
        return rows[0] if len(rows) == 1 else Sequence(self.since(token.start), tuple(rows))

    # derivatives and fences of the physics package

    def _dd(self, token: Token) -> Syntax:
        operator: Syntax = Name(token.span, "d", "roman")
        if self.token.role == "open" and self.token.text == "[":
            self.i += 1
            power = self.term()
            if self.token.role != "close":
                raise self.unexpected()
            self.i += 1
            operator = Scripts(self.since(token.start), operator, None, power)
        elif self.token.role in ("sub", "sup", "prime"):
            operator = self.scripted(operator, token.start)
        return self.differentiated(token.start, operator)

    def _derivative(self, token: Token) -> Syntax:
        """`\\dv{f}{x}`, `\\dv{x}`, `\\dv[n]{f}{x}`, `\\pdv{f}{x}{y}`, as the fraction they print."""
        name = "d" if token.value == "dv" else "partial"
        if self.token.value == "*":
            self.i += 1
        order: Syntax | None = None
        if self.token.role == "open" and self.token.text == "[":
            self.i += 1
            order = self.term()
            if self.token.role != "close":
                raise self.unexpected()
            self.i += 1
        first = self._braced()
        rest: list[Syntax] = []
        while self.token.role == "group" and len(rest) < (1 if name == "d" else 2):
            rest.append(self._braced())
        span = self.since(token.start)
        head: Syntax = Name(token.span, name, "roman" if name == "d" else "")
        variables = rest or [first]
        power = order
        if len(variables) == 2:
            power = Number(token.span, "2")
        above: Syntax = head if power is None else Scripts(span, head, None, power)
        if rest:
            above = Prefix(span, above, first)
        once = order is None or len(variables) == 2
        below = [  # the command is part of each: its name is their d
            Prefix(token.span.cover(v.span), head, v if once else Scripts(span, v, None, order))
            for v in variables
        ]
        bottom: Syntax = below[0] if len(below) == 1 else Juxtaposition(span, tuple(below))
        return Fraction(span, above, bottom)

    def _fence_command(self, token: Token) -> Syntax:
        if self.token.value == "*":
            self.i += 1
        opening, closing = _FENCES[token.value]
        if self.token.role != "group" and token.value in ("floor", "ceil", "abs", "norm"):
            if self.token.role == "open" and self.token.text == "(":  # `\floor(x)`; a bracket holds an option
                argument = self.atom()
                body: Syntax | None = argument.body if isinstance(argument, Fence) else argument
                return Fence(self.since(token.start), opening, closing, body)
            if self.token.role == "open":
                raise self.missing("argument")
        first = self._braced()
        content = first
        if token.value in ("comm", "acomm"):
            second = self._braced()
            content = Sequence(self.since(token.start), (first, second))
        elif token.value == "expval" and self.token.role == "group":
            raise self.error("a mean value in a state", token)
        elif token.value == "braket" and self.token.role == "group":
            second = self._braced()
            content = Bar(self.since(token.start), first, second)
        return Fence(self.since(token.start), opening, closing, content)

    def _qty(self, token: Token) -> Syntax:
        if self.token.role == "group":
            body = self._braced()
            return Fence(self.since(token.start), "{", "}", body)
        if self.token.role in ("open", "bar"):
            return self.fenced()
        raise self.missing("fence")

    def _num(self, token: Token) -> Syntax:
        if self.token.role != "group":
            raise self.missing("argument")
        i = self.i
        while self.tokens[i].role not in ("endgroup", "stop"):
            i += 1
        text = "".join(t.text for t in self.tokens[self.i + 1 : i]).replace(",", "")
        if not re.fullmatch(r"[+-]?\d*\.?\d+(?:[eE][+-]?\d+)?", text):
            raise NotationError(Span(token.start, self.tokens[i].end), "no number in \\num")
        self.i = i + 1
        return Number(self.since(token.start), text)
