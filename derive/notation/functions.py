"""Prefix functions, big operators and differential operators: what each takes as its operand."""

from __future__ import annotations

from derive.notation.expressions import CLOSERS, STARTS, Expressions
from derive.notation.lexer import Token
from derive.notation.syntax import (
    Apply,
    Big,
    Fence,
    Juxtaposition,
    Name,
    Number,
    Prefix,
    Scripts,
    Sum,
    Syntax,
)

#: letters that are rarely functions: `\sin x(1+y)` is a product
_VARIABLES = frozenset(
    "x y z t u v w r s a b c n m k i j theta phi varphi omega alpha beta lambda pi e".split()
)


class Functions(Expressions):
    def function(self) -> Syntax:
        token = self.token
        self.i += 1
        name: Syntax = Name(token.span, token.value, word=True)
        spelled = token.text[:1] == "\\" or token.value in ("sin", "cos", "tan", "log", "exp", "ln")
        if token.value == "arg" and self.token.role == "big" and self.token.value in ("max", "min"):
            self.i += 1
            return self.extremum(token.start, "arg" + self.tokens[self.i - 1].value)
        if self.token.role in ("sub", "sup", "prime"):
            name = self.scripted(name, token.start)
        argument = self._argument()
        if argument is None:
            bare = isinstance(name, Name)
            before = self.tokens[self.i - 2].role if self.i > 1 else "stop"
            alone = before in ("relation", "comma", "stop", "colon") or self.token.role in (
                "relation", "colon", "operator", "comma"
            )  # fmt: skip
            if not spelled or self.scripts or (bare and alone) or token.value in ("Re", "Im"):
                return name
            raise self.missing("argument")
        node: Syntax = Apply(self.since(token.start), name, argument)
        if isinstance(argument, Fence) and self.token.role in ("sub", "sup", "prime"):
            node = self.scripted(node, token.start)
        return node

    def _argument(self) -> Syntax | None:
        """What a prefix function takes: a fence alone, else the factors up to the next function or fence."""
        while self.token.role == "quad":
            self.i += 1
        token = self.token
        if token.role == "sign" and not self.scripts:
            self.i += 1
            if not self.starts_factor():
                self.i -= 1
                return None
            inner = self._argument()
            return None if inner is None else Sum(self.since(token.start), ((token.value, inner),))
        if not self.starts_factor():
            return None
        start, begin = token.start, self.i
        if token.role in ("open", "bar") or self._opens():
            return self.atom()
        found = [self.factor()]
        if token.role in ("function", "big", "integral", "prefix", "group"):
            return found[0]  # a group is all that the author meant: `\sin{x} y`
        while True:
            following = self.token
            if self.matched and self.i in self.matched:
                break
            if (
                following.role in ("function", "big", "integral", "prefix", "begin")
                or not self.starts_factor()
            ):
                break
            if following.role in ("open", "bar") or self._opens():
                if not self._fence_belongs(found[-1]):
                    break
                found.append(self.factor())
                break
            if following.role == "command" and following.value == "dd":
                break
            if self._differential_of(begin):
                break
            found.append(self.factor())
        return found[0] if len(found) == 1 else Juxtaposition(self.since(start), tuple(found))

    def _differential_of(self, begin: int) -> bool:
        """Whether a differential of a letter of the argument follows, `\\sin x\\,dx`: it is no part of it."""
        variable = self._after_d(self.i)
        if not variable:
            return False
        return any(t.value == self.tokens[variable].value for t in self.tokens[begin : self.i])

    def _opens(self) -> bool:
        token = self.token
        following = self.tokens[self.i + 1]
        return token.role == "left" or (token.role == "size" and following.role in ("open", "bar"))

    def _fence_belongs(self, before: Syntax) -> bool:
        """Whether a fence after the argument's last factor is its argument: `\\log p(x)` but
        `\\sin x(1+y)`."""
        if self.token.role == "bar":
            return False
        base = before.base if isinstance(before, Scripts) else before
        if isinstance(base, Number):
            return True
        if not isinstance(base, Name):
            return False
        if base.name not in _VARIABLES or base.font or base.accents:
            return True
        depth = 0
        for token in self.tokens[self.i :]:
            if token.role in ("open", "left", "group"):
                depth += 1
            elif token.role in ("close", "right", "endgroup"):
                depth -= 1
                if depth <= 0:
                    return True
            elif (token.role == "sign" and depth == 1) or token.role == "stop":
                return False
        return True

    def big(self) -> Syntax:
        token = self.token
        self.i += 1
        if token.value in ("max", "min", "sup", "inf") and self.token.role not in ("sub", "sup"):
            if self.token.role == "open" or self._opens():
                argument = self.atom()
                return Apply(self.since(token.start), Name(token.span, token.value, word=True), argument)
        return self.extremum(token.start, token.value)

    def extremum(self, start: int, op: str, below: Syntax | None = None) -> Syntax:
        """The bounds and the body of a big operator; the body ends before the next sum sign."""
        operator = self.tokens[self.i - 1]
        sub, sup = self.bounds()
        sub = below if below is not None else sub
        if op in ("max", "min", "sup", "inf", "argmax", "argmin") and self._set_apart():
            whole = self.expression()
            return Big(self.since(start), op, sub, sup, whole)
        if self.token.role in CLOSERS | {"relation", "operator", "sign"} and not self.starts_factor():
            signed = self.token.role == "sign" and self.tokens[self.i + 1].role not in CLOSERS
            if op.startswith(("max", "min", "sup", "inf", "lim", "arg")) and not signed:
                name = Name(operator.span, op, word=True)
                return name if sub is None and sup is None else Scripts(self.since(start), name, sub, sup)
        body = self._signed()
        return Big(self.since(start), op, sub, sup, body)

    def _set_apart(self) -> bool:
        """Whether a gap and then an operand follow, `\\min \\quad f(x) + g(x)`: all of it is minimised."""
        back = self.i
        self.skip_gaps()
        if self.i > back and self.starts_factor():
            return True
        self.i = back
        return False

    def prefix(self) -> Syntax:
        token = self.token
        self.i += 1
        if token.value == "neg":
            operand = self.factors() if self.starts_factor() else None
            if operand is None:
                raise self.missing("operand")
            return Prefix(self.since(token.start), Name(token.span, "neg"), operand)
        name = token.value
        if name == "nabla" and self.token.role == "operator" and self.token.value in ("cdot", "times"):
            following = self.tokens[self.i + 1]
            if following.role in STARTS or following.role == "command":
                name = f"nabla {self.token.value}"
                self.i += 1
        operator: Syntax = Name(self.since(token.start), name)
        if self.token.role in ("sub", "sup", "prime"):
            operator = self.scripted(operator, token.start)
        return self.differentiated(token.start, operator)

    def differentiated(self, start: int, operator: Syntax) -> Syntax:
        """The operand of a differential operator: all factors up to the next such operator."""
        if not self.starts_factor():
            return operator
        found: list[Syntax] = []
        while self.starts_factor() and not (self.matched and self.i in self.matched):
            role = self.token.role
            if found and (role == "prefix" or self.i in self.loose or self._upright_d()):
                break
            found.append(self.factor())
            if role == "prefix":
                break
        if not found:
            return operator
        operand = (
            found[0] if len(found) == 1 else Juxtaposition(self.since(found[0].span.start), tuple(found))
        )
        return Prefix(self.since(start), operator, operand)

    def _upright_d(self) -> bool:
        return upright_d(self.tokens, self.i) > 0


def upright_d(tokens: list[Token], i: int) -> int:
    """How many tokens an upright d takes at `i`; 0 if none stands there."""
    token = tokens[i]
    if token.role == "command" and token.value == "dd":
        return 1
    if token.role == "font" and token.value == "roman":
        following = tokens[i + 1]
        if following.role == "letter" and following.value == "d":
            return 2
        if following.role == "group" and tokens[i + 2].value == "d" and tokens[i + 2].role == "letter":
            return 4 if tokens[i + 3].role == "endgroup" else 0
    if token.role == "group" and tokens[i + 1].role == "switch" and tokens[i + 1].value == "roman":
        if tokens[i + 2].value == "d" and tokens[i + 3].role == "endgroup":
            return 4
    return 0
