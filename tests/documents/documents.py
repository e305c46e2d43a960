"""Short hands for the tests of this folder."""

from __future__ import annotations

from derive.documents import read_document
from derive.model import Document, Formula, Prose, Source


def read(text: str, path: str = "a.md") -> Document:
    document = read_document(Source(path, text))
    exact(document)
    return document


def exact(document: Document) -> None:
    """What every document keeps: spans slice back to the source, in order, without overlap."""
    at = 0
    text = document.source.text
    for block in document.blocks:
        assert block.parts
        for part in block.parts:
            assert at <= part.span.start < part.span.end <= len(text)
            assert block.span.start <= part.span.start and part.span.end <= block.span.end
            at = part.span.end
            if isinstance(part, Formula):
                assert part.latex == part.latex.strip()
                if part.origins is None:
                    assert text[part.span.start : part.span.end] == part.latex
                else:
                    assert len(part.origins) == len(part.latex) + 1
                    assert list(part.origins) == sorted(part.origins)
                    assert part.origins[0] == part.span.start
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


def formulas(text: str, path: str = "a.md") -> list[str]:
    return [f.latex for f in read(text, path).formulas]


def outline(text: str, path: str = "a.md") -> list[tuple[str, int, str]]:
    """Kind, level and content of each block; formulas stand in ⟦…⟧."""
    return [
        (
            b.kind,
            b.level,
            "".join(p.text if isinstance(p, Prose) else f"⟦{p.latex}⟧" for p in b.parts).strip(),
        )
        for b in read(text, path).blocks
    ]
