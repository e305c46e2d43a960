"""Accents, alphabets, and the words that an upright font makes."""

from __future__ import annotations

from derive.classes import replace
from derive.model import Span
from derive.notation.functions import Functions, upright_d
from derive.notation.lexer import Token
from derive.notation.syntax import (
    Accent,
    Fence,
    Juxtaposition,
    Name,
    Number,
    Prefix,
    Scripts,
    Sequence,
    Syntax,
)
from derive.notation.tables import WORDS

_WORD_FONTS = ("roman", "italic", "sans", "typewriter")
_WORD = 3
"""Letters of a word among others; fewer may be factors or a differential, `\\mathrm{dx, dy}`."""
_NOTED = frozenset(["underbrace", "overbrace", "underbracket", "overbracket"])


class Fonts(Functions):
    def accent(self) -> Syntax:
        token = self.token
        self.i += 1
        body = self.group()
        if token.value in ("cancel", "bcancel", "xcancel"):
            return body  # struck out on both sides of a fraction: the value is what it was
        note: Syntax | None = None
        if token.value in _NOTED:
            sub, sup = self.bounds()
            note = sub or sup
            return Accent(self.since(token.start), token.value, body, note)
        if isinstance(body, Name):
            return replace(body, span=self.since(token.start), accents=(*body.accents, token.value))
        return Accent(self.since(token.start), token.value, body)

    def upright(self, taken: int) -> Syntax:
        start = self.token.start
        self.i += taken
        operator: Syntax = Name(self.since(start), "d", "roman")
        if self.token.role in ("sub", "sup", "prime"):
            operator = self.scripted(operator, start)
        return self.differentiated(start, operator)

    def styled(self) -> Syntax:
        token = self.token
        taken = upright_d(self.tokens, self.i)
        if taken:
            return self.upright(taken)
        self.i += 1
        if self.token.role == "group":
            word = self._font_word(token) or self._font_words(token)
            if word is not None:
                return word
        saved, self.font = self.font, _combined(self.font, token.value)
        node = self.group()
        self.font = saved
        if token.value == "bold":
            node = at_time(node)
        elif isinstance(node, Accent) and _letters(node.body):
            # `\\mathrm{\\widetilde{Cl}}`: the accent stands over a word
            assert isinstance(node.body, Juxtaposition)
            joined = "".join(f.name for f in node.body.factors if isinstance(f, Name))
            if token.value in _WORD_FONTS:
                return Name(self.since(token.start), joined, token.value, (node.kind,), word=True)
        if isinstance(node, Name) and not node.font:
            node = replace(node, font=_combined("", token.value))
        if isinstance(node, Number) and token.value in ("bold", "blackboard") and len(node.text) == 1:
            return Name(self.since(token.start), node.text, token.value)
        if token.value == "italic" and not isinstance(node, Name | Scripts):
            raise self.error(f"no word in {token.text}", token)
        if isinstance(node, Name | Number | Juxtaposition | Fence):
            return replace(node, span=self.since(token.start))
        return node

    def _font_word(self, font: Token) -> Syntax | None:
        """`\\mathrm{MSE}`: letters run together in an upright font are a word; a bold one only
        if it is known."""
        i = self.i + 1
        parts: list[str] = []
        while True:
            token = self.tokens[i]
            if (
                token.role in ("letter", "word", "number", "function")
                or (token.role in ("big", "prefix") and token.text[:1] != "\\")
                or (token.role == "text" and token.value not in ("text", "mbox"))
            ):
                if token.text[:1] == "\\" or (token.role == "number" and not parts):
                    return None
                parts.append(token.text.strip())
            elif token.text in ("-", "_", "\\_", "/") and parts and len(parts[-1]) > 1 - (token.text == "-"):
                if (
                    self.tokens[i + 1].role not in ("letter", "word", "function")
                    or font.value not in _WORD_FONTS
                ):
                    return None
                parts.append(token.text.replace("\\", ""))
            elif token.role == "endgroup" or (token.role == "prime" and parts):
                break
            elif token.role in ("sub", "sup") and font.value in _WORD_FONTS:
                return self._scripted_word(font, "".join(parts), i)
            else:
                return None
            i += 1
        primes = 0
        while self.tokens[i].role == "prime":
            primes += 1
            i += 1
        if self.tokens[i].role != "endgroup":
            return None
        name = "".join(parts)
        entry = WORDS.get(name)
        if (len(name) == 1 and not entry) or (primes and entry):
            return None
        if not name or (font.value not in _WORD_FONTS and entry is None):
            return None
        start = font.start
        end = self.tokens[i].end
        if entry is not None and entry.role in ("function", "big", "prefix"):
            # the word takes an argument as its command would
            self.tokens[i] = Token(entry.role, entry.value, name, start, end)
            self.i = i
            take = {"function": self.function, "big": self.big, "prefix": self.prefix}
            return take[entry.role]()
        if (
            font.value == "roman"
            and len(name) == 2
            and name[0] == "d"
            and self.tokens[i - 1].role == "letter"
            and self.tokens[i + 1].text != "("  # `\\mathrm{dn}(u, m)` is a function
        ):
            # `\mathrm{dx}` is an upright differential
            self.i = i + 1
            variable = Name(self.tokens[i - 1].span, name[1])
            return Prefix(self.since(start), Name(self.tokens[i - 2].span, "d", "roman"), variable)
        self.i = i + 1
        found = Name(Span(start, end), name, font.value, word=True)
        return Scripts(Span(start, end), found, primes=primes) if primes else found

    def _font_words(self, font: Token) -> Syntax | None:
        """`\\mathrm{ext, inflow}`: words side by side; letters alone are no words (`\\mathrm{x, y}`)."""
        i, items, run = self.i + 1, list[Name](), list[Token]()
        if font.value not in _WORD_FONTS:
            return None
        while True:
            token = self.tokens[i]
            if token.role in ("letter", "word", "function") and token.text[:1] != "\\":
                run.append(token)
            elif run and (token.text == "," or token.role == "endgroup"):
                name = "".join(t.text for t in run)
                items.append(Name(run[0].span.cover(run[-1].span), name, font.value, word=len(name) > 1))
                run = []
                if token.role == "endgroup":
                    break
            else:
                return None
            i += 1
        if len(items) < 2 or all(len(item.name) < _WORD for item in items):
            return None
        self.i = i + 1
        return Sequence(self.since(font.start), tuple(items))

    def _scripted_word(self, font: Token, name: str, i: int) -> Syntax | None:
        """`\\mathrm{speed_{max}}`: a word with its script, all of it in the braces of the font."""
        if len(name) < 2 or name in WORDS:
            return None
        back, self.i = self.i, i
        word = Name(Span(font.start, self.tokens[i - 1].end), name, font.value, word=True)
        saved, self.font = self.font, font.value
        node = self.scripted(word, font.start)
        self.font = saved
        if self.token.role != "endgroup":
            self.i = back
            return None
        self.i += 1
        return replace(node, span=self.since(font.start)) if isinstance(node, Scripts) else node

    def after_switch(self, switch: Token) -> Syntax:
        """`{\\rm max}`: a word where the rest of the group is letters, else the rest in that font."""
        if switch.value in _WORD_FONTS:
            i = self.i
            while (
                self.tokens[i].role in ("letter", "word", "function", "big", "prefix")
                and self.tokens[i].text[:1] != "\\"
            ):
                i += 1
            if i > self.i + 1 or (i == self.i + 1 and self.tokens[self.i].role != "letter"):
                name = "".join(token.text for token in self.tokens[self.i : i])
                entry = WORDS.get(name)
                if entry is not None and entry.role in ("function", "big", "prefix"):
                    last = self.tokens[i - 1]
                    self.tokens[i - 1] = Token(entry.role, entry.value, name, switch.start, last.end)
                    self.i = i - 1
                    return self.atom()
                self.i = i
                return Name(self.since(switch.start), name, switch.value, word=True)
        if not self.starts_factor():
            raise self.missing("operand")
        return self.factor()


def _letters(node: Syntax) -> bool:
    return isinstance(node, Juxtaposition) and all(
        isinstance(f, Name) and len(f.name) == 1 and not f.accents for f in node.factors
    )


def at_time(node: Syntax) -> Syntax:
    """`\\mathbf{B(t)}`: the time and what counts stay plain within the font of the letter before."""
    if not isinstance(node, Juxtaposition):
        return node
    factors = list(node.factors)
    for k in range(1, len(factors)):
        fence = factors[k]
        if isinstance(fence, Fence) and isinstance(fence.body, Name) and fence.body.name in _COUNTED:
            factors[k] = replace(fence, body=replace(fence.body, font=""))
    return replace(node, factors=tuple(factors))


_COUNTED = frozenset("tijkn")


def _combined(outer: str, inner: str) -> str:
    """Bold italic and bold calligraphic count as bold; upright adds nothing to an alphabet."""
    if inner == "bold" or outer == "bold":
        return "bold"
    return inner or outer
