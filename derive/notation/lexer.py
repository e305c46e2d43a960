"""LaTeX to tokens: macros expanded, comments, labels and spacing dropped, words recognised.

A token that comes out of a macro carries the span of the macro's call. An unknown
command ends the reading; it never becomes a symbol.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from derive.classes import replace
from derive.expressions import regex
from derive.model import Macro, Span
from derive.notation.entries import Role
from derive.notation.syntax import EndlessMacro, NotationError
from derive.notation.tables import SIGNS, WORDS
from derive.notation.tables.packages import MACROS as PACKAGES

MOST_TOKENS = 400_000
MOST_EXPANSIONS = 20_000
#: characters in the braces of `\operatorname`; with more the parser reads what stands in them
LONGEST_NAME = 400
DEEPEST_EXPANSION = 60

_TOKEN = regex(
    r"(?P<space>[\s\u00a0\u2009\u200a\u200b\u2060\ufeff]+)"
    r"|(?P<comment>%[^\n]*\n?)"
    r"|(?P<newline>\\\\\*?(?:[ \t]*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|px|mu)?\s*\])?|\\cr(?![a-zA-Z])"
    r"|\\newline(?![a-zA-Z])|\\tabularnewline(?![a-zA-Z]))"
    r"|(?P<command>\\[A-Za-z]+|\\.|\\\n)"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE](?:[+-]?\d+)(?![\d.]))?)"
    r"|(?P<abbreviation>(?:s\.\s?t|w\.\s?r\.\s?t|i\.\s?e|e\.\s?g)\.(?![A-Za-z]))"
    r"|(?P<letters>[A-Za-z]+)"
    # words of a script that has no use as symbols: Chinese, Japanese, Korean, Cyrillic, …
    r"|(?P<foreign>[\u0400-\u052f\u0590-\u07ff\u0900-\u0dff\u0e00-\u0fff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff"
    r"\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+)"
    r"|(?P<sign>:=|=:|==|<=>|=>|<=|>=|<<|>>|->|(?<=\s)!=(?!=)|\.(?:\s*\.)+|.)",
    re.DOTALL,
)
_TWO: dict[str, tuple[Role, str]] = {
    "==": ("relation", "="),
    "=>": ("implication", "implies"),
    "<=>": ("implication", "iff"),
    "<=": ("relation", "<="),
    ">=": ("relation", ">="),
    "!=": ("relation", "!="),  # with a space before; without one it may be a factorial
    "->": ("relation", "to"),
    "<<": ("relation", "ll"),
    ">>": ("relation", "gg"),
}

#: commands whose braces hold words, not mathematics
_TEXT = frozenset(
    r"\text \mbox \textrm \textbf \textit \textsf \texttt \textsc \textnormal \textup \textmd "
    r"\hbox \intertext "
    r"\shortintertext \emph \textsl \mathtext \unit \si".split()
)
#: how many brace arguments to drop after a command that means nothing
_DROP = {
    r"\label": 1, r"\tag": 1, r"\ref": 1, r"\eqref": 1, r"\cite": 1, r"\citep": 1, r"\citet": 1, r"\color": 1,
    r"\textcolor": 1, r"\class": 1, r"\cssId": 1, r"\style": 1, r"\href": 1, r"\htmlClass": 1, r"\htmlId": 1,
    r"\htmlData": 1, r"\htmlStyle": 1, r"\colorbox": 1, r"\fcolorbox": 2, r"\vspace": 1, r"\phantom": 1,
    r"\hphantom": 1, r"\vphantom": 1, r"\require": 1,
    r"\rule": 2, r"\cline": 1, r"\eqlabel": 1, r"\footnote": 1,
    r"\footnotemark": 0, r"\pagecolor": 1, r"\bookmark": 1, r"\index": 1, r"\raisebox": 1, r"\scalebox": 1,
    r"\arraystretch": 0, r"\setlength": 2, r"\hypertarget": 1, r"\mathchoice": 3, r"\kern": 0, r"\mkern": 0,
    r"\mskip": 0, r"\hskip": 0, r"\vskip": 0, r"\setcounter": 2, r"\addtocounter": 2, r"\pgfpoint": 0,
    r"\texorpdfstring": 0, r"\multicolumn": 2, r"\addlinespace": 0,
}  # fmt: skip
#: `\qty{5}{\metre}`
_QUANTITY = regex(r"\s*(?:\[[^\]]*\])?\{[^{}]*\}\{[^{}]*\}")
#: the star of these changes the font or the size only
_STARRED = frozenset([r"\vb", r"\va", r"\vu", r"\vectorbold", r"\vectorarrow", r"\vectorunit"])
_KERNS = frozenset([r"\kern", r"\mkern", r"\mskip", r"\hskip", r"\vskip"])
_LENGTH = regex(r"\s*-?\s*[\d.]+\s*(?:mu|em|ex|pt|cm|mm|in|px)?(?:\s*(?:plus|minus)\s*[\d.]+\s*[a-z]{2})*")
_BLANK = regex(r"\s*\Z")
_DEFINING = frozenset(
    [
        r"\newcommand",
        r"\renewcommand",
        r"\providecommand",
        r"\DeclareMathOperator",
        r"\def",
        r"\gdef",
        r"\let",
    ]
)
_THOUSANDS = regex(r"(?:\{,\}|\\,|\\!|\{\\,\}|\{,\}\\!| )(\d{3})(?![\d.])")
_CALL = regex(r"\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[{_^|]|\s*\\(?:left|hat|frac|mathbf|big|bar|sum|pi|theta)")
#: connecting words written as letters
_CONNECTIVES = frozenset("otherwise where when for and with else if or hence thus then therefore".split())
#: a hypergeometric function, `{}_2F_1` and `\\,_2F_1`: the first script belongs to what comes
_HYPERGEOMETRIC = regex(
    r"(?:\{\}|\\[,;:! ]|~)\s*_\s*(?:\{(\w+)\}|(\w))\s*(?:\\!)*\s*F\s*_\s*(?:\{(\w+)\}|(\w))"
)
_JOINED = regex(r"[A-Za-z]{2,}(?:\\_[A-Za-z]{2,})+")
#: `vector<AC>`, with no operand behind it that could make a relation of the second sign
_OF_KIND = regex(r"[A-Za-z]{2,}<[A-Za-z]+>(?=\s*(?:[),.;\]=]|\Z))")
_SUFFIXES = tuple(sorted((w for w, e in WORDS.items() if e.role == "function" and len(w) > 2), key=len)[::-1])
_PREFIXES = {f + x for f in ("sin", "cos", "tan", "log", "exp") for x in "xyz"}
_OF_MATRIX = regex(r"(tr|det|rank)([A-Z]{1,4})")
#: what a fence stands behind
_SIZES = frozenset(["left", "right", "size"])
_WIDE = frozenset([r"\;", r"\ ", "~", r"\enspace", r"\:", r"\,"])
#: the value of a slash with gaps on both sides, which may part two equations
APART = "/ apart"
_GAP = r"(?:\\[ ;:,>]|\\(?:enspace|q?quad)(?![A-Za-z])|~)"
_GAP_AFTER = regex(rf"\s*(?:{_GAP}\s*{_GAP}|\\q?quad(?![A-Za-z]))")
_GAP_BEFORE = regex(rf"(?:{_GAP}\s*{_GAP}|\\q?quad)\s*\Z")


class Token:
    """A sign and the part it plays. `text` is as written (for `text` tokens what stands in the braces)."""

    __slots__ = ("end", "role", "start", "text", "value")

    def __init__(self, role: str, value: str, text: str, start: int, end: int) -> None:
        self.role = role
        self.value = value
        self.text = text
        self.start = start
        self.end = end

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.role}:{self.text!r}@{self.start}"


def tokenize(latex: str, macros: Sequence[Macro] = ()) -> list[Token]:
    """The tokens of a formula. Raises NotationError for an unknown command or an unclosed argument."""
    lexer = _Lexer(PACKAGES | {macro.name: macro for macro in macros})
    lexer.lex(latex, None, frozenset(), 0)
    return lexer.tokens


def is_known(command: str) -> bool:
    """Whether a command (with its backslash) means something where no macro declares it."""
    return (
        command in SIGNS
        or command[1:] in PACKAGES
        or command in _TEXT
        or command in _DROP
        or command in _DEFINING
        or command in (r"\begin", r"\end", r"\hspace", r"\cr", r"\newline", r"\tabularnewline", "\\\\")
    )


_GROUPED = regex(r"\s*\{(?!\})")
_BRACE = regex(r"\\.|[{}]", re.DOTALL)


def balanced(text: str, start: int, end: int | None = None) -> int:
    """The offset of the brace that closes the one at `start`; -1 where there is none (before `end`)."""
    depth = 0
    for match in _BRACE.finditer(text, start, len(text) if end is None else end):
        sign = match.group()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                return match.start()
    return -1


_COMBINING = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0307": "dot",
    "\u0308": "ddot",
    "\u20d7": "vec",
}
"""Marks of Unicode that stand behind the letter over which they are set."""
_UMLAUT = "\u0308"
"""One character with it is a letter of a language."""


class _Lexer:
    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self.macros = dict(macros)
        self.tokens: list[Token] = []
        self.expansions = 0
        self.circular: dict[str, bool] = {}

    def lex(self, text: str, call: Span | None, active: frozenset[str], depth: int) -> None:
        """Append the tokens of `text`. `call` is the span of the macro call it comes from, if any."""
        emit = self.tokens.append
        match_at = _TOKEN.match
        signs = SIGNS
        position = 0
        wide = 0  # spacing commands in a row; several part statements as \quad does
        size = len(text)
        while position < size:
            if text[position] in "{\\~" and (whole := _HYPERGEOMETRIC.match(text, position)) is not None:
                above, below = whole[1] or whole[2], whole[3] or whole[4]
                self._run("word", f"{{}}_{{{above}}}F_{{{below}}}", whole.group(), position, call)
                position = whole.end()
                continue
            match = match_at(text, position)
            assert match is not None
            kind = match.lastgroup
            start, position = position, match.end()
            if kind == "space" or kind == "comment":
                continue
            begin, end = (start, position) if call is None else (call.start, call.end)
            word = match.group()
            if kind == "letters":
                wide = 0
                if len(word) == 1:
                    emit(Token("letter", word, word, begin, end))
                else:
                    position = self._letters(word, text, start, call)
            elif kind == "abbreviation":
                self._run("text", word, f" {word} ", start, call)
            elif kind == "foreign":
                wide = 0
                emit(Token("text", "text", word, begin, end))
            elif kind == "number":
                wide = 0
                thousands = _THOUSANDS.match(text, position)
                while thousands and "." not in word and (len(word) <= 3 or word != match.group()):
                    word += thousands.group(1)
                    position = thousands.end()
                    thousands = _THOUSANDS.match(text, position)
                end = position if call is None else call.end
                emit(Token("number", word, word, begin, end))
            elif kind == "newline":
                emit(Token("newline", "newline", word, begin, end))
            elif kind == "sign":
                wide = 0
                if word in ("<=", ">=") and self.tokens and self.tokens[-1].role in _SIZES:
                    word, position, end = word[0], start + 1, begin + 1  # `\\left<n\\right>=2`
                entry = signs.get(word)
                if word == "/" and _GAP_AFTER.match(text, position) and _GAP_BEFORE.search(text, 0, start):
                    emit(Token("operator", APART, word, begin, end))
                elif entry is not None:
                    if entry.role != "space":
                        emit(Token(entry.role, entry.value, word, begin, end))
                elif word in _TWO or word[:1] == ".":
                    role, value = _TWO.get(word, ("ellipsis", "dots"))
                    emit(Token(role, value, word, begin, end))
                else:
                    self._odd(word, begin, end)
            else:
                if word == r"\qty" and word[1:] not in self.macros and _QUANTITY.match(text, position):
                    word = r"\SI"  # siunitx, and not the fences of physics
                if self.macros and word[1:] in self.macros and word not in active:
                    wide = 0
                    position = self._expand(word, text, start, position, call, active, depth)
                    continue
                entry = signs.get(word)
                if entry is not None and word not in _DROP:
                    if entry.role == "space":
                        wide = wide + 1 if word in _WIDE else wide
                        if wide == 3:
                            emit(Token("quad", "quad", word, begin, end))
                        continue
                    wide = 0
                    if word == r"\operatorname" or word == r"\mathop":
                        position = self._operator(word, text, start, position, call)
                        continue
                    emit(Token(entry.role, entry.value, word, begin, end))
                    if word in _STARRED and text.startswith("*", position):
                        position += 1
                else:
                    if word in ("\\ ", "\\\n"):
                        wide += 1
                        if wide == 3:
                            emit(Token("quad", "quad", word, begin, end))
                        continue
                    wide = 0
                    position = self._special(word, text, start, position, call)
            if len(self.tokens) > MOST_TOKENS:
                raise NotationError(Span(begin, end), "formula too long")

    def _odd(self, word: str, begin: int, end: int) -> None:
        mark = _COMBINING.get(word)
        if mark is not None and self.tokens and self.tokens[-1].role in ("letter", "symbol"):
            last = self.tokens.pop()
            self.tokens.append(Token("accent", mark, word, last.start, last.start))
            self.tokens.append(Token(last.role, last.value, last.text, last.start, max(last.end, end)))
            return
        apart = unicodedata.normalize("NFD", word)
        base, over = apart[:1], apart[1:]
        if base.isascii() and over in _COMBINING and over != _UMLAUT:
            self.tokens.append(Token("accent", _COMBINING[over], word, begin, begin))
            self.tokens.append(Token("letter", base, base, begin, end))
            return
        superscript = "⁰¹²³⁴⁵⁶⁷⁸⁹".find(word)
        subscript = "₀₁₂₃₄₅₆₇₈₉".find(word)
        if superscript >= 0 or subscript >= 0:
            up = superscript >= 0
            self.tokens.append(Token("sup" if up else "sub", "^" if up else "_", word, begin, end))
            digit = str(superscript if up else subscript)
            self.tokens.append(Token("number", digit, digit, begin, end))
            return
        if (styled := _styled(word)) is not None:
            font, letter = styled
            self.tokens.append(Token("font", font, word, begin, end))
            self.tokens.append(Token("letter", letter, letter, begin, end))
            return
        name = {"½": "one half", "\\": "a lone backslash", "#": "#", "$": "$"}.get(word, word)
        raise NotationError(Span(begin, end), f"unexpected character {name}")

    def _letters(self, word: str, text: str, start: int, call: Span | None) -> int:
        """A run of letters: a known word, a name, letters with a function's name at the end, or just letters.
        Gives where it ends: a name may go on behind an underscore that is written out, `num\\_heads`."""
        joined = _JOINED.match(text, start) or _OF_KIND.match(text, start)
        if joined is not None:
            self._run("word", joined.group().replace("\\", ""), joined.group(), start, call)
            return joined.end()
        self._spelled(word, text, start, call)
        return start + len(word)

    def _spelled(self, word: str, text: str, start: int, call: Span | None) -> None:
        size = len(word)
        entry = WORDS.get(word)
        if entry is not None:
            self._run(entry.role, entry.value, word, start, call)
            return
        if word in _CONNECTIVES:
            before = text[start - 1] if start else " "
            after = text[start + size] if start + size < len(text) else " "
            apart = (before.isspace() or before in "&,~") and (after.isspace() or after in "~\\,")
            if apart or (before in ")]}" and after in "([" and start):
                self._run("text", word, " " + word + " ", start, call)
                return
        if word == "mod":
            self._run("operator", "mod", word, start, call)
            return
        if size > 3 and word in _PREFIXES:
            self._run("function", word[:3], word[:3], start, call)
            self._run("letter", word[3:], word[3:], start + 3, call)
            return
        if (of_matrix := _OF_MATRIX.fullmatch(word)) is not None:  # `trAB`
            start_of = start + of_matrix.start(2)
            self._run("function", of_matrix.group(1), of_matrix.group(1), start, call)
            for offset, letter in enumerate(of_matrix.group(2)):
                self._run("letter", letter, letter, start_of + offset, call)
            return
        cut = size
        if size > 3 and _CALL.match(text, start + size):
            for suffix in _SUFFIXES:
                # a longer word may end like a function by accident, so only a short product may stand before
                if word.endswith(suffix) and size - len(suffix) <= 2:
                    cut = size - len(suffix)
                    break
        for offset in range(cut):
            self._run("letter", word[offset], word[offset], start + offset, call)
        if cut < size:
            entry = WORDS[word[cut:]]
            self._run(entry.role, entry.value, word[cut:], start + cut, call)

    def _run(self, role: str, value: str, word: str, start: int, call: Span | None) -> None:
        if call is None:
            self.tokens.append(Token(role, value, word, start, start + len(word.strip())))
        else:
            self.tokens.append(Token(role, value, word, call.start, call.end))

    def _operator(self, word: str, text: str, start: int, position: int, call: Span | None) -> int:
        """`\\operatorname{…}`: a word, known to the tables or not."""
        if text.startswith("*", position):
            position += 1
        match = re.compile(r"\s*").match(text, position)
        assert match is not None
        open_brace = match.end()
        if not text.startswith("{", open_brace):
            self.tokens.append(Token("command", "operatorname", word, *self._ends(start, position, call)))
            return position
        close = balanced(text, open_brace, open_brace + LONGEST_NAME)
        if close < 0 and len(text) > open_brace + LONGEST_NAME:
            self.tokens.append(Token("command", "operatorname", word, *self._ends(start, position, call)))
            return position
        if close < 0:
            raise NotationError(Span(*self._ends(start, open_brace + 1, call)), "unclosed {")
        raw = text[open_brace + 1 : close]
        name = re.sub(
            r"\\(?:,|!|;|:|>|thinspace|nolimits|limits)|\\ |[~{}\s]|\\(?:math)?(?:rm|bf|sf|it|text)\b",
            "",
            raw,
        )
        name = re.sub(r"\\(?:text|math)(?:rm|bf|sf|it|normal)?(?![a-z])", "", name).replace("\\_", "_")
        begin, end = self._ends(start, close + 1, call)
        if not name and not re.compile(r"\s*[_^]").match(text, close + 1):
            return close + 1  # `\\mathop{}\\!d x`: it only sets a gap
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_*'-]*", name):
            entry = WORDS.get(name)
            if entry is not None:
                self.tokens.append(Token(entry.role, entry.value, name, begin, end))
            elif name == "d":
                self.tokens.append(Token("command", "dd", name, begin, end))
            else:
                self.tokens.append(Token("word", name, name, begin, end))
            return close + 1
        spelled = name.replace("\\", "")
        if re.fullmatch(r"(?:\\[a-z]+)+", name) and spelled in WORDS:
            entry = WORDS[spelled]
            self.tokens.append(Token(entry.role, entry.value, spelled, begin, end))
            return close + 1
        if name.startswith("\\") and name in SIGNS:
            entry = SIGNS[name]
            self.tokens.append(Token(entry.role, entry.value, name, begin, end))
            return close + 1
        # something of its own kind inside: leave the braces to the parser
        self.tokens.append(Token("command", "operatorname", word, *self._ends(start, position, call)))
        return position

    def _ends(self, start: int, end: int, call: Span | None) -> tuple[int, int]:
        return (start, end) if call is None else (call.start, call.end)

    def _argument(self, text: str, position: int, name: str, span: Span) -> tuple[str, int]:
        """One argument at `position`: braces or a single sign, without its braces, and where it ends."""
        while position < len(text) and text[position].isspace():
            position += 1
        if position >= len(text) or text[position] == "}":
            raise NotationError(span, f"missing argument of {name}")
        if text[position] == "{":
            close = balanced(text, position)
            if close < 0:
                raise NotationError(span, "unclosed {")
            return text[position + 1 : close], close + 1
        match = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL).match(text, position)
        assert match is not None
        return match.group(), match.end()

    def _option(self, text: str, position: int) -> tuple[str | None, int]:
        match = re.compile(r"\s*\[([^\]]*)\]").match(text, position)
        return (match.group(1), match.end()) if match else (None, position)

    def _expand(
        self,
        word: str,
        text: str,
        start: int,
        position: int,
        call: Span | None,
        active: frozenset[str],
        depth: int,
    ) -> int:
        macro = self.macros[word[1:]]
        span = Span(*self._ends(start, position, call))
        if macro.stands_for == "mark":
            self.tokens.append(Token("accent", macro.name, word, span.start, span.end))
            return position
        if macro.stands_for:
            self.tokens.append(Token("symbol", word, word, span.start, span.end))
            if macro.arity == 0 or not _GROUPED.match(text, position):
                return position + 2 if text.startswith("{}", position) else position
            # what its groups hold, as if a bracket held it
            macro = replace(macro, body=f"({', '.join(f'#{k + 1}' for k in range(macro.arity))})")
        self.expansions += 1
        if depth >= DEEPEST_EXPANSION or self.expansions > MOST_EXPANSIONS:
            raise EndlessMacro(span, f"macro {word} expands without end")
        arguments: list[str] = []
        if macro.arity:
            if re.compile(r"\*\s*[\[{]").match(text, position):  # `\\norm*{x}`: the size of the fences
                position += 1
            if macro is PACKAGES.get(macro.name):
                if not re.compile(r"\s*(?:\[[^\]]*\])?\s*\{").match(text, position):
                    raise NotationError(span, f"missing argument of {word}")
            if macro.default is not None:
                option, position = self._option(text, position)
                arguments.append(macro.default if option is None else option)
            while len(arguments) < macro.arity:
                argument, position = self._argument(text, position, word, span)
                arguments.append(argument)
        elif macro.operator and text.startswith("*", position):
            position += 1
        elif text.startswith("{}", position):  # `\\R{}`: only ends the name
            position += 2
        body = _in_mathematics(macro.body)
        if macro.operator:
            body = "\\operatorname{" + body + "}"
        if arguments:
            body = re.sub(r"#(\d)", lambda m: _guarded(m, body, arguments), body)
        if len(body) > 4 * MOST_TOKENS:
            raise EndlessMacro(span, f"macro {word} expands without end")
        whole = Span(*self._ends(start, position, call))
        # within `\\E{X - \\E{X}}` the argument is expanded too; what leads back to itself is expanded once
        self.lex(body, whole, active | {word} if self._leads_back(word) else active, depth + 1)
        return position

    def _leads_back(self, word: str) -> bool:
        """Whether a macro's body comes back to it, as after `\\let\\old\\times \\def\\times{\\old}`."""
        if word not in self.circular:
            seen: set[str] = set()
            waiting = [word[1:]]
            while waiting:
                for name in _CALLED.findall(self.macros[waiting.pop()].body):
                    if name in self.macros and name not in seen:
                        seen.add(name)
                        waiting.append(name)
            self.circular[word] = word[1:] in seen
        return self.circular[word]

    def _special(self, word: str, text: str, start: int, position: int, call: Span | None) -> int:
        """Commands that take words, and those that leave no trace."""
        span = Span(*self._ends(start, position, call))
        if word in _TEXT:
            inner, position = self._argument(text, position, word, span)
            begin, end = self._ends(start, position, call)
            self.tokens.append(Token("text", word[1:], inner, begin, end))
            return position
        if word == r"\begin" or word == r"\end":
            name, position = self._argument(text, position, word, span)
            name = name.strip()
            starred = name.rstrip("*")
            if word == r"\begin":
                if starred in ("array", "tabular", "alignat", "alignedat", "subarray", "xalignat", "darray"):
                    _, position = self._option(text, position)
                    _, position = self._argument(text, position, word, span)
                elif starred in ("aligned", "gathered", "split", "matrix", "pmatrix", "bmatrix", "vmatrix"):
                    option = re.compile(r"\s*\[[tbcrl]*\]").match(text, position)
                    position = option.end() if option else position
            begin, end = self._ends(start, position, call)
            self.tokens.append(Token("begin" if word == r"\begin" else "end", starred, name, begin, end))
            return position
        if word in (r"\hspace", r"\hskip"):
            if text.startswith("*", position):
                position += 1
            if word == r"\hspace":
                length, position = self._argument(text, position, word, span)
                if re.match(
                    r"\s*(?:\d*[1-9]\d*(?:\.\d*)?\s*(?:em|cm|in)|0?\.(?:1[5-9]|[2-9])\d*\s*in|0?\.[3-9]\d*\s*cm|\d\d+\s*(?:pt|mm|ex|px)|.*width)",
                    length,
                ):
                    self.tokens.append(Token("quad", "quad", word, span.start, span.end))
                return position
        if word in _KERNS:
            match = _LENGTH.match(text, position)
            return match.end() if match else position
        if word in _DROP:
            if text.startswith("*", position):
                position += 1
            _, position = self._option(text, position)
            for _ in range(_DROP[word]):
                if _BLANK.match(text, position):
                    break
                _, position = self._argument(text, position, word, span)
            return position
        if word in _DEFINING:
            return self._define(word, text, position, span)
        if word == r"\text@":
            return position
        if word == "\\$" and text[position : position + 1].isdigit():
            self.tokens.append(Token("symbol", "dollar", word, span.start, span.end))
            return position
        if word == "\\$" or word == "\\&":
            raise NotationError(span, f"unexpected character {word}")
        if word[1:].isalpha():
            raise NotationError(span, f"unknown command {word}", word[1:])
        raise NotationError(span, f"unexpected {word}")

    def _define(self, word: str, text: str, position: int, span: Span) -> int:
        """A macro declared inside the formula."""
        self.circular.clear()
        if text.startswith("*", position):
            position += 1
        name, position = self._argument(text, position, word, span)
        name = name.strip()
        if not name.startswith("\\"):
            raise NotationError(span, f"missing name after {word}")
        arity, default = 0, None
        if word == r"\let":
            match = re.compile(r"\s*=?\s*(\\[A-Za-z]+|\\.|.)").match(text, position)
            if match is None:
                raise NotationError(span, f"missing meaning after {word}")
            # what it meant until now, even if it is given a new meaning later
            self.macros[name[1:]] = self.macros.get(match.group(1)[1:], Macro(name[1:], match.group(1)))
            return match.end()
        if word in (r"\def", r"\gdef"):
            match = re.compile(r"\s*((?:#\d)*)\s*").match(text, position)
            assert match is not None
            arity, position = len(match.group(1)) // 2, match.end()
        else:
            count, position = self._option(text, position)
            if count is not None:
                if not count.strip().isdigit():
                    raise NotationError(span, f"wrong number of arguments in {word}")
                arity = int(count)
                default, position = self._option(text, position)
        body, position = self._argument(text, position, word, span)
        self.macros[name[1:]] = Macro(name[1:], body, arity, default, word == r"\DeclareMathOperator")
        return position


_ALPHABETS = {
    "BOLD": "bold", "ITALIC": "", "BOLD ITALIC": "bold", "DOUBLE-STRUCK": "blackboard", "SCRIPT": "script",
    "BOLD SCRIPT": "script", "FRAKTUR": "fraktur", "BOLD FRAKTUR": "fraktur", "SANS-SERIF": "sans",
    "SANS-SERIF BOLD": "sans", "MONOSPACE": "typewriter",
}  # fmt: skip
_OF_AN_ALPHABET = regex(r"MATHEMATICAL (.+) (CAPITAL|SMALL) ([A-Z])")


def _styled(sign: str) -> tuple[str, str] | None:
    """The font and the letter of one of the letters that Unicode has once for every alphabet, as 𝔸."""
    m = _OF_AN_ALPHABET.fullmatch(unicodedata.name(sign, ""))
    font = _ALPHABETS.get(m[1]) if m is not None else None
    return None if m is None or font is None else (font, m[3] if m[2] == "CAPITAL" else m[3].lower())


_CALLED = regex(r"\\([A-Za-z]+|.)", re.DOTALL)
_ENSURE = regex(r"\\ensuremath(?![A-Za-z])\s*(?=\{)")
_NAMED = regex(r"\\qopname\s*\\relax\s*\{?\s*[mno]\s*\}?\s*(?=\{)")


def _in_mathematics(body: str) -> str:
    """A macro's body as mathematics sees it: `\\ensuremath{…}` is what stands in its braces, and no group."""
    while "\\ensuremath" in body and (match := _ENSURE.search(body)) is not None:
        close = balanced(body, match.end())
        if close < 0:
            break
        body = f"{body[: match.start()]} {body[match.end() + 1 : close]} {body[close + 1 :]}"
    if "$" in body:  # `\\colorbox{yellow}{$#1$}`: a box takes words, and mathematics between dollars
        body = re.sub(r"(?<!\\)\$", "", body)
    return _NAMED.sub(r"\\operatorname", body) if "\\qopname" in body else body


def _guarded(match: re.Match[str], body: str, arguments: list[str]) -> str:
    """An argument in the place of `#n`, kept apart from a command name right before it."""
    index = int(match.group(1)) - 1
    argument = arguments[index] if 0 <= index < len(arguments) else ""
    joined = re.search(r"\\[A-Za-z]+$", body[: match.start()])
    return " " + argument if joined else argument
