"""An index is left over: a sum over it is gone, or it stands where its partner belongs.

`\\sum_i (y_i - x_i)^2 = \\|y_i - x_i\\|^2`: what was summed became a norm, and the index of the sum stayed.
`g_{ij} = E[\\partial_i \\ell \\, \\partial_i \\ell]`: the left side has two indices, the right side one
factor twice with the same of them. `\\sum_i^m x_i = \\sum_i^{m-1} x_i + x_i`: the last term is x_m. Other
equations whose sides differ in their indices are left alone: summation may be implied, a matrix constant
along its rows, samples alike (`E[\\sum_i X_i] = n E[X_i]`).
"""

from derive.classes import dataclass
from derive.form.binding import (
    found_in,
    free_letters,
    letters_of,
    mentioned,
    respelt,
    under_binders,
)
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Diagnostic
from derive.term.contents import among
from derive.term.nodes import ONE, Add, Apply, BigOp, Call, Element, Expectation, Mul, Neg, Symbol, Term
from derive.term.traverse import free_symbols, walk

CODE, NAME = "DRV011", "dangling-index"


@dataclass(frozen=True, slots=True)
class _Left:
    where: Term
    index: Symbol
    partner: Symbol | None = None
    """The index that belongs in its place."""
    value: Term | None = None
    """What it is for the one term that was split off."""


def check(case: Case) -> Diagnostic | None:
    if case.claim.relation not in ("=", ":="):
        return None
    if (answer := found_in(case, _repeated)) is not None and (found := answer[1]).partner is not None:
        old, new = found.index.to_latex(), found.partner.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${found.where.to_latex()}$ stands twice, and nothing on this side has the index ${new}$ "
            "of the other",
            span=case.locate(found.where),
            fix=respelt(case, found.where, old, new),
        )
    if (answer := found_in(case, _split_off)) is not None and (found := answer[1]).value is not None:
        name, new = found.index.to_latex(), found.value.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"${found.where.to_latex()}$ was split off the sum over ${name}$ and kept its index: "
            f"it is the term with ${name} = {new}$",
            span=case.locate(found.where),
            fix=respelt(case, found.where, name, new),
        )
    if (answer := found_in(case, _collapsed)) is not None:
        _, found = answer
        name = found.index.to_latex()
        return case.finding(
            CODE,
            NAME,
            f"the index ${name}$ is left over: the sum over ${name}$ became a norm, which has none",
            span=case.locate(found.where),
        )
    return None


def _collapsed(term: Term, other: Term) -> _Left | None:
    free, elsewhere = free_symbols(term), free_letters(other)
    sums = [(b.variable, node.body) for node in among(other, BigOp) if node.op == "sum" for b in node.binders]
    for norm in walk(term):
        if not (isinstance(norm, Apply) and norm.head == "norm"):
            continue
        inside = _indexed(norm.args[0])
        for variable, body in sums:
            name = variable.name
            if name not in free or letters_of(name) & elsewhere or any(_is_norm(n) for n in walk(body)):
                continue
            here = {base for base, index in inside if index == name}
            if here and here <= {base for base, index in _indexed(body) if index == name}:
                return _Left(norm, variable)
    return None


def _split_off(term: Term, other: Term) -> _Left | None:
    """`\\sum_i^m x_i = \\sum_i^{m-1} x_i + x_i`: behind the sum that ends one earlier, its term once more.

    The reader takes what has the index of a sum into the sum, so it stands there as a part of its body.
    """
    whole = [n for n in among(other, BigOp) if n.op == "sum" and len(n.binders) == 1]
    for node in walk(term):
        if not (isinstance(node, BigOp) and node.op == "sum" and len(node.binders) == 1):
            continue
        (binder,) = node.binders
        for longer in whole:
            (long,) = longer.binders
            last = longer.body
            if (
                not isinstance(last, Element)
                or long.variable != binder.variable
                or not _one_less(binder.upper, long.upper)
            ):
                continue
            again: list[Term] = []
            if isinstance(node.body, Add) and node.body.args[0] == last:
                again = [n for t in node.body.args[1:] for n in walk(t) if n == last]
            elif node.body == last:
                again = [
                    n for n, bound in under_binders(term) if n == last and long.variable.name not in bound
                ]
            if len(again) == 1:
                return _Left(again[0], binder.variable, value=long.upper)
    return None


def _one_less(upper: Term | None, than: Term | None) -> bool:
    if upper is None or than is None:
        return False
    return upper == Add((than, Neg(ONE))) or than == Add((upper, ONE))


def _is_norm(node: Term) -> bool:
    return isinstance(node, Apply) and node.head == "norm"


def _indexed(term: Term) -> set[tuple[Term, str]]:
    """The elements of a term with one index that is a letter."""
    return {
        (node.base, node.indices[0].name)
        for node in among(term, Element)
        if len(node.indices) == 1 and isinstance(node.indices[0], Symbol)
    }


def _repeated(term: Term, other: Term) -> _Left | None:
    named = other.function if isinstance(other, Call) else other
    match named:
        case Element(indices=(Symbol() as a, Symbol() as b)) if a != b:
            pass
        case _:
            return None
    letters = mentioned(term)
    for node in walk(term):
        match node:
            case Mul(args=args) | Apply(args=args) | Call(args=args) | Expectation(args=args):
                plain = [_untransposed(t) for t in args]
            case _:
                continue
        for k, one in enumerate(plain):
            if one not in plain[:k] or isinstance(one, Symbol):
                continue
            for index, partner in ((a, b), (b, a)):
                if letters_of(partner.name) & letters or index.name not in free_symbols(one):
                    continue
                return _Left(one, index, partner)
    return None


def _untransposed(term: Term) -> Term:
    return term.args[0] if isinstance(term, Apply) and term.head == "transpose" else term


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "The loss is\n\n$$L = \\sum_i (\\hat{y}_i - x_i)^2 = \\|\\hat{y}_i - x_i\\|^2$$\n",
        "The entries of the matrix are\n\n$$g_{ij} = E[u_i(x) u_i(x)]$$\n",
        "By induction,\n\n$$S_m = \\sum_{i=1}^{m} x_i = \\sum_{i=1}^{m-1} x_i + x_i$$\n",
    ),
    valid=(
        "Over samples that are vectors the loss is\n\n$$L = \\sum_i \\|\\hat{y}_i - x_i\\|^2$$\n",
        "The entries of the matrix are\n\n$$g_{ij} = E[u_i(x) u_j(x)]$$\n",
        "By induction,\n\n$$S_m = \\sum_{i=1}^{m} x_i = \\sum_{i=1}^{m-1} x_i + x_m$$\n",
    ),
    when="structure",
)
