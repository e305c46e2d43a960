"""What a run looks at: the documents, and the settings of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence

from derive.classes import dataclass, replace
from derive.documents.files import collect
from derive.gate.selection import validated
from derive.model import Macro
from derive.settings import (
    Settings,
    SettingsError,
    isolated,
    macros_of_file,
    over,
    settings_for,
    settings_of_run,
)
from derive.settings.patterns import matches


@dataclass(frozen=True, slots=True)
class Gathered:
    """Documents in order with the settings of each; `unchecked` are those of the notes that tell of
    something that was not looked into."""

    paths: tuple[str, ...]
    settings: dict[str, Settings]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    unchecked: tuple[str, ...]


def gather(
    paths: Sequence[str], macros: Sequence[str], given: Settings, alone: bool, texts: Collection[str]
) -> Gathered:
    """`given` goes before what the settings say; with `alone` there are none. A path among `texts` is a
    document, whether there is such a file or not.

    What is wrong with settings or a file of macros is a problem, and costs nothing else.
    """
    problems: dict[str, None] = {}
    run = Settings()
    try:
        given = validated(given)
    except SettingsError as error:
        problems |= dict.fromkeys(error.faults)
        given = replace(given, select=(), ignore=())
    try:
        run = Settings() if alone else settings_of_run(paths)
    except SettingsError as error:
        problems |= dict.fromkeys(error.faults)
    own = excluded(run)

    def left_out(path: str) -> bool:
        return matches(path, given.exclude, os.getcwd()) or own(path)

    collected = collect([path for path in paths if path not in texts], left_out)
    found = (*(path for path in paths if path in texts), *collected.paths)
    common: list[Macro] = []
    for file in macros:
        try:
            common += macros_of_file(file)
        except SettingsError as error:
            problems |= dict.fromkeys(error.faults)
    settings = _settings(found, replace(given, macros=(*given.macros, *common)), alone, problems)
    return Gathered(found, settings, (*collected.problems, *problems), collected.notes, collected.unchecked)


def excluded(run: Settings) -> Callable[[str], bool]:
    """Whether a path is one that the settings of a run leave out; their patterns start where they stand."""
    root = os.path.dirname(run.path) if run.path is not None else os.getcwd()
    return lambda path: matches(path, run.exclude, root)


def _settings(
    paths: Sequence[str], given: Settings, alone: bool, problems: dict[str, None]
) -> dict[str, Settings]:
    """The settings of each document, with what was given."""
    of = isolated if alone else settings_for
    in_folder: dict[str, Settings] = {}
    for path in paths:
        folder = os.path.dirname(path)
        if folder not in in_folder:
            try:
                found = validated(of(path))
            except SettingsError as error:
                problems |= dict.fromkeys(error.faults)
                found = Settings()
            in_folder[folder] = over(given, found)
    return {path: in_folder[os.path.dirname(path)] for path in paths}
