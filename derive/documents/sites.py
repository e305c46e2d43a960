"""Which files of a folder declare macros for the documents in and below it, by the habits of the systems that
documents are published with. Only names that such systems use are looked at, and only so many files.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from derive.classes import dataclass
from derive.documents import configuration
from derive.documents.includes import text_of, within
from derive.documents.macros import declared
from derive.expressions import regex
from derive.model import Macro

#: configuration of Quarto, R Markdown, Jekyll and Jupyter Book, MyST, MkDocs, mdBook, Sphinx, …
CONFIGURATIONS = frozenset(
    "_quarto.yml _quarto.yaml _metadata.yml _output.yml _bookdown.yml _config.yml _config.yaml myst.yml "
    "mkdocs.yml mkdocs.yaml book.toml book.json conf.py docusaurus.config.js docusaurus.config.ts "
    "docusaurus.config.mjs astro.config.mjs astro.config.ts gatsby-config.js gatsby-config.ts "
    "hugo.toml hugo.yaml config.toml config.yaml .vscode/settings.json .vitepress/config.js "
    ".vitepress/config.ts .vitepress/config.mts docs/.vitepress/config.js docs/.vitepress/config.ts".split()
)
#: folders of a site's own pages, scripts and partial pages
SITE_FOLDERS = (
    "_includes _layouts _templates _static layouts templates theme themes overrides partials assets static "
    "public js javascripts scripts docs/javascripts docs/js docs/assets".split()
)
#: where authors keep files of macros
LOOSE_FOLDERS = (
    "tex latex sty macros include includes common shared config preamble preambles header headers "
    "resources style styles notation".split()
)
_PAGES = (".html", ".htm", ".js", ".mjs", ".ts", ".hbs", ".njk", ".liquid", ".ejs", ".tex", ".sty")
_LOOSE = (".tex", ".sty", ".js", ".html", ".md", ".qmd", ".yml", ".json")
_LOOSE_NAME = regex(
    r"macro|preamble|notation|newcommand|mathjax|katex|shortcut"
    r"|(?:^|[^a-z])(?:defs?|definitions?|commands?|symbols|math|header)(?:[^a-z]|$)",
    re.IGNORECASE,
)
#: other people's libraries: they are full of macros, none of them the author's
_VENDORED = regex(
    r"\.min\.|bundle|vendor|(?:^|/)(?:mathjax|katex|es5|dist|lib|libs|node_modules|site_libs)/", re.I
)
_DECLARES = regex(
    r"acros|\\(?:re|provide)?newcommand|\\[gex]?def(?![A-Za-z])|\\DeclareMathOperator|\\let(?![A-Za-z])"
)
MOST_FILES = 300  # of a folder that are considered
LARGEST = 200_000  # characters of one; a library is longer
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Declared:
    """The macros of one file."""

    file: str
    macros: tuple[Macro, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """What a folder says to the documents in and below it, weakest first.

    `loose`: files with the name of one that holds macros, which nothing is known to refer to; `pages`: those
    of a site's folders; `configurations`: the configuration, and the files that it names.
    """

    loose: tuple[Declared, ...] = ()
    pages: tuple[Declared, ...] = ()
    configurations: tuple[Declared, ...] = ()


def level(folder: str, root: str) -> Level:
    """Reads a folder; what cannot be read declares nothing."""
    configurations = list(_configurations(folder, root))
    taken = {c.file for c in configurations}
    pages = [d for d in _declared(_pages(folder), root) if d.file not in taken]
    taken |= {p.file for p in pages}
    loose = [d for d in _declared(_loose(folder), root) if d.file not in taken]
    return Level(tuple(loose), tuple(pages), tuple(configurations))


def macros_in(file: str, text: str) -> tuple[Macro, ...]:
    """The macros that a file declares, by its name: a configuration's tables, else scripts and LaTeX."""
    suffix = os.path.splitext(file)[1].lower()
    if suffix in (".yml", ".yaml", ".toml", ".json", ".py"):
        return tuple(configuration.read(os.path.basename(file), text).macros)
    if suffix == ".txt":
        return tuple(declared(text)) or tuple(_listed(text))
    if suffix in (".tex", ".sty", ".cls", ".ltx"):
        text = re.sub(r"(?<!\\)((?:\\\\)*)%[^\n]*", r"\1", text)
    return tuple(declared(text))


def _listed(text: str) -> Iterator[Macro]:
    """mdBook's KaTeX: a macro a line, `\\name:{body}`."""
    for m in re.finditer(r"^\\([A-Za-z]+)\s*:\s*(\S[^\n]*?)\s*$", text, re.MULTILINE):
        arity = max((int(d) for d in re.findall(r"#(\d)", m[2])), default=0)
        yield Macro(m[1], m[2], arity)


def _declared(files: Iterator[str], root: str) -> Iterator[Declared]:
    for file in files:
        if within(root, file) and (text := text_of(file)) is not None and len(text) <= LARGEST:
            if (file.endswith(".txt") or _DECLARES.search(text)) and (macros := macros_in(file, text)):
                yield Declared(file, macros)


def _configurations(folder: str, root: str) -> Iterator[Declared]:
    for name in sorted(CONFIGURATIONS):
        file = os.path.join(folder, name)
        if not within(root, file) or (text := text_of(file)) is None:
            continue
        if os.path.splitext(name)[1] in (".js", ".ts", ".mjs", ".mts"):
            if macros := tuple(declared(text)):
                yield Declared(file, macros)
            continue
        found = configuration.read(os.path.basename(name), text)
        for other in found.files:
            if (path := _beside(other, folder, root)) is not None:
                yield from _declared(iter((path,)), root)
        if found.macros:
            yield Declared(file, tuple(found.macros))


def _beside(name: str, folder: str, root: str) -> str | None:
    """A file that a configuration names, in the folders that its system looks in."""
    if "://" in name or os.path.isabs(name):
        return None
    for base in ("", "docs", "source", "src", "content", "_static", "static", "assets", "book"):
        path = os.path.normpath(os.path.join(folder, base, name))
        if os.path.isfile(path) and within(root, path):
            return path
    return None


def _pages(folder: str) -> Iterator[str]:
    count = 0
    for name in SITE_FOLDERS:
        for file in _walk(os.path.join(folder, name), _DEEPEST):
            count += 1
            if count > MOST_FILES:
                return
            inside = os.path.relpath(file, folder).replace(os.sep, "/")
            if file.lower().endswith(_PAGES) and not _VENDORED.search(inside):
                yield file


def _loose(folder: str) -> Iterator[str]:
    for name in ("", *LOOSE_FOLDERS):
        for file in _walk(os.path.join(folder, name) if name else folder, 1):
            base = os.path.basename(file)
            if base.lower().endswith(_LOOSE) and (
                base.endswith(".sty") or _LOOSE_NAME.search(os.path.splitext(base)[0])
            ):
                yield file


def _walk(folder: str, depth: int) -> Iterator[str]:
    """Files of a folder and `depth - 1` levels below it, in the order of names."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)[:2000]
    except OSError:
        return
    for entry in entries:
        if _is_file(entry):
            yield entry.path
        elif depth > 1 and entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _walk(entry.path, depth - 1)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads to itself
        return False
