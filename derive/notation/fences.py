"""Fences and bars: which bar opens, closes, divides or evaluates."""

from __future__ import annotations

from derive.notation.atoms import Atoms
from derive.notation.cursor import LONGEST_INFIX
from derive.notation.lexer import Token
from derive.notation.syntax import Bar, Evaluated, Fence, Fraction, Name, Number, Sequence, Syntax

_CLOSE = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "⟦": "⟧", "|": "|", "‖": "‖"}
#: states of quantum mechanics
_STATES = frozenset([("|", "⟩"), ("⟨", "|"), ("|", "⟩⟩"), ("⟨⟨", "|")])
_OPENS = frozenset(["open", "group", "begin", "left"])
_CLOSES = frozenset(["close", "endgroup", "end", "right"])
_LEVEL_ENDS = frozenset(["newline", "align", "stop", "over"])


class Fences(Atoms):
    def fenced(self) -> Syntax:
        """A fence at the cursor, with whatever marks its size. No alphabet but bold goes on in it: in
        `\\mathbb{E(g(x))}` only the E is meant."""
        saved, self.font = self.font, self.font if self.font in ("bold", "roman", "italic") else ""
        node = self._fenced()
        self.font = saved
        return node

    def _fenced(self) -> Syntax:
        token = self.token
        start = token.start
        if token.role == "left":
            return self._left()
        if token.role == "size" or token.role == "middle":
            self.i += 1
            if self.token.role not in ("open", "bar", "close"):
                if self.token.role == "operator" and self.token.value == "/":
                    raise self.missing("operand")
                raise self.error(f"missing fence after {token.text}", token)
            token = self.token
            if token.role == "close" and token.value in (")", "]"):
                raise self.unexpected()
        if token.role == "bar":
            pair = self._pair(self.i)
            norm = token.value == "‖" or (pair and self._norm_ahead())
            opening = "‖" if norm else "|"
            self.i += 2 if norm and token.value == "|" else 1
        elif token.role == "open":
            opening = token.value
            self.i += 1
        else:
            raise self.missing("operand")
        return self._closed(start, opening, token)

    def _left(self) -> Syntax:
        token = self.token
        self.i += 1
        opening = self._delimiter(token)
        node = self._closed(token.start, opening, token, grown=True)
        return node

    def _delimiter(self, after: Token) -> str:
        """The delimiter after `\\left` or `\\right`."""
        token = self.token
        if token.role in ("open", "close", "bar"):
            value = token.value
        elif token.role == "period":
            value = "."
        elif token.role == "relation" and token.value in ("<", ">"):
            value = "⟨" if token.value == "<" else "⟩"
        elif token.value in ("/", "setminus", "uparrow", "downarrow"):
            raise self.error(f"unsupported fence {token.text}", token)
        else:
            raise self.error(f"missing fence after {after.text}", after)
        self.i += 1
        if value == "|" and self._pair(self.i - 1):
            pass  # `\left||` is two fences, not one
        return value

    def _closed(self, start: int, opening: str, token: Token, grown: bool = False) -> Syntax:
        saved = self.bar, self.fence
        ket = token.role == "open" and token.text in ("|", "\\vert")
        self.bar = opening if opening in "|‖" and not grown and not ket else None
        self.fence = opening
        body: Syntax | None = None
        if self.bar is not None or not self._closes(grown):
            body = self.body()
            if grown and self.token.role == "over":  # `\\left\\{ n \\atop k \\right\\}`
                kind = self.token.value
                self.i += 1
                below = self.body()
                body = Fraction(body.span.cover(below.span), body, below, kind)
        elif opening == "(" and not self._called():
            raise self.error("empty ()", token)
        if self.token.role == "period" and self.tokens[self.i + 1].role in ("close", "right"):
            self.i += 1  # `(f(x). )`: the end of a sentence before the fence is
        if not self._closes(grown):
            if self.token.role in ("stop", "endgroup", "newline", "align", "end", "right"):
                raise self.error(f"unclosed {token.text}" + (f" {opening}" if grown else ""), token)
            raise self.unexpected()
        closing = self._closing(opening, grown)
        self.bar, self.fence = saved
        self._match(opening, closing, body, token, grown)
        node = Fence(self.since(start), opening, closing, body)
        if opening == "{" and closing == ".":
            return self.piecewise(node)
        if closing == "|" and opening == "." and body is not None and self.token.role in ("sub", "sup"):
            sub, sup = self.bounds()
            return Evaluated(self.since(start), body, sub, sup)
        if opening == "[" and closing in "]|" and body is not None and self.token.role in ("sub", "sup"):
            return self._bracket(node, start, body)
        return node

    def _called(self) -> bool:
        """Whether the empty parenthesis right before the cursor follows a name: `f()` speaks
        of the function."""
        before = self.tokens[self.i - 2] if self.i > 1 else None
        return before is not None and before.role in ("letter", "word", "symbol")

    def _bracket(self, node: Fence, start: int, body: Syntax) -> Syntax:
        """`[F]_a^b` is F between two points, unless the scripts are an index and a power."""
        back = self.i
        sub, sup = self.bounds()
        index = isinstance(sub, Sequence) or (isinstance(sub, Name) and sub.name in "ijklmnpqrst")
        power = isinstance(sup, Number | Fence) or (
            isinstance(sup, Name) and sup.name in ("top", "T", "*", "+")
        )
        if sub is not None and sup is not None and not (index and power) and not isinstance(body, Sequence):
            if not (isinstance(sub, Name) and sub.name in ("+", "-")):
                return Evaluated(self.since(start), body, sub, sup)
        self.i = back
        return node

    def _closes(self, grown: bool) -> bool:
        token = self.token
        if grown:
            return token.role == "right"
        if token.role == "close":
            return True
        if token.role == "size":
            following = self.tokens[self.i + 1]
            return following.role == "close" or (following.role == "bar" and self.bar is not None)
        return token.role == "bar" and (
            self.bar is not None or (self.fence == "⟨" and not self._angle_ahead())
        )

    def _angle_ahead(self) -> bool:
        """Whether the angle bracket that is open is closed after the bar at the cursor."""
        depth = 0
        for i in range(self.i + 1, min(self.i + 300, len(self.tokens))):  # no inner product is longer
            token = self.tokens[i]
            if token.role in _OPENS:
                depth += 1
            elif token.role in _CLOSES:
                depth -= 1
                if depth < 0:
                    fence = self.tokens[i + 1] if token.role == "right" else token
                    return fence.value in ("⟩", ">")
        return False

    def _closing(self, opening: str, grown: bool) -> str:
        if grown:
            token = self.token
            self.i += 1
            return self._delimiter(token)
        if self.token.role == "size":
            self.i += 1
        token = self.token
        if token.role == "bar" and opening == "‖" and token.value == "|" and self._pair(self.i):
            self.i += 2
            return "‖"
        self.i += 1
        return token.value

    def _match(self, opening: str, closing: str, body: Syntax | None, token: Token, grown: bool) -> None:
        """Refuse fences that do not go together; intervals and kets may be mixed."""
        if _CLOSE.get(opening, closing) == closing or opening == "." or closing == ".":
            return
        interval = opening in "([" and closing in ")]" and isinstance(body, Sequence) and len(body.items) == 2
        mixed = (opening, closing) in _STATES | {("]", "["), ("]", "]"), ("[", "[")}
        if not interval and not mixed and not (grown and opening in "|[(" and closing in "|])"):
            raise self.error(f"{opening} closed by {closing}", self.tokens[self.i - 1])

    # bars

    def _pair(self, i: int) -> bool:
        """Two bars written as one sign."""
        first, second = self.tokens[i], self.tokens[i + 1]
        return first.text == "|" == second.text and first.end == second.start

    def _norm_ahead(self) -> bool:
        """Whether `||` at the cursor opens a norm: the next bar at this level is a pair too,
        and pairs match."""
        if self.i not in self.norms:
            self._find_norms()
        return self.norms.get(self.i, False)

    def _find_norms(self) -> None:
        bars = [i for i in self._bars_of_level() if self.tokens[i].text == "|"]
        even = [True] * (len(bars) + 2)  # for every bar: whether pairs are even in number from it on
        paired = [False] * (len(bars) + 2)
        for k in range(len(bars) - 1, -1, -1):
            paired[k] = self._pair(bars[k])
            after = k + 1 + paired[k]
            even[k] = even[after] ^ paired[k]
            self.norms[bars[k]] = paired[k] and even[k] and paired[after]

    def _bars_of_level(self) -> list[int]:
        """Where bars stand from the cursor to the end of its level."""
        depth = 0
        found: list[int] = []
        for i in range(self.i, len(self.tokens)):
            role = self.tokens[i].role
            if role in _OPENS:
                depth += 1
            elif role in _CLOSES:
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0 and role in _LEVEL_ENDS:
                break
            elif depth == 0 and role == "bar":
                found.append(i)
        return found

    def bar_part(self) -> str:
        token = self.token
        before = self.tokens[self.i - 1] if self.i else token
        if before.role == "size" and before.value != "any":
            part = {"left": "open", "right": "close", "middle": "mid"}[before.value]
            if part == "close" and self.bar is None and self.tokens[self.i + 1].role in ("sub", "sup"):
                return "evaluate"
            return part
        if self.bar is not None:
            if self.bar == "‖" and token.value == "|" and not self._pair(self.i):
                return "open"
            if self.bar == "|" and token.value == "‖":
                return "open"
            return "close"
        if token.value == "|" and self.tokens[self.i + 1].role in ("sub", "sup"):
            return "evaluate"
        if self.fence == "⟨":
            return "mid" if self._angle_ahead() else "close"
        return "mid" if self._remaining() % 2 else "open"

    def _remaining(self) -> int:
        """How many bars like the one at the cursor stand from here to the end of this level."""
        if self.i not in self.bars:
            bars = self._bars_of_level()
            single, double = [0] * (len(bars) + 2), [0] * (len(bars) + 2)  # from each bar on
            for k in range(len(bars) - 1, -1, -1):
                pair = self._pair(bars[k])
                norm = pair or self.tokens[bars[k]].value == "‖"
                single[k] = single[k + 1 + pair] + (not norm)
                double[k] = double[k + 1 + pair] + norm
                self.bars[bars[k]] = double[k] if norm else single[k]
        return self.bars.get(self.i, 1)

    def divided(self, left: Syntax, start: int) -> Syntax:
        """`left | right` where the cursor is at a dividing bar or colon inside a fence."""
        count = 0
        while self._divides():
            token = self.token
            count += 1
            if count > LONGEST_INFIX:
                raise self.error(f"more than {LONGEST_INFIX} bars in a row", token)
            if token.role == "size" or token.role == "middle":
                self.i += 1
                token = self.token
            kind = token.value if token.value in ("‖", ":") else "|"
            if token.role == "bar" and self._pair(self.i):
                kind = "‖"
                self.i += 1
            elif token.role == "relation":
                kind = "‖"
            self.i += 1
            right = self.separated()
            left = Bar(self.since(start), left, right, kind)
        return left

    def _divides(self) -> bool:
        token = self.token
        if token.role == "mid":
            return True
        if token.role == "middle":
            return True
        if token.role == "size" and self.tokens[self.i + 1].role == "bar":
            if self.bar is not None and token.value != "middle":
                return False
            return token.value == "middle" or self.bar is None
        if token.role == "colon":
            return self.fence is not None
        if token.role == "relation" and token.value == "parallel":
            return self.fence is not None
        if token.role == "bar":
            part = self.bar_part()
            return part == "mid" or (part == "close" and self.bar is None and self.fence not in (None, "⟨"))
        return False

    def separated(self) -> Syntax:
        raise NotImplementedError
