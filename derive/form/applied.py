"""Letters before a bracket with one or more things in it, as they are written on a page."""

from __future__ import annotations

from collections.abc import Iterator

from derive.classes import dataclass
from derive.form.page import Page, Written
from derive.form.pattern.leaves import part
from derive.model import Span
from derive.notation.syntax import Bar, Fence, Infix, Juxtaposition, Name, Scripts, Syntax
from derive.notation.syntax import Sequence as Items

_STEPS = frozenset({"Delta", "delta"})
_GIVEN = frozenset({"mid", "given"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A letter before a bracket. `arguments`: what stands between the commas and bars."""

    written: Written
    head: Name
    fence: Fence
    arguments: tuple[Syntax, ...]

    @property
    def key(self) -> str:
        """The head's letter, with its font and its accents."""
        return part(self.head).values[0]

    @property
    def inside(self) -> tuple[str, ...]:
        """The leaves of the bracket."""
        return part(self.fence).values

    @property
    def span(self) -> Span:
        return self.head.span.cover(self.fence.span)


def applied(page: Page) -> Iterator[Applied]:
    """Every letter of the page that stands before a parenthesis: a function of what is in it, or a factor."""
    for written, node in page.nodes:
        if not isinstance(node, Juxtaposition):
            continue
        for k, (before, fence) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
            head = letter(before)
            if k and isinstance(sign := node.factors[k - 1], Name) and sign.name in _STEPS:
                continue  # `\Delta t(t)` is a function called `\Delta t`
            if head is None or not isinstance(fence, Fence) or fence.open != "(":
                continue
            if items := tuple(items_of(fence.body)):
                yield Applied(written, head, fence, items)


def letter(node: Syntax) -> Name | None:
    """The letter that a node is, with scripts or without."""
    match node:
        case Name(word=False):
            return node
        case Scripts(base=Name(word=False) as base):
            return base
        case _:
            return None


def items_of(body: Syntax | None) -> Iterator[Syntax]:
    """What stands between the commas and bars of a bracket."""
    match body:
        case None:
            return
        case Items(items=items):
            for item in items:
                yield from items_of(item)
        case Bar(left=left, right=right):
            yield from items_of(left)
            yield from items_of(right)
        case Infix(op=op, left=left, right=right) if op in _GIVEN:
            yield from items_of(left)
            yield from items_of(right)
        case _:
            yield body
