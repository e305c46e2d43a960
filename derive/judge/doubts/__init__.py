"""What a refutation must survive before it is an error: one table, one doubt a file.

A doubt comes in two shapes: `Weaken` (does it hold under this reading or condition?) and `Open` (is
something missing?). They are asked in the order of `table.DOUBTS` for every reading of a refuted claim; the
first before which the refutation falls ends the questions; where none does, two of them are tried together.
To add one: a file with a record, its documents, and a line in `table.py`.
"""

from derive.judge.doubts.asking import examined
from derive.judge.doubts.doubt import GOOD, Decide, Doubt, Open, Weaken


def doubts() -> tuple[Doubt, ...]:
    """All of them, brought in as the first refutation meets them: most documents refute nothing."""
    from derive.judge.doubts.table import DOUBTS

    return DOUBTS


def told() -> tuple[Doubt, ...]:
    """Those about a claim that stands by itself."""
    from derive.judge.doubts.table import TOLD

    return TOLD


__all__ = ["GOOD", "Decide", "Doubt", "Open", "Weaken", "doubts", "examined", "told"]
