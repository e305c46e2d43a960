"""Documents: from a file's text to blocks of prose and formulas with exact source spans."""

from __future__ import annotations

from collections.abc import Sequence
from os.path import splitext

from derive.classes import replace
from derive.documents.comments.directives import directives, with_sentences
from derive.documents.comments.reach import Lines, asserted
from derive.documents.mapped import Mapped
from derive.documents.struck import marked
from derive.model import Block, Document, Formula, Macro, Problem, Source

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".mdx": "markdown",
    ".tex": "latex",
    ".ltx": "latex",
    ".latex": "latex",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".ipynb": "jupyter",
    ".rst": "rst",
    ".rest": "rst",
    ".py": "python",
    ".jl": "julia",
    ".jmd": "markdown-julia",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".org": "org",
    ".ptx": "pretext",
    ".xml": "pretext",
}
#: extensions that say too little of what stands in a file: read when the file is named, passed over in a
#: folder
NAMED_FORMATS = {".txt": "rst", ".inc": "rst"}


def format_of(path: str) -> str | None:
    """The name of a file's format by its extension, None for one that no reader knows."""
    suffix = splitext(path)[1].lower()
    return FORMATS.get(suffix) or NAMED_FORMATS.get(suffix)


def read_document(
    source: Source, macros: Sequence[Macro] = (), included: Sequence[Macro] | None = None
) -> Document:
    """The blocks, formulas, macros and problems of a file's text.

    `macros` are known beforehand, from settings; the document's own go before them. `included` are those of
    the files that a LaTeX source inputs, read from the disk where they are not given. The format is told by
    the path's extension; anything unknown is read as Markdown. Never raises for what a document contains:
    what cannot be read is a problem with its place.
    """
    name = format_of(source.path) or "markdown"
    text = Mapped.whole(source.text)
    match name:
        case "latex":
            from derive.documents import latex

            if included is None:
                from derive.documents.includes import included_by

                included = included_by(source.text, source.path)
            found = latex.read(text, included)
        case "html":
            from derive.documents import html

            found = html.read(text)
        case "jupyter":
            from derive.documents import notebook

            found = notebook.read(text)
        case "rst":
            from derive.documents.restructured import reader

            found = reader.read(text)
        case "python":
            from derive.documents.code import python

            found = python.read(text)
        case "julia":
            from derive.documents.code import julia

            found = julia.read(text)
        case "asciidoc":
            from derive.documents.markup import asciidoc

            found = asciidoc.read(text)
        case "org":
            from derive.documents.markup import org

            found = org.read(text)
        case "pretext":
            from derive.documents.markup import pretext

            found = pretext.read(text)
        case "markdown-julia":
            from derive.documents import markdown

            found = markdown.read(text, ticks=True)
        case _:
            from derive.documents import markdown

            found = markdown.read(text)
    known = last_of_each([*macros, *found.macros])
    blocks = marked(found.blocks, source.text, name)
    if not found.comments:
        return Document(source, name, tuple(blocks), known, tuple(found.problems))
    said = directives(found.comments)
    blocks = with_sentences(asserted(blocks, [d for d, _ in said], Lines(source.text, name)), said)
    problems, told = tuple(found.problems), tuple(d for d, _ in said)
    return Document(source, name, tuple(blocks), known, problems, told)


def bounded(document: Document, most: int) -> Document:
    """The document up to so many formulas: to read what they say takes time, before any is decided."""
    kept: list[Block] = []
    left = most
    for block in document.blocks:
        left -= sum(isinstance(part, Formula) for part in block.parts)
        if left >= 0:
            kept.append(block)
            continue
        at = [k for k, part in enumerate(block.parts) if isinstance(part, Formula)][left]
        kept.append(replace(block, parts=block.parts[:at]))
        said = f"more than {most:,} formulas: from here on none was read; --document-seconds allows for more"
        told = Problem(block.parts[at].span, said, True)
        return replace(document, blocks=tuple(kept), problems=(*document.problems, told))
    return document


def last_of_each(macros: list[Macro]) -> tuple[Macro, ...]:
    """One macro a name, the last declaration, as TeX at the end of the document would have it."""
    return tuple({m.name: m for m in macros}.values())
