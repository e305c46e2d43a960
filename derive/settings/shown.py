"""Settings as a person would write them: what holds, or a commented file to begin with."""

from __future__ import annotations

import json
from typing import Any

from derive.model import Macro
from derive.settings.table import KEYS, Settings
from derive.settings.values import Globbed

_HEAD = """\
# Settings of derive for the documents of this folder and those below it.
# Take away the mark in front of a line to set it; `derive check --show-settings` prints what holds.
"""


def sample() -> str:
    """What `derive init` writes: every key with what it is for, none of them set."""
    rows = [_HEAD]
    rows += [f"# {key.meaning}\n# {key.name} = {key.sample}\n" for key in KEYS]
    return "\n".join(rows)


def shown(settings: Settings) -> str:
    """The settings as TOML; what nobody set is a comment."""
    rows = [f"# from {settings.path}" if settings.path is not None else "# no file of settings was found"]
    unset = Settings()
    for key in KEYS:
        value = getattr(settings, key.field)
        if value == getattr(unset, key.field) and not isinstance(value, bool):
            rows.append(f"# {key.name} is not set")
        else:
            rows.append(f"{key.name} = {_toml(value)}")
    return "\n".join(rows) + "\n"


def _toml(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value:g}"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case (Macro(), *_):
            return "{ " + ", ".join(f"{_toml(m.name)} = {_macro(m)}" for m in value) + " }"
        case ((str(), tuple()), *_):
            return _table(value)
    return "[" + ", ".join(map(_toml, value)) + "]"


def _macro(macro: Macro) -> str:
    if macro.arity == 0:
        return _toml(macro.body)
    return _toml((macro.body, macro.arity, *(() if macro.default is None else (macro.default,))))


def _table(value: Globbed) -> str:
    return "{ " + ", ".join(f"{_toml(pattern)} = {_toml(words)}" for pattern, words in value) + " }"
