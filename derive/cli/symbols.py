"""`derive symbols`: the table of a document's notation."""

from __future__ import annotations

import argparse

from derive.cli.streams import OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "symbols",
        help="the table of a document's notation",
        description="Tell of every symbol in the relations of a document what it is taken for, and which "
        "place says so. A symbol that changes its meaning has a line for each. Exit status: 0 done, 2 the "
        "file cannot be read.",
    )
    parser.add_argument("file", metavar="FILE", help="a document")
    parser.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from derive.front.expressions import entries_of
    from derive.report import table_of_symbols as table

    try:
        found = table.rows(*entries_of(options.file))
    except ValueError as error:
        complain(str(error))
        return TROUBLE
    show(table.as_data(found) if options.output_format == "json" else table.as_text(found))
    return OK
