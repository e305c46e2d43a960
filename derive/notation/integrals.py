"""Integrals: which differential belongs to which integral sign, and what it takes out of the body."""

from __future__ import annotations

from derive.notation.fences import Fences
from derive.notation.functions import upright_d
from derive.notation.lexer import Token
from derive.notation.syntax import Ellipsis, Integral, Juxtaposition, Name, Prefix, Scripts, Sum, Syntax

_CAPACITY = {"iint": 2, "oiint": 2, "iiint": 3, "oiiint": 3, "idotsint": 99}
_BREAKS = frozenset(["relation", "implication", "comma", "semicolon", "newline", "text", "stop"])
_OPENS = frozenset(["open", "group", "begin", "left"])
_CLOSES = frozenset(["close", "endgroup", "end", "right"])
#: measures and distributions, whose argument belongs to the differential: `d\mu(x)`
_MEASURES = frozenset("mu nu lambda P Q F G W N pi Pi M B".split())


class _Level:
    """One level of nesting while differentials are matched to integral signs."""

    __slots__ = ("closed", "first", "open", "pending", "seen")

    def __init__(self, first: bool) -> None:
        self.open: list[int] = []
        self.closed: list[int] = []
        self.pending: list[int] = []
        self.first = first  # a numerator, or a fence that is no argument: its differentials may be lent out
        self.seen = 0


class Integrals(Fences):
    def plan(self) -> None:
        """Match every differential with the innermost integral sign that still waits for one, in one pass."""
        self.planned = True
        tokens = self.tokens
        levels = [_Level(False)]
        i = 0
        size = len(tokens)
        while i < size:
            token = tokens[i]
            role = token.role
            level = levels[-1]
            after = self._after_d(i)
            if after:
                run = [i]
                j = self._after_variable(after, i)
                while True:
                    k = j
                    while k < size and (
                        tokens[k].role == "ellipsis"
                        or (tokens[k].value in ("wedge", "cdot") and self._after_d(k + 1))
                    ):
                        k += 1
                    following = self._after_d(k) if k < size else 0
                    if not following:
                        break
                    run.append(k)
                    j = self._after_variable(following, k)
                self._match_run(run, level)
                i = max(j, i + 1)
                continue
            if role == "integral":
                level.open.append(i)
            elif role in _OPENS:
                before = tokens[i - 1] if i else token
                lends = (
                    before.role == "integral"
                    or (role == "group" and bool(level.open) and self._is_integrand(i, level.open[-1]))
                    or (before.role == "command" and before.value == "frac")
                    or (
                        role in ("open", "left")
                        and before.role
                        not in ("letter", "symbol", "word", "function", "endgroup", "close", "sub", "sup")
                    )
                )
                levels.append(_Level(lends))
            elif role in _CLOSES:
                if len(levels) > 1:
                    done = levels.pop()
                    if done.pending:
                        self._lend(done, levels[-1], i)
            elif role in _BREAKS and not (role == "comma" and len(levels) > 1):
                level.open.clear()
                level.closed.clear()
            i += 1

    def _is_integrand(self, group: int, integral: int) -> bool:
        """Whether a group is all that is integrated: `\\int_a^b {f(x)\\,dx}`, with nothing behind it."""
        tokens = self.tokens
        k = integral + 1
        while k + 1 < len(tokens) and tokens[k].role in ("sub", "sup"):
            k = self._behind_operand(k + 1)
        if k != group:
            return False
        k = self._behind_operand(k)
        return k >= len(tokens) or tokens[k].role in _BREAKS | _CLOSES | {"sign", "period", "quad", "align"}

    def _behind_operand(self, k: int) -> int:
        depth = 0
        while k < len(self.tokens):
            depth += (self.tokens[k].role == "group") - (self.tokens[k].role == "endgroup")
            k += 1
            if depth <= 0:
                break
        return k

    def _match_run(self, run: list[int], level: _Level) -> None:
        if level.open:
            left = len(run)
            position = 0
            while level.open and left:
                owner = level.open.pop()
                level.closed.append(owner)
                capacity = _CAPACITY.get(self.tokens[owner].value, 1)
                count = left if not level.open else min(capacity, left)
                self.counts[owner] = count
                self.owned[owner] = run[position : position + count]
                for index in self.owned[owner]:
                    self.matched[index] = (owner, False)
                position += count
                left -= count
        elif level.closed:
            # `\oint P\,dx + Q\,dy`: a form; the differentials stay where they are
            owner = level.closed[-1]
            self.counts[owner] = -(run[-1])
            for index in self.owned.pop(owner, ()):
                del self.matched[index]
                self.loose.add(index)
            self.loose.update(run)
        elif level.first:
            level.pending.extend(run)
            level.seen += 1

    def _lend(self, done: _Level, parent: _Level, close: int) -> None:
        """A differential in a numerator or in a fence around the whole integrand belongs to
        the integral outside."""
        tokens = self.tokens
        if tokens[close].role != "endgroup" and self._after_d(close + 1):
            return  # `\\int (c f + d g) \\,dx`: the integral has its own, the d inside is a factor
        derivative = False
        if tokens[close].role == "endgroup" and tokens[close + 1].role == "group":
            i = close + 2
            depth = 1
            while i < len(tokens) and depth:
                if tokens[i].role in _OPENS:
                    depth += 1
                elif tokens[i].role in _CLOSES:
                    depth -= 1
                elif depth == 1 and self._after_d(i):
                    derivative = True
                i += 1
        if derivative:
            return
        if done.seen == 1 and parent.open:
            owner = parent.open.pop()
            parent.closed.append(owner)
            self.counts[owner] = 0
            self.owned[owner] = done.pending
            for index in done.pending:
                self.matched[index] = (owner, True)
        elif parent.first and done.seen == 1:
            parent.pending.extend(done.pending)
            parent.seen += 1
        elif parent.open or parent.closed:
            self.loose.update(done.pending)

    def _after_d(self, i: int) -> int:
        """Where the variable of the differential at `i` begins; 0 if there is no differential."""
        tokens = self.tokens
        if i >= len(tokens):
            return 0
        token = tokens[i]
        if token.role == "letter":
            if token.value != "d" or (i and tokens[i - 1].role in ("sub", "sup")):
                return 0
            after = i + 1
        else:
            taken = upright_d(tokens, i)
            if not taken:
                if token.role == "font" and token.value == "roman" and tokens[i + 1].role == "group":
                    inside = tokens[i + 2 : i + 5]
                    if len(inside) == 3 and inside[0].value == "d" and inside[1].role in ("letter", "symbol"):
                        return i + 3 if inside[2].role == "endgroup" else 0
                return 0
            after = i + taken
        if tokens[after].role == "sup":
            after = self._skip_script(after)
        following = tokens[after]
        if following.role == "letter":
            # in `\int d\,dx` the first d is a factor
            if following.value == "d" and tokens[after + 1].role in ("letter", "symbol"):
                return 0
            return after
        if following.role in ("symbol", "font", "accent"):
            return 0 if upright_d(tokens, after) else after
        if following.role == "group" and token.role != "letter":
            return after
        if following.role == "group" and self._names(after):
            return after
        return 0

    def _names(self, i: int) -> int:
        """The index after the one name at `i`, styled, accented or in braces: `{\\bf x}`, `{\\rm z_i}`;
        0 where something else stands there."""
        tokens = self.tokens
        while tokens[i].role in ("switch", "font", "accent"):
            i += 1
        if tokens[i].role == "group":
            i = self._names(i + 1)
            if not i or tokens[i].role != "endgroup":
                return 0
        elif tokens[i].role not in ("letter", "symbol"):
            return 0
        i += 1
        while tokens[i].role in ("sub", "sup", "prime"):
            i = i + 1 if tokens[i].role == "prime" else self._skip_script(i)
        return i

    def _skip_script(self, i: int) -> int:
        i += 1
        if self.tokens[i].role == "group":
            return self._skip_group(i)
        return i + 1

    def _skip_group(self, i: int) -> int:
        depth = 0
        while i < len(self.tokens):
            role = self.tokens[i].role
            if role == "group":
                depth += 1
            elif role == "endgroup":
                depth -= 1
                if depth == 0:
                    return i + 1
            i += 1
        return i - 1

    def _after_variable(self, i: int, start: int) -> int:
        """The index after the variable that begins at `i`, its d standing at `start`."""
        tokens = self.tokens
        if tokens[start].role == "font" and not upright_d(tokens, start):
            return i + 2  # `\\mathrm{dx}`
        value = tokens[i].value
        while tokens[i].role in ("font", "accent"):
            i += 1
        i = self._skip_group(i) if tokens[i].role == "group" else i + 1
        while tokens[i].role in ("sub", "sup", "prime"):
            i = i + 1 if tokens[i].role == "prime" else self._skip_script(i)
        if tokens[i].role == "open" and value in _MEASURES and tokens[i + 2].role == "close":
            i += 3
        return i

    def differential(self) -> Syntax:
        """Read `d x` at the cursor and give x; `d^3 x` gives it under its operator."""
        tokens = self.tokens
        start = self.token.start
        token = self.token
        order: Syntax | None = None
        if token.role == "letter":
            self.i += 1
        else:
            taken = upright_d(tokens, self.i)
            if not taken:  # `\mathrm{dx}`
                variable = Name(tokens[self.i + 3].span, tokens[self.i + 3].value)
                self.i += 5
                return variable
            self.i += taken
        operator = self.since(start)
        if self.token.role == "sup":
            self.i += 1
            order = self.script()
        first = self.token.start
        value = self.token.value
        saved, self.scripts = self.scripts, 0
        node = self.group()
        self.scripts = saved
        if self.token.role in ("sub", "sup", "prime"):
            node = self.scripted(node, first)
        if self.token.role == "open" and value in _MEASURES and self.tokens[self.i + 2].role == "close":
            argument = self.atom()
            node = Juxtaposition(self.since(first), (node, argument))
        if order is not None:
            head = Scripts(self.since(start), Name(operator, "d"), None, order)
            return Prefix(self.since(start), head, node)
        return node

    def integral(self) -> Syntax:
        if not self.planned:
            self.plan()
        token = self.token
        owner = self.i
        self.i += 1
        sub, sup = self.bounds()
        self.skip_gaps()
        count = self.counts.get(owner)
        if count is None:
            body = self.limited(token)
            variables = tuple(self.taken.get(owner, ()))
            return Integral(self.since(token.start), token.value, sub, sup, body, variables)
        if count < 0:
            body = self.expression()
            return Integral(self.since(token.start), token.value, sub, sup, body, ())
        found: list[Syntax] = []
        whole: Syntax | None = None
        if count and self.i in self.matched and self.matched[self.i] == (owner, False):
            found = self._own(owner, count)
            if self.starts_factor() or (
                self.token.role == "operator" and self.token.value in ("cdot", "times")
            ):
                self.i += self.token.role == "operator"
                whole = self.term()
        else:
            whole = self.expression()
            found = [*self.taken.get(owner, []), *self._own(owner, count)]
            if len(found) < count or not found:
                raise self.error("integral without its differential", token)
        return Integral(self.since(token.start), token.value, sub, sup, whole, tuple(found))

    def limited(self, token: Token) -> Syntax:
        if not self.starts_factor() and self.token.role not in ("sign",):
            raise self.error(f"missing operand after {token.text}", token)
        sign = self.token
        if sign.role == "sign":
            self.i += 1
            term = self.term()
            return Sum(self.since(sign.start), ((sign.value, term),))
        return self.term()

    def _own(self, owner: int, count: int) -> list[Syntax]:
        found: list[Syntax] = []
        while len(found) < count:
            self.skip_gaps()
            token = self.token
            if token.role == "ellipsis":
                found.append(Ellipsis(token.span, "cdots"))
                self.i += 1
                count += 1
                continue
            if token.value in ("wedge", "cdot") and self.i + 1 in self.matched:
                self.i += 1
                continue
            if self.matched.get(self.i) != (owner, False):
                break
            found.append(self.differential())
        return found
