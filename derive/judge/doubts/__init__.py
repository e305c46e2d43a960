"""What a refutation must survive before it is an error: one table, one doubt a file.

A doubt comes in two shapes: `Weaken` (does it hold under this reading or condition?) and `Open` (is
something missing?). They are asked in the order of `DOUBTS` for every reading of a refuted claim; the first
before which the refutation falls ends the questions; where none does, two of them are tried together. To add
one: a file with a record, its documents, and a line in the table.
"""

from derive.judge.doubts import (
    another_definition,
    commuting,
    complementary,
    constant_letter,
    counting_from_one,
    data,
    degrees,
    derived_before,
    either_start,
    entries,
    evidence,
    identity,
    increments,
    index_as_value,
    indicator_values,
    mean,
    modulo,
    moments,
    of_a_whole,
    open_range,
    operator_letter,
    other_layout,
    positive,
    primed,
    quotient,
    rows,
    second_reader,
    special_arrays,
    standard_name,
    stated_before,
    stated_range,
    symmetric,
    undefined_name,
    unknown_function,
    unsaid_range,
    zeroth,
)
from derive.judge.doubts.asking import examined
from derive.judge.doubts.doubt import GOOD, Decide, Doubt, Open, Weaken

DOUBTS: tuple[Doubt, ...] = (
    stated_range.DOUBT,
    evidence.OUTSIDE,
    evidence.ONE_SIDED_FUNCTION,
    open_range.DOUBT,
    evidence.UNTOLD_LENGTH,
    evidence.NUMBER_FOR_ARRAY,
    operator_letter.DOUBT,
    constant_letter.DOUBT,
    modulo.DOUBT,
    counting_from_one.DOUBT,
    either_start.DOUBT,
    stated_before.DOUBT,
    undefined_name.DOUBT,
    data.DOUBT,
    identity.DOUBT,
    increments.DOUBT,
    of_a_whole.DOUBT,
    index_as_value.DOUBT,
    primed.DOUBT,
    quotient.DOUBT,
    zeroth.DOUBT,
    mean.DOUBT,
    moments.DOUBT,
    rows.DOUBT,
    standard_name.DOUBT,
    degrees.DOUBT,
    positive.DOUBT,
    complementary.DOUBT,
    indicator_values.DOUBT,
    special_arrays.DOUBT,
    commuting.DOUBT,
    symmetric.DOUBT,
    derived_before.DOUBT,
    other_layout.DOUBT,
    entries.DOUBT,
    another_definition.DOUBT,
    unsaid_range.DOUBT,
    unknown_function.DOUBT,
    second_reader.DOUBT,
)

TOLD: tuple[Doubt, ...] = tuple(d for d in DOUBTS if not d.unsaid)
"""The doubts about a claim that stands by itself, where all that counts is told."""

__all__ = ["DOUBTS", "GOOD", "TOLD", "Decide", "Doubt", "Open", "Weaken", "examined"]
