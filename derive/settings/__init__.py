"""What a project sets for its documents, in `derive.toml` or `[tool.derive]` of `pyproject.toml`."""

from derive.settings.files import isolated, settings_for, settings_of_run
from derive.settings.macros import macros_of_file
from derive.settings.table import Settings, over, reading
from derive.settings.values import SettingsError

__all__ = [
    "Settings",
    "SettingsError",
    "isolated",
    "macros_of_file",
    "over",
    "reading",
    "settings_for",
    "settings_of_run",
]
