"""A plugin of MkDocs: `plugins: [search, derive]` in `mkdocs.yml`.

When a build has ended, the pages that it read are checked; findings are warnings of MkDocs, which
`mkdocs build --strict` fails on. `fail_on` fails the build by itself.

    plugins:
      - derive:
          fail_on: error        # or warning; without it nothing fails
          warnings: true        # whether advice is shown
          exclude: ["api/*"]    # pages left out (fnmatch)
"""

from __future__ import annotations

import logging
import os
from fnmatch import fnmatch

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from derive.model import Severity
from derive.plugins.hosted import FAIL_ON, failing, told

_LOG = logging.getLogger("mkdocs.plugins.derive")


class DeriveConfig(Config):  # type: ignore[no-untyped-call]
    enabled = config_options.Type(bool, default=True)
    fail_on = config_options.Optional(config_options.Choice(FAIL_ON))
    warnings = config_options.Type(bool, default=True)
    exclude = config_options.ListOfItems(config_options.Type(str), default=[])


class DerivePlugin(BasePlugin[DeriveConfig]):  # type: ignore[no-untyped-call]
    """Checks the pages of a site."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[str] = []

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._pages = [
            file.abs_src_path
            for file in files.documentation_pages()
            if file.abs_src_path is not None
            and os.path.isfile(file.abs_src_path)
            and not any(fnmatch(file.src_uri, pattern) for pattern in self.config.exclude)
        ]
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Raises `PluginError` where a finding is to fail the build."""
        if not self.config.enabled or not self._pages:
            return
        found = told(self._pages, os.getcwd())
        for problem in found.problems:
            _LOG.warning("%s", problem)
        for entry in found.findings:
            if entry.severity is Severity.INFO:
                _LOG.info("%s:%s: %s", entry.path, entry.line, entry.text)
            elif not entry.advice or self.config.warnings:
                _LOG.warning("%s:%s: %s", entry.path, entry.line, entry.text)
        for text in found.summary:
            _LOG.info("%s", text)
        number = failing(found, self.config.fail_on)
        if number:
            raise PluginError(f"derive: {number} findings fail the build (fail_on: {self.config.fail_on})")
