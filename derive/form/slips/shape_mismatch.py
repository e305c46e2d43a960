"""A product, sum or comparison of arrays whose shapes cannot fit.

Shapes count where the document declares them, in a set (`X \\in \\mathbb{R}^{n \\times d}`) or in words ("a
vector $w$"), or where use forces them (`\\det A`); both shapes are told with the places they come from. The
transpose or the swap that makes the relation fit is put forward where exactly one does. What habits explain
is left alone: a number or a vector added to every row, vectors written as rows, derivatives laid out as rows.
"""

from collections.abc import Iterator

from derive.calculus.shapes import Clash
from derive.form.cause import cause
from derive.mend.case import Case
from derive.model import Claim, Diagnostic, Fix, Label, Severity, Status
from derive.term.construct import transpose
from derive.term.contents import among
from derive.term.nodes import Apply, Mul, Symbol, Term
from derive.term.traverse import map_children, walk
from derive.verify.ladder.ill_formed import clash_of, fits, origins_of, written

CODE, NAME = "DRV019", "shape-mismatch"
_HOW = {"set": "declared", "words": "said to be", "use": "used as"}


def check(case: Case) -> Diagnostic | None:
    claim = case.claim
    if case.verdict.status is not Status.ILL_FORMED:
        return None
    clash = clash_of(claim)
    if clash is None:
        return None
    origins = origins_of(clash, claim)
    stated = all(o.how in ("set", "words") for o in origins.values())
    mended = _only_mend(case, clash)
    where = [span for term, _ in clash.parts if (span := case.locate(term)) is not None]
    return case.finding(
        CODE,
        NAME,
        _message(case, clash),
        severity=Severity.ERROR if stated or case.asserted else Severity.WARNING,
        span=where[0].cover(where[-1]) if len(where) == len(clash.parts) else None,
        labels=tuple(
            Label(o.span, f"${name}$ is {_HOW[o.how]} ({_shape(claim, name)}) here")
            for name, o in origins.items()
            if o.span is not None
        ),
        fix=mended,
    )


def _message(case: Case, clash: Clash) -> str:
    told = [f"${_text(case, term)}$ is ({written(shape)})" for term, shape in clash.parts]
    match clash.kind:
        case "product":
            return f"{' and '.join(told)}: they have no product in this order"
        case "square":
            return f"{told[0]}, and only a square matrix has a determinant, a trace or an inverse"
        case "sum":
            return f"{' and '.join(told)}: they cannot be added"
        case _:
            return f"{' and '.join(told)}: they cannot be equal"


def _text(case: Case, term: Term) -> str:
    where = case.locate(term)
    text = case.document.source.text[where.start : where.end] if where is not None else ""
    return " ".join(text.split()) or term.to_latex()


def _shape(claim: Claim, name: str) -> str:
    return written(claim.scope.symbols[name].shape or ())


def _only_mend(case: Case, clash: Clash) -> Fix | None:
    """The one transpose or swap after which the shapes fit and, if the text derives it, the claim holds."""
    fitting: list[tuple[Term, Term, Claim]] = []
    for old, new in _edits(clash):
        for changed in _replaced(case, old, new):
            if fits(changed):
                fitting.append((old, new, changed))
    if len(fitting) > 1 and case.asserted:
        fitting = [f for f in fitting if case.holds(f[2])] or fitting
    if len(fitting) != 1:
        return None
    old, new, _ = fitting[0]
    where = case.locate(old)
    if where is None:
        return None
    return Fix(new.to_latex(), f"put ${new.to_latex()}$ in the place of ${_text(case, old)}$", where)


def _edits(clash: Clash) -> Iterator[tuple[Term, Term]]:
    """Transposes of the letters in the parts that clash, taken off or put on, and factors swapped."""
    for part, _ in clash.parts:
        for node in walk(part):
            match node:
                case Apply(head="transpose", args=(Symbol() as inner,)):
                    yield node, inner
                case Symbol(type=kind) if kind.shape and not _under_transpose(node, part):
                    yield node, transpose(node)
                case Mul(args=(*before, a, b)) if not before:
                    yield node, Mul((b, a))
                case _:
                    pass
    if clash.kind == "product":
        (a, _), (b, _) = clash.parts
        whole = a.span.cover(b.span) if a.span is not None and b.span is not None else None
        yield Mul((a, b), span=whole), Mul((b, a))


def _under_transpose(symbol: Symbol, part: Term) -> bool:
    return any(n.head == "transpose" and n.args[0] is symbol for n in among(part, Apply))


def _replaced(case: Case, old: Term, new: Term) -> Iterator[Claim]:
    """The claim with one occurrence of a term changed: the one at the same place."""
    done: list[Term] = []

    def visit(node: Term) -> Term:
        if node == old and node.span == old.span and not done:
            done.append(node)
            return new
        return map_children(node, visit)

    left, right = visit(case.claim.left), visit(case.claim.right)
    if done:
        yield case.with_sides(left, right)


CAUSE = cause(
    CODE,
    NAME,
    check,
    doc=__doc__,
    invalid=(
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$ and $y \\in \\mathbb{R}^d$. "
        "We want to solve $Xw = y$.\n",
        "Let $A \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^m$, and put $z = Ax$.\n",
    ),
    valid=(
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $w \\in \\mathbb{R}^d$ and $y \\in \\mathbb{R}^n$. "
        "We want to solve $Xw = y$.\n",
        "Let $X \\in \\mathbb{R}^{n \\times d}$, $W \\in \\mathbb{R}^{d \\times k}$ and "
        "$b \\in \\mathbb{R}^k$. The layer computes $Z = XW + b$.\n",
    ),
    when="any",
)
