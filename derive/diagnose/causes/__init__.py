"""The causes in the order in which they are tried: the first that explains a refuted claim is its finding.

Slips of form come first and are told whatever the verdict. Slips of structure (letters without a binder,
binders without a letter) need no deciding either; they are told where no edit mends what was decided.
A new cause is a file and a line here.
"""

from derive.diagnose.cause import Cause
from derive.diagnose.causes import (
    arithmetic,
    case_without_variable,
    dangling_index,
    dropped_term,
    earlier_error,
    extra_factor,
    extra_term,
    inconsistent_substitution,
    inverted_cases,
    inverted_fraction,
    lone_differential,
    missing_bracket,
    missing_differential,
    missing_factor,
    repeated_binder,
    repeated_derivative,
    repeated_differential,
    self_derivative,
    series_variable,
    sign,
    stray_accent,
    stray_relation,
    stray_symbol,
    transposition,
    unused_index,
    wrong_case,
    wrong_definition,
    wrong_differential,
    wrong_exponent,
    wrong_factor,
    wrong_function,
    wrong_index,
    wrong_limits,
    wrong_relation,
    wrong_step,
    wrong_symbol,
    wrong_variable,
)

FORM: tuple[Cause, ...] = (
    self_derivative.CAUSE,
    stray_accent.CAUSE,
    stray_symbol.CAUSE,
    missing_differential.CAUSE,
    stray_relation.CAUSE,
    repeated_derivative.CAUSE,
    repeated_differential.CAUSE,
    lone_differential.CAUSE,
    case_without_variable.CAUSE,
    series_variable.CAUSE,
)

STRUCTURE: tuple[Cause, ...] = (
    repeated_binder.CAUSE,
    unused_index.CAUSE,
    dangling_index.CAUSE,
    wrong_differential.CAUSE,
)

CAUSES: tuple[Cause, ...] = (
    inverted_cases.CAUSE,
    inconsistent_substitution.CAUSE,
    earlier_error.CAUSE,
    wrong_variable.CAUSE,
    wrong_case.CAUSE,
    sign.CAUSE,
    missing_factor.CAUSE,
    extra_factor.CAUSE,
    wrong_factor.CAUSE,
    inverted_fraction.CAUSE,
    wrong_exponent.CAUSE,
    dropped_term.CAUSE,
    extra_term.CAUSE,
    wrong_index.CAUSE,
    wrong_symbol.CAUSE,
    wrong_function.CAUSE,
    wrong_limits.CAUSE,
    missing_bracket.CAUSE,
    transposition.CAUSE,
    arithmetic.CAUSE,
    wrong_relation.CAUSE,
    wrong_variable.AROUND,
    wrong_definition.CAUSE,
    wrong_step.CAUSE,
)
