"""What the project around a document says of its macros.

Every file that is read lies in the project's root or below it; folders are read once a run. Of two
declarations the one in the nearer folder counts, and the configuration before the pages of a site. Where two
files of one folder disagree, or two that nothing refers to, the macro is not used, and the report says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from derive.classes import dataclass, field, replace
from derive.documents import format_of, includes, sites
from derive.documents.agreement import meaning, plainest
from derive.documents.references import referenced
from derive.documents.roots import ancestors, root_of
from derive.documents.sites import Declared, Level
from derive.model import Macro, Source


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Macros declared around a document.

    `inherited` are in force where neither settings nor the document say otherwise; `referenced` come from
    files that the document names; `loose` stand in files that nothing is known to refer to: good for a
    command that nobody else knows. `disputed`: commands that files declare differently, with the files.
    `files`: all that declare macros, relative to the root. `included` are those of files that a LaTeX source
    inputs, where it does.

    With it a document's text is read without its files: on another machine too.
    """

    inherited: tuple[Macro, ...] = ()
    referenced: tuple[Macro, ...] = ()
    loose: tuple[Macro, ...] = ()
    disputed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    included: tuple[Macro, ...] = ()


class Project:
    """The projects around the documents of one run; what was read of a folder is kept.

    `bounds` are the folders that the user named: the root of documents in no project.
    """

    def __init__(self, bounds: Sequence[str] = ()) -> None:
        self._bounds = tuple(bounds)
        self._roots: dict[str, str] = {}
        self._levels: dict[str, Level] = {}
        self._mains: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}

    def around(self, source: Source) -> Surroundings:
        """What is declared around a document. Never raises."""
        found = self._declared(source)
        if format_of(source.path) != "latex":
            return found
        return replace(found, included=tuple(includes.included_by(source.text, source.path)))

    def _declared(self, source: Source) -> Surroundings:
        path = os.path.abspath(source.path)
        folder = os.path.dirname(path)
        root = self._root(folder)
        if format_of(path) == "latex":
            named = _named(source.text, (folder, root), root)
            if includes.is_whole(source.text):
                return Surroundings(files=named)
            mains = self._declared_by_mains(path, source.text, root)
            if mains:
                found = _surroundings(root, [[mains]], (), ())
                return replace(found, files=(*named, *found.files))
        levels = [self._level(f, root) for f in self._folders(folder, root)]  # nearest first
        loose = [d for level in levels for d in level.loose]
        if format_of(path) == "latex":
            found = _surroundings(root, [], loose, ())
            return replace(found, files=(*named, *found.files))
        files, macros = referenced(source.text, folder, root)
        inherited = [[level.pages, level.configurations] for level in reversed(levels)]
        others = [d for d in loose if d.file not in files]
        found = _surroundings(root, inherited, others, [Declared(file, ()) for file in files])
        return replace(found, referenced=macros)

    def _root(self, folder: str) -> str:
        if folder not in self._roots:
            self._roots[folder] = root_of(folder, self._bounds)
        return self._roots[folder]

    def _folders(self, folder: str, root: str) -> list[str]:
        found = []
        for above in ancestors(folder):
            found.append(above)
            if above == root:
                break
        return found

    def _level(self, folder: str, root: str) -> Level:
        if folder not in self._levels:
            self._levels[folder] = sites.level(folder, root)
        return self._levels[folder]

    def _declared_by_mains(self, path: str, text: str, root: str) -> list[Declared]:
        """The main files of a chapter, each with what it has declared where it comes to the chapter."""
        folder = os.path.dirname(path)
        named = includes.main_named(text, folder, root)
        mains = [named] if named is not None else []
        if not mains:
            for above in self._folders(folder, root):
                mains = [main for main, chapters in self._mains_in(above, root) if path in chapters]
                if mains:
                    break
        return [Declared(main, tuple(includes.preamble(main, path, root))) for main in mains]

    def _mains_in(self, folder: str, root: str) -> tuple[tuple[str, frozenset[str]], ...]:
        if folder not in self._mains:
            found = []
            for name in _names(folder)[:500]:
                file = os.path.join(folder, name)
                if not name.endswith(".tex") or not includes.within(root, file):
                    continue
                if (text := includes.text_of(file)) and includes.is_main(text):
                    found.append((file, frozenset(includes.reached(file, root))))
            self._mains[folder] = tuple(found)
        return self._mains[folder]


def _named(text: str, folders: Sequence[str], root: str) -> tuple[str, ...]:
    """The files that a LaTeX source inputs, as a message names them."""
    found = includes.named(includes.uncommented(text), folders, root)
    return tuple(dict.fromkeys(_relative(file, root) for _, file in found))


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _surroundings(
    root: str,
    inherited: Iterable[Iterable[Sequence[Declared]]],
    loose: Sequence[Declared],
    named: Sequence[Declared],
) -> Surroundings:
    """`inherited` are groups from the weakest to the strongest: within one, files are equals."""
    settled: dict[str, Macro] = {}
    disputed: dict[str, tuple[str, ...]] = {}
    files: dict[str, None] = {_relative(d.file, root): None for d in named}
    for groups in inherited:
        for group in groups:
            agreed, quarrels = _agreed(group, root)
            for name in quarrels:
                settled.pop(name, None)
            for name in agreed:
                disputed.pop(name, None)
            settled |= agreed
            disputed |= quarrels
            files |= {_relative(d.file, root): None for d in group}
    agreed, quarrels = _agreed(loose, root)
    files |= {_relative(d.file, root): None for d in loose}
    disputed = quarrels | disputed
    spare = tuple(m for name, m in agreed.items() if name not in settled and name not in disputed)
    disputed = {name: where for name, where in disputed.items() if name not in settled}
    return Surroundings(tuple(settled.values()), (), spare, disputed, tuple(files))


def _agreed(group: Sequence[Declared], root: str) -> tuple[dict[str, Macro], dict[str, tuple[str, ...]]]:
    """What the files of a group agree on, and what they do not, with the files of each."""
    where: dict[str, dict[str, Macro]] = {}
    for declared in group:
        for macro in declared.macros:  # the last declaration of a file counts
            where.setdefault(macro.name, {})[_relative(declared.file, root)] = macro
    agreed: dict[str, Macro] = {}
    quarrels: dict[str, tuple[str, ...]] = {}
    for name, by_file in where.items():
        meanings = {meaning(macro) for macro in by_file.values()}
        if len(meanings) == 1:
            agreed[name] = plainest(tuple(by_file.values()))
        else:
            quarrels[name] = tuple(by_file)
    return agreed, quarrels


def _relative(file: str, root: str) -> str:
    return os.path.relpath(file, root).replace(os.sep, "/")
