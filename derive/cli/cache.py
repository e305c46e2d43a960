"""`derive cache clean`: takes away what earlier runs kept."""

from __future__ import annotations

import argparse
import os

from derive.cli.streams import OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "cache",
        help="take away what earlier runs kept",
        description="clean: take away the cache of the documents named (of this folder by default), which "
        "lies in .derive_cache beside their settings or where the settings say, and the user's own, for "
        "documents without settings. Exit status: 0 done, 2 something could not be taken away.",
    )
    parser.add_argument("action", choices=("clean",), help="what to do: clean")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: this folder)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from derive.front.cache.reports import folder_of, own_folder
    from derive.front.cache.store import clean
    from derive.settings import SettingsError, settings_for

    folders: dict[str, None] = {}
    status = OK
    for path in options.paths or ["."]:
        try:
            folders.setdefault(
                folder_of(settings_for(os.path.join(path, "-") if os.path.isdir(path) else path))
            )
        except SettingsError as error:
            complain(str(error))
            status = TROUBLE
    for folder in (*folders, own_folder()):
        try:
            if clean(folder):
                show(f"{folder}: taken away\n")
        except OSError as error:
            complain(f"{folder}: {error.strerror or error}")
            status = TROUBLE
    return status
