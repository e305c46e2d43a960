"""One slip of the whole page a file, in the order in which they are looked for: what shows where formulas are
laid beside each other."""

from derive.form.cause import Survey
from derive.form.surveys import cancels_itself, disagreement, odd_power, odd_sibling, own_argument

PAGE: tuple[Survey, ...] = (
    odd_sibling.CAUSE,
    odd_power.CAUSE,
    cancels_itself.CAUSE,
    disagreement.CAUSE,
    own_argument.CAUSE,
)
