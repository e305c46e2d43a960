"""The syntax tree of a formula: what stands where, before any meaning.

A closed set of node types. Every node has a span: half-open offsets into the
formula's LaTeX (tokens that come out of a macro carry the span of its call).
Nothing here needs context: `y(1-x)` is a juxtaposition, `y^{(i)}` a script,
`\\frac{dy}{dx}` a fraction. `derive.terms` gives them meaning.
"""

from __future__ import annotations

from typing import TypeAlias

from derive.classes import dataclass
from derive.model import Span
from derive.reasons import Reason, Why


@dataclass(frozen=True, slots=True)
class Number:
    """`text` is digits with an optional point and exponent, thousands marks removed. `listed`: what the
    number is where the comma in it, `0,5`, parts two items."""

    span: Span
    text: str
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A letter, a Greek or other symbol command, or a word.

    `name` is the bare name: `x`, `theta`, `infty`, `ell`, `MSE`. `font` is
    the alphabet (`bold`, `roman`, `calligraphic`, `blackboard`, `fraktur`, `sans`,
    `typewriter`, `script`, `italic` or empty). `accents` from the inside out: `hat`, `bar`,
    `tilde`, `vec`, `dot`, `ddot`, `check`, `breve`, `acute`, `grave`, `underline`, ….
    `word` marks a name of several letters (`\\mathrm{MSE}`, `\\operatorname{ReLU}`, `log`
    written as letters and recognised).
    """

    span: Span
    name: str
    font: str = ""
    accents: tuple[str, ...] = ()
    word: bool = False


@dataclass(frozen=True, slots=True)
class Scripts:
    """`base_{sub}^{sup}` with `primes` prime marks (which come before `sup`).

    Stars, daggers, `+`, `-`, degree signs as superscripts are a `Name` (`*`, `dagger`, `+`, `-`, `circ`).
    A parenthesised superscript is a `Fence`, so `y^{(i)}` differs from `y^i`.
    """

    span: Span
    base: Syntax
    sub: Syntax | None = None
    sup: Syntax | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Accent:
    """An accent or brace over something compound: `\\overline{x+y}`, `\\underbrace{a}_{b}`."""

    span: Span
    kind: str
    body: Syntax
    note: Syntax | None = None


@dataclass(frozen=True, slots=True)
class Juxtaposition:
    """Factors side by side, `2xy`, `f(x)`, `x \\sin y`: product or application is open."""

    span: Span
    factors: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Signed terms in the author's order: `a - b + c` is (`+`,a), (`-`,b), (`+`,c).

    Signs: `+`, `-`, `pm`, `mp`. A lone signed term is a `Sum` of one part.
    """

    span: Span
    parts: tuple[tuple[str, Syntax], ...]


@dataclass(frozen=True, slots=True)
class Infix:
    """A binary operator other than `+` and `-`, left-associative where that is the custom.

    op: `cdot`, `times`, `*`, `/`, `div`, `odot`, `circ`, `otimes`, `oplus`, `ast`, `bullet`, `wedge`, `vee`,
    `cap`, `cup`, `setminus`, `mod` (binary), `pmod` (a trailing `(mod n)`), `mid`, `given` (`X \\mid Y` of
    which a distribution follows), ….
    """

    span: Span
    op: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Prefix:
    """A prefix operator with its operand: `nabla`, `partial`, `Delta` where a command says so,
    `neg`, `forall`, `exists`, `d` (upright), …. Scripts on the operator are in `operator`.

    Divergence and curl are the operators `nabla cdot` and `nabla times`. The operand of a differential
    operator is every factor up to the next one: how many of them it acts on is open. The operand of a
    quantifier is what it binds, or a `Bar` (kind `:`) of that and the statement that follows."""

    span: Span
    operator: Syntax
    operand: Syntax


@dataclass(frozen=True, slots=True)
class Postfix:
    """op: `!`, `!!`, `%`, `degree`."""

    span: Span
    op: str
    operand: Syntax


@dataclass(frozen=True, slots=True)
class Fraction:
    """`\\frac`, `\\over` (kind `frac`), `\\binom` (`binom`), `\\genfrac` (`genfrac`), \\atop (`atop`)."""

    span: Span
    numerator: Syntax
    denominator: Syntax
    kind: str = "frac"


@dataclass(frozen=True, slots=True)
class Root:
    span: Span
    radicand: Syntax
    index: Syntax | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """Delimiters around a body: `(`, `[`, `{` (escaped), `|`, `‖`, `⟨`, `⌊`, `⌈`; `.` is none.

    Mixed ones are kept (`[0, 1)`); bare TeX groups leave no node. `body` is None for `()`.
    """

    span: Span
    open: str
    close: str
    body: Syntax | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items separated by commas or semicolons. `separator` is `,` or `;`."""

    span: Span
    items: tuple[Syntax, ...]
    separator: str = ","


@dataclass(frozen=True, slots=True)
class Bar:
    """`left | right` inside a fence: conditioning, set-builder (`|`, `:`), divergence (`‖`)."""

    span: Span
    left: Syntax
    right: Syntax
    kind: str = "|"


@dataclass(frozen=True, slots=True)
class Big:
    """A big operator with its bounds and the body in its scope.

    op: `sum`, `prod`, `coprod`, `bigcup`, `bigcap`, …, `lim`, `limsup`, `liminf`, `max`, `min`, `sup`,
    `inf`, `argmax`, `argmin`. Bounds as written.
    """

    span: Span
    op: str
    sub: Syntax | None
    sup: Syntax | None
    body: Syntax


@dataclass(frozen=True, slots=True)
class Integral:
    """op: `int`, `iint`, `iiint`, `oint`. `variables` are what follows each differential
    `d`, in order (`dx\\,dy` gives x, y); empty where none is written.
    The body has the differentials taken out (`\\int \\frac{dx}{x}` has body 1/x);
    None for `\\int dx`."""

    span: Span
    op: str
    sub: Syntax | None
    sup: Syntax | None
    body: Syntax | None
    variables: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Apply:
    """A named function that takes an argument without a parenthesis: `\\sin x`, `\\log_2 (x)`.

    `function` is the Name or Scripts on it (`\\sin^2`). Only for commands and words that the
    notation tables know as functions; a letter before a parenthesis is a Juxtaposition.
    """

    span: Span
    function: Syntax
    argument: Syntax


@dataclass(frozen=True, slots=True)
class Evaluated:
    """`body \\Big|_{sub}^{sup}` and `[body]_a^b`."""

    span: Span
    body: Syntax
    sub: Syntax | None
    sup: Syntax | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """kind: the environment (`pmatrix`, `bmatrix`, `vmatrix`, `array`, …). A cell may be None (empty)."""

    span: Span
    kind: str
    rows: tuple[tuple[Syntax | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """(value, condition) pairs; the condition is None where nothing stands, a Text for `otherwise`."""

    span: Span
    rows: tuple[tuple[Syntax, Syntax | None], ...]


@dataclass(frozen=True, slots=True)
class Ellipsis:
    """`\\dots`, `\\cdots`, `\\ldots`, `...`, `\\vdots`, `\\ddots`."""

    span: Span
    kind: str = "dots"


@dataclass(frozen=True, slots=True)
class Text:
    """Words inside a formula; `parts` when they hold mathematics (`\\text{for $x>0$}`)."""

    span: Span
    text: str
    parts: tuple[Syntax, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """An operand that the author left open on purpose: `f(\\cdot)`, an empty base `{}^n`."""

    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of a chain and what stands on its right.

    relation: `=`, `!=`, `<`, `<=`, `>`, `>=`, `approx`, `propto`, `equiv`, `:=`, `=:`,
    `in`, `notin`, `subset`,
    `subseteq`, `sim`, `simeq`, `cong`, `to`, `mapsto`, `implies`, `impliedby`, `iff`,
    `ll`, `gg`, `perp`, `defined` …
    `relation_span` is the relation sign itself. `note` is what was set over it
    (`\\overset{!}{=}`, `\\stackrel{(a)}{=}`).
    """

    span: Span
    relation: str
    relation_span: Span
    right: Syntax
    note: Syntax | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """`first R right R right …`; `first` is None where a row goes on from the row before.

    Implications bind loosest, so `a = b \\implies c = d` is a chain of chains.
    """

    span: Span
    first: Syntax | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a display: its statements and texts in order.

    `mark` is a list mark before the row that may be a bullet or a sign: `-`, `*`,
    `bullet`, `uparrow`, `1)`, …;
    `mark_span` says where. With mark `-` the mark is NOT part of the first statement: whether
    it is a minus sign is decided later. A leading `-` is a mark only where the row is a
    relation and the row's left side starts with it in a way that could be a bullet.
    """

    span: Span
    parts: tuple[Syntax, ...]
    mark: str | None = None
    mark_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Display:
    """A whole formula: rows, already joined where one row breaks inside an expression."""

    span: Span
    rows: tuple[Row, ...]


Syntax: TypeAlias = (
    Number
    | Name
    | Scripts
    | Accent
    | Juxtaposition
    | Sum
    | Infix
    | Prefix
    | Postfix
    | Fraction
    | Root
    | Fence
    | Sequence
    | Bar
    | Big
    | Integral
    | Apply
    | Evaluated
    | Matrix
    | Cases
    | Ellipsis
    | Text
    | Missing
    | Chain
)


class NotationError(Exception):
    """A formula that cannot be read: `span` is what stopped the reader, `what` its name for people.

    `command` is the name of the command that nobody declared, where it is such a one that stopped it.
    """

    def __init__(self, span: Span, what: str, command: str | None = None) -> None:
        super().__init__(what)
        self.span = span
        self.what = what
        self.command = command


class EndlessMacro(NotationError):
    """A macro that expands to more than any formula has; to find that out is dear."""


def unread_because(error: NotationError) -> Reason:
    """The reason of a verdict on what the reader could not read."""
    told = Reason(Why.UNREAD, (error.what,))
    return told if error.command is None else Reason(Why.UNKNOWN_COMMAND, (error.command,), told)
