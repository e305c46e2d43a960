"""One slip of the whole page a file, in the order in which they are looked for: what shows where formulas are
laid beside each other."""

from derive.form.cause import Survey
from derive.form.lone import lone_power, lone_sign, lone_use, own_value
from derive.form.surveys import (
    added_factors,
    cancels_itself,
    counted_letter,
    disagreement,
    function_argument,
    lost_transpose,
    mean_product,
    odd_entry,
    odd_link,
    odd_power,
    odd_repeat,
    odd_sibling,
    odd_start,
    out_of_place,
    own_argument,
    own_letter,
    own_range,
    uneven_derivative,
    unused_argument,
    unused_name,
)

PAGE: tuple[Survey, ...] = (
    odd_sibling.CAUSE,
    odd_entry.CAUSE,
    odd_power.CAUSE,
    cancels_itself.CAUSE,
    disagreement.CAUSE,
    own_argument.CAUSE,
    uneven_derivative.CAUSE,
    unused_argument.CAUSE,
    function_argument.CAUSE,
    counted_letter.CAUSE,
    mean_product.CAUSE,
    added_factors.CAUSE,
    own_range.CAUSE,
    odd_start.CAUSE,
    own_letter.CAUSE,
    out_of_place.CAUSE,
    lost_transpose.CAUSE,
    odd_repeat.CAUSE,
    odd_link.CAUSE,
    unused_name.CAUSE,
    lone_sign.CAUSE,
    lone_power.CAUSE,
    lone_use.CAUSE,
    own_value.CAUSE,
)
