"""The project that a document belongs to: the folder that its files are looked for in, and never above."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

#: what stands in the root of a project; a repository's own mark goes before all others, then what holds the
#: settings of all that lies below: a package's documentation may input the package's own pages
REPOSITORY = (".git", ".hg", ".svn")
SETTINGS = ("derive.toml", "pyproject.toml")
MARKS = (
    "_quarto.yml _quarto.yaml _config.yml _config.yaml mkdocs.yml mkdocs.yaml "
    "book.toml conf.py myst.yml _bookdown.yml package.json _includes _layouts hugo.toml config.toml "
    "docusaurus.config.js docusaurus.config.ts .latexmkrc latexmkrc .obsidian"
).split()
DEEPEST = 24  # folders that are climbed


def ancestors(folder: str) -> Iterator[str]:
    """A folder and those above it, nearest first."""
    for _ in range(DEEPEST):
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def root_of(folder: str, bounds: Sequence[str] = ()) -> str:
    """The root of the project around an absolute folder: the nearest repository, else the nearest folder with
    settings, else that with another mark of a project, else the farthest of `bounds` (folders named by the
    user) that holds it, else itself.
    """
    for marks in (REPOSITORY, SETTINGS, MARKS):
        for above in ancestors(folder):
            if any(os.path.exists(os.path.join(above, mark)) for mark in marks):
                return above
    holding = [
        b for b in map(os.path.abspath, bounds) if (folder + os.sep).startswith(b.rstrip(os.sep) + os.sep)
    ]
    return min(holding, key=len, default=folder)
