"""Expectations read into the ring: linear in what is random."""

from __future__ import annotations

from flint import fmpq

from derive.classes import replace
from derive.term.nodes import TWO, Expectation, Mul, Pow, Term
from derive.term.traverse import free_symbols
from derive.verify.normal.linear import linear
from derive.verify.normal.reader import Reader
from derive.verify.normal.ring import Ratio


def read_expectation(rd: Reader, term: Expectation) -> Ratio:
    r = rd.ring
    match term.op, term.args:
        case "Var", (x,):
            mean = read_expectation(rd, replace(term, op="E"))
            square = read_expectation(rd, replace(term, op="E", args=(Pow(x, TWO),)))
            return r.sub(square, r.mul(mean, mean))
        case "Std", (x,):
            return rd.powers.radical(read_expectation(rd, replace(term, op="Var")), fmpq(1, 2))
        case "Cov", (x, y):
            both = read_expectation(rd, replace(term, op="E", args=(Mul((x, y)),)))
            means = [read_expectation(rd, replace(term, op="E", args=(v,))) for v in (x, y)]
            return r.sub(both, r.mul(*means))
        case "E", (x,):
            return _mean(rd, term, x)
        case _:
            return rd.opaque(term)


def _mean(rd: Reader, term: Expectation, x: Term) -> Ratio:
    """Linear in what is random: symbols of role `random` and those the expectation is over."""
    r = rd.ring
    free = free_symbols(x)
    random = {n for n, s in free.items() if rd._type(s).role == "random"}
    for part in (term.under, term.given):
        if part is not None:
            random |= free_symbols(part).keys() & free_symbols(x).keys()
    if not random:
        # nobody said what is random: capitals are, by custom, where there are any
        random = {n for n in free if n[0].isupper()} or set(free)
    context = "|".join("" if p is None else rd.key(p) for p in (term.under, term.given))
    given = set() if term.given is None else set(free_symbols(term.given))

    def mean(piece: Ratio, key: str) -> Ratio:
        if given and r.names(piece) & random <= given:
            return piece
        return r.of(
            r.kernel(
                f"E[{key}|{context}]",
                names=r.names(piece) - random,
                real=rd.signs.real(piece),
                kind="opaque",
                term=replace(term, args=(rd.powers.term(piece),)),
            )
        )

    return linear(r, rd.read(x), random, mean)
