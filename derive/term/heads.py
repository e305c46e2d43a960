"""The built-in operators that an `Apply` term may have, with their arity and spelling.

Each entry: head → (least and most number of arguments, LaTeX of the operator or a
template with `{0}`, `{1}`). Most = -1 is any number. Here stand the operators with a syntax of their own;
the functions of numbers are declared by `derive.functions`, from one record each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from derive.reasons import Reason
from derive.reasons.gaps import Gap


class Head(NamedTuple):
    least: int
    most: int
    latex: str
    opaque: Reason | None = None
    """Set where the construct keeps its structure only: what it is, for the reason why nothing is decided."""
    scripts: int = 0
    """How many of the first arguments are written into the name, `P_{n}`; others follow in a parenthesis."""
    sympy: str | Callable[..., Any] = ""
    """SymPy's function of that name, or a callable that gets SymPy and the arguments."""
    raised: tuple[str, tuple[int, ...]] | None = None
    """What SymPy calls it in its answers, where that is another name, and the arguments in front there."""


#: marks over, and as a superscript on, an expression that is no name
_ACCENTS = (
    "hat tilde vec dot ddot dddot ddddot check breve acute grave mathring underline overrightarrow "
    "overleftarrow overleftrightarrow underrightarrow undertilde utilde"
)
_MARKS = (
    "* + - \\star \\dagger \\ddagger \\pm \\prime \\sharp \\flat \\natural \\perp \\parallel \\bullet "
    "\\times \\circ \\odot \\oplus"
)
#: operators that every field gives its own meaning
_OWN = (
    "vee oslash boxtimes boxplus boxdot ltimes rtimes wr amalg dotplus diamond triangle sqcap bullet star"
).split()

_LIMITS = ("lim", "limsup", "liminf", "injlim", "projlim")

OPAQUE: dict[str, Head] = {
    # what is written is kept as it stands; no value is ever given to it
    **{
        f"bare_{op}": Head(1, 3, f"\\{op}", Reason(Gap.INTEGRAL_WITHOUT_ITS_DIFFERENTIAL))
        for op in "int iint iiint oint oiint oiiint idotsint fint".split()
    },
    **{
        # the integrand, what it is integrated by, and the bounds
        f"measured_{op}": Head(2, 4, f"\\{op}", Reason(Gap.INTEGRAL_BY_MEASURE_FUNCTION_OR_ALONG_PATH))
        for op in ("int", "oint")
    },
    # the entries of a vector or a sequence from one place to another
    "entries": Head(3, 3, "{0}_{{1}:{2}}", Reason(Gap.ENTRIES_FROM_PLACE_TO_PLACE)),
    "entries_where": Head(2, 2, "{0}_{{1}}", Reason(Gap.ENTRIES_FROM_PLACE_TO_PLACE)),
    "component": Head(2, 2, "{0}_{{1}}", Reason(Gap.SUBSCRIPT_ON_EXPRESSION)),
    **{
        f"marked {mark}": Head(1, 1, f"{{0}}^{{{mark}}}", Reason(Gap.MARK_ON_EXPRESSION, (mark,)))
        for mark in _MARKS.split()
    },
    **{
        f"accented {a}": Head(1, 1, f"\\{a}{{{{0}}}}", Reason(Gap.ACCENT_OVER_EXPRESSION, (a,)))
        for a in _ACCENTS.split()
    },
    **{
        f"operation {op}": Head(2, 2, f"{{0}} \\{op} {{1}}", Reason(Gap.OPERATOR_OF_ITS_FIELD, (op,)))
        for op in _OWN
    },
    # a differential operator by itself: the variables, each with its order
    "derivative_operator": Head(2, -1, "\\partial", Reason(Gap.DERIVATIVE_WITHOUT_ITS_OPERAND)),
    "derivative_by": Head(2, 2, "\\frac{\\partial {0}}{\\partial {1}}", Reason(Gap.DERIVATIVE_BY_EXPRESSION)),
    "variation": Head(2, 2, "\\frac{\\delta {0}}{\\delta {1}}", Reason(Gap.FUNCTIONAL_DERIVATIVE)),
    "boundary": Head(1, 1, "\\partial {0}", Reason(Gap.BOUNDARY_OF_SET)),
    "exists_unique": Head(2, 2, "\\exists! {0}: {1}", Reason(Gap.UNIQUE_EXISTENCE)),
    "denoted": Head(1, 1, "\\left\\llbracket {0} \\right\\rrbracket", Reason(Gap.DOUBLE_BRACKETS)),
    "iterate": Head(2, 2, "{0}^{{1}}", Reason(Gap.FUNCTION_APPLIED_SEVERAL_TIMES)),
    "polynomials": Head(2, -1, "{0}", Reason(Gap.RING_OF_POLYNOMIALS)),  # the ring, and the letters
    "index_of": Head(2, 2, "\\left[{0} : {1}\\right]", Reason(Gap.INDEX_OF_SUBGROUP)),
    "operated": Head(2, 2, "{0} {1}", Reason(Gap.OPERATOR_OF_ITS_OWN)),  # the operator and what it acts on
    "named_function": Head(1, 1, "{0}", Reason(Gap.FUNCTION_WITHOUT_ITS_ARGUMENT)),
    "applied": Head(2, -1, "{0}", Reason(Gap.FUNCTION_OF_ITS_OWN)),  # its name, and what it is applied to
    "conditional": Head(2, 2, "{0} \\mid {1}", Reason(Gap.CONDITION_OUTSIDE_PROBABILITY)),
    "said": Head(1, -1, "\\text{{0}}", Reason(Gap.WORDS)),  # the words, and the formulas among them
    "stacked": Head(2, 2, "\\genfrac{}{}{0pt}{}{{0}}{{1}}", Reason(Gap.ONE_ABOVE_OTHER)),
    "stirling_first": Head(2, 2, "\\genfrac{[}{]}{0pt}{}{{0}}{{1}}", Reason(Gap.STIRLING_NUMBER)),
    "stirling_second": Head(2, 2, "\\genfrac{\\{}{\\}}{0pt}{}{{0}}{{1}}", Reason(Gap.STIRLING_NUMBER)),
    **{f"{op}_of": Head(1, 1, f"\\{op} {{0}}", Reason(Gap.LIMIT_WITHOUT_ITS_VARIABLE)) for op in _LIMITS},
    **{
        f"{op}_over": Head(2, 2, f"\\{op}_{{{{1}}}} {{0}}", Reason(Gap.LIMIT_OF_SEVERAL_VARIABLES))
        for op in _LIMITS
    },
    "between": Head(
        3, 3, "\\left.{0}\\right|_{{1}}^{{2}}", Reason(Gap.BOUNDS_WITHOUT_NAME_OF_THEIR_VARIABLE)
    ),
    "set_where": Head(1, 1, "\\left\\{{0}\\right\\}", Reason(Gap.SET_BY_ITS_CONDITION)),
    "placeholder": Head(0, 0, "\\cdot", Reason(Gap.OPERAND_THAT_IS_LEFT_OPEN)),
    "plus_sign": Head(0, 0, "+", Reason(Gap.SIGN_BY_ITSELF)),
    "minus_sign": Head(0, 0, "-", Reason(Gap.SIGN_BY_ITSELF)),
    "ket": Head(1, 1, "\\left|{0}\\right\\rangle", Reason(Gap.QUANTUM_STATE)),
    "bra": Head(1, 1, "\\left\\langle {0}\\right|", Reason(Gap.QUANTUM_STATE)),
    "bracket": Head(2, 3, "\\langle", Reason(Gap.BRACKET_OF_QUANTUM_STATES)),
}

HEADS: dict[str, Head] = {
    **OPAQUE,
    "plusminus": Head(1, 1, "\\pm {0}"),  # a choice of sign, the same one for the whole formula
    "minusplus": Head(1, 1, "\\mp {0}"),
    "softmax": Head(1, 1, "\\operatorname{softmax}"),
    # arrays
    "norm": Head(1, 2, "\\left\\|{0}\\right\\|"),  # second argument: p, infinity or the Symbol F
    "transpose": Head(1, 1, "{0}^{\\top}"),
    "adjoint": Head(1, 1, "{0}^{\\dagger}"),
    "inverse": Head(1, 1, "{0}^{-1}"),
    "pseudo_inverse": Head(1, 1, "{0}^{+}"),
    "det": Head(1, 1, "\\det"),
    "adjugate": Head(1, 1, "\\operatorname{adj}"),
    "trace": Head(1, 1, "\\operatorname{tr}"),
    "rank": Head(1, 1, "\\operatorname{rank}"),
    "diag": Head(1, -1, "\\operatorname{diag}"),
    "vec": Head(1, 1, "\\operatorname{vec}"),
    "dim": Head(1, 1, "\\dim"),
    "ker": Head(1, 1, "\\ker"),
    "dot": Head(2, 2, "\\left\\langle {0}, {1} \\right\\rangle"),
    "cross": Head(2, 2, "{0} \\times {1}"),
    "hadamard": Head(2, -1, "{0} \\odot {1}"),
    "each_power": Head(2, 2, "{0}^{\\circ {1}}"),  # entry by entry (arises from functions of numbers)
    "each_exp": Head(1, 1, "\\exp"),
    "kron": Head(2, -1, "{0} \\otimes {1}"),
    "identity": Head(0, 1, "I"),  # argument: the dimension
    "unit": Head(1, 2, "e"),  # the k-th unit vector (arises in derivatives)
    "ones": Head(0, 1, "\\mathbf{1}"),
    "zeros": Head(0, 1, "\\mathbf{0}"),
    "commutator": Head(2, 2, "\\left[{0}, {1}\\right]"),
    "compose": Head(2, -1, "{0} \\circ {1}"),
    "convolve": Head(2, 2, "{0} * {1}"),
    # differential operators whose variable is the space they live in
    "grad": Head(1, 1, "\\nabla {0}"),
    "div": Head(1, 1, "\\nabla \\cdot {0}"),
    "curl": Head(1, 1, "\\nabla \\times {0}"),
    "laplacian": Head(1, 1, "\\Delta {0}"),
    "hessian": Head(1, 1, "\\nabla^2 {0}"),
    "differential": Head(1, 1, "\\mathrm{d} {0}"),
    # a derivative by the component with this index, of coordinates that are not named
    "partial_by_index": Head(2, 2, "\\partial_{{0}} {1}"),
    # a tensor's components: base, Tuple of upper indices, Tuple of lower ones
    "tensor": Head(3, 3, "{0}^{{1}}_{{2}}"),
    "oplus": Head(2, -1, "{0} \\oplus {1}"),
    "ominus": Head(2, 2, "{0} \\ominus {1}"),
    "wedge": Head(2, -1, "{0} \\wedge {1}"),
    # asymptotics
    "big_o": Head(1, 1, "O"),
    "little_o": Head(1, 1, "o"),
    # logic and sets
    "not": Head(1, 1, "\\neg {0}"),
    "and": Head(2, -1, "{0} \\land {1}"),
    "or": Head(2, -1, "{0} \\lor {1}"),
    "implies": Head(2, 2, "{0} \\implies {1}"),
    "iff": Head(2, 2, "{0} \\iff {1}"),
    "forall": Head(2, 2, "\\forall {0}: {1}"),
    "exists": Head(2, 2, "\\exists {0}: {1}"),
    "union": Head(2, -1, "{0} \\cup {1}"),
    "intersection": Head(2, -1, "{0} \\cap {1}"),
    "set_difference": Head(2, 2, "{0} \\setminus {1}"),
    "complement": Head(1, 1, "{0}^{c}"),
    "set_builder": Head(2, 2, "\\left\\{{0} \\mid {1}\\right\\}"),
    "product_set": Head(2, -1, "{0} \\times {1}"),
    "cardinality": Head(1, 1, "\\left|{0}\\right|"),
    "power_set": Head(1, 1, "2^{{0}}"),
    "maps_to": Head(2, 2, "{0} \\mapsto {1}"),
}


def declare(name: str, head: Head) -> None:
    """A function of numbers joins the operators; each name once."""
    if HEADS.setdefault(name, head) != head:
        raise ValueError(f"two operators of the name {name}")
