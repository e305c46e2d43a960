"""Files that a document names besides its text: headers of its front matter, included files, scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from derive.documents import configuration
from derive.documents.includes import text_of, within
from derive.documents.sites import LARGEST, macros_in
from derive.expressions import regex
from derive.model import Macro

_INCLUDED = (
    regex(r"\{\{<\s*include\s+[\"']?([^\s\"'<>]+)[\"']?\s*>\}\}"),  # Quarto
    regex(r"^\s*(?:```|~~~|:::)+\s*\{include\}\s*(\S+)", re.MULTILINE),  # MyST
    regex(r"^[ \t]*\.\. include::[ \t]+(\S+)", re.MULTILINE),  # reStructuredText
    regex(r"^\s*-{2,}8<-{2,}\s+[\"']([^\"'\n]+)[\"']", re.MULTILINE),  # MkDocs
    regex(r"\{%-?\s*include(?:_relative)?\s+[\"']?([\w./-]+)"),  # Jekyll, Nunjucks
    regex(r"\{\{#include\s+([^\s:}]+)"),  # mdBook
    regex(r"child\s*=\s*[\"']([^\"'\n]+)[\"']"),  # knitr
    regex(r"<script\b[^>]*\bsrc\s*=\s*[\"']?([^\s\"'>]+\.m?js)", re.IGNORECASE),
)
_DEEPEST = 3
MOST = 50


def referenced(text: str, folder: str, root: str) -> tuple[tuple[str, ...], tuple[Macro, ...]]:
    """The files that a document's text names, and the macros of these and of its front matter, in order."""
    macros: list[Macro] = []
    files: list[str] = []
    _collect(text, folder, root, 0, files, macros)
    return tuple(files), tuple(macros)


def named(text: str, folder: str, root: str) -> Iterator[tuple[str, str | None]]:
    """The names of files in a document's text, with the file where it lies in a folder."""
    for name in _names(text):
        yield name, _found(name, folder, root)


def _collect(text: str, folder: str, root: str, depth: int, files: list[str], macros: list[Macro]) -> None:
    head = configuration.front_matter(text)
    for name in (*head.files, *_names(text)):
        path = _found(name, folder, root)
        if path is None or path in files or len(files) >= MOST:
            continue
        inner = text_of(path)
        if inner is None or len(inner) > LARGEST:
            continue
        files.append(path)
        if depth < _DEEPEST and not path.endswith((".js", ".mjs")):
            _collect(inner, os.path.dirname(path), root, depth + 1, files, macros)
        macros += macros_in(path, inner)
    macros += head.macros


def _names(text: str) -> Iterator[str]:
    found = [(m.start(), m[1]) for pattern in _INCLUDED for m in pattern.finditer(text)]
    return (name for _, name in sorted(found))


def _found(name: str, folder: str, root: str) -> str | None:
    """Beside the document, from the root of the project where it begins with a slash, or in its includes."""
    name = name.split("?")[0].split("#")[0]
    if not name or "://" in name or name.startswith("//"):
        return None
    bases = (
        (root,)
        if name.startswith("/")
        else (folder, root, *(os.path.join(root, b) for b in ("_includes", "docs")))
    )
    for base in bases:
        path = os.path.normpath(os.path.join(base, name.lstrip("/")))
        if os.path.isfile(path) and within(root, path):
            return path
    return None
