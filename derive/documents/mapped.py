"""Text taken out of a source, with the source offset of each of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from derive.classes import dataclass
from derive.model import Formula, Span


@dataclass(frozen=True, slots=True)
class Mapped:
    """`starts[i]` and `ends[i]` are the source offsets around `text[i]`.

    A `range` serves where the text is the source's own; a tuple where something was cut out or unescaped.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @staticmethod
    def whole(text: str, at: int = 0) -> Mapped:
        return Mapped(text, range(at, at + len(text)), range(at + 1, at + len(text) + 1))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Mapped:
        return Mapped(self.text[part], self.starts[part], self.ends[part])

    def span(self, start: int, end: int, default: int = 0) -> Span:
        """The source span of `text[start:end]`; an empty one lies at the place itself."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        if start < len(self.text):
            return Span(self.starts[start], self.starts[start])
        place = self.ends[-1] if self.text else default
        return Span(place, place)

    def stripped(self) -> Mapped:
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def without(self, ranges: Iterable[tuple[int, int]]) -> Mapped:
        """The rest when the half-open ranges are cut out; they may overlap."""
        pieces: list[Mapped] = []
        at = 0
        for start, end in sorted(ranges):
            if start > at:
                pieces.append(self[at:start])
            at = max(at, end)
        if not pieces and at == 0:
            return self
        pieces.append(self[at:])
        return join(pieces)

    def replaced(self, pattern: re.Pattern[str], keep: int = 1) -> Mapped:
        """Each match replaced by its group `keep`, the rest of the match cut out."""
        cuts: list[tuple[int, int]] = []
        for m in pattern.finditer(self.text):
            cuts += [(m.start(), m.start(keep)), (m.end(keep), m.end())]
        return self.without(c for c in cuts if c[0] < c[1])

    def formula(self, display: bool, label: str | None = None) -> Formula:
        """The whole text as a formula; `origins` only where the source's text differs."""
        if not self.text:
            raise ValueError("a formula has at least one character")
        span = Span(self.starts[0], self.ends[-1])
        plain = span.end - span.start == len(self.text) and all(
            self.starts[i] == span.start + i
            for i in ((0, len(self.text) - 1) if self.contiguous else range(len(self.text)))
        )
        origins = None if plain else (*self.starts, self.ends[-1])
        return Formula(span, self.text, display, label, origins)

    @property
    def contiguous(self) -> bool:
        return isinstance(self.starts, range)


def join(pieces: Sequence[Mapped]) -> Mapped:
    if len(pieces) == 1:
        return pieces[0]
    return Mapped(
        "".join(p.text for p in pieces),
        tuple(i for p in pieces for i in p.starts),
        tuple(i for p in pieces for i in p.ends),
    )
