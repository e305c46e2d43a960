"""The formats of `derive check`: a module of `derive/report/` each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derive.model import Report

FORMATS = ("full", "concise", "json", "latex")


def rendered(report: Report, options: argparse.Namespace, colour: bool) -> str:
    from derive.model import Status

    listed = frozenset(Status(name) for name in options.list)
    match options.output_format:
        case "concise":
            from derive.report import concise

            return concise.render(report, listed)
        case "json":
            from derive.report import json

            return json.render(report, options.trail)
        case "latex":
            from derive.report import latex

            return latex.render(report)
        case _:
            from derive.report import full

            return full.render(report, colour, listed)
