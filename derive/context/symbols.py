"""The frozen table of a document's symbols, and what follows from it for a claim."""

from __future__ import annotations

from collections.abc import Sequence

from derive.classes import dataclass, field, replace
from derive.context.chance import member_of
from derive.context.links import Part, squared
from derive.context.stance import Setting, made, stance_of
from derive.expressions import regex
from derive.facts.document import Evidence, always_applied, base_name, key, mostly_variables
from derive.model import Stance
from derive.notation.syntax import Scripts
from derive.rules import Answer
from derive.term.contents import among
from derive.term.nodes import (
    ONE,
    Apply,
    BigOp,
    Binder,
    Element,
    Ellipsis,
    Matrix,
    Pow,
    Relation,
    Symbol,
    Term,
    Tuple,
    Type,
)
from derive.term.scope import Definition, Scope
from derive.term.traverse import free_symbols, map_children, walk

STANDARD = frozenset({"MSE", "RMSE", "MAE", "BCE"})
"""Names of losses whose standard form a case of the text may specialise."""


@dataclass(slots=True)
class SymbolTable:
    symbols: dict[str, Type]
    dependencies: dict[str, tuple[str, ...]]
    options: dict[str, str]
    seen: set[str] = field(default_factory=set)
    bound: frozenset[str] = frozenset()
    """Variables of integration: equations about them put values, they define nothing."""

    def complete(self, term: Term, together: Sequence[Term]) -> Term:
        """Give a sum that names no range the one that its index has in this chain."""
        if not any(any(_open(b) for b in n.binders) for n in among(term, BigOp)):
            return term
        ranges: dict[str, tuple[Term, Term]] = {}
        for other in together:
            ranges.update(_ranges(other))

        def visit(node: Term) -> Term:
            node = map_children(node, visit)
            if isinstance(node, BigOp) and node.op in {"sum", "prod", "max", "min"}:
                counted = _counted(node)
                own = ranges if len(node.binders) == 1 else {**_beside(node, ranges), **ranges}
                binders = tuple(_closed(b, own) if _open(b) and b in counted else b for b in node.binders)
                return replace(node, binders=binders)
            return node

        return visit(term)

    def spread(self, term: Term) -> Term:
        """`a, b > 0` as `a > 0` and `b > 0`, `X_1, \\dots, X_n \\sim F` as what is said of X_i."""
        if isinstance(term, Relation) and isinstance(term.left, Tuple) and not isinstance(term.right, Tuple):
            items = term.left.items
            member = member_of(items)
            each = tuple(
                Relation(term.op, item, term.right) for item in (items if member is None else (member,))
            )
            return Apply("and", each) if len(each) > 1 else each[0]
        return term

    def is_new(self, definition: Definition) -> bool:
        """Whether a condition such as "such that z = \\theta^\\top x" brings its symbol in: it was not seen
        before, and it is set equal to something that is no number."""
        told = bool(free_symbols(definition.body)) or isinstance(definition.body, Matrix)
        return definition.name not in self.seen and told

    def stance(
        self,
        part: Part,
        *,
        words: Answer[Stance] | None,
        quantified: bool,
        first: bool,
        scope: Scope,
        chain: Sequence[Part],
        cases: Sequence[Term] = (),
        listed: bool = False,
        estimated: bool = False,
        letter: bool = False,
    ) -> tuple[Answer[Stance], Definition | None]:
        """The stance of a link, and the definition that it makes or would make."""
        name = _name_of(part.left)
        standard = (
            first
            and name is not None
            and name in STANDARD
            and name not in scope.definitions
            and self._case_about(part, scope)
        )
        setting = Setting(
            part,
            first,
            chain,
            scope,
            words,
            quantified,
            name in self.seen,
            standard,
            cases,
            self.bound,
            listed,
            estimated,
            letter,
        )
        answer = stance_of(setting)
        self.see(part)
        return answer, made(setting, answer)

    def see(self, part: Part) -> None:
        self.seen |= free_symbols(part.left).keys() | free_symbols(part.right).keys()

    def _case_about(self, part: Part, scope: Scope) -> bool:
        """A case fixes the label or the prediction, so that the standard definition takes a special form."""
        return bool(scope.hypotheses)


def _name_of(left: Term) -> str | None:
    """The letter that an equation may be about: `s`, `s^2`, `s_j^2`."""
    match left:
        case Symbol(name=name):
            return name
        case Pow(base=Symbol(name=name) | Element(base=Symbol(name=name))) if squared(left):
            return name
        case _:
            return None


def _open(binder: Binder) -> bool:
    return binder.lower is None and binder.upper is None and binder.domain is None


def _counted(node: BigOp) -> tuple[Binder, ...]:
    """The binders whose letter counts: those of a sum or product, and of an extremum where the letter is an
    index. `\\min_{\\mathbf w}` runs over all vectors, `\\max_x` over all numbers: no range of integers. Dots
    in a condition, `i_1 < \\dots < i_r \\le n`, are a range of their own."""
    conditions = [b.condition for b in node.binders if b.condition is not None]
    if any(isinstance(n, Ellipsis) for condition in conditions for n in walk(condition)):
        return ()
    if node.op in {"sum", "prod"}:
        # \sum_{x_1, \dots, x_n} \phi(x_c) runs over values of the x's
        based = {n.base.name for n in among(node.body, Element) if isinstance(n.base, Symbol)}
        listed = based | {name.partition("_")[0] for name in free_symbols(node.body) if "_" in name}
        return tuple(
            b for b in node.binders if not _HELD.search(b.variable.name) and b.variable.name not in listed
        )
    indices = {i.name for n in among(node.body, Element) for index in n.indices for i in among(index, Symbol)}
    return tuple(b for b in node.binders if b.variable.name in indices and not _HELD.search(b.variable.name))


_HELD = regex(r"[_^]|^\\(mathbf|boldsymbol|vec)\{")
"""Names of vectors, and of what a script picks out, `\\sum_{p_k \\le N}` over primes: they do not count."""


def _beside(node: BigOp, ranges: dict[str, tuple[Term, Term]]) -> dict[str, tuple[Term, Term]]:
    """`\\sum_{i < j}`: the letters that a condition compares run over the same range, where one is known."""
    names = [b.variable.name for b in node.binders]
    compared = any(
        isinstance(b.condition, Relation) and set(names) <= free_symbols(b.condition).keys()
        for b in node.binders
    )
    known = [ranges[name] for name in names if name in ranges]
    return dict.fromkeys(names, known[0]) if compared and known else {}


def _closed(binder: Binder, ranges: dict[str, tuple[Term, Term]]) -> Binder:
    name = binder.variable.name
    if name in ranges:
        lower, upper = ranges[name]
    else:
        lower, upper = ONE, Symbol(f"N_{{{name}}}", Type("positive_integer", (), "index"))
    return replace(binder, lower=lower, upper=upper)


def _ranges(term: Term) -> dict[str, tuple[Term, Term]]:
    found: dict[str, tuple[Term, Term]] = {}
    for node in walk(term):
        if isinstance(node, BigOp):
            for b in node.binders:
                if b.lower is not None and b.upper is not None and b.condition is None:
                    found.setdefault(b.variable.name, (b.lower, b.upper))
    return found


_READERS_OWN = frozenset({"\\Gamma", "\\zeta", "B", "\\mathrm{B}", "\\psi"})
"""Special functions that the reader knows by these names, where the text speaks of them."""
_PARTS = frozenset({"Re", "Im", "\\operatorname{Re}", "\\operatorname{Im}"})
"""The parts of a complex number: an equation about one says what it comes to and defines no function."""


def table_of(evidence: Evidence, words: set[str]) -> SymbolTable:
    """Freeze the evidence into types by canonical name, as the first section has them."""
    plain = mostly_variables(evidence)
    dependencies = {
        k: tuple(_plain(p) for p in parameters)
        for k, parameters in evidence.function_parameters.items()
        if k not in plain and all(_plain(p) for p in parameters)
    }
    options = {"complex": "yes"} if evidence.complex else {}
    return SymbolTable(
        types_of(evidence, words, 0), dependencies, options, bound=frozenset(evidence.integrated)
    )


def types_of(evidence: Evidence, words: set[str], section: int) -> dict[str, Type]:
    """The types by canonical name in a section."""
    declared = evidence.declared(section)
    ranks = {k: len(t.shape or ()) for k, t in declared.items()}
    vectors = sorted(
        {k for k, first in evidence.vectors.items() if first <= section} | {k for k in ranks if ranks[k] == 1}
    )
    matrices = sorted(
        {k for k, first in evidence.matrices.items() if first <= section}
        | {k for k in ranks if ranks[k] == 2}
    )
    symbols: dict[str, Type] = {}
    plain = mostly_variables(evidence)
    group: dict[str, str] = {}

    def leader(k: str) -> str:
        while group.get(k, k) != k:
            k = group[k]
        return k

    for a, b in evidence.pairs:
        group[leader(b)] = leader(a)
    for k in sorted(evidence.indices):
        symbols[k] = Type("integer", (), "index")
    domain = "complex" if evidence.complex else "real"
    for k in vectors:
        root = leader(k)
        dims = next((declared[m].shape for m in vectors if leader(m) == root and ranks.get(m) == 1), None)
        role = "sequence" if k in evidence.sequences else "variable"
        symbols[k] = Type("real", dims or (f"n_{root}",), role)
    for k in matrices:
        symbols[k] = declared.get(k) or Type("real", (f"m_{k}", f"n_{k}"))
    symbols.update(declared)
    applied = [k for k in sorted(always_applied(evidence)) if not ranks.get(k)]  # no array: `R^{-1}(z - x)`
    for k in {**evidence.functions, **dict.fromkeys(applied)}:
        if k in plain or k in _PARTS or (k in _READERS_OWN and "gamma" in words):
            continue
        shape = declared[k].shape if ranks.get(k) else ()  # a matrix A is one where it is written A(t)
        symbols[k] = Type(domain if domain == "real" else "complex", shape, "function")
    return symbols


def _plain(node: object) -> str:
    name = base_name(node)
    if name is None or isinstance(node, Scripts):
        return ""
    return key(name)
