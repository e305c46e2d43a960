"""Every key that settings may hold: what it wants, what it is for, and how it is written."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from typing import Any

from derive.classes import dataclass, fields, replace
from derive.model import Macro
from derive.settings import values
from derive.settings.macros import macros
from derive.settings.patterns import matches
from derive.settings.values import Globbed, SettingsError, Unfit

MOST_FAULTS = 10
"""As many of a file are told."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project sets for its documents. `path` is the file it stands in, None where there is none.

    None and empty values are what nobody set.
    """

    macros: tuple[Macro, ...] = ()
    path: str | None = None
    conventions: bool = True
    claim_seconds: float | None = None
    document_seconds: float | None = None
    assume: Globbed = ()
    """LaTeX that holds in all documents, or in those of a pattern: `x > 0`, `n \\in \\mathbb{N}`."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Globbed = ()
    min_confidence: str | None = None
    exclude: tuple[str, ...] = ()
    fail_on: str | None = None
    fail_under: float | None = None
    strict: bool | None = None
    baseline: str | None = None
    output_format: str | None = None
    cache_folder: str | None = None

    def assumed_of(self, document: str) -> tuple[str, ...]:
        """What is assumed of a document of this path."""
        root = os.path.dirname(self.path) if self.path is not None else os.getcwd()
        return tuple(
            latex
            for pattern, listed in self.assume
            if pattern == "**" or matches(document, (pattern,), root)
            for latex in listed
        )


@dataclass(frozen=True, slots=True)
class Key:
    """`field`: of `Settings`. `sample`: a line of TOML as `derive init` writes it."""

    name: str
    field: str
    value: Callable[[object], Any]
    meaning: str
    sample: str


KEYS = (
    Key("exclude", "exclude", values.words, "files and folders to leave out", '["drafts/**", "*.tmp.md"]'),
    Key("select", "select", values.words, "the findings to tell, by code or name (default: all)", '["DRV1"]'),
    Key("ignore", "ignore", values.words, "the findings to leave out, by code or name", '["odd-sibling"]'),
    Key(
        "per-file-ignores",
        "per_file_ignores",
        values.words_by_file,
        "the findings to leave out of some files",
        '{ "history/**" = ["known-formula"] }',
    ),
    Key(
        "min-confidence",
        "min_confidence",
        values.one_of("low", "medium", "high"),
        "leave out findings that are less sure (default: low, that is none)",
        '"medium"',
    ),
    Key(
        "fail-on",
        "fail_on",
        values.one_of("error", "warning", "never"),
        "which findings give the exit status 1",
        '"error"',
    ),
    Key(
        "strict",
        "strict",
        values.boolean,
        "exit with 4 where something was not checked: unread formulas, unsupported formats",
        "false",
    ),
    Key(
        "fail-under",
        "fail_under",
        values.percentage,
        "exit with 4 where fewer per cent of the formulas were read",
        "90",
    ),
    Key(
        "baseline",
        "baseline",
        values.text,
        "a file of known findings, not told again",
        '"derive-baseline.json"',
    ),
    Key("output-format", "output_format", values.text, "the format of the report", '"full"'),
    Key(
        "assume",
        "assume",
        values.words_for_files,
        "what holds in all documents, or, as a table, in those of a pattern",
        "['x > 0', 'n \\in \\mathbb{N}']",
    ),
    Key(
        "macros",
        "macros",
        macros,
        "commands: a body, or a list of body, number of arguments and default of the first",
        "{ '\\bx' = '\\mathbf{x}', '\\E' = ['\\mathbb{E}\\left[#1\\right]', 1] }",
    ),
    Key(
        "conventional-commands",
        "conventions",
        values.boolean,
        "whether commands that nothing declares have their conventional meaning",
        "true",
    ),
    Key("claim-seconds", "claim_seconds", values.seconds, "processor time that a claim may cost", "2"),
    Key(
        "document-seconds",
        "document_seconds",
        values.seconds,
        "processor time that a document may cost",
        "30",
    ),
    Key(
        "cache-dir",
        "cache_folder",
        values.text,
        "the folder of the cache, from where the settings stand",
        '".derive_cache"',
    ),
)


def settings_of(file: str, table: Mapping[str, Any]) -> Settings:
    """The settings of a table of TOML. Raises `SettingsError` with all its faults, a key that there is not
    among them."""
    known = {key.name: key for key in KEYS}
    found: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in table.items():
        key = known.get(name)
        if key is None:
            near = difflib.get_close_matches(name.lower().replace("_", "-"), known, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            faults.append(f"{file}: no setting is called {name!r}; {hint}")
            continue
        try:
            found[key.field] = key.value(value)
        except Unfit as error:
            faults.append(f"{file}: {name}: {error}")
    if faults:
        raise SettingsError(*faults[:MOST_FAULTS])
    return Settings(path=file, **found)


_UNSET = Settings()


def over(given: Settings, found: Settings) -> Settings:
    """What was found, where nothing else was given; macros of both, those given last."""
    changed = {
        f.name: getattr(given, f.name)
        for f in fields(Settings)
        if f.name not in ("macros", "path") and getattr(given, f.name) != getattr(_UNSET, f.name)
    }
    return replace(found, macros=(*found.macros, *given.macros), **changed)


def reading(settings: Settings) -> Settings:
    """What of the settings a report depends on before anything of it is left out."""
    return Settings(
        settings.macros,
        conventions=settings.conventions,
        claim_seconds=settings.claim_seconds,
        document_seconds=settings.document_seconds,
        assume=settings.assume,
    )
