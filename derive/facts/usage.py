"""How a document uses its letters beside parentheses, where their types leave it open.

A letter may be a function in one line, `g(x, u)`, and a factor in another, `m g l`; a vector may be
written with its argument, `\\mathbf x(t)`, or as a signal, `\\mathbf x[n]`. What is found here is handed to
the elaboration with the scope, for all formulas alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from itertools import pairwise
from typing import Any

from derive.facts.factors import factor
from derive.facts.naming import spell
from derive.facts.pieces import INDEX_LETTERS, argument_kind
from derive.facts.runs import opens, run
from derive.notation.syntax import Big, Chain, Fence, Juxtaposition, Name, Number, Scripts, Sequence, Sum

_TRANSPOSED = frozenset({"top", "T", "intercal", "transpose"})


class Usage:
    """By canonical name: `applied` to a letter, a `factor` beside others, `sampled` in brackets, one that
    `maps` a set to another; two letters that stand `together` before a parenthesis, again and again, `sl(x)`;
    a letter that is `squared`, as numbers are; vectors that are `listed`, the bold `\\boldsymbol x_i` or
    `x_i^\\top` or what stands behind such, those among them that never stand without a number `only listed`;
    a letter that a plus above makes another of, `signed`, `P^+` beside `P^-`, `P^+(K)` or `P^+ = P - Q`;
    a letter whose zeroth is the sum of the others, `totalled`;
    `capitals` of which one never stands alone, `TP` beside `FN`, or that are a word of the prose."""

    def __init__(self) -> None:
        self._applied: set[str] = set()
        self._heads: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        self._maps: set[str] = set()
        self._sampled: set[str] = set()
        self._listed: set[str] = set()
        self._squared: set[str] = set()
        self._signed: set[str] = set()
        self._totalled: set[str] = set()
        self._all: Counter[str] = Counter()
        self._subscripted: Counter[str] = Counter()
        self._capitals: Counter[str] = Counter()
        self._above: Counter[str] = Counter()
        self._neighbours: defaultdict[str, set[str]] = defaultdict(set)

    def see(self, node: Any) -> None:
        kind = type(node)
        if kind is Name:
            self._all[spell(node)] += 1
        elif kind is Scripts:
            if isinstance(node.sup, Name):
                self._above[spell(node.sup)] += 1
            self._list(node)
        elif kind is Chain:
            self._map(node)
            self._sign(node)
            self._total(node)
        elif kind is Juxtaposition:
            self._multiply(node)

    def _multiply(self, node: Juxtaposition) -> None:
        factors = node.factors
        k = 0
        while k < len(factors):
            count, spelled = run(factors, k)
            k += max(count, 1)
            if count > 1 and spelled.isupper():
                self._capitals[spelled] += 1
            if count and k < len(factors) and opens(factors[k]):
                self._heads[spelled[-1]] += 1
                if count == 2:
                    self._pairs[spelled] += 1
        for left, right in pairwise(factors):
            self._list_behind(left, right)
            above = _marked(left, "+") if isinstance(right, Fence) and isinstance(right.body, Name) else None
            self._signed |= {above} if above is not None else set()
            fence = right.base if isinstance(right, Scripts) else right
            letter = _letter(left)
            if letter is None or not isinstance(fence, Fence):
                continue
            if fence.open == "(" and argument_kind(fence) == "plain" and not isinstance(fence.body, Number):
                self._applied.add(letter)
            if fence.open == "[" and _sample(fence.body):
                self._sampled.add(letter)
        for k in range(len(factors)):
            letter = factor(factors, k)
            if letter is not None:
                around = (factors[k - 1] if k else None, factors[k + 1] if k + 1 < len(factors) else None)
                self._neighbours[letter] |= {_weight(n) for n in around if n is not None}

    def _sign(self, node: Chain) -> None:
        """`P^+ = (I - K H) P`: what becomes of P; no inverse of it has P for a factor or a summand."""
        above = _marked(node.first, "+")
        if above is None:
            return
        for link in node.links:
            sides = [p for _, p in link.right.parts] if isinstance(link.right, Sum) else [link.right]
            parts = [f for p in sides for f in (p.factors if isinstance(p, Juxtaposition) else (p,))]
            if len(parts) > 1 and any(isinstance(p, Name) and spell(p) == above for p in parts):
                self._signed.add(above)

    def _total(self, node: Chain) -> None:
        """`\\alpha_0 = \\sum_k \\alpha_k`: the zeroth is no member of what it is the sum of."""
        first = node.first
        if not isinstance(first, Scripts) or not isinstance(first.base, Name) or first.sup is not None:
            return
        if not isinstance(first.sub, Number) or first.sub.text != "0" or len(node.links) != 1:
            return
        match node.links[0].right:
            case Big(body=Scripts(base=Name() as base, sub=Name(), sup=None)) if spell(base) == spell(
                first.base
            ):
                self._totalled.add(spell(base))
            case _:
                pass

    def _map(self, node: Chain) -> None:
        """`f: A \\to B`, `f, g: A \\to B`."""
        if [link.relation for link in node.links[:2]] != [":", "to"]:
            return
        items = node.first.items if isinstance(node.first, Sequence) else (node.first,)
        self._maps.update(name for item in items if (name := _letter(item)) is not None)

    def _list(self, node: Scripts) -> None:
        name = node.base if isinstance(node.base, Name) else None
        if name is not None and isinstance(node.sup, Number) and node.sup.text == "2":
            self._squared.add(spell(name))
        if (below := _marked(node, "-")) is not None:
            self._signed.add(below)
        if name is None or node.sub is None or name.word:
            return
        self._subscripted[spell(name)] += 1
        if _sample(node.sub) and (name.font == "bold" or _transposed(node)):
            self._listed.add(spell(name))

    def _list_behind(self, left: Any, right: Any) -> None:
        """`x_i` in `w^\\top x_i`: a column behind the row, no entry of one."""
        if not (isinstance(left, Scripts) and _transposed(left) and _small(left.base)):
            return
        if not (isinstance(right, Scripts) and right.sup is None and _sample(right.sub)):
            return
        if isinstance(right.base, Name) and _small(right.base):
            self._listed.add(spell(right.base))

    def freeze(self, spoken: Set[str] = frozenset()) -> Mapping[str, frozenset[str]]:
        """`spoken`: the words in capitals of the document's prose, `TP` of "TP = true positives"."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name in self._applied:
            found[name].add("applied")
        for name in self._maps:
            found[name].add("maps")
        for name in self._squared:
            found[name].add("squared")
        for name in self._signed:
            found[name].add("signed")
        for name in self._totalled:
            found[name].add("totalled")
        for name in self._sampled:
            found[name].add("sampled")
        for name in self._listed:
            found[name].add("listed")
            if self._all[name] == self._subscripted[name]:
                found[name].add("only listed")
        for name, around in self._neighbours.items():
            # beside another function, `(fg)'`, a function is no sign of a number of the same name
            if any(n and n not in self._applied for n in around):
                found[name].add("factor")
        behind: Counter[str] = Counter()
        for pair, count in self._pairs.items():
            behind[pair[-1]] += count
        for pair, count in self._pairs.items():
            if count > 1 and behind[pair[-1]] == self._heads[pair[-1]]:
                found[pair].add("together")
        within: Counter[str] = Counter()
        for capitals, count in self._capitals.items():
            for letter in capitals:
                within[letter] += count
        for capitals, count in self._capitals.items():
            unaccompanied = any(within[c] >= self._all[c] - self._above[c] for c in capitals)
            if capitals in spoken or (count > 1 and unaccompanied):
                found[capitals].add("capitals")
        return {name: frozenset(ways) for name, ways in found.items()}


def _letter(node: Any) -> str | None:
    while isinstance(node, Scripts):
        node = node.base
    return spell(node) if isinstance(node, Name) and not node.word else None


def _weight(node: Any) -> str:
    """What a neighbour counts as: a number is a factor without doubt."""
    return "1" if isinstance(node, Number) else _letter(node) or ""


def _small(node: Any) -> bool:
    """`w`, `\\theta`, `w_j`: a small letter, as columns have."""
    while isinstance(node, Scripts):
        node = node.base
    return isinstance(node, Name) and not node.word and node.name[:1].islower()


def _marked(node: Any, sign: str) -> str | None:
    """`P^+`: the letter that has a sign above it."""
    if not isinstance(node, Scripts) or not isinstance(node.base, Name):
        return None
    return spell(node.base) if isinstance(node.sup, Name) and node.sup.name == sign else None


def _transposed(node: Scripts) -> bool:
    return isinstance(node.sup, Name) and node.sup.name in _TRANSPOSED


def _sample(body: Any) -> bool:
    if isinstance(body, Name):
        return body.name in INDEX_LETTERS
    if isinstance(body, Sum):
        parts = [p for _, p in body.parts]
        return any(_sample(p) for p in parts) and all(isinstance(p, (Name, Number)) for p in parts)
    return False
