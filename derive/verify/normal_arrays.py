"""Numbers and equations made of vectors and matrices: sums of words in the arrays, over the ring.

A word is a product of arrays in order; transposes are carried to its letters. A word that is a
number is known by the lesser of itself and its transpose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.terms.nodes import Term
from derive.verify.normal_ring import Ratio, Unsupported

if TYPE_CHECKING:
    from derive.verify.normal import Proof
    from derive.verify.normal_terms import Reader


def read_number(rd: Reader, term: Term) -> Ratio:
    raise Unsupported("an array")


def prove_arrays(rd: Reader, left: Term, right: Term) -> Proof | None:
    return None
