"""Formulas that have a name, one file a field: what a document that names one must agree with.

`KNOWN` are the formulas, `DISTRIBUTIONS` the densities and mass functions. Both only offer: whether a
document means one, and by which convention, is for the caller to judge.
"""

from derive.laws.known.analysis import ANALYSIS
from derive.laws.known.chance import CHANCE
from derive.laws.known.complex_numbers import COMPLEX
from derive.laws.known.distributions import DISTRIBUTIONS
from derive.laws.known.estimation import ESTIMATION
from derive.laws.known.gates import GATES
from derive.laws.known.geometry import GEOMETRY
from derive.laws.known.learning import LEARNING
from derive.laws.known.moments import MOMENTS
from derive.laws.known.transforms import TRANSFORMS
from derive.laws.known.vectors import VECTORS
from derive.laws.law import Known

KNOWN: tuple[Known, ...] = (
    *CHANCE,
    *MOMENTS,
    *TRANSFORMS,
    *COMPLEX,
    *ANALYSIS,
    *VECTORS,
    *LEARNING,
    *GEOMETRY,
    *ESTIMATION,
    *GATES,
)

__all__ = ["DISTRIBUTIONS", "KNOWN"]
