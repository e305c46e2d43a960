"""What the scope says of the letter."""

from __future__ import annotations

from derive.facts.pieces import INDEX_LETTERS
from derive.meaning import beside
from derive.meaning.letters.habits import FUNCTION_LETTERS, VARIABLE_LETTERS
from derive.meaning.questions.applied.asked import (
    APPLIED,
    CALLED,
    TIMES,
    Applied,
    Table,
    apart,
    array_of_number,
    bracket_of_value,
    either,
    grouped,
    when,
)
from derive.notation import syntax as s
from derive.rules import Rule
from derive.term.traverse import free_symbols


def _no_function(q: Applied) -> bool:
    counts = q.letter in INDEX_LETTERS or (q.letter in q.r.bound and q.letter not in FUNCTION_LETTERS)
    return (q.role == "index" and counts) or q.role == "constant" or not q.round


def _bound_variable(q: Applied) -> bool:
    variable = q.letter in q.r.bound and q.letter not in INDEX_LETTERS and isinstance(q.fence.body, s.Name)
    return variable and q.kind == "plain" and q.round and beside.at_a_bound(q.r, q.letter)


def _number(q: Applied) -> bool:
    return q.kind == "plain" and isinstance(q.fence.body, s.Number)


def _defined_in_letters(q: Applied) -> bool:
    definition = q.r.scope.definitions.get(q.letter)
    return definition is not None and definition.kind == "symbol" and bool(free_symbols(definition.body))


IN_SCOPE: Table = (
    Rule(
        "applied/function-and-factor",
        "the document applies the letter and multiplies with it as well",
        either(
            lambda q: q.role in CALLED and grouped(q) and q.r.used(q.letter, "factor"),
            lambda q: q.above != "power" and not isinstance(q.before, s.Number | s.Name | s.Scripts),
        ),
        holds=("g(x) = 1 ;; g m = 2 ;; y = g(x + 1)",),
        fails=("g(x) = 1 ;; g(x + 1) = 1",),
    ),
    Rule(
        "applied/variable-letter",
        "custom takes the letter for a variable, and the parenthesis holds a sum with a number",
        when(
            APPLIED,
            lambda q: (
                q.role in CALLED
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
        when(APPLIED, lambda q: q.role in CALLED and apart(q)),
        holds=("h(x) = 1 ;; y = h (w - x)",),
        fails=("h(x) = 1 ;; y = h(w - x)",),
    ),
    Rule(
        "applied/function",
        "the text makes the letter a function",
        when(APPLIED, lambda q: q.role in CALLED),
        sure=True,
        holds=("f(x) = x^2 ;; y = f(3 x)",),
        fails=("y = a(b + c)",),
    ),
    Rule(
        "applied/sequence",
        "the letter is a sequence, and the parenthesis holds its place",
        when(APPLIED, lambda q: q.role == "sequence" and isinstance(q.head, s.Name)),
        sure=True,
    ),
    Rule(
        "applied/no-factor-in-scope",
        "several things, or a bar, in a parenthesis are no factor",
        when(APPLIED, bracket_of_value),
        sure=True,
        holds=("y \\in \\mathbb{R} ;; z = y(a, b)",),
    ),
    Rule(
        "applied/random",
        "a random variable is a factor before one letter",
        when(TIMES, lambda q: q.role == "random" and q.kind == "plain"),
        sure=True,
    ),
    Rule(
        "applied/depends",
        "the text writes the letter with its arguments",
        when(APPLIED, lambda q: q.name in q.r.scope.dependencies and q.kind in ("plain", "signed")),
        sure=True,
    ),
    Rule(
        "applied/at-a-bound",
        "a value of the variable of integration stands at a bound",
        when(APPLIED, _bound_variable),
        holds=("\\theta \\in \\mathbb{R} ;; y = \\int_{\\theta(0)}^{\\theta(t)} \\cos(\\theta(t)) d\\theta",),
    ),
    Rule(
        "applied/no-function",
        "an index or a constant is applied to nothing, and a bracket only groups",
        when(TIMES, _no_function),
        sure=True,
        holds=("y = \\sum_{i=1}^n i(x + 1)",),
    ),
    Rule(
        "applied/at-zero",
        "a product with nought is not written",
        when(APPLIED, lambda q: _number(q) and q.fence.body.text == "0"),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(0)",),
    ),
    Rule(
        "applied/at-a-number",
        "the document applies the letter to others, so this is its value at a number",
        when(APPLIED, lambda q: _number(q) and q.r.used(q.letter, "applied")),
        holds=("x \\in \\mathbb{R} ;; x(1) = x(t)",),
    ),
    Rule(
        "applied/defined-at-a-number",
        "the letter is defined in other letters: this may be its value at a number, `y(1)` of `y = -x/C`",
        either(lambda q: _number(q) and _defined_in_letters(q), lambda _: True),
    ),
    Rule(
        "applied/times-number",
        "a letter that is applied nowhere else multiplies a number",
        when(TIMES, _number),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(2)",),
    ),
    Rule(
        "applied/bound-function",
        "the letter is bound, and custom takes it for a function",
        when(APPLIED, lambda q: q.kind == "plain" and q.letter in q.r.bound and q.letter in FUNCTION_LETTERS),
        sure=True,
    ),
    Rule(
        "applied/array-of-number",
        "an array times one number in a parenthesis is not written",
        when(APPLIED, array_of_number),
        sure=True,
    ),
    Rule(
        "applied/one-letter-in-scope",
        "one letter in a parenthesis is rather an argument",
        either(lambda q: q.kind == "plain", lambda q: q.above != "inverse" or q.r.used(q.letter, "applied")),
        holds=("\\theta \\in \\mathbb{R} ;; y = \\theta(z)",),
    ),
    Rule(
        "applied/applied-elsewhere",
        "the document applies the letter elsewhere",
        either(
            lambda q: q.kind in ("compound", "signed", "call") and q.r.used(q.letter, "applied"),
            lambda q: not q.r.used(q.letter, "factor"),
        ),
        holds=("x \\in \\mathbb{R} ;; x(t) = x(t + 1)",),
    ),
    Rule(
        "applied/factor-in-scope",
        "what the scope knows as a number multiplies",
        when(TIMES, lambda q: True),
        sure=True,
        holds=("x \\in \\mathbb{R} ;; y = x(a + b)",),
    ),
)
