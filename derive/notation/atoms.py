"""Atoms: names, numbers, groups, accents, fonts and scripts."""

from __future__ import annotations

from derive.model import Span
from derive.notation.fonts import Fonts, at_time
from derive.notation.functions import upright_d
from derive.notation.grouping import grouped
from derive.notation.lexer import Token
from derive.notation.syntax import (
    Bar,
    Chain,
    Ellipsis,
    Fence,
    Fraction,
    Infix,
    Missing,
    Name,
    NotationError,
    Number,
    Prefix,
    Scripts,
    Sequence,
    Syntax,
    Text,
)
from derive.notation.tables.letters import STYLED

_REPEATS = frozenset(["overline", "bar", "dot"])
_STARS = frozenset(["operator", "sign", "symbol", "mark", "postfix"])


class Atoms(Fonts):
    def atom(self) -> Syntax:
        token = self.token
        match token.role:
            case "letter":
                if self.loose and self.i in self.loose:
                    return self._loose()
                self.i += 1
                return Name(token.span, token.value, self.font)
            case "number":
                return self._number()
            case "symbol":
                self.i += 1
                styled = STYLED.get(token.text)
                return Name(token.span, token.value, styled[1] if styled else self.font)
            case "word":
                self.i += 1
                return Name(token.span, token.value, self.font, word=True)
            case "group":
                return self._braces()
            case "command":
                return self.command()
            case "open" | "left" | "bar" | "size" | "middle":
                return self.fenced()
            case "function":
                return self.function()
            case "big":
                return self.big()
            case "integral":
                return self.integral()
            case "prefix":
                return self.prefix()
            case "accent":
                return self.accent()
            case "font":
                return self.styled()
            case "switch":
                self.i += 1
                self.font = token.value
                return self.after_switch(token)
            case "ellipsis":
                self.i += 1
                return Ellipsis(token.span, token.text.lstrip("\\").replace("...", "dots"))
            case "begin":
                return self.environment()
            case "mid" if self._twin():
                return self.fenced()
            case "sub" | "sup" if self.tokens[self.i + 1].role not in ("stop", "endgroup"):
                return Missing(Span(token.start, token.start))
            case _:
                raise self.missing("operand")

    def _twin(self) -> bool:
        """`\\mid x \\mid` where an operand should be: the two are bars of an absolute value."""
        depth = 0
        for index in range(self.i + 1, len(self.tokens)):
            token = self.tokens[index]
            if token.role in ("open", "group", "begin", "left"):
                depth += 1
            elif token.role in ("close", "endgroup", "end", "right"):
                depth -= 1
                if depth < 0:
                    return False
            elif depth == 0 and token.role == "mid":
                for i in (self.i, index):
                    old = self.tokens[i]
                    self.tokens[i] = Token("bar", "|", old.text, old.start, old.end)
                return True
        return False

    def _loose(self) -> Syntax:
        """A differential that belongs to no single integral: `P\\,dx + Q\\,dy`."""
        token = self.token
        variable = self.differential()
        return Prefix(self.since(token.start), Name(Span(token.start, token.start + 1), "d"), variable)

    def _number(self) -> Syntax:
        token = self.token
        self.i += 1
        text = token.value
        # `10,000` outside fences and scripts is one number
        if self.fence is None and not self.scripts and len(text) <= 3 and "." not in text:
            while (
                self.token.role == "comma"
                and self.token.start == self.tokens[self.i - 1].end
                and self.tokens[self.i + 1].role == "number"
                and self.tokens[self.i + 1].start == self.token.end
                and len(self.tokens[self.i + 1].value.split(".")[0]) == 3
                and "." not in text
            ):
                text += self.tokens[self.i + 1].value
                self.i += 2
        if self.token.role == "group" and self.tokens[self.i + 1].role in ("period", "comma"):
            text = self._decimal_comma(text)
        if "," in token.text:  # as a list the side of a relation is the item beside it
            behind = self.i > 1 and self.tokens[self.i - 2].role == "relation"
            head, _, tail = token.text.partition(",")
            alone = behind or self.token.role == "relation"
            return Number(token.span, text, (head if behind else tail) if alone else "")
        repeating = self._repeating(token, text)
        return Number(self.since(token.start), text) if repeating is None else repeating

    def _repeating(self, token: Token, text: str) -> Syntax | None:
        """`0.\\overline{3}`, `0.1\\bar 6`: the digits under the bar or dot go on for ever; a fraction."""
        i = self.i
        whole, point, digits = text.partition(".")
        if not point:
            if self.tokens[i].role != "period" or self.tokens[i].start != self.tokens[i - 1].end:
                return None
            i += 1
        accent = self.tokens[i]
        if accent.role != "accent" or accent.value not in _REPEATS or accent.start != self.tokens[i - 1].end:
            return None
        braced = self.tokens[i + 1].role == "group"
        period = self.tokens[i + 1 + braced]
        if period.role != "number" or not period.value.isdigit():
            return None
        if braced and self.tokens[i + 3].role != "endgroup":
            return None
        block = period.value if braced else period.value[0]
        if not braced and len(period.value) > 1:
            return None
        self.i = i + 2 + 2 * braced
        span = self.since(token.start)
        below = 10 ** len(digits) * (10 ** len(block) - 1)
        above = int(whole + digits + block) - int(whole + digits or "0")
        return Fraction(span, Number(span, str(above)), Number(span, str(below)))

    def _decimal_comma(self, text: str) -> str:
        """`3{,}5` and `3{.}5` are decimals; thousands were joined by the lexer."""
        if self.tokens[self.i + 2].role == "endgroup" and self.tokens[self.i + 3].role == "number":
            text += "." + self.tokens[self.i + 3].value
            self.i += 4
        return text

    def _braces(self) -> Syntax:
        """`{…}`: leaves no node, except where nothing stands in it."""
        token = self.token
        if self.tokens[self.i + 1].role == "endgroup":
            self.i += 2
            if self.token.role in ("sub", "sup"):
                return Missing(Span(token.start, self.tokens[self.i - 1].end))
            if self.starts_factor():
                return self.atom()
            raise self.error("empty group", token)
        taken = upright_d(self.tokens, self.i)
        if taken:
            return self.upright(taken)
        if self.tokens[self.i + 1].role in ("relation", "operator", "sign", "period") and (
            self.tokens[self.i + 2].role == "endgroup"
        ):
            raise self.error(f"unexpected {self.tokens[self.i + 1].text}", self.tokens[self.i + 1])
        styled = self.tokens[self.i + 1].role == "switch"  # `p({\\bf x, y})` only sets a font
        node = self.inside()
        plain = isinstance(node, Sequence) and not any(isinstance(item, Chain | Text) for item in node.items)
        if plain and not self.scripts and not styled:
            return Fence(self.since(token.start), "{", "}", node)  # `x \\in {1, 2}`, its backslashes lost
        return node

    def inside(self, over: bool = True) -> Syntax:
        """The content of a group whose `{` is at the cursor. `\\over` splits it."""
        opening = self.token
        self.i += 1
        saved = self.font, self.bar, self.fence
        self.bar = self.fence = None
        node = self.body()
        if self.font == "bold" and saved[0] != "bold":  # `{\\bf B(t)}`
            node = at_time(node)
        if self.token.role == "over":
            kind = self.token.value
            self.i += 1
            below = self.body()
            node = Fraction(self.since(opening.start), node, below, kind)
        self.font, self.bar, self.fence = saved
        if self.token.role != "endgroup":
            if self.token.role == "stop":
                raise self.error("unclosed {", opening)
            raise self.unexpected()
        self.i += 1
        return node

    def group(self) -> Syntax:
        token = self.token
        if token.role == "group":
            if self.tokens[self.i + 1].role == "endgroup":
                raise NotationError(Span(token.start, self.tokens[self.i + 1].end), "empty argument")
            self.enter()
            node = self.inside()
            self.depth -= 1
            return node
        if token.role == "number" and len(token.value) > 1:
            # TeX takes one digit; the rest stays
            digit = token.value[0]
            rest = Token("number", token.value[1:], token.value[1:], token.start + 1, token.end)
            self.tokens[self.i] = rest
            return Number(Span(token.start, token.start + 1), digit)
        if token.role in ("stop", "endgroup", "align", "newline", "close", "right"):
            raise self.missing("argument")
        if token.role == "prefix":  # `\frac \partial {\partial x}`
            self.i += 1
            return Name(token.span, token.value)
        self.enter()
        node = self.atom()
        self.depth -= 1
        return node

    # scripts

    def scripted(self, base: Syntax, start: int) -> Syntax:
        while self.token.role in ("sub", "sup", "prime"):
            sub: Syntax | None = None
            sup: Syntax | None = None
            primes = 0
            while True:
                token = self.token
                if token.role in ("sub", "sup") and self._empty(self.i + 1):
                    self.i += 3  # `x_{}^{\,}`: set for its height alone
                elif token.role == "prime":
                    if sup is not None or (primes and self.tokens[self.i - 1].role != "prime"):
                        break
                    primes += int(token.value)
                    self.i += 1
                elif token.role == "sub":
                    if sub is not None:
                        raise self.error("double subscript", token)
                    self.i += 1
                    sub = self.script()
                elif token.role == "sup":
                    if sup is not None:
                        raise self.error("double superscript", token)
                    self.i += 1
                    count = self._primes()
                    if count:
                        primes += count
                        continue
                    sup = self.script()
                    self._refuse_lone_minus(base, sup)
                else:
                    break
            if sub is None and isinstance(base, Scripts) and base.sup is None and not base.primes:
                sub, base = base.sub, base.base  # `{x_1}^2` is `x_1^2`
            base = Scripts(self.since(start), base, sub, sup, primes)
        return base

    def _refuse_lone_minus(self, base: Syntax, sup: Syntax) -> None:
        """`10^-6`, `e^-x` without braces: TeX sets the sign alone above, the author meant more."""
        if not isinstance(sup, Name) or sup.name != "-" or self.token.start != sup.span.end:
            return
        number = isinstance(base, Number) or (isinstance(base, Name) and base.name == "e")
        if self.token.role == "number" or (number and self.token.role in ("letter", "symbol")):
            raise self.error("a sign in a script without braces", self.token)

    def _primes(self) -> int:
        """`^\\prime`, `^{\\prime\\prime}`, `^{'}`: how many primes, read."""
        i = self.i
        braced = self.tokens[i].role == "group"
        i += braced
        count = 0
        while self.tokens[i].role == "prime":
            count += int(self.tokens[i].value)
            i += 1
            if not braced:
                break
        if not count:
            return 0
        if braced and self.tokens[i].role != "endgroup":
            # `x^{\\prime 2}`: the primes, and a superscript of what is left
            opening = self.tokens[i - 1]
            self.tokens[i - 2 : i] = [
                Token("sup", "^", "^", opening.start, opening.start),
                Token("group", "{", "{", opening.start, opening.end),
            ]
            self.i = i - 2
            return count
        self.i = i + braced
        return count

    def script(self) -> Syntax:
        """What stands after `_` or `^`: a group, a sign on its own, or one token."""
        token = self.token
        self.scripts += 1
        self.enter()
        saved = self.bar, self.fence, self.font
        self.bar = self.fence = None
        self.font = ""
        if token.role == "group":
            node = self._script_group()
        elif token.role in _STARS or token.role in ("relation", "looser"):
            self.i += 1
            node = Name(token.span, token.value)
        elif token.role == "big" or token.role == "function":
            self.i += 1
            node = Name(token.span, token.value, word=True)
        elif token.role == "prefix":
            self.i += 1
            node = Name(token.span, token.value)
        elif token.role == "number" and len(token.value) > 1:
            raise self.error("more than one digit in a script without braces", token)
        elif token.role == "open" and token.text == "(":
            node = self.fenced()
        elif token.role in ("colon", "bar", "mid", "comma"):
            raise self.error(f"unexpected {token.text}", token)
        else:
            node = self.group()
        self.bar, self.fence, self.font = saved
        self.scripts -= 1
        self.depth -= 1
        return node

    def _empty(self, i: int) -> bool:
        """Whether a group with nothing in it begins there."""
        return self.tokens[i].role == "group" and self.tokens[i + 1].role == "endgroup"

    def _script_group(self) -> Syntax:
        opening = self.token
        i = self.i + 1
        if self.tokens[i].role == "endgroup":
            raise NotationError(Span(opening.start, self.tokens[i].end), "empty script")
        if self.tokens[i].text == "<":
            self._angled(i)
        signs = []
        while self.tokens[i].role in ("operator", "looser", "sign", "mark", "relation"):
            signs.append(self.tokens[i])
            i += 1
        if signs and self.tokens[i].role == "endgroup":
            self.i = i + 1
            return Name(signs[0].span.cover(signs[-1].span), "".join(sign.value for sign in signs))
        self.i += 1
        node = self._slice()
        if self.token.role == "over":
            kind = self.token.value
            self.i += 1
            below = self._slice()
            node = Fraction(self.since(opening.start), node, below, kind)
        if self.token.role != "endgroup":
            if self.token.role == "stop":
                raise self.error("unclosed {", opening)
            raise self.unexpected()
        self.i += 1
        return node

    def _angled(self, i: int) -> None:
        """`a^{<t>}`: the two signs are angle brackets."""
        close = i
        while self.tokens[close].role not in ("endgroup", "stop"):
            close += 1
        last = self.tokens[close - 1]
        if close > i + 2 and last.text == ">":
            first = self.tokens[i]
            self.tokens[i] = Token("open", "⟨", "<", first.start, first.end)
            self.tokens[close - 1] = Token("close", "⟩", ">", last.start, last.end)

    def _slice(self) -> Syntax:
        """Items of a script; a colon makes a range, alone it is a whole axis."""
        start = self.token.start
        items: list[Syntax] = []
        separator = ","
        while True:
            items.append(self._range())
            if self.token.role not in ("comma", "semicolon"):
                break
            if self.token.role == "semicolon":
                separator = ";"
            self.i += 1
            if self.token.role == "endgroup":
                break
        return items[0] if len(items) == 1 else Sequence(self.since(start), grouped(items), separator)

    def _range(self) -> Syntax:
        token = self.token
        if token.role == "colon":
            self.i += 1
            name: Syntax = Name(token.span, ":")
            if self.starts_factor():
                nothing = Missing(Span(token.start, token.start))
                right = self.statement()
                return Infix(self.since(token.start), ":", nothing, right)
            return name
        if token.role == "mid" or (token.role == "bar" and self.bar_part() == "mid"):
            self.i += 1
            nothing = Missing(Span(token.start, token.start))
            right = self.script_item()
            return Bar(self.since(token.start), nothing, right, "|")
        left = self.script_item()
        while self.token.role == "colon":
            self.i += 1
            if self.starts_factor() or self.token.role == "sign":
                right = self.statement()
                left = Infix(self.since(token.start), ":", left, right)
            else:
                end = self.tokens[self.i - 1].end
                left = Infix(self.since(token.start), ":", left, Missing(Span(end, end)))
        return left

    def script_item(self) -> Syntax:
        raise NotImplementedError
