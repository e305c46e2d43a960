"""Every entry of the notation tables is read in its example, and the reference page is current."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.notation import read
from derive.notation.entries import Entry
from derive.notation.reference import page
from derive.notation.tables import FIELDS, SIGNS, WORDS

ENTRIES = [entry for entries in FIELDS.values() for entry in entries]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.pattern)
def test_the_example_is_read(entry: Entry) -> None:
    assert entry.pattern in entry.example
    read(entry.example)


def test_no_pattern_has_two_meanings() -> None:
    table = {**SIGNS, **WORDS}
    clashes = [
        entry for entry in ENTRIES if (table[entry.pattern].role, table[entry.pattern].value) != entry[1:3]
    ]
    assert clashes == []


def test_the_reference_page_is_current() -> None:
    assert (Path(__file__).parents[2] / "docs/notation.md").read_text(encoding="utf-8") == page()
