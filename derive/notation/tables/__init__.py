"""The notation tables, one module a field, and the look-up that the lexer uses."""

from __future__ import annotations

from derive.notation.entries import Entry
from derive.notation.tables import (
    arithmetic,
    calculus,
    layout,
    letters,
    linear_algebra,
    logic,
    physics,
    probability,
    sums,
)

FIELDS: dict[str, tuple[Entry, ...]] = {
    "Arithmetic": arithmetic.ENTRIES,
    "Calculus": calculus.ENTRIES,
    "Linear algebra": linear_algebra.ENTRIES,
    "Sums and extrema": sums.ENTRIES,
    "Probability": probability.ENTRIES,
    "Sets and logic": logic.ENTRIES,
    "Physics": physics.ENTRIES,
    "Letters, alphabets, accents": letters.ENTRIES,
    "Layout": layout.ENTRIES,
}

SIGNS: dict[str, Entry] = {
    entry.pattern: entry
    for entries in FIELDS.values()
    for entry in entries
    if entry.pattern[0] == "\\" or not entry.pattern.isascii() or not entry.pattern.isalpha()
}
WORDS: dict[str, Entry] = {
    entry.pattern: entry
    for entries in FIELDS.values()
    for entry in entries
    if entry.pattern.isascii() and entry.pattern.isalpha()
}
