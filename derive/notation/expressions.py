"""Sums, products, factors side by side, prefix functions and big operators: the Pratt core."""

from __future__ import annotations

from derive.notation.cursor import LONGEST_INFIX, Cursor
from derive.notation.syntax import (
    Evaluated,
    Fence,
    Fraction,
    Infix,
    Juxtaposition,
    Missing,
    Name,
    Number,
    Postfix,
    Prefix,
    Scripts,
    Sum,
    Syntax,
)

STARTS = frozenset(
    "letter symbol number word function big integral prefix accent font switch ellipsis open left size group "
    "begin sub sup".split()
)
#: what ends the loop over factors without a second look
_ENDS = frozenset(
    "stop sign operator looser relation implication comma semicolon colon period align "
    "newline endgroup close right "
    "end quad text over mid middle quantifier mark not logic".split()
)
CLOSERS = frozenset("stop comma semicolon close right endgroup align newline end bar mid quad".split())
_NO_FACTOR_COMMANDS = frozenset(["pmod", "xrightarrow", "xleftarrow", "mathrel"])


class Expressions(Cursor):
    def expression(self) -> Syntax:
        """Signed terms; operators as loose as a sum nest to the left."""
        start = self.token.start
        parts: list[tuple[str, Syntax]] = []
        count = 0
        if self.token.role == "sign":
            sign = self.token
            self.i += 1
            if (self.scripts or self.fence) and self.token.role in (
                "comma",
                "close",
                "semicolon",
                "endgroup",
            ):
                return Name(sign.span, sign.value)
            first = self._signed()
            if isinstance(first, Infix) and first.op == "mod" and sign.value == "-":
                # `-1 \\bmod 2` is the remainder of -1
                negative = Sum(sign.span.cover(first.left.span), ((sign.value, first.left),))
                parts.append(("+", Infix(self.since(start), first.op, negative, first.right)))
            else:
                parts.append((sign.value, first))
        else:
            first = self.term()
            if self.token.role != "sign" and self.token.role != "looser":
                return first
            parts.append(("+", first))
        while True:
            token = self.token
            if token.role == "sign":
                following = self.tokens[self.i + 1].role
                if self.scripts and following in CLOSERS:
                    self.i += 1  # `x^{n+}`: the sign belongs to the last term as a name
                    value = _side_by_side(parts[-1][1], Name(token.span, token.value))
                    parts[-1] = (parts[-1][0], value)
                    continue
                self.i += 1
                parts.append((token.value, self._signed()))
            elif token.role == "looser":
                left = self._sum(start, parts)
                self.i += 1
                if self.token.role == "sign":
                    right = self._lone()
                else:
                    right = self.term()
                count += 1
                if count > LONGEST_INFIX:
                    raise self.error(f"more than {LONGEST_INFIX} operators {token.text} in a row", token)
                parts = [("+", Infix(self.since(start), token.value, left, right))]
            else:
                return self._sum(start, parts)

    def _sum(self, start: int, parts: list[tuple[str, Syntax]]) -> Syntax:
        if len(parts) == 1 and parts[0][0] == "+" and parts[0][1].span.start == start:
            return parts[0][1]
        return Sum(self.since(start), tuple(parts))

    def _signed(self) -> Syntax:
        """The term after a sign, which may have signs of its own."""
        return self._lone() if self.token.role == "sign" else self.term()

    def _lone(self) -> Syntax:
        signs = []
        while self.token.role == "sign":
            signs.append(self.token)
            self.i += 1
        if len(signs) > 6:
            raise self.error("too many signs in a row", signs[6])
        inner = self.term()
        for sign in reversed(signs):
            inner = Sum(self.since(sign.start), ((sign.value, inner),))
        return inner

    def term(self) -> Syntax:
        """Products with an operator, left to right."""
        start = self.token.start
        left = self._operand()
        count = 0
        while self.token.role == "operator":
            token = self.token
            following = self.i + 1
            if following in self.matched:
                # `F \cdot dr`: the differential is no factor
                self.i = following
                if not self.matched[following][1]:
                    break
                self._inner_differential()
                continue
            if self.scripts and self.tokens[following].role in CLOSERS:
                self.i += 1
                left = _side_by_side(left, Name(token.span, token.value))
                continue
            self.i += 1
            right = self._operand()
            count += 1
            if count > LONGEST_INFIX:
                raise self.error(f"more than {LONGEST_INFIX} operators {token.text} in a row", token)
            left = Infix(self.since(start), token.value, left, right)
        return left

    def _operand(self) -> Syntax:
        token = self.token
        role = token.role
        if role == "sign":
            self.i += 1
            inner = self._operand_after_sign()
            return Sum(self.since(token.start), ((token.value, inner),))
        if role == "quad":
            self.i += 1
            return self._operand()
        figure = token.value == "triangle"
        if role == "operator" or (role == "looser" and (self.scripts or self.cells or figure)):
            return self._open_operand()
        return self.factors()

    def _operand_after_sign(self) -> Syntax:
        if self.token.role == "sign":
            return self._lone()
        return self.factors()

    def _open_operand(self) -> Syntax:
        """An operator where an operand should be: a place left open, or a star as an index."""
        token = self.token
        following = self.tokens[self.i + 1].role
        if token.value == "triangle" and following == "letter":
            self.i += 1
            return _side_by_side(Name(token.span, "triangle"), self.factors())
        if self.scripts and not (self.fence is not None and token.value == "cdot" and following in CLOSERS):
            self.i += 1
            name = Name(token.span, token.value)
            if self.starts_factor():
                return _side_by_side(name, self.factors())
            return name
        if following in CLOSERS and following != "stop" and (self.fence is not None or self.cells):
            if token.value in ("cdot", "bullet", "*", "ast", "star"):
                self.i += 1
                return Missing(token.span)
        raise self.missing("operand")

    def starts_factor(self) -> bool:
        token = self.token
        role = token.role
        if role in _ENDS:
            return False
        if role == "size":
            return self._sized() == "open"
        if role in STARTS:
            return not (self.matched and self.i in self.matched and not self.matched[self.i][1])
        if role == "bar":
            return self.bar_part() == "open"
        if role == "command":
            return token.value not in _NO_FACTOR_COMMANDS and not (
                token.value == "overset" and self.noted_relation()
            )
        return False

    def _sized(self) -> str:
        """What a fence with a size does: as its bar does, else by its shape."""
        self.i += 1
        token = self.token
        part = self.bar_part() if token.role == "bar" else token.role
        self.i -= 1
        return part

    def noted_relation(self) -> bool:
        raise NotImplementedError

    def _inner_differential(self) -> None:
        owner = self.matched[self.i][0]
        self.taken.setdefault(owner, []).append(self.differential())

    def factors(self) -> Syntax:
        start = self.token.start
        found: list[Syntax] = []
        while True:
            if self.matched and self.i in self.matched:
                if not self.matched[self.i][1]:
                    break
                self._inner_differential()
                if not found and not self.starts_factor() and self.token.role != "operator":
                    return Number(self.since(start), "1")
                if not found and self.token.role == "operator":
                    self.i += 1
                continue
            if found:
                role = self.token.role
                if role in _ENDS:
                    break
                if role == "group" and self.tokens[self.i + 1].role == "endgroup":
                    if self.tokens[self.i + 2].role not in ("sub", "sup"):
                        self.i += 2  # `\\frac{a}{b}{}`: nothing stands in it, and nothing hangs on it
                        continue
                if role == "bar" or role == "size":
                    part = self.bar_part() if role == "bar" else self._sized()
                    if part == "evaluate":
                        self.i += role == "size"
                        self._evaluate(found)
                        continue
                    if part != "open":
                        break
                elif not self.starts_factor():
                    break
            following = self.factor()
            if found and isinstance(following, Number) and isinstance(found[-1], Number):
                raise self.error("two numbers side by side", self.tokens[self.i - 1])
            found.append(following)
        if not found:
            if self.i in self.matched:
                return Number(self.since(start), "1")
            raise self.missing("operand")
        return found[0] if len(found) == 1 else Juxtaposition(self.since(start), tuple(found))

    def _evaluate(self, found: list[Syntax]) -> None:
        """`f(x)|_{x=0}`: the bar reaches back over an application and the derivative before it."""
        self.i += 1
        first = len(found) - 1
        if first and isinstance(found[first], Fence) and isinstance(found[first - 1], Name | Scripts):
            first -= 1
        if first and _is_derivative(found[first - 1]):
            first -= 1
        taken = found[first:]
        del found[first:]
        start = taken[0].span.start
        body = (
            taken[0] if len(taken) == 1 else Juxtaposition(taken[0].span.cover(taken[-1].span), tuple(taken))
        )
        sub, sup = self.bounds()
        found.append(Evaluated(self.since(start), body, sub, sup))

    def bounds(self) -> tuple[Syntax | None, Syntax | None]:
        """`_…^…` in either order, each at most once."""
        sub: Syntax | None = None
        sup: Syntax | None = None
        while self.token.role in ("sub", "sup"):
            token = self.token
            self.i += 1
            if token.role == "sub":
                if sub is not None:
                    raise self.error("double subscript", token)
                sub = self.script()
            else:
                if sup is not None:
                    raise self.error("double superscript", token)
                sup = self.script()
        return sub, sup

    def factor(self) -> Syntax:
        self.enter()
        start = self.token.start
        node = self.atom()
        if self.token.role in ("sub", "sup", "prime"):
            if isinstance(node, Juxtaposition):
                # `{ab}^2` prints as ab²: the script belongs to the last factor
                last = self.scripted(node.factors[-1], node.factors[-1].span.start)
                node = Juxtaposition(self.since(start), (*node.factors[:-1], last))
            elif isinstance(node, Prefix) and isinstance(node.operand, Name | Scripts):
                # `{\\partial x}^2` prints as ∂x²
                last = self.scripted(node.operand, node.operand.span.start)
                node = Prefix(self.since(start), node.operator, last)
            else:
                node = self.scripted(node, start)
        count = 0
        while self.token.role == "postfix":
            token = self.token
            if token.value == "!":
                run = 1
                while self.tokens[self.i + run].value == "!":
                    run += 1
                following = self.tokens[self.i + run]
                if run == 1 and following.text.startswith("=") and following.start == token.end:
                    if not isinstance(node, Number) and not self._factorial_ahead():
                        raise self.error("ambiguous !=", token)
                op = "!!" if run == 2 else "!"
                repeat = 1 if run == 2 else run
                self.i += run
            else:
                op, repeat = token.value, 1
                self.i += 1
            count += repeat
            if count > 20:
                raise self.error("too many postfix operators in a row", token)
            for _ in range(repeat):
                node = Postfix(self.since(start), op, node)
            if self.token.role in ("sub", "sup"):
                node = self.scripted(node, start)
        self.depth -= 1
        return node

    def _factorial_ahead(self) -> bool:
        """`n!=n(n-1)!` is a factorial; `x!=y` may be a programmer's inequality."""
        if self.last_factorial is None:
            self.last_factorial = max(i for i, token in enumerate(self.tokens) if token.value == "!")
        return self.last_factorial >= self.i + 2


def _is_derivative(node: Syntax) -> bool:
    """A fraction such as `\\frac{d}{dx}` that still waits for its operand."""
    if not isinstance(node, Fraction):
        return False
    top = node.numerator
    top = top.base if isinstance(top, Scripts) else top
    return isinstance(top, Name) and top.name in ("d", "partial", "D")


def _side_by_side(left: Syntax, right: Syntax) -> Syntax:
    first = left.factors if isinstance(left, Juxtaposition) else (left,)
    return Juxtaposition(left.span.cover(right.span), (*first, right))
