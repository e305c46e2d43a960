"""`derive init`: a commented file of settings to begin with."""

from __future__ import annotations

import argparse
import os

from derive.cli.streams import OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands

NAME = "derive.toml"


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "init",
        help="write a derive.toml to begin with",
        description="Write a derive.toml in which every setting stands with what it is for, none of them "
        "set; never over one that there is.",
    )
    parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="default: this folder")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from derive.settings.shown import sample

    path = os.path.join(options.folder, NAME) if options.folder != "." else NAME
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(sample())
    except FileExistsError:
        complain(f"{path} is there already: nothing written")
        return TROUBLE
    except OSError as error:
        complain(f"{path}: {error.strerror or error}")
        return TROUBLE
    show(f"{path} written: take away the mark in front of what you want to set\n")
    return OK
