"""The parser's place in a row of tokens, and what every part of the parser needs."""

from __future__ import annotations

from derive.model import Span
from derive.notation.lexer import Token
from derive.notation.syntax import Fence, NotationError, Syntax

#: deeper nesting than this is refused: documents stay below 30, and every stage walks trees by recursion
DEEPEST = 48
#: most operators in a row that nest to the left (`a \cdot b \cdot c …`), for the same reason
LONGEST_INFIX = 200

_NAMES = {
    "stop": "end of formula",
    "newline": "end of row",
    "quad": "gap",
    "align": "&",
}


class Cursor:
    """Tokens, a position, and the context that decides what a bar or a star means there."""

    def __init__(self, tokens: list[Token], size: int) -> None:
        #: several of the role `stop` at the end, so that looking ahead needs no care
        self.tokens = [*tokens, *[Token("stop", "", "", size, size)] * 6]
        self.i = 0
        self.depth = 0
        self.font = ""
        self.cells = 0  # how many matrices we are inside of
        self.scripts = 0  # how many scripts we are inside of
        self.bar: str | None = None  # the bar that the innermost fence was opened by
        self.fence: str | None = None  # what the innermost fence was opened by
        self.conditioned = False  # whether we are behind the bar of `X \\mid Y \\sim N`
        self.bars: dict[int, int] = {}  # bars of its kind from here to the end of the level
        self.norms: dict[int, bool] = {}  # pairs of bars: does one open a norm
        self.last_factorial: int | None = None  # where the last ! stands, once it was asked for
        #: filled when the first integral is met; see integrals.py
        self.planned = False
        self.matched: dict[int, tuple[int, bool]] = {}
        self.owned: dict[int, list[int]] = {}
        self.loose: set[int] = set()
        self.counts: dict[int, int] = {}
        self.taken: dict[int, list[Syntax]] = {}

    @property
    def token(self) -> Token:
        return self.tokens[self.i]

    def since(self, start: int) -> Span:
        """From the offset `start` to the end of the token read last."""
        end = self.tokens[self.i - 1].end if self.i else start
        return Span(start, end if end > start else start)

    def error(self, what: str, token: Token | None = None) -> NotationError:
        return NotationError((token or self.token).span, what)

    def missing(self, what: str) -> NotationError:
        """Something should stand here; says after what, or before what."""
        token = self.token
        if self.i and token.role in ("stop", "newline", "quad", "align", "endgroup", "close", "right", "end"):
            before = self.tokens[self.i - 1]
            return NotationError(before.span, f"missing {what} after {before.text or before.value}")
        return NotationError(
            token.span, f"missing {what} before {_NAMES.get(token.role, token.text or token.value)}"
        )

    def unexpected(self) -> NotationError:
        token = self.token
        if token.role == "endgroup":
            return self.error("unexpected }")
        return self.error(f"unexpected {_NAMES.get(token.role, token.text or token.value)}")

    def enter(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error("nested too deeply")

    # what the parts of the parser ask of one another

    def expression(self) -> Syntax:
        """A sum of terms."""
        raise NotImplementedError

    def term(self) -> Syntax:
        """A product."""
        raise NotImplementedError

    def factors(self) -> Syntax:
        """Factors side by side."""
        raise NotImplementedError

    def factor(self) -> Syntax:
        """An atom with scripts and postfix operators."""
        raise NotImplementedError

    def starts_factor(self) -> bool:
        raise NotImplementedError

    def atom(self) -> Syntax:
        raise NotImplementedError

    def skip_gaps(self) -> None:
        while self.token.role == "quad":
            self.i += 1

    def scripted(self, base: Syntax, start: int) -> Syntax:
        """Sub- and superscripts and primes on `base`."""
        raise NotImplementedError

    def script(self) -> Syntax:
        raise NotImplementedError

    def group(self) -> Syntax:
        """`{…}` with something in it, or a single token, as TeX takes an argument."""
        raise NotImplementedError

    def fenced(self) -> Syntax:
        raise NotImplementedError

    def body(self) -> Syntax:
        """What may stand inside a fence: statements, separators, bars."""
        raise NotImplementedError

    def statements(self, attach: bool) -> Syntax:
        """Statements separated by commas. `attach`: `i = 1, \\dots, n` is one statement."""
        raise NotImplementedError

    def statement(self) -> Syntax:
        raise NotImplementedError

    def command(self) -> Syntax:
        raise NotImplementedError

    def environment(self) -> Syntax:
        raise NotImplementedError

    def piecewise(self, node: Fence) -> Syntax:
        raise NotImplementedError

    def integral(self) -> Syntax:
        raise NotImplementedError

    def differential(self) -> Syntax:
        raise NotImplementedError

    def _after_d(self, i: int) -> int:
        """Where the variable of the differential at `i` begins; 0 if there is no differential."""
        raise NotImplementedError

    def bar_part(self) -> str:
        """Whether the bar at the cursor, after an operand, opens, closes, divides or evaluates."""
        raise NotImplementedError
