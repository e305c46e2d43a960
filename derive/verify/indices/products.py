"""What hypotheses say of products of arrays, put in: `A v = λ v`, `X^\\top X w = X^\\top y`.

Such an equation is a rule for a word: where the factors of its left side stand side by side in a product, its
right side takes their place. Transposed it is one too.
"""

from __future__ import annotations

from collections.abc import Sequence

from derive.calculus.array_properties import properties_of
from derive.calculus.gradient import shape_of
from derive.term import nodes as t
from derive.term.construct import apply, div, mul
from derive.term.contents import has
from derive.term.traverse import free_symbols, map_children

_STEPS = 40
_LONGEST = 4
"""The highest power of an array that is written as a product, and the longest word of a rule."""
Word = tuple[t.Term, ...]


def put_in(terms: tuple[t.Term, ...], hypotheses: Sequence[t.Term]) -> tuple[t.Term, ...]:
    """The terms with all such products replaced; the terms themselves where there is no rule."""
    if not any(has(h, t.Mul) for h in hypotheses):
        return terms
    symmetric = frozenset(n for n, said in properties_of(hypotheses).items() if "symmetric" in said)
    rules = [rule for h in hypotheses for rule in _rules(h, symmetric)]
    if not rules:
        return terms
    return tuple(_Rewriter(rules, symmetric).of(term) for term in terms)


def _rules(hypothesis: t.Term, symmetric: frozenset[str]) -> list[tuple[Word, t.Term]]:
    match hypothesis:
        case t.Relation(op="=", left=t.Mul() as left, right=right) if len(shape_of(left) or ()) == 1:
            pass
        case _:
            return []
    word, factor = _word(left, symmetric)
    if factor != t.ONE or not 2 <= len(word) <= _LONGEST or not all(map(_is_letter, word)):
        return []
    if right != t.ZERO and len(shape_of(right) or ()) != 1:
        return []
    turned = tuple(_turned(f, symmetric) for f in word[::-1])
    found = [(word, right), (turned, apply("transpose", right) if right != t.ZERO else right)]
    match word, _word(right, symmetric):
        case (t.Symbol() as a, t.Symbol() as v), ((only,), number) if only == v and number != t.ONE:
            # an eigenvector of A is one of its inverse
            found.append(((apply("inverse", a), v), mul(div(t.ONE, number), v)))
        case _:
            pass
    return found


def _is_letter(factor: t.Term) -> bool:
    match factor:
        case t.Symbol() | t.Apply(head="transpose" | "inverse", args=(t.Symbol(),)):
            return True
        case _:
            return False


def _turned(factor: t.Term, symmetric: frozenset[str]) -> t.Term:
    match factor:
        case t.Symbol(name=name) if name in symmetric:
            return factor
        case t.Apply(head="transpose", args=(inner,)):
            return inner
        case _:
            return apply("transpose", factor)


def _word(term: t.Term, symmetric: frozenset[str]) -> tuple[Word, t.Term]:
    """The array factors of a product in order, powers written out, and the number before them."""
    arrays: list[t.Term] = []
    numbers: list[t.Term] = []
    for factor in term.args if isinstance(term, t.Mul) else (term,):
        match factor:
            case t.Mul() if shape_of(factor):
                inner, number = _word(factor, symmetric)
                arrays += inner
                numbers += [number] if number != t.ONE else []
            case t.Pow(base=base, exponent=t.Number(value=n)) if (
                shape_of(base) and n.denominator == 1 and -1 <= n <= _LONGEST and n
            ):
                arrays += [apply("inverse", base)] if n < 0 else [base] * int(n)
            case t.Apply(head="transpose", args=(t.Symbol(name=name) as letter,)) if name in symmetric:
                arrays.append(letter)
            case _ if shape_of(factor):
                arrays.append(factor)
            case _:
                numbers.append(factor)
    return tuple(arrays), mul(*numbers)


class _Rewriter:
    def __init__(self, rules: list[tuple[Word, t.Term]], symmetric: frozenset[str]) -> None:
        self.rules, self.symmetric, self.steps = rules, symmetric, _STEPS
        self.letters = {n for word, _ in rules for f in word for n in free_symbols(f)}

    def of(self, term: t.Term) -> t.Term:
        if not self.letters & free_symbols(term).keys():
            return term
        if isinstance(term, t.Mul):
            word, number = _word(term, self.symmetric)
            for k in range(len(word)):
                for left, right in self.rules:
                    if word[k : k + len(left)] == left and self.steps > 0:
                        self.steps -= 1
                        middle = (right,) if right != t.ONE else ()
                        return self.of(mul(number, *word[:k], *middle, *word[k + len(left) :]))
        return map_children(term, self.of)
