"""A letter that the scope does not know: its use, and custom."""

from __future__ import annotations

from derive.meaning import beside
from derive.meaning.letters.habits import FUNCTION_LETTERS, MORE_FUNCTION_LETTERS, VARIABLE_LETTERS
from derive.meaning.letters.indices import indices
from derive.meaning.questions.applied.asked import APPLIED, TIMES, Applied, Table, either, often_both, when
from derive.notation import syntax as s
from derive.rules import Rule


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
        when(APPLIED, lambda q: q.full in q.r.scope.dependencies or q.letter in q.r.scope.dependencies),
        sure=True,
    ),
    Rule(
        "applied/special",
        "Γ and ζ before a parenthesis are the functions of that name",
        when(APPLIED, lambda q: q.letter in ("\\Gamma", "\\zeta") and q.kind != "relation"),
        sure=True,
        holds=("y = \\Gamma(x + 1)",),
    ),
    Rule(
        "applied/inverse-of-array",
        "the inverse of a matrix before one letter",
        either(_inverse_of_array, lambda q: q.r.used(q.letter, "applied")),
    ),
    Rule(
        "applied/powered",
        "a power of a variable multiplies",
        when(TIMES, lambda q: q.scripted and not beside.scripts_allow(q.r, q.head, q.letter, q.kind)),
        sure=True,
        holds=("z = x^2(y + 1)",),
        fails=("z = f^2(y + 1)",),
    ),
    Rule(
        "applied/no-factor",
        "several things, or a bar, in a parenthesis are no factor; a bracket around them belongs to custom",
        either(
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
        when(APPLIED, lambda q: q.kind == "relation"),
        sure=True,
        holds=("z = q(x = 1)",),
    ),
    Rule(
        "applied/value-of-value",
        "a value in the parenthesis is the argument of another function",
        when(APPLIED, _value_of_value),
        sure=True,
        holds=("z = V(x(t))",),
        fails=("z = a(f(t))",),
    ),
    Rule(
        "applied/composed",
        "a value in the parenthesis, and the letter stands nowhere alone",
        when(
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
        when(APPLIED, lambda q: isinstance(q.base, s.Name) and q.base.word),
        sure=True,
        holds=("z = \\operatorname{cost}(a + b)",),
    ),
    Rule(
        "applied/turned",
        "what is transposed or conjugated multiplies a sum and is applied to one letter",
        either(
            lambda q: q.scripted and q.above in ("transpose", "adjoint", "conjugate"),
            lambda q: q.kind == "plain" or q.letter in FUNCTION_LETTERS,
        ),
        sure=True,
        holds=("z = x^\\dagger(A y + b)",),
    ),
    Rule(
        "applied/primed",
        "a prime is that of a function, unless a variable stands before a sum",
        either(
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
        when(
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
        when(TIMES, _groups),
        sure=True,
        holds=("z = a[b + c]",),
        fails=("z = f[b + c]",),
    ),
    Rule(
        "applied/product-inside",
        "a product needs no parenthesis to be a factor",
        when(
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
        when(TIMES, often_both),
        holds=("w = a(k) x + a(m - k) y + a z",),
    ),
    Rule(
        "applied/number-alone",
        "a letter that custom takes for a number multiplies a number",
        when(TIMES, _number_alone),
        sure=True,
    ),
    Rule(
        "applied/one-letter",
        "one letter needs no parenthesis to be a factor",
        when(APPLIED, lambda q: q.kind == "plain" and q.round),
        sure=True,
        holds=("z = a(b)",),
        fails=("z = a(b + c)",),
    ),
    Rule(
        "applied/order",
        "the letter of an order of growth, which stands nowhere by itself",
        when(APPLIED, lambda q: q.bare in ("O", "o") and q.round and not q.stands_alone and not q.scripted),
        sure=True,
        holds=("z = b + O((x - c)^2)",),
        fails=("z = b + O((x - c)^2) + O",),
    ),
    Rule(
        "applied/inverse-before-sum",
        "an inverse before a sum is a matrix that multiplies",
        when(
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
        when(
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
        when(
            APPLIED,
            lambda q: q.bare in FUNCTION_LETTERS and (_waves(q) or bool(q.uses - {"compound", "signed"})),
        ),
        sure=True,
        holds=("z = f(x - t) + g(x + t)", "z = f(x) - f(x + 1)"),
    ),
    Rule(
        "applied/function-letter",
        "custom takes the letter for a function",
        when(APPLIED, lambda q: q.bare in FUNCTION_LETTERS),
        holds=("z = f(x + 1)",),
        fails=("z = a(x + 1)",),
    ),
    Rule(
        "applied/used-so",
        "the letter is applied to one letter, or to several things, elsewhere in the line",
        when(
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
        when(TIMES, _bold),
        sure=True,
    ),
    Rule(
        "applied/variable",
        "custom takes the letter for a number, and nothing here applies it",
        when(TIMES, lambda q: q.bare in VARIABLE_LETTERS),
        sure=True,
        holds=("z = a(b + c)",),
        fails=("z = f(b + c)",),
    ),
    Rule(
        "applied/between-arrays",
        "a capital behind something transposed is a matrix",
        when(TIMES, lambda q: q.bare.isupper() and beside.transposed(q.r, q.before) and q.kind == "compound"),
        holds=("z = x^\\top H (2x - y)",),
    ),
    Rule(
        "applied/named-family",
        "a capital with a name beside it is one of several functions, any other letter with scripts a number",
        either(lambda q: q.scripted and (q.head.sub is not None or q.head.sup is not None), _named_family),
    ),
    Rule(
        "applied/often-function",
        "custom takes the letter for a function or a number; one that stands alone is rather a number",
        either(
            lambda q: q.bare in MORE_FUNCTION_LETTERS,
            lambda q: not q.stands_alone and q.bare not in "uvwqWXYZN",
        ),
        holds=("z = P(x + 1)",),
    ),
    Rule("applied/neither", "nothing says that the letter is a function", when(TIMES, lambda q: True)),
)
