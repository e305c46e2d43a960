"""A sum or a product starts elsewhere than all the others of its range on the page.

`\\sum_{p=2}^P` where every other range of p up to P begins with 1: at least three formulas have the one start
for each that has another, higher one. A sum of differences (`x_i - x_{i-1}`) begins later on purpose, and so
does one beside which the first term stands by itself, and one that is written twice with that start. A series
without end may begin anywhere. Where the page has no others, a sum of elements is told that begins with the
second and goes up to their number: nothing in the formula speaks of the first, which would be left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from derive.classes import dataclass
from derive.facts.pieces import walk
from derive.form.binding import SUMMING
from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.leaves import Leaf, part
from derive.model import Diagnostic
from derive.notation.syntax import Big, Chain, Display, Fence, Name, Number, Scripts, Sum, Syntax

CODE, NAME = "DRV022", "odd-start"
_VOTES = 3
_SECOND, _TIME, _INDICES = "2", "t", frozenset("ijt")


@dataclass(frozen=True, slots=True)
class _Range:
    written: Written
    node: Big
    variable: str
    start: Number


def look(page: Page) -> Iterator[Diagnostic]:
    ranges: dict[tuple[str, tuple[str, ...]], list[_Range]] = defaultdict(list)
    for written, node in page.nodes:
        if isinstance(node, Big) and node.op in SUMMING and (found := _range(written, node)):
            key, one = found
            ranges[key].append(one)
    told: set[int] = set()
    for several in ranges.values():
        starts: dict[str, list[_Range]] = defaultdict(list)
        for one in several:
            starts[one.start.text].append(one)
        if len(starts) != 2:
            continue
        few, many = sorted(starts.values(), key=len)
        usual = many[0]
        votes = len({one.written.number for one in many})
        if votes < _VOTES * len(few) or int(few[0].start.text) <= int(usual.start.text):
            continue
        bodies = {odd.written.text(odd.node.body.span) for odd in few}
        if len(few) > len(bodies):
            continue  # the same sum twice: its author means where it starts
        for odd in few:
            where = odd.written.formula.locate(odd.start.span)
            if _shifted(odd) or (usual.start.text == "0" and not any(_alike(odd, one) for one in many)):
                continue  # `\\sum_{k=1}^n 1/k` has no term for nothing
            if not _first_apart(odd.written.display, usual.start.text) and page.open(where):
                told.add(id(odd))
                yield _finding(page, odd, usual, votes)
    for (_, above), several in ranges.items():
        begins = [one for one in several if one.start.text == _SECOND]
        if len(begins) != 1 or id(odd := begins[0]) in told or not _of_elements(odd, above):
            continue
        beside = [one for ones in ranges.values() for one in ones if one.written is odd.written]
        if len(beside) > 1 or (odd.variable == _TIME and len(several) == 1):
            continue
        if not _first_apart(odd.written.display, "1") and page.open(
            odd.written.formula.locate(odd.start.span)
        ):
            yield page.finding(
                CODE,
                NAME,
                f"the {SUMMING[odd.node.op]} over ${odd.variable}$ starts with ${_SECOND}$, "
                "and nothing beside it speaks of the first",
                odd.written,
                odd.start.span,
                fix=page.put(odd.written, odd.start.span, _SECOND, "1"),
            )


def _of_elements(one: _Range, above: tuple[str, ...]) -> bool:
    """Whether what is added up are elements, each by its index alone, up to a letter: their number."""
    if len(above) != 1 or not above[0].isalpha() or above[0] in _INDICES:
        return False
    body = one.node.body
    if any(isinstance(n, Sum) and any(_is(one, p) for _, p in n.parts) for n in walk([body])):
        return False
    counted = {leaf.span for n in walk([body]) for leaf in _index_leaves(n)}
    places = [leaf.span for leaf in part(body).leaves if leaf.value == one.variable]
    return bool(places) and counted.issuperset(places)


def _is(one: _Range, node: Syntax) -> bool:
    return isinstance(node, Name) and node.name == one.variable


def _index_leaves(node: Syntax) -> Iterator[Leaf]:
    """What stands in the index of a letter, or in brackets above it: `x^{(i)}`."""
    if isinstance(node, Scripts):
        for index in (node.sub, node.sup if isinstance(node.sup, Fence) else None):
            if index is not None:
                yield from part(index).leaves


def _finding(page: Page, odd: _Range, usual: _Range, votes: int) -> Diagnostic:
    return page.finding(
        CODE,
        NAME,
        f"the {SUMMING[odd.node.op]} over ${odd.variable}$ starts with ${odd.start.text}$, "
        f"those of {votes} other formulas with ${usual.start.text}$",
        odd.written,
        odd.start.span,
        fix=page.put(odd.written, odd.start.span, odd.start.text, usual.start.text),
    )


def _range(written: Written, node: Big) -> tuple[tuple[str, tuple[str, ...]], _Range] | None:
    match node.sub:
        case Chain(first=Name(name=name) as variable, links=(link,)) if link.relation == "=":
            start = link.right
            if isinstance(start, Number) and start.text.isdigit() and node.sup is not None:
                if any(leaf.value == "infty" for leaf in part(node.sup).leaves):
                    return None  # a series may begin anywhere
                key = (part(variable).values[0], part(node.sup).values)
                return key, _Range(written, node, name, start)
    return None


def _alike(one: _Range, other: _Range) -> bool:
    """Whether the two add up the same thing."""
    return part(one.node.body).shape == part(other.node.body).shape


def _shifted(one: _Range) -> bool:
    """Whether the body goes back from the variable: `x_{i-1}`."""
    return any(
        isinstance(n, Sum)
        and len(n.parts) == 2
        and isinstance(n.parts[0][1], Name)
        and n.parts[0][1].name == one.variable
        and n.parts[1][0] == "-"
        for n in walk([one.node.body])
    )


def _first_apart(display: Display, usual: str) -> bool:
    """Whether something with the usual start for its index stands in the formula by itself: `x_1`."""
    pieces: list[Syntax] = [p for row in display.rows for p in row.parts]
    return any(
        isinstance(n, Scripts) and isinstance(n.sub, Number) and n.sub.text == usual for n in walk(pieces)
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The mean is $m = \\sum_{p=1}^P x_p / P$, the spread $s = \\sum_{p=1}^P (x_p - m)^2$, "
        "and $\\sum_{p=1}^P w_p = 1$.\n\n$$t = \\sum_{p=2}^P w_p x_p^2$$\n",
        "Both are $a = \\prod_{n=1}^N p_n$ and $b = \\prod_{n=1}^N q_n$; also $\\sum_{n=1}^N p_n = 1$.\n\n"
        "$$c = \\prod_{n=2}^N p_n q_n$$\n",
        "The loss of all samples is $$L = \\frac{1}{N} \\sum_{i=2}^N (y_i - w^T x_i)^2.$$\n",
    ),
    valid=(
        "The series $\\sum_{k=1}^\\infty a_k$, $\\sum_{k=1}^\\infty b_k$ and $\\sum_{k=1}^\\infty c_k$ "
        "converge, and so does $\\sum_{k=2}^\\infty d_k$.\n",
        "The mean is $m = \\sum_{p=1}^P x_p / P$, the spread $s = \\sum_{p=1}^P (x_p - m)^2$, "
        "and $\\sum_{p=1}^P w_p = 1$.\n\n$$t = \\sum_{p=2}^P (x_p - x_{p-1})^2$$\n",
        "Both are $a = \\prod_{n=1}^N p_n$ and $b = \\prod_{n=1}^N q_n$; also $\\sum_{n=1}^N p_n = 1$.\n\n"
        "$$c = p_1 \\prod_{n=2}^N q_n$$\n",
        "The loss of the others is $$L = \\ell_1 + \\sum_{i=2}^N \\ell_i.$$\n",
        "The chance of a path is $$P = \\prod_{n=2}^N p(x_n \\mid x_{n-1}).$$\n",
        "The sum is $$S = \\sum_{n=2}^N \\frac{a_n}{n}.$$\n",
        "They are $a = \\sum_{k=1}^n k$ and $b = \\sum_{k=1}^n k^2$ and $c = \\sum_{k=1}^n k^3$.\n\n"
        "$$d = \\sum_{k=0}^n 2^k$$\n",
        "They are $a = \\sum_{k=0}^n k$ and $b = \\sum_{k=0}^n k^2$ and $c = \\sum_{k=0}^n k^3$.\n\n"
        "$$d = \\sum_{k=1}^n \\frac{1}{k}$$\n",
    ),
)
