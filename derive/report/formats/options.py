"""What a writer of reports is told besides the report."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from derive.classes import dataclass

if TYPE_CHECKING:
    from derive.model import Status


@dataclass(frozen=True, slots=True)
class Options:
    """listed: statuses of which every entry is told too (full, concise). trail: every decision on the way to
    each verdict (json). root: the folder, absolute, that paths are told from where a service wants them so
    (sarif, github, gitlab, rdjson); without it they are told as they were given."""

    listed: Collection[Status] = ()
    trail: bool = False
    colour: bool = False
    root: str | None = None
