"""`derive verify-certificate`: the refutations of a JSON report, replayed."""

from __future__ import annotations

import argparse

from derive.cli.streams import FOUND, OK, TROUBLE, complain, show
from derive.cli.subcommands import Subcommands


def add(commands: Subcommands) -> None:
    parser = commands.add_parser(
        "verify-certificate",
        help="replay the refutations of a JSON report",
        description="Replay each refutation of a JSON report independently of the checker. Exit status: "
        "0 none contradicted, 1 some contradicted, 2 not a report.",
    )
    parser.add_argument(
        "report", metavar="REPORT.json", help="what `derive check --output-format json` wrote"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    import json

    from derive.replay.certificate import verify_certificates

    try:
        with open(options.report, encoding="utf-8") as file:
            report = json.load(file)
        if not isinstance(report, dict) or not isinstance(report.get("files"), list):
            raise ValueError("not a report of `derive check --output-format json`")
        replays = verify_certificates(report)
    except OSError as error:
        complain(f"{options.report}: {error.strerror or error}")
        return TROUBLE
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        complain(f"{options.report}: cannot be read as a report: {error}")
        return TROUBLE
    for replay in replays:
        show(f"{replay.claim}: {replay.status}: {replay.detail}\n")
    tally = {
        word: sum(r.status == word for r in replays) for word in ("confirmed", "contradicted", "not replayed")
    }
    show(f"{len(replays)} refuted: " + ", ".join(f"{n} {word}" for word, n in tally.items()) + "\n")
    return FOUND if tally["contradicted"] else OK
