"""`f(x + 1)`: is the letter applied to what is in the parenthesis, or multiplied by it?

Three tables, asked in turn: what holds whatever the letter is, what the scope says of it, and, for a letter
that the scope does not know, its use and custom. Within a table the first rule with an opinion speaks: what
is particular stands before what is general.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

from derive.facts.formula import Way
from derive.facts.pieces import INDEX_LETTERS, argument_kind
from derive.meaning import beside
from derive.meaning.habits import FUNCTION_LETTERS, MORE_FUNCTION_LETTERS, VARIABLE_LETTERS
from derive.meaning.letters.indices import indices
from derive.meaning.letters.superscripts import is_arrow, superscript
from derive.meaning.reader import Reader
from derive.model import Span
from derive.notation import syntax as s
from derive.rules import Answer, Rule, first

Taken: TypeAlias = Literal["application", "product"]
APPLIED: Taken = "application"
TIMES: Taken = "product"
_CALLED = frozenset({"function", "distribution", "operator"})


@dataclass(frozen=True, slots=True)
class Applied:
    """A letter with its scripts (`head`) before a parenthesis, `before` being the factor before it.

    letter: the name without scripts; full: with those that are part of it; role: what the scope knows of
    the one or the other (`name`); bare: the letter without its accents.
    """

    r: Reader
    head: Any
    base: Any
    letter: str
    full: str
    fence: s.Fence
    before: Any
    kind: str
    name: str
    role: str | None
    bare: str

    @property
    def round(self) -> bool:
        return self.fence.open == "("

    @property
    def scripted(self) -> bool:
        return isinstance(self.head, s.Scripts)

    @property
    def above(self) -> str:
        """What the superscript does: `none`, `power`, `inverse`, …"""
        return superscript(self.r, self.letter, self.head)[0] if self.scripted else "none"

    @property
    def uses(self) -> AbstractSet[str]:
        """The kinds of arguments that stand behind the letter in these pieces."""
        applied = self.r.evidence.applied
        return applied.get(self.letter, set()) | applied.get(self.full, set())

    @property
    def plain_elsewhere(self) -> bool:
        return "plain" in self.r.evidence.applied.get(self.letter, ())

    @property
    def stands_alone(self) -> bool:
        """The letter stands somewhere in these pieces with no parenthesis behind it."""
        return self.letter in self.r.evidence.bare

    @property
    def multiplies(self) -> bool:
        """Somewhere in these pieces the letter is a factor, and nothing differentiates it."""
        e = self.r.evidence
        return self.letter in e.factors and self.letter not in e.changing


def question(r: Reader, head: Any, base: Any, letter: str, full: str, fence: s.Fence, before: Any) -> Applied:
    role, name = None, letter
    for candidate in (full, letter):
        role = r.role(candidate)
        if role is not None:
            name = candidate
            break
    bare = letter
    if isinstance(base, s.Name) and base.accents:
        bare = base.name if len(base.name) == 1 else "\\" + base.name
    return Applied(r, head, base, letter, full, fence, before, argument_kind(fence), name, role, bare)


def answer(q: Applied) -> Answer[Taken]:
    found = first(ANYWAY, q) or first(IN_SCOPE if q.role is not None else UNKNOWN, q)
    assert found is not None, "the last rule of either table always answers"
    return found


OF_THE_WHOLE = frozenset({"applied/numbered-alone", "applied/transition"})
"""Rules that speak of the letter with its scripts, not of the letter wherever it stands."""


def place(r: Reader, found: Answer[Taken], letter: str) -> Span | None:
    """Where the fact stands that an answer rests on; None where that is the parenthesis itself."""
    way = _RESTS_ON.get(found.rule)
    return None if way is None else r.evidence.place(way, letter)


_RESTS_ON = {
    "applied/factor-beside": Way.FACTOR,
    "applied/factor-again": Way.ALONE,
    "applied/function-letter-alone": Way.ALONE,
    "applied/numbered-alone": Way.INDEXED,
    "applied/used-so": Way.APPLIED,
}

Table: TypeAlias = Sequence[Rule[Applied, Taken]]


def _when(value: Taken, condition: Any) -> Any:
    return partial(_conditional, value, condition)


def _conditional(value: Taken, condition: Any, q: Applied) -> Taken | None:
    return value if condition(q) else None


def _either(condition: Any, applied: Any) -> Any:
    """Where the condition holds, an application or a product by the second test."""

    def answered(q: Applied) -> Taken | None:
        if not condition(q):
            return None
        return APPLIED if applied(q) else TIMES

    return answered


def _grouped(q: Applied) -> bool:
    return q.round and q.kind in ("compound", "signed")


def _numbered_alone(q: Applied) -> bool:
    if not (q.scripted and isinstance(q.head.sub, s.Number) and q.head.sup is None and _grouped(q)):
        return False
    free = q.r.role(q.full) is None and "plain" not in q.r.evidence.applied.get(q.full, ())
    return free and beside.stands_alone(q.r, q.full)


def _by_look(q: Applied) -> bool:
    """Only `R(x)` says that R is a function, and R is a factor beside it."""
    if (
        not q.round
        or not q.multiplies
        or _often_both(q)
        or q.r.used(q.letter, "maps")
        or q.name in q.r.scope.definitions
    ):
        return False
    if q.role in _CALLED or q.role is None:
        return q.kind == "plain" or (q.kind in ("compound", "signed") and q.letter in q.r.scope.dependencies)
    return q.kind == "plain" and q.name in q.r.scope.dependencies


ANYWAY: Table = (
    Rule(
        "applied/own-argument",
        "the letter stands in the parenthesis itself, and nothing is applied to itself",
        _when(
            TIMES,
            lambda q: (
                q.round and q.kind in ("plain", "signed", "compound") and beside.stands_in(q.head, q.fence)
            ),
        ),
        sure=True,
        holds=("p(1-p) = p - p^2",),
        fails=("f(f(x)) = x", "p(1-q) = 1"),
    ),
    Rule(
        "applied/maps",
        "the text says from where to where the letter maps",
        _when(APPLIED, lambda q: q.round and isinstance(q.head, s.Name) and q.r.used(q.letter, "maps")),
        sure=True,
        holds=("f: A \\to B ;; f(x + 1) = f(x) + 1", "a, b: A \\to B ;; y = b(x + 1)"),
        fails=("A: f \\to B ;; y = f(x + 1)", "f: 2 = 3 ;; y = f(x + 1)"),
    ),
    Rule(
        "applied/numbered-alone",
        "the letter with its number stands elsewhere without a parenthesis",
        _when(TIMES, _numbered_alone),
        holds=("y = y_0 / (1 - y_0 (x - z))",),
        fails=("y = f_0 (x - z)",),
    ),
    Rule(
        "applied/transition",
        "a letter with an arrow below is the number of a transition",
        _when(TIMES, lambda q: q.scripted and is_arrow(q.head.sub) and q.kind == "compound" and q.round),
        holds=("v = P_{x \\to y} (R + c)",),
    ),
    Rule(
        "applied/factor-beside",
        "one letter in a parenthesis looks like an argument, but the letter is a factor in the same line",
        _when(APPLIED, _by_look),
        holds=("R(x) = R x", "m(g) = m g", "a(b) = a b", "1 = a(b) - a b"),
        fails=(
            "f: A \\to B ;; f(x) = f x",
            "f(x) = 2 f(x)",
            "f(x) = f x + \\dot f",
            "1 = a(b) - b",
        ),
    ),
)


def _bracket_of_value(q: Applied) -> bool:
    return q.round and (q.kind == "bar" or (q.kind == "several" and q.role != "index"))


def _apart(q: Applied) -> bool:
    spaced = q.kind == "compound" and q.round and q.fence.span.start > q.head.span.end
    return spaced and isinstance(q.head, s.Name) and isinstance(q.fence.body, s.Sum) and len(q.letter) == 1


def _no_function(q: Applied) -> bool:
    counts = q.letter in INDEX_LETTERS or (q.letter in q.r.bound and q.letter not in FUNCTION_LETTERS)
    return (q.role == "index" and counts) or q.role == "constant" or not q.round


def _bound_variable(q: Applied) -> bool:
    variable = q.letter in q.r.bound and q.letter not in INDEX_LETTERS and isinstance(q.fence.body, s.Name)
    return variable and q.kind == "plain" and q.round and beside.at_a_bound(q.r, q.letter)


def _number(q: Applied) -> bool:
    return q.kind == "plain" and isinstance(q.fence.body, s.Number)


def _array_of_number(q: Applied) -> bool:
    from derive.facts.naming import symbol_name

    argument = symbol_name(q.fence.body) if q.kind == "plain" else None
    return argument is not None and q.r.is_array(q.name) and not q.r.is_array(argument)


IN_SCOPE: Table = (
    Rule(
        "applied/function-and-factor",
        "the document applies the letter and multiplies with it as well",
        _either(
            lambda q: q.role in _CALLED and _grouped(q) and q.r.used(q.letter, "factor"),
            lambda q: q.above != "power" and not isinstance(q.before, s.Number | s.Name | s.Scripts),
        ),
        holds=("g(x) = 1 ;; g m = 2 ;; y = g(x + 1)",),
        fails=("g(x) = 1 ;; g(x + 1) = 1",),
    ),
    Rule(
        "applied/variable-letter",
        "custom takes the letter for a variable, and the parenthesis holds a sum with a number",
        _when(
            APPLIED,
            lambda q: (
                q.role in _CALLED
                and q.kind == "compound"
                and q.round
                and q.letter in VARIABLE_LETTERS
                and beside.with_number(q.fence)
            ),
        ),
        holds=("\\mu(x) = 1 ;; y = \\mu (q^2 - 1)",),
        fails=("f(x) = 1 ;; y = f(q^2 - 1)",),
    ),
    Rule(
        "applied/gap",
        "a space stands between the function and a sum in a parenthesis",
        _when(APPLIED, lambda q: q.role in _CALLED and _apart(q)),
        holds=("h(x) = 1 ;; y = h (w - x)",),
        fails=("h(x) = 1 ;; y = h(w - x)",),
    ),
    Rule(
        "applied/function",
        "the text makes the letter a function",
        _when(APPLIED, lambda q: q.role in _CALLED),
        sure=True,
        holds=("f(x) = x^2 ;; y = f(3 x)",),
        fails=("y = a(b + c)",),
    ),
    Rule(
        "applied/sequence",
        "the letter is a sequence, and the parenthesis holds its place",
        _when(APPLIED, lambda q: q.role == "sequence" and isinstance(q.head, s.Name)),
        sure=True,
    ),
    Rule(
        "applied/no-factor-in-scope",
        "several things, or a bar, in a parenthesis are no factor",
        _when(APPLIED, _bracket_of_value),
        sure=True,
        holds=("y \\in \\mathbb{R} ;; z = y(a, b)",),
    ),
    Rule(
        "applied/random",
        "a random variable is a factor before one letter",
        _when(TIMES, lambda q: q.role == "random" and q.kind == "plain"),
        sure=True,
    ),
    Rule(
        "applied/depends",
        "the text writes the letter with its arguments",
        _when(APPLIED, lambda q: q.name in q.r.scope.dependencies and q.kind in ("plain", "signed")),
        sure=True,
    ),
    Rule(
        "applied/at-a-bound",
        "a value of the variable of integration stands at a bound",
        _when(APPLIED, _bound_variable),
        holds=("\\theta \\in \\mathbb{R} ;; y = \\int_{\\theta(0)}^{\\theta(t)} \\cos(\\theta(t)) d\\theta",),
    ),
    Rule(
        "applied/no-function",
        "an index or a constant is applied to nothing, and a bracket only groups",
        _when(TIMES, _no_function),
        sure=True,
        holds=("y = \\sum_{i=1}^n i(x + 1)",),
    ),
    Rule(
        "applied/at-zero",
        "a product with nought is not written",
        _when(APPLIED, lambda q: _number(q) and q.fence.body.text == "0"),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(0)",),
    ),
    Rule(
        "applied/at-a-number",
        "the document applies the letter to others, so this is its value at a number",
        _when(APPLIED, lambda q: _number(q) and q.r.used(q.letter, "applied")),
        holds=("x \\in \\mathbb{R} ;; x(1) = x(t)",),
    ),
    Rule(
        "applied/times-number",
        "a letter that is applied nowhere else multiplies a number",
        _when(TIMES, _number),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(2)",),
    ),
    Rule(
        "applied/bound-function",
        "the letter is bound, and custom takes it for a function",
        _when(
            APPLIED, lambda q: q.kind == "plain" and q.letter in q.r.bound and q.letter in FUNCTION_LETTERS
        ),
        sure=True,
    ),
    Rule(
        "applied/array-of-number",
        "an array times one number in a parenthesis is not written",
        _when(APPLIED, _array_of_number),
        sure=True,
    ),
    Rule(
        "applied/one-letter-in-scope",
        "one letter in a parenthesis is rather an argument",
        _either(lambda q: q.kind == "plain", lambda q: q.above != "inverse" or q.r.used(q.letter, "applied")),
        holds=("\\theta \\in \\mathbb{R} ;; y = \\theta(z)",),
    ),
    Rule(
        "applied/applied-elsewhere",
        "the document applies the letter elsewhere",
        _either(
            lambda q: q.kind in ("compound", "signed", "call") and q.r.used(q.letter, "applied"),
            lambda q: not q.r.used(q.letter, "factor"),
        ),
        holds=("x \\in \\mathbb{R} ;; x(t) = x(t + 1)",),
    ),
    Rule(
        "applied/factor-in-scope",
        "what the scope knows as a number multiplies",
        _when(TIMES, lambda q: True),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(a + b)",),
    ),
)


def _inverse_of_array(q: Applied) -> bool:
    return q.scripted and q.kind == "plain" and q.r.is_array(q.letter) and q.above == "inverse"


def _several(q: Applied) -> bool:
    return q.kind in ("several", "bar", "empty")


def _lettered_below(q: Applied) -> bool:
    sub = q.head.sub if q.scripted else None
    return isinstance(sub, s.Text) or getattr(sub, "word", False) is True


def _value_of_value(q: Applied) -> bool:
    called = q.round or q.letter in FUNCTION_LETTERS  # \mathbf Q [x(t)] groups
    primed = q.scripted and q.head.primes
    return q.kind == "call" and called and (q.bare not in VARIABLE_LETTERS or bool(primed))


def _groups(q: Applied) -> bool:
    return q.fence.open == "[" and q.letter not in FUNCTION_LETTERS and q.letter not in "EJSLH"


def _often_both(q: Applied) -> bool:
    mixed = q.kind in ("plain", "compound") and q.round and q.letter in "abc" and q.stands_alone
    used = q.uses >= {"plain", "compound"} and isinstance(q.head, s.Name)
    return mixed and used and not isinstance(q.fence.body, s.Number)


def _number_alone(q: Applied) -> bool:
    """`a(1)`: rather a product of numbers than a value, unless the letter is applied elsewhere."""
    variable = q.bare in VARIABLE_LETTERS and q.bare not in ("x", "y", "z", "r")
    seen = bool(q.uses - {"plain", "compound", "signed"}) or q.plain_elsewhere
    return q.kind == "plain" and q.round and isinstance(q.fence.body, s.Number) and variable and not seen


def _waves(q: Applied) -> bool:
    applied, bare = q.r.evidence.applied.keys(), q.r.evidence.bare
    return {"f", q.letter} <= applied - bare and len(applied) > 1


def _bold(q: Applied) -> bool:
    return (isinstance(q.base, s.Name) and q.base.font == "bold") or q.letter.startswith("\\vec")


def _named_family(q: Applied) -> bool:
    named = q.above == "name" or (q.head.sub is not None and indices(q.r, q.head.sub, q.letter) is None)
    capital = q.bare in MORE_FUNCTION_LETTERS and q.bare.isupper()
    return named and capital and not isinstance(q.head.sub, s.Number)


UNKNOWN: Table = (
    Rule(
        "applied/written-with-arguments",
        "the text writes the letter with its arguments",
        _when(APPLIED, lambda q: q.full in q.r.scope.dependencies or q.letter in q.r.scope.dependencies),
        sure=True,
    ),
    Rule(
        "applied/special",
        "Γ and ζ before a parenthesis are the functions of that name",
        _when(APPLIED, lambda q: q.letter in ("\\Gamma", "\\zeta") and q.kind != "relation"),
        sure=True,
        holds=("y = \\Gamma(x + 1)",),
    ),
    Rule(
        "applied/inverse-of-array",
        "the inverse of a matrix before one letter",
        _either(_inverse_of_array, lambda q: q.r.used(q.letter, "applied")),
    ),
    Rule(
        "applied/powered",
        "a power of a variable multiplies",
        _when(TIMES, lambda q: q.scripted and not beside.scripts_allow(q.r, q.head, q.letter, q.kind)),
        sure=True,
        holds=("z = x^2(y + 1)",),
        fails=("z = f^2(y + 1)",),
    ),
    Rule(
        "applied/no-factor",
        "several things, or a bar, in a parenthesis are no factor; a bracket around them belongs to custom",
        _either(
            _several,
            lambda q: _lettered_below(q) or q.round or q.kind == "bar" or q.letter in FUNCTION_LETTERS,
        ),
        sure=True,
        holds=("z = y(a, b)", "z = D(p \\| q)"),
        fails=("z = y(a)",),
    ),
    Rule(
        "applied/relation",
        "a relation is no factor",
        _when(APPLIED, lambda q: q.kind == "relation"),
        sure=True,
        holds=("z = q(x = 1)",),
    ),
    Rule(
        "applied/value-of-value",
        "a value in the parenthesis is the argument of another function",
        _when(APPLIED, _value_of_value),
        sure=True,
        holds=("z = V(x(t))",),
        fails=("z = a(f(t))",),
    ),
    Rule(
        "applied/composed",
        "a value in the parenthesis, and the letter stands nowhere alone",
        _when(
            APPLIED,
            lambda q: (
                q.kind == "call" and q.letter in "xyz" and not q.stands_alone and isinstance(q.head, s.Name)
            ),
        ),
        holds=("z = y(f(t))",),
    ),
    Rule(
        "applied/word",
        "a word before a parenthesis is a function",
        _when(APPLIED, lambda q: isinstance(q.base, s.Name) and q.base.word),
        sure=True,
        holds=("z = \\operatorname{cost}(a + b)",),
    ),
    Rule(
        "applied/turned",
        "what is transposed or conjugated multiplies a sum and is applied to one letter",
        _either(
            lambda q: q.scripted and q.above in ("transpose", "adjoint", "conjugate"),
            lambda q: q.kind == "plain" or q.letter in FUNCTION_LETTERS,
        ),
        sure=True,
        holds=("z = x^\\dagger(A y + b)",),
    ),
    Rule(
        "applied/primed",
        "a prime is that of a function, unless a variable stands before a sum",
        _either(
            lambda q: q.scripted and q.head.primes > 0,
            lambda q: (
                q.letter in FUNCTION_LETTERS
                or q.kind in ("plain", "signed")
                or q.letter in MORE_FUNCTION_LETTERS
            ),
        ),
        sure=True,
        holds=("z = y'(t)", "z = x'(y + w)"),
    ),
    Rule(
        "applied/script-font",
        "calligraphic letters before a parenthesis are operators",
        _when(
            APPLIED,
            lambda q: (
                isinstance(q.base, s.Name)
                and q.base.font in ("calligraphic", "script")
                and q.fence.open in "(["
            ),
        ),
        sure=True,
        holds=("z = \\mathcal{L}(a + b)",),
    ),
    Rule(
        "applied/bracket-groups",
        "a bracket behind a letter that is no operator groups",
        _when(TIMES, _groups),
        sure=True,
        holds=("z = a[b + c]",),
        fails=("z = f[b + c]",),
    ),
    Rule(
        "applied/product-inside",
        "a product needs no parenthesis to be a factor",
        _when(
            APPLIED,
            lambda q: (
                q.kind == "compound"
                and q.round
                and beside.letters_only(q.fence.body)
                and q.bare not in VARIABLE_LETTERS
            ),
        ),
        holds=("z = w(a x)",),
        fails=("z = a(b x)",),
    ),
    Rule(
        "applied/factor-again",
        "the letter stands alone and before other parentheses",
        _when(TIMES, _often_both),
        holds=("w = a(k) x + a(m - k) y + a z",),
    ),
    Rule(
        "applied/number-alone",
        "a letter that custom takes for a number multiplies a number",
        _when(TIMES, _number_alone),
        sure=True,
    ),
    Rule(
        "applied/one-letter",
        "one letter needs no parenthesis to be a factor",
        _when(APPLIED, lambda q: q.kind == "plain" and q.round),
        sure=True,
        holds=("z = a(b)",),
        fails=("z = a(b + c)",),
    ),
    Rule(
        "applied/inverse-before-sum",
        "an inverse before a sum is a matrix that multiplies",
        _when(
            TIMES,
            lambda q: (
                q.kind == "compound" and q.scripted and beside.minus_one(q.head.sup) and q.letter not in "fgh"
            ),
        ),
        holds=("z = \\Psi^{-1}(x - \\mu)",),
        fails=("z = f^{-1}(x - \\mu)",),
    ),
    Rule(
        "applied/function-letter-alone",
        "the letter stands alone too, and before sums only",
        _when(
            TIMES,
            lambda q: (
                q.bare in FUNCTION_LETTERS
                and q.uses <= {"compound", "signed"}
                and q.bare in q.r.evidence.bare
                and q.kind == "compound"
            ),
        ),
        holds=("z = f(b + c) - f",),
        fails=("z = f(b + c)",),
    ),
    Rule(
        "applied/function-letter-like-others",
        "custom takes the letter for a function, and it is used like one here",
        _when(
            APPLIED,
            lambda q: q.bare in FUNCTION_LETTERS and (_waves(q) or bool(q.uses - {"compound", "signed"})),
        ),
        sure=True,
        holds=("z = f(x - t) + g(x + t)", "z = f(x) - f(x + 1)"),
    ),
    Rule(
        "applied/function-letter",
        "custom takes the letter for a function",
        _when(APPLIED, lambda q: q.bare in FUNCTION_LETTERS),
        holds=("z = f(x + 1)",),
        fails=("z = a(x + 1)",),
    ),
    Rule(
        "applied/used-so",
        "the letter is applied to one letter, or to several things, elsewhere in the line",
        _when(
            APPLIED,
            lambda q: bool(q.uses & {"several", "bar"}) or ("plain" in q.uses and q.plain_elsewhere),
        ),
        sure=True,
        holds=("z = y(t + 1) - y(t)",),
        fails=("z = y(t + 1) - y",),
    ),
    Rule(
        "applied/array",
        "a vector or matrix multiplies a sum",
        _when(TIMES, _bold),
        sure=True,
    ),
    Rule(
        "applied/variable",
        "custom takes the letter for a number, and nothing here applies it",
        _when(TIMES, lambda q: q.bare in VARIABLE_LETTERS),
        sure=True,
        holds=("z = a(b + c)",),
        fails=("z = f(b + c)",),
    ),
    Rule(
        "applied/between-arrays",
        "a capital behind something transposed is a matrix",
        _when(
            TIMES, lambda q: q.bare.isupper() and beside.transposed(q.r, q.before) and q.kind == "compound"
        ),
        holds=("z = x^\\top H (x - y)",),
    ),
    Rule(
        "applied/named-family",
        "a capital with a name beside it is one of several functions, any other letter with scripts a number",
        _either(lambda q: q.scripted and (q.head.sub is not None or q.head.sup is not None), _named_family),
    ),
    Rule(
        "applied/often-function",
        "custom takes the letter for a function or a number; one that stands alone is rather a number",
        _either(
            lambda q: q.bare in MORE_FUNCTION_LETTERS,
            lambda q: not q.stands_alone and q.bare not in "uvwqWXYZN",
        ),
        holds=("z = P(x + 1)",),
    ),
    Rule("applied/neither", "nothing says that the letter is a function", _when(TIMES, lambda q: True)),
)
