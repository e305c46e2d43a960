"""The formats of `derive check`, as the table of `derive/report/formats/` has them."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from derive.report.formats import FORMATS as TABLE

if TYPE_CHECKING:
    from derive.model import Report

FORMATS = tuple(TABLE)


def rendered(report: Report, options: argparse.Namespace, colour: bool) -> str:
    from derive.model import Status
    from derive.report.formats import Options
    from derive.report.formats.paths import repository

    listed = frozenset(Status(name) for name in options.list)
    told = Options(listed, options.trail, colour, repository(os.getcwd()))
    return TABLE[options.output_format].write(report, told)


def needs_terms(name: str) -> bool:
    """Whether the format shows how each verdict came about, which a cached report does not tell."""
    return TABLE[name].terms


def tells_notes(name: str) -> bool:
    """Whether what a run has to say of itself stands in the report."""
    return TABLE[name].notes
