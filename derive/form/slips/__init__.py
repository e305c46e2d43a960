"""One slip of form a file, in the order in which they are looked for; a new one is a file and a line here.

FORM is told whatever the verdict. STRUCTURE (letters without a binder, binders without a letter) is told
where no edit was found that mends the claim; of them WHATEVER says something whatever its names stand for.
"""

from derive.form.cause import Cause
from derive.form.promises import PROMISES, called_value, known_formula, normal_factor, shares
from derive.form.slips import (
    broken_chain,
    case_without_variable,
    crossed_binder,
    dangling_index,
    doubled_sign,
    empty_range,
    lone_differential,
    missing_differential,
    missing_operand,
    own_index,
    own_slot,
    repeated_binder,
    repeated_derivative,
    repeated_differential,
    same_sides,
    self_derivative,
    series_variable,
    shape_mismatch,
    stray_accent,
    stray_index,
    stray_relation,
    stray_symbol,
    swapped_index,
    unbalanced_bracket,
    undefined_term,
    unequal_shares,
    uneven_cases,
    unused_choice,
    unused_index,
    wrong_argument,
    wrong_differential,
)
from derive.form.solving import powers_bound

FORM: tuple[Cause, ...] = (
    self_derivative.CAUSE,
    stray_accent.CAUSE,
    broken_chain.CAUSE,
    stray_symbol.CAUSE,
    missing_differential.CAUSE,
    stray_relation.CAUSE,
    repeated_derivative.CAUSE,
    repeated_differential.CAUSE,
    lone_differential.CAUSE,
    case_without_variable.CAUSE,
    uneven_cases.CAUSE,
    empty_range.CAUSE,
    undefined_term.CAUSE,
    series_variable.CAUSE,
    shape_mismatch.CAUSE,
    unbalanced_bracket.CAUSE,
    missing_operand.CAUSE,
    doubled_sign.CAUSE,
    called_value.CAUSE,
    shares.CAUSE,
)

STRUCTURE: tuple[Cause, ...] = (
    *PROMISES,
    own_slot.CAUSE,
    own_index.CAUSE,
    repeated_binder.CAUSE,
    unused_index.CAUSE,
    unused_choice.CAUSE,
    dangling_index.CAUSE,
    wrong_differential.CAUSE,
    crossed_binder.CAUSE,
    same_sides.CAUSE,
    swapped_index.CAUSE,
    unequal_shares.CAUSE,
    stray_index.CAUSE,
    wrong_argument.CAUSE,
)

WHATEVER: tuple[Cause, ...] = (
    known_formula.CAUSE,
    normal_factor.CAUSE,
    unused_choice.CAUSE,
    powers_bound.CAUSE,
)
