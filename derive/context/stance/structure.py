"""The stance of a relation: one ordered table over its form, its place and the words of its sentence.

The first rule that has an opinion answers; each is named in the report and in `derive explain`. What the
text denies, asks or quotes comes first, then signs that define, then what form alone settles, then what words
and form settle together. A relation that no rule speaks of is open.
"""

from __future__ import annotations

from collections.abc import Callable

from derive.calculus.expansions import expands
from derive.context.links import (
    CHECKED,
    DEFINING,
    INEQUALITIES,
    congruent,
    is_atom,
    is_computation,
    is_constant,
    redefines,
    rewritten,
    within,
)
from derive.context.stance.forms import (
    absurd,
    again_in_same_letters,
    atoms_throughout,
    chain_rule,
    derivative_by_the_way,
    differential_worked_out,
    entries_written_out,
    equal_quantities,
    equation,
    explicit,
    first_after_names,
    is_worked_out,
    labels,
    later_names,
    named_derivative_worked_out,
    named_twice,
    names_a_chance,
    names_the_result,
    of_itself,
    of_what_is_defined,
    open_later,
    set_to_zero,
    value_in_passing,
)
from derive.context.stance.put_in import numbers_put_in
from derive.context.stance.setting import Setting
from derive.model import SET_ASIDE, Stance
from derive.rules import Rule
from derive.term.nodes import (
    At,
    Call,
    Derivative,
    Element,
    Expectation,
    Symbol,
)
from derive.term.randomness import speaks_of_chance
from derive.term.traverse import free_symbols

StanceRule = Rule[Setting, Stance]
BY_ITSELF = ("defines/property", "assumes/one-place")
"""Rules about words that say something of no other relation."""


def _when(stance: Stance, test: Callable[[Setting], bool]) -> Callable[[Setting], Stance | None]:
    return lambda s: stance if test(s) else None


def _when_stated(name: str, seldom: Callable[[Setting], bool]) -> Callable[[Setting], Stance | None]:
    """The same by a test of `array_laws`, which few documents need."""

    def answer(s: Setting) -> Stance | None:
        if not seldom(s):
            return None
        from derive.context.stance import array_laws

        return Stance.ASSERTED if getattr(array_laws, name)(s) else None

    return answer


def _has_arrays(s: Setting) -> bool:
    """Whether one of the letters of an equation is an array."""
    letters = free_symbols(s.left).items() if equation(s) else ()
    return any(s.scope.symbols.get(n, symbol.type).shape for n, symbol in letters)


def _set_aside(s: Setting) -> Stance | None:
    return s.words.value if s.words is not None and s.words.value in SET_ASIDE else None


COMMENT_ASSERTS, COMMENT_ASSUMES = "asserted/by-comment", "assumes/by-comment"
STANCES: tuple[StanceRule, ...] = (
    Rule(
        COMMENT_ASSERTS,
        "a comment for derive says that it is asserted",
        _when(Stance.ASSERTED, lambda s: s.words is not None and s.words.rule == COMMENT_ASSERTS),
        sure=True,
    ),
    Rule("stance/set-aside", "the sentence denies, asks or quotes it", _set_aside),
    Rule(
        "stance/by-itself",
        "the sentence says what a word means, or which place a value marks",
        _when(Stance.DEFINES, lambda s: s.words is not None and s.words.rule in BY_ITSELF),
    ),
    Rule(
        "condition/data",
        "it is a value that a problem gives",
        _when(
            Stance.CONDITION,
            lambda s: (
                s.words is not None
                and s.words.rule in ("condition/task", "condition/solve")
                and equation(s)
                and is_constant(s.right)
                and isinstance(s.left, Call | At | Derivative | Element)
            ),
        ),
    ),
    Rule(
        "defines/sign",
        "its sign says that it defines",
        _when(Stance.DEFINES, lambda s: s.relation in DEFINING),
    ),
    Rule(
        "assumes/membership",
        "it says where something lies or how it is distributed",
        _when(Stance.ASSUMES, lambda s: s.relation not in CHECKED),
    ),
    Rule(
        "assumes/residue",
        "it says in which class modulo a number an integer lies",
        _when(
            Stance.ASSUMES,
            lambda s: (
                s.first and congruent(s.part) and isinstance(s.left, Symbol) and not s.says(Stance.ASSERTED)
            ),
        ),
    ),
    Rule(
        "defines/label",
        "a bare number is put for an array: it is a label",
        _when(Stance.DEFINES, labels),
    ),
    Rule(
        "condition/estimated",
        "the sentence calls the approximate value an estimate: its last digits are not claimed",
        _when(
            Stance.CONDITION,
            lambda s: s.relation == "approx" and s.estimated,
        ),
    ),
    Rule(
        "denied/absurd",
        "two different numbers are set equal, and nothing is worked out: what a contradiction comes to",
        _when(Stance.DENIED, absurd),
    ),
    Rule(
        "asserted/numbers",
        "both sides are numbers, whatever stands around",
        _when(Stance.ASSERTED, lambda s: s.without_letters and not isinstance(s.left, Call) and not s.letter),
    ),
    # -- the first link of a chain ------------------------------------------------------------------
    Rule(
        "asserted/standard-name",
        "a standard name takes a special form in the case that the text puts",
        _when(Stance.ASSERTED, lambda s: equation(s) and s.standard and not s.says(Stance.DEFINES)),
    ),
    Rule(
        "assumes/value-in-passing",
        "a letter is set to a value or to another letter",
        _when(Stance.ASSUMES, value_in_passing),
    ),
    Rule(
        "assumes/variable-of-integration",
        "a variable that is integrated over takes a value",
        _when(
            Stance.ASSUMES,
            lambda s: (
                equation(s)
                and s.definition is not None
                and not s.says(Stance.DEFINES)
                and s.definition.name in s.bound
            ),
        ),
    ),
    Rule(
        "open/another-of-a-list",
        "the formula before gave the name another value: the sentence lists them",
        _when(Stance.OPEN, lambda s: s.listed and equation(s) and s.definition is not None),
    ),
    Rule(
        "defines/by-words",
        "the sentence defines the name on its left",
        _when(Stance.DEFINES, lambda s: equation(s) and s.definition is not None and s.says(Stance.DEFINES)),
    ),
    Rule(
        "defines/new-name",
        "nothing before defines the name on its left",
        _when(
            Stance.DEFINES,
            lambda s: (
                equation(s)
                and s.definition is not None
                and s.fresh
                and (
                    s.definition.kind != "symbol"
                    or not s.seen
                    or not is_constant(s.right)
                    or entries_written_out(s)
                )
            ),
        ),
    ),
    Rule(
        "asserted/case-of-a-definition",
        "it says what a defined name becomes in the case that the text puts",
        _when(
            Stance.ASSERTED,
            lambda s: (
                equation(s)
                and s.definition is not None
                and not s.fresh
                and not s.says(Stance.CONDITION)
                and s.case_reaches(s.definition.name)
            ),
        ),
    ),
    Rule(
        "asserted/defined-before",
        "a defined name is said to equal something in the same letters",
        _when(Stance.ASSERTED, again_in_same_letters),
    ),
    Rule(
        "asserted/named-derivative",
        "a name for a derivative is said to equal something in the letters of what is differentiated",
        _when(Stance.ASSERTED, named_derivative_worked_out),
        holds=("Let $f = x^2$ and $d = \\frac{\\partial f}{\\partial x}$. $d = 2x + x - x$",),
        fails=("Let $d = \\frac{\\partial f}{\\partial x}$. $d = 2x + x - x$",),
    ),
    Rule(
        "open/defined-again",
        "a defined name is equated again: derived or defined anew",
        _when(Stance.OPEN, lambda s: equation(s) and s.definition is not None and not s.fresh),
    ),
    Rule(
        "assumes/name",
        "a name is set equal to something",
        _when(Stance.ASSUMES, lambda s: equation(s) and s.definition is not None),
    ),
    Rule(
        "asserted/differential",
        "the differential of a defined quantity is what its definition makes it",
        _when(Stance.ASSERTED, differential_worked_out),
    ),
    Rule(
        "asserted/derivative-by-the-way",
        "it gives a derivative of what is defined, in the letters of the definition",
        _when(
            Stance.ASSERTED,
            lambda s: (
                (set_to_zero(s) or (s.words is not None and s.words.rule == "defines/where"))
                and derivative_by_the_way(s)
            ),
        ),
        holds=(
            "Let $f = x^2 y$, with the derivative $\\frac{\\partial f}{\\partial x} = 2 x y$",
            "Let $f = x^2 - x$. Setting $\\frac{d f}{d x} = 2 x - 1 = 0$",
        ),
        fails=("Let $f = x^2 y$, where $\\frac{\\partial f}{\\partial x} = p$",),
    ),
    Rule(
        "defines/chance",
        "it gives the chance of events a name",
        _when(Stance.DEFINES, names_a_chance),
        holds=("Let $P(A) = p$", "So $P(T \\mid D) = s$"),
        fails=("Let $X$ be a variable with $P(X = 1) = p$",),
    ),
    Rule(
        "assumes/by-words",
        "the sentence puts it as a condition or a definition",
        _when(
            Stance.ASSUMES,
            lambda s: equation(s) and s.says(Stance.ASSUMES, Stance.DEFINES) and not is_constant(s.left),
        ),
    ),
    Rule(
        "assumes/value-of-a-function",
        "a function takes a value at a place",
        _when(
            Stance.ASSUMES,
            lambda s: equation(s) and isinstance(s.right, Call) and is_atom(s.left) and is_atom(s.right),
        ),
    ),
    Rule(
        "asserted/case-of-a-function",
        "a defined function is given in the case that the text puts",
        _when(
            Stance.ASSERTED,
            lambda s: (
                equation(s) and (name := redefines(s.left, s.scope)) is not None and s.case_reaches(name)
            ),
        ),
    ),
    Rule(
        "open/function-again",
        "a defined function is given again: derived or defined anew",
        _when(Stance.OPEN, lambda s: equation(s) and redefines(s.left, s.scope) is not None),
    ),
    Rule(
        "asserted/written-out",
        "its left side is written out in numbers and definitions, its right side is a value",
        _when(
            Stance.ASSERTED,
            lambda s: (
                equation(s) and is_constant(s.right) and not is_atom(s.left) and explicit(s.left, s.scope)
            ),
        ),
    ),
    Rule(
        "defines/result",
        "it gives the result of a computation a name",
        _when(Stance.DEFINES, names_the_result),
    ),
    Rule(
        "asserted/chain-rule",
        "a slope of a quantity that nothing defines is worked out from its slope by what lies between",
        chain_rule,
    ),
    Rule(
        "asserted/expansion",
        "it expands a function that nothing defines, up to a remainder: that holds for every smooth one",
        _when(Stance.ASSERTED, lambda s: equation(s) and expands(s.left, s.right, s.scope)),
        holds=("$u(x + h) = u(x) + h u'(x) + O(h^2)$",),
        fails=("$u(x + h) = u(x) + h v(x) + O(h^2)$",),
    ),
    Rule(
        "condition/differential-equation",
        "the derivative of a name is set to something in that name, and no word says that it was worked out",
        _when(Stance.CONDITION, lambda s: equation(s) and not s.says(Stance.ASSERTED) and of_itself(s)),
    ),
    Rule(
        "asserted/computation",
        "its left side is a computation on something explicit, its right side what comes of it",
        _when(Stance.ASSERTED, is_worked_out),
    ),
    Rule(
        "open/computation-set-to-a-value",
        "a computation is set to a value: a result or an equation to be solved",
        _when(Stance.OPEN, lambda s: equation(s) and is_computation(s.left, s.scope)),
    ),
    Rule(
        "condition/by-words",
        "the sentence puts it as an equation to be satisfied",
        _when(Stance.CONDITION, lambda s: equation(s) and s.says(Stance.CONDITION)),
    ),
    Rule(
        "asserted/divergence",
        "what a divergence comes to is no condition on its distributions",
        _when(
            Stance.ASSERTED,
            lambda s: (
                equation(s)
                and isinstance(s.left, Expectation)
                and s.left.op == "KL"
                and (speaks_of_chance(s.right) or of_what_is_defined(s))
            ),
        ),
    ),
    Rule(
        "asserted/decomposition",
        "a moment is decomposed by what another variable tells, or into covariances: nobody supposes that",
        _when_stated("decomposes", lambda s: equation(s) and isinstance(s.left, Expectation)),
        holds=(
            "Then $\\operatorname{Var}(X + Y) = \\operatorname{Var}(X) + \\operatorname{Var}(Y) "
            "+ 2\\operatorname{Cov}(X, Y)$",
            "Then $\\operatorname{Var}(Y) = E[\\operatorname{Var}(Y \\mid X)] "
            "+ \\operatorname{Var}(E[Y \\mid X])$",
        ),
        fails=(
            "Then $\\operatorname{Var}(Y) = \\operatorname{Var}(Y \\mid X)$",
            "Let $S = \\sum_{i=1}^n X_i$. Then $\\operatorname{Var}(S) = n \\operatorname{Var}(X_1) "
            "+ n (n - 1) \\operatorname{Cov}(X_1, X_2)$",
        ),
    ),
    Rule(
        "asserted/arrays",
        "the sentence states it of arrays, in the letters of its left side, and it is no property of one",
        _when_stated("law_of_arrays", _has_arrays),
        holds=(
            "Let $A, B \\in \\mathbb{R}^{n \\times n}$. We have $(A B)^\\top = B A$",
            "Let $a, b \\in \\mathbb{R}^n$. We have $\\|a + b\\|^2 = \\|a\\|^2 + a^\\top b + \\|b\\|^2$",
        ),
        fails=(
            "Let $A, B \\in \\mathbb{R}^{n \\times n}$. We have $A B = B A$",
            "Let $A \\in \\mathbb{R}^{n \\times n}$ and $a \\in \\mathbb{R}^n$. So $\\|A a\\| = \\|a\\|$",
            "Let $A, B \\in \\mathbb{R}^{n \\times n}$. Suppose that $(A B)^\\top = B A$",
            "Let $A, B, C \\in \\mathbb{R}^{n \\times n}$. We have $(A + B)^2 = C A + B$",
        ),
    ),
    Rule(
        "asserted/throughout",
        "it is said of all values, or worked out, in the letters of its left side",
        _when(
            Stance.ASSERTED,
            lambda s: (
                equation(s)
                and s.throughout
                and not is_atom(s.left)
                and (s.quantified or not is_atom(s.right))
                and free_symbols(s.right).keys() <= within(s.left, s.scope)
            ),
        ),
    ),
    Rule(
        "assumes/names",
        "one name is set equal to another",
        _when(Stance.ASSUMES, lambda s: equation(s) and is_atom(s.left) and is_atom(s.right)),
    ),
    Rule(
        "asserted/rewritten",
        "one expression stands in several forms, each in the letters of the first",
        _when(Stance.ASSERTED, lambda s: equation(s) and rewritten(s.chain)),
    ),
    Rule(
        "asserted/inequality",
        "the sentence states the inequality",
        _when(
            Stance.ASSERTED,
            lambda s: (
                s.first and s.relation in INEQUALITIES and s.says(Stance.ASSERTED) and not is_atom(s.left)
            ),
        ),
    ),
    Rule(
        "assumes/inequality",
        "it bounds a quantity",
        _when(
            Stance.ASSUMES,
            lambda s: (
                s.first
                and s.relation in INEQUALITIES
                and (s.words is not None or is_atom(s.left) or is_atom(s.right))
            ),
        ),
    ),
    # -- later links: each goes on from the side before ------------------------------------------------
    Rule("assumes/chain-of-names", "names and values are set equal", _when(Stance.ASSUMES, atoms_throughout)),
    Rule(
        "defines/named-twice",
        "new names come before it in its chain, and it gives the function that the last of them is",
        _when(Stance.DEFINES, named_twice),
        holds=("Let $y = f(x) = x^2$",),
        fails=("Let $y = f(2) = 4$", "We have $f(a) = f(b) = b^2$", "Let $y = f(x) = c$"),
    ),
    Rule(
        "open/renamed-first",
        "names come before it in its chain: it is the first that says something of them",
        _when(Stance.OPEN, first_after_names),
    ),
    Rule(
        "open/equal-quantities",
        "products of quantities that nothing defines are set equal in a row: a law, not a computation",
        _when(Stance.OPEN, equal_quantities),
    ),
    Rule("defines/last-name", "it gives the side before it a name", _when(Stance.DEFINES, later_names)),
    Rule(
        "assumes/chain-of-bounds",
        "the sentence puts the bounds of a quantity as a condition",
        _when(
            Stance.ASSUMES,
            lambda s: (
                not s.first
                and s.relation in INEQUALITIES
                and s.says(Stance.ASSUMES, Stance.DEFINES, Stance.CONDITION)
                and all(p.relation in INEQUALITIES for p in s.chain)
            ),
        ),
    ),
    Rule(
        "open/last-value",
        "the side before it is set to a value, bounded or approximated",
        _when(Stance.OPEN, open_later),
    ),
    Rule(
        "open/numbers-put-in",
        "numbers stand in the place of what the side before it names",
        _when(Stance.OPEN, lambda s: not s.first and numbers_put_in(s.left, s.right)),
    ),
    Rule(
        "asserted/step",
        "it goes on from the side before it",
        _when(Stance.ASSERTED, lambda s: not s.first),
    ),
    Rule(
        "open/stated",
        "nothing tells whether it is derived, a definition or a condition",
        lambda s: Stance.OPEN,
    ),
)
