"""What is known of one function of numbers, in one place; the tables of every other room are derived from it.

A record holds nothing of SymPy or python-flint: what needs them is a name, or a callable that gets its
numbers handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal

from derive.classes import dataclass
from derive.functions.ranges import Range
from derive.reasons.gaps import Gap
from derive.term.heads import Head
from derive.term.nodes import Relation, Term

Formula = Callable[..., Term]
Spread = Literal["numbers", "vectors", "arrays"]


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a function of one real number has a real value.

    `inside` takes a real ball: True or False where that is certain, None where the ball is too wide.
    """

    inside: Callable[[Any], bool | None]
    outside: Gap
    unsure: Gap


@dataclass(frozen=True, slots=True)
class Analytic:
    """A function of one number, enclosed in balls: `real` takes an arb, `complex` an acb. `cut` tells whether
    a box may meet a branch cut (it has no value there inside an integrand); `principal` takes the flag of
    `acb.integral` instead. `extends`: it has complex values outside of its real domain.
    """

    real: Callable[[Any], Any]
    complex: Callable[[Any], Any]
    cut: Callable[[Any], bool] | None = None
    principal: Callable[[Any, bool], Any] | None = None
    domain: Domain | None = None
    extends: bool = True


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that is calculated: `of` gets the arithmetic (`derive.verify.evaluate.arithmetic.Arithmetic`,
    which also raises for it) and the arguments, numbers of any kind of the evaluator."""

    of: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that names the function in a document whose words say so: `F_n` is a Fibonacci number there.

    form: how it is written. `index` F_n, `index-argument` P_n(x), `argument` K(k), `bracket` (a)_n.
    unless: words that give the letter another meaning. subscript: the one that must stand there, 1 in E_1(x).
    meanings: what it may mean, with the words that close the question for one of them.
    """

    letter: str
    form: Literal["index", "index-argument", "argument", "bracket"]
    words: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()
    unless: tuple[str, ...] = ()
    subscript: str = ""
    starts: tuple[tuple[int, Fraction], ...] = ()
    """Values at the first indices: a document that states others counts or scales in a way of its own."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One convention under one name: what the arguments become, and the words
    of a document that choose it."""

    choice: str
    of: Formula
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """name: the head of its terms. latex, least, most, scripts: how it is written (see `Head`).

    words: names in letters that mean it, `\\operatorname{…}` or a command.
    meanings: where authors differ on what the word means: the choices, best first.
    inverse: the function that undoes it; `to_minus_one`: sin^{-1} is that inverse.
    derivatives: by each argument, as terms; `slope`: by the only argument, analytic off the real line.
    value, spread, costly: its values, what arrays do with them, whether many digits take long.
    range: bounds of its real values; `increasing`, `at_zero`, `limits` (at +∞ and -∞).
    continuity: smooth or continuous wherever its arguments are, or (`continuous_where`) under a condition.
    restrictions: what must hold for it to have a value, in the reals or in the complex numbers.
    jumps: steps, or integers as arguments: no limit goes through it. integers: its arguments are integers.
    whole: which of its arguments are integers by what it is.
    normal: the same by other functions, for the normal form; None where nothing is known of these arguments.
    sympy, mpmath: the names of the counterparts, or callables that get the module handed in. raised: SymPy's
      name for it in answers, with the arguments it has in front there, where the name is another.
    related: functions that a hand takes it for, nearest first.
    """

    name: str
    latex: str
    source: str
    least: int = 1
    most: int = 1
    scripts: int = 0
    words: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    letters: tuple[Letter, ...] = ()
    inverse: str = ""
    to_minus_one: bool = False
    derivatives: tuple[Formula | None, ...] = ()
    slope: Formula | None = None
    value: Analytic | Computed | None = None
    spread: Spread = "numbers"
    costly: bool = False
    range: Range | None = None
    increasing: bool = False
    at_zero: Fraction | None = None
    limits: tuple[Term, Term] | None = None
    continuity: Literal["smooth", "continuous", ""] = ""
    continuous_where: Callable[[Term, bool], Relation] | None = None
    restrictions: Callable[..., tuple[Relation, ...]] | None = None
    jumps: bool = False
    integers: bool = False
    whole: tuple[int, ...] = ()
    normal: Callable[..., Term | None] | None = None
    sympy: str | Callable[..., Any] = ""
    raised: tuple[str, tuple[int, ...]] | None = None
    mpmath: str | Callable[..., Any] = ""
    parity: Literal["odd", "even", ""] = ""
    related: tuple[str, ...] = ()

    @property
    def head(self) -> Head:
        """What the terms themselves need to know of it."""
        return Head(
            self.least, self.most, self.latex, scripts=self.scripts, sympy=self.sympy, raised=self.raised
        )

    def takes(self, count: int) -> bool:
        """Whether it may have so many arguments."""
        return self.least <= count and (self.most < 0 or count <= self.most)
