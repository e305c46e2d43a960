"""Files that LaTeX sources name: what a document inputs, and the main file that inputs a chapter.

A name is looked for beside the document, beside its main file and in the root of the project, and never above
the root. Nothing is executed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from derive.documents.macros import declarations
from derive.documents.roots import root_of
from derive.expressions import regex
from derive.model import Macro

LARGEST = 1_000_000  # characters of a file that are read
MOST = 100  # files that are read for one document
_COMMENT = regex(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_INPUT = regex(
    r"\\(?P<command>input|include|subfile|subfileinclude|usepackage|RequirePackage(?:WithOptions)?|documentclass"
    r"|LoadClass(?:WithOptions)?)(?![A-Za-z])\s*(?P<option>\[[^\]]*\])?\s*(?:\{(?P<name>[^{}]+)\}|(?P<bare>[\w./-]+))"
    r"|\\(?:sub)?import\*?\s*\{(?P<folder>[^{}]*)\}\s*\{(?P<file>[^{}]+)\}"
)
_SOURCES: tuple[str, ...] = ("", ".tex")
_SUFFIXES: dict[str, tuple[str, ...]] = {
    "usepackage": (".sty",), "RequirePackage": (".sty",), "RequirePackageWithOptions": (".sty",),
    "documentclass": (".cls",), "LoadClass": (".cls",), "LoadClassWithOptions": (".cls",),
}  # fmt: skip
_TEX_ROOT = regex(r"^\s*%\s*!\s*TEX\s+root\s*=\s*(\S[^\n]*?)\s*$", re.IGNORECASE | re.MULTILINE)
_TEX_MASTER = regex(r"^%+\s*(?:mode:.*)?TeX-master:\s*\"([^\"\n]+)\"", re.MULTILINE)
_SUBFILE = regex(r"\\documentclass\s*\[([^\[\]]+)\]\s*\{subfiles\}")
_BEGIN = regex(r"\\begin\s*\{document\}")


def uncommented(text: str) -> str:
    """The text without its comments; the first lines of an editor's settings are comments too."""
    return _COMMENT.sub(r"\1", text)


def text_of(file: str) -> str | None:
    """The beginning of a file, at most `LARGEST` characters; None for one that cannot be read, and for a pipe
    or a device, which may have no end."""
    try:
        if not os.path.isfile(file):
            return None
        with open(file, encoding="utf-8", errors="replace") as opened:
            return opened.read(LARGEST)
    except (OSError, ValueError):
        return None


def within(root: str, path: str) -> bool:
    """Whether an absolute path lies in a folder, links followed."""
    root = os.path.realpath(root)
    return os.path.realpath(path).startswith(root if root.endswith(os.sep) else root + os.sep)


def named(text: str, folders: Sequence[str], root: str) -> list[tuple[int, str]]:
    """The files that a source (without comments) names, each with the place where it does."""
    found: list[tuple[int, str]] = []
    for m in _INPUT.finditer(text):
        if m["file"] is not None:
            names, suffixes = [m["folder"].strip() + "/" + m["file"].strip()], _SOURCES
        else:
            if m["bare"] is not None and m["command"] != "input":
                continue
            names = [name.strip() for name in (m["name"] or m["bare"]).split(",")]
            suffixes = _SUFFIXES.get(m["command"], _SOURCES)
        for name in names:
            if (file := _resolved(name, suffixes, folders, root)) is not None:
                found.append((m.start(), file))
    return found


def inputs(text: str, folders: Sequence[str]) -> list[tuple[int, str]]:
    """The documents that a source (without comments) inputs, packages and classes left out."""
    found = named(text, folders, os.sep)
    packages = (*_SUFFIXES["usepackage"], *_SUFFIXES["documentclass"])
    return [(at, file) for at, file in found if not file.endswith(packages)]


_AS_IT_STANDS = regex(
    r"\\begin\{(?P<name>verbatim|Verbatim|lstlisting|minted|comment|filecontents)\*?\}.*?\\end\{(?P=name)\*?\}"
    r"|\\(?:verb|lstinline)\*?(?P<mark>[^\sA-Za-z*{]).*?(?P=mark)|\\iffalse\b.*?\\fi\b",
    re.DOTALL,
)


def missing(text: str, folders: Sequence[str]) -> list[str]:
    """The names of documents that a source (without comments) inputs though there is no such file beside it.

    What a preamble inputs may be a file of the TeX system.
    """
    text = _AS_IT_STANDS.sub(" ", text)
    begin = _BEGIN.search(text)
    found: dict[str, None] = {}
    for m in _INPUT.finditer(text, begin.end() if begin else 0):
        if m["file"] is not None:
            name = m["folder"].strip() + "/" + m["file"].strip()
        elif m["command"] in ("input", "include", "subfile", "subfileinclude") and m["name"] is not None:
            name = m["name"].strip()
        else:
            continue
        if re.search(r"[\\#|\"]", name) is None and _resolved(name, _SOURCES, folders, os.sep) is None:
            found[name] = None
    return list(found)


def _resolved(name: str, suffixes: Sequence[str], folders: Sequence[str], root: str) -> str | None:
    if not name or os.path.isabs(name) or "\\" in name:
        return None
    for folder in folders:
        for suffix in suffixes:
            file = os.path.normpath(os.path.join(folder, name + suffix))
            if "." in os.path.basename(file) and os.path.isfile(file) and within(root, file):
                return file
    return None


def included_by(text: str, path: str) -> list[Macro]:
    """Macros of the files that a document of this text and path inputs."""
    folder = os.path.dirname(os.path.abspath(path))
    root = root_of(folder)
    return included(text, (folder, root), root)


def included(text: str, folders: Sequence[str], root: str, seen: set[str] | None = None) -> list[Macro]:
    """Macros of the files that a source names and of those that they name, in the order of reading.

    `folders` are where names are looked for, the document's own first.
    """
    seen = set() if seen is None else seen
    macros: list[Macro] = []
    if len(seen) > MOST:
        return macros
    for _, file in named(uncommented(text), folders, root):
        macros += macros_of(file, folders, root, seen)
    return macros


def macros_of(file: str, folders: Sequence[str], root: str, seen: set[str]) -> list[Macro]:
    """Macros of one LaTeX file with all that it names, where they stand."""
    if file in seen or len(seen) > MOST or (text := text_of(file)) is None:
        return []
    seen.add(file)
    here = os.path.dirname(file)
    return _in_order(uncommented(text), folders if here in folders else (*folders, here), root, seen)


def _in_order(text: str, folders: Sequence[str], root: str, seen: set[str]) -> list[Macro]:
    found = [(at, [macro]) for macro, at, _ in declarations(text) if macro is not None]
    for at, file in named(text, folders, root):
        found.append((at, macros_of(file, folders, root, seen)))
    return [macro for _, macros in sorted(found, key=lambda entry: entry[0]) for macro in macros]


def is_whole(text: str) -> bool:
    """Whether a source is compiled by itself: its own preamble says all."""
    return _BEGIN.search(uncommented(text)) is not None and _SUBFILE.search(text) is None


def main_named(text: str, folder: str, root: str) -> str | None:
    """The main file that a chapter names: `% !TEX root = …`, `\\documentclass[…]{subfiles}`, `TeX-master`."""
    for m in (_TEX_ROOT.search(text[:5000]), _SUBFILE.search(text), _TEX_MASTER.search(text)):
        if m is not None:
            found = _resolved(m[1].strip().strip('"'), _SOURCES, (folder,), root)
            if found is not None:
                return found
    return None


def preamble(main: str, chapter: str, root: str) -> list[Macro]:
    """Macros that a main file has declared where it comes to a chapter: those of its preamble, and its own
    before the chapter. Other chapters' are left out: they may be meant for themselves."""
    text = text_of(main)
    if text is None:
        return []
    text = uncommented(text)
    begin = _BEGIN.search(text)
    head = text[: begin.start()] if begin else text
    folders = (os.path.dirname(main), root)
    macros = _in_order(head, folders, root, {main, chapter})
    if begin is not None:
        here = next((at for at, file in named(text, folders, root) if file == chapter), len(text))
        macros += [m for m, at, _ in declarations(text) if m is not None and begin.end() <= at < here]
    return macros


def reached(main: str, root: str) -> set[str]:
    """All sources that a main file inputs, and those that they input."""
    folders = (os.path.dirname(main), root)
    found: set[str] = set()
    waiting = [main]
    while waiting and len(found) < 500:
        file = waiting.pop()
        text = text_of(file)
        for _, other in named(uncommented(text), (*folders, os.path.dirname(file)), root) if text else ():
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def is_main(text: str) -> bool:
    return r"\documentclass" in text and _BEGIN.search(uncommented(text)) is not None
