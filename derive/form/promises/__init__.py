"""What words promise of a formula, one kind a file: a known formula is the known one, a density has norm one.

They are told where no edit was found that mends the claim, in this order; a new one is a file and a line.
"""

from derive.form.cause import Cause
from derive.form.promises import (
    known_formula,
    matrix_property,
    norm,
    normal_factor,
    wrong_antiderivative,
    wrong_expansion,
    wrong_law,
    wrong_masses,
    wrong_tangent,
)

PROMISES: tuple[Cause, ...] = (
    known_formula.CAUSE,
    norm.CAUSE,
    normal_factor.CAUSE,
    wrong_antiderivative.CAUSE,
    matrix_property.CAUSE,
    wrong_tangent.CAUSE,
    wrong_expansion.CAUSE,
    wrong_masses.CAUSE,
    wrong_law.CAUSE,
)
