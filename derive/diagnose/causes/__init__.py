"""The causes in the order in which they are tried: the first that explains a refuted claim is its finding.

Slips of form stand in `derive/form/slips`: they need no deciding.
A new cause is a file and a line here.
"""

from derive.diagnose.causes import (
    arithmetic,
    dropped_term,
    earlier_error,
    extra_factor,
    extra_term,
    inconsistent_substitution,
    inverted_cases,
    inverted_fraction,
    missing_bracket,
    missing_factor,
    sign,
    transposition,
    wrong_case,
    wrong_definition,
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
from derive.form.cause import Cause

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
