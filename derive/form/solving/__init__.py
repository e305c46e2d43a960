"""Steps of solving: what is claimed to solve, to invert or to follow is put back and tried.

One kind of step a file, in the order in which they are looked for; asked where nothing else was found.
"""

from derive.form.cause import Cause
from derive.form.solving import (
    differentiated,
    lost_solution,
    lost_variable,
    operator_step,
    powers_bound,
    unfollowed,
    values_put_in,
    wrong_direction,
    wrong_eigenvalue,
    wrong_integration,
    wrong_inverse,
    wrong_solution,
    wrong_unknown,
)

SOLVING: tuple[Cause, ...] = (
    wrong_inverse.CAUSE,
    wrong_solution.CAUSE,
    wrong_integration.CAUSE,
    wrong_unknown.CAUSE,
    lost_variable.CAUSE,
    wrong_eigenvalue.CAUSE,
    differentiated.CAUSE,
    unfollowed.CAUSE,
    lost_solution.CAUSE,
    operator_step.CAUSE,
    values_put_in.CAUSE,
    wrong_direction.CAUSE,
    powers_bound.CAUSE,
)
