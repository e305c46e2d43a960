"""A letter does here what it does nowhere else, where the page has the same piece with another letter.

`L(L_1y_1 + C_2y_2) = C_1 Ly_1 + C_2 Ly_2`: nowhere else has L an index, and the page has `C_1y_1` where this
is `L_1y_1`. So with a letter before a bracket, a function as an argument, a step, a font. The letter stands
in another place of the formula too, from where it slipped in. A new quantity that is used once, a function of
another argument and a letter with and without its accent are left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from derive.classes import dataclass, field
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import bare_of
from derive.form.roles import Kind, Occurrence, Role, Window, occurrences
from derive.form.windows import given
from derive.model import Diagnostic, Label

CODE, NAME = "DRV024", "out-of-place"
_HOLDERS = 2
"""Times that another letter has the same role before it is at home there."""
_CONSTANTS = frozenset({"pi", "e"})
_CALLS = 3
"""Formulas that call the other letter with the same, or the same with it, before it is meant."""


@dataclass(slots=True)
class _Counts:
    """What stands where on the page."""

    kinds: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    holders: dict[tuple[object, ...], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    letters: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    taken: dict[tuple[int, str], set[object]] = field(default_factory=lambda: defaultdict(set))
    arguments: dict[tuple[str, object], set[int]] = field(default_factory=lambda: defaultdict(set))
    sections: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    pieces: dict[tuple[str, tuple[str, ...]], dict[int, tuple[Written, Window]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, one: Occurrence) -> None:
        if not one.spelt:
            self.letters[one.written.number][one.bare] += 1
        self.sections[one.letter][one.written.section] += 1
        for window in one.windows:
            self.pieces[window.key].setdefault(one.written.number, (one.written, window))
        for role in one.roles:
            self.kinds[_counted(one, role.kind), role.kind] += 1
            self.holders[role.kind, role.detail][one.letter] += 1
            if role.kind in (Kind.ARGUMENT, Kind.ELEMENT, Kind.INSIDE):
                self.taken[one.written.number, one.bare].add(role.detail[0])
                self.arguments[one.bare, role.detail[0]].add(one.written.number)


@dataclass(frozen=True, slots=True)
class _Odd:
    one: Occurrence
    role: Role
    window: Window
    others: Sequence[tuple[Written, Window]]
    meant: str


def look(page: Page) -> Iterator[Diagnostic]:
    counts, every = _Counts(), list(occurrences(page))
    for one in every:
        counts.add(one)
    for one in every:
        if counts.letters[one.written.number][one.bare] < 2:
            continue
        odd = next((o for role in one.roles if (o := _odd(counts, one, role)) is not None), None)
        if odd is not None and page.open(one.written.formula.locate(one.node.span)):
            yield _finding(page, odd)


def _odd(counts: _Counts, one: Occurrence, role: Role) -> _Odd | None:
    if counts.kinds[_counted(one, role.kind), role.kind] > 1:
        return None
    if role.kind in (Kind.ELEMENT, Kind.INSIDE):
        return None  # anything may stand there
    if role.kind is Kind.ARGUMENT and counts.kinds[one.bare, Kind.HEAD] < _HOLDERS:
        return None  # a function may be taken at anything that is none
    if role.kind is Kind.BARE and counts.kinds[one.bare, Kind.HEAD] < _CALLS:
        return None  # a number may stand anywhere
    if role.kind is Kind.HEAD and role.detail[-1]:
        return None  # the value of another function at a number
    if role.kind is Kind.INDEX and one.bare in _CONSTANTS:
        return None  # with an index it is another thing than the number
    own = counts.letters[one.written.number]
    holders = counts.holders[role.kind, role.detail]
    here = one.written.section  # another section may speak of something else
    at_home = [
        c
        for c, n in holders.most_common()
        if n >= _HOLDERS and not _alike(c, one.letter) and counts.sections[c][here]
    ]
    for window in one.windows:
        if len(window.leaves) < role.least:
            continue
        if len(counts.pieces[window.key]) > 1:
            return None  # the page has it a second time
        for meant in at_home:
            shape, values = window.put(one.letter, meant)
            others = counts.pieces.get((shape, values), {})
            half = len(values) // 2
            if values[:half] == values[half:]:
                return None  # the product of two things is not the square of one
            if not others or len(others) < _support(counts, one, role, meant):
                continue
            if role.kind is Kind.HEAD and not _slipped(counts, one, window, meant):
                continue
            if role.kind in (Kind.ARGUMENT, Kind.BARE) and counts.kinds[bare_of(meant), Kind.HEAD]:
                continue  # functions are what it is taken at
            if one.letter == given(one.written) and all(meant == given(w) for w, _ in others.values()):
                continue  # `y = y_0 + c` beside `x = x_0 + c`
            if role.kind is Kind.STEP and not own[bare_of(meant)]:
                continue  # another quantity changes here
            return _Odd(one, role, window, tuple(others.values()), meant)
    return None


def _slipped(counts: _Counts, one: Occurrence, window: Window, meant: str) -> bool:
    """Whether the letter is no function of its own: it slipped in from what the other is taken at, `B(A)`
    beside `P(B)`, or the formula takes the other at the same, and the page has the letter as a number."""
    if meant in counts.taken[one.written.number, one.bare]:
        return True
    here = one.written.number in counts.pieces.get(window.put(one.letter, meant), {})
    return here and sum(letters[one.bare] > 0 for letters in counts.letters.values()) >= _CALLS


def _support(counts: _Counts, one: Occurrence, role: Role, meant: str) -> int:
    """Formulas that must have the piece with the other letter."""
    if role.kind is Kind.HEAD and len(counts.arguments[one.bare, meant]) >= _CALLS:
        return 1  # what the other is taken at throughout is no function itself
    if role.kind is Kind.BARE:
        return _HOLDERS
    return _CALLS if role.kind in (Kind.HEAD, Kind.ARGUMENT) else 1


def _counted(one: Occurrence, kind: Kind) -> str:
    """What is counted: the letter in any dress, unless the dress is what is asked about."""
    return one.letter if kind is Kind.FONT else one.bare


def _alike(a: str, b: str) -> bool:
    """Whether they are one letter in two dresses, or a letter and its capital, which are akin."""
    return bare_of(a).lower() == bare_of(b).lower()


def _finding(page: Page, odd: _Odd) -> Diagnostic:
    one, (there, window) = odd.one, odd.others[0]
    old = one.written.text(one.node.span)
    leaf = window.leaves[window.at]
    new = there.text(leaf.span)
    times = len(odd.others)
    message = (
        f"${old}$ {odd.role.kind.value} nowhere else: where this is ${one.written.text(odd.window.span)}$, "
        f"{f'{times} formulas have' if times > 1 else 'another formula has'} ${there.text(window.span)}$"
    )
    return page.finding(
        CODE,
        NAME,
        message,
        one.written,
        one.node.span,
        labels=(Label(there.formula.locate(window.span), f"here it is ${new}$"),),
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The signal is $x_Q(k)$, its error $e(k) = x_Q(k) - x(k)$.\n\nThe rounding $f$ gives $x_Q(k)$:\n\n"
        "$$f_Q(k) = f(x(k))$$\n",
        "The chances are $P(A)$ and $P(B)$. With $P(A) = 1$ all is sure, with $P(A) = 0$ nothing.\n\n"
        "$$P(A \\cup B) \\le B(A) + P(B)$$\n",
        "The sum is $\\sum_k f(x_k) \\Delta x$ or $s = f(x_k) \\Delta x$, with steps $\\Delta x$.\n\n"
        "$$S = \\lim \\sum_k f(x_k) \\Delta f - x$$\n",
        "The noise is $\\mathbf{K} s$ with $\\mathbf{K}$.\n\n$$u = \\mathbf{s} s + \\mathbf{Q} v$$\n",
    ),
    valid=(
        "Let $l(x) > 0$, $l(y) > 1$ and $l(z) < 9$. For $y=1$ or $y=1+0$ $$\\sum_{l=1}^k l(x) y = 3.$$\n",
        "The state is $x(t)$, with $x(t) > 0$ and $x(t) < 9$, and the control $u$.\n\n"
        "$$J = \\int \\ell(x(t), u(t)) dt, \\quad u = f(x, u)$$\n",
        "The transform of $f(t)$ takes $f(t) > 0$ and $f(t) < 9$, and $f(t) = 0$ before.\n\n"
        "$$u(t) = 1 + u - u$$\n",
        "The density is $f(x)$, with $f(x) > 0$ and $f(x) < 9$ for all $x$. An estimate is $\\fhat$.\n\n"
        "$$\\fhat(x) = \\frac{1}{n} \\sum_i K(x - x_i), \\quad \\fhat = \\fhat + 0$$\n",
        "# One\n\nThe matrix has $H^{-1}_{ij} = H^{-1}_{ji}$, with $H^{-1}_{ij} = 1$.\n\n# Another\n\n"
        "With $M^{-1} L^{-1} = L M$ we have $$L^{-1}_{ij} = (-1)^{i - j} \\binom{i}{j}.$$\n",
        "The loss $\\ell(x, y)$ is small. We know that $\\ell(x, y) > 0$ and $\\ell(x, y) < 9$.\n\n"
        "$$loss(x, y) = - \\sum_s y_s \\log x_s$$\n",
        "The solutions are $C_1 y_1 + C_2 y_2$.\n\nThe operator $L$ is linear:\n\n"
        "$$L(C_1y_1 + C_2y_2) = C_1 Ly_1 + C_2 Ly_2$$\n",
        "With $p(x)$ and $q(x)$ we have $y' + q(x) y = p(x)$.\n\n"
        "In $u$ it is $$y' + p(u) y' + q(u) y = u.$$\n",
        "It has $x(0) = 1$, or $x(0) = 2$, or $x(0) = 3$.\n\n"
        "The angle $\\theta$ is at first $$\\theta(0) = \\theta - x.$$\n",
        "The step is $p^k_i - q^k_i$, and $p^k_i$ is near.\n\n"
        "The error is $$e^k_i = p^k_i - p^{exact}_i.$$\n",
        "The speed is $\\alpha x_1$ or $2 \\alpha x_1$. "
        "The bound is $$v - \\dot V \\le \\alpha V_1 + V_2 + V.$$\n",
        "The sum is $\\sum_i v_i v_i$ or $v_i v_i$ alone. "
        "With another, $w$, it is $$v \\cdot w = \\sum_i v_i w_i.$$\n",
        "The slopes are $\\frac{dy}{dx}$ and $\\frac{dy}{dx} + 1$. As $y = e^z$, $$\\frac{dy}{dz} = e^z.$$\n",
    ),
)
