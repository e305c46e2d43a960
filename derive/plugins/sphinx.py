"""A Sphinx extension: `extensions = ["derive.plugins.sphinx"]`.

When a build has ended, the sources that it read are checked, and each finding is a warning of Sphinx at its
place (type `derive`, subtype the finding's name: `suppress_warnings = ["derive.missing-factor"]`).
`sphinx-build -W` fails on them as on any warning; `derive_fail_on` fails the build by itself.

| setting of conf.py | default | |
|---|---|---|
| `derive_check` | `True` | whether anything is checked |
| `derive_fail_on` | `None` | `"error"` or `"warning"`: findings of this severity or above fail the build |
| `derive_warnings` | `True` | whether advice is shown too |
| `derive_docstrings` | `True` | whether the Python files that autodoc read are checked |
| `derive_exclude` | `[]` | patterns (`fnmatch`) of document names left out |
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatch
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ConfigError, ExtensionError
from sphinx.util import logging

from derive.model import Severity
from derive.plugins.hosted import FAIL_ON, Told, failing, told
from derive.version import VERSION

_LOG = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("derive_check", True, "", (bool,))
    app.add_config_value("derive_fail_on", None, "", (str, type(None)))
    app.add_config_value("derive_warnings", True, "", (bool,))
    app.add_config_value("derive_docstrings", True, "", (bool,))
    app.add_config_value("derive_exclude", [], "", (list, tuple))
    app.connect("config-inited", _configured)
    app.connect("build-finished", _finished)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}


def _configured(app: Sphinx, config: Any) -> None:
    if config.derive_fail_on not in (None, *FAIL_ON):
        raise ConfigError(
            f"derive_fail_on: {config.derive_fail_on!r}: one of {', '.join(FAIL_ON)} is expected"
        )


def _finished(app: Sphinx, exception: Exception | None) -> None:
    """Checks what the build read. Raises `ExtensionError` where a finding is to fail the build."""
    if exception is not None or not app.config.derive_check:
        return
    found = told(_sources(app), os.getcwd())
    for problem in found.problems:
        _LOG.warning("derive: %s", problem, type="derive", subtype="problem")
    for entry in found.findings:
        location = f"{entry.path}:{entry.line}"
        if entry.severity is Severity.INFO:
            _LOG.info("%s", entry.text, location=location)
        elif not entry.advice or app.config.derive_warnings:
            _LOG.warning("%s", entry.text, location=location, type="derive", subtype=entry.name)
    for text in found.summary:
        _LOG.info("derive: %s", text)
    _fail(found, app.config.derive_fail_on)


def _fail(found: Told, severity: str | None) -> None:
    number = failing(found, severity)
    if number:
        raise ExtensionError(f"derive: {number} findings fail the build (derive_fail_on = {severity!r})")


def _sources(app: Sphinx) -> list[str]:
    """The documents in the order of their names, and the Python files that they were made from."""
    left_out: Iterable[str] = app.config.derive_exclude
    names = [n for n in sorted(app.env.found_docs) if not any(fnmatch(n, pattern) for pattern in left_out)]
    paths = dict.fromkeys(str(app.env.doc2path(name)) for name in names)
    if app.config.derive_docstrings:
        for name in names:
            for file in sorted(app.env.dependencies.get(name, ())):
                path = os.path.normpath(os.path.join(app.srcdir, file))
                if path.endswith(".py") and os.path.isfile(path):
                    paths.setdefault(path)
    return list(paths)
