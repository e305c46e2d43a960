"""Letters and expressions with scripts: indices, powers, transposes, primes."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from derive.classes import replace
from derive.facts.naming import MARKS, script_text, spell, symbol_name, with_holes, with_scripts
from derive.facts.pieces import walk
from derive.facts.sets import condition, set_letter
from derive.meaning import structure
from derive.meaning.ellipsis import column
from derive.meaning.letters.habits import FUNCTION_LETTERS
from derive.meaning.letters.indices import indices, is_index
from derive.meaning.letters.named_letters import with_index
from derive.meaning.letters.names import SETS, constant_of
from derive.meaning.letters.number_sets import narrowed
from derive.meaning.letters.superscripts import NAME_MARKS, matrixish, plain_superscript, superscript
from derive.meaning.questions import complement, order, subscript
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import (
    Apply,
    Constant,
    Derivative,
    Element,
    Interval,
    Matrix,
    Neg,
    Number,
    Pow,
    Prime,
    Symbol,
    Term,
    Tuple,
    Type,
)


def scripts(r: Reader, node: s.Scripts) -> Term:
    """A symbol or expression with scripts, where no parenthesis follows that it is applied to."""
    named = with_index(r, node)
    if named is not None:
        return named
    base = symbol_name(node.base)
    if base is None or _is_operation(node.base):
        return _on_expression(r, node)
    if (narrow := _narrowed(r, node)) is not None:
        return narrow
    return on_symbol(r, node, base)


def _narrowed(r: Reader, node: s.Scripts) -> Term | None:
    """`\\mathbb{R}_{\\ge 0}^n`: the set with its condition, to a power or not."""
    letter = set_letter(node.base)
    if letter is None or condition(node) is None or r.declared(f"\\mathbb{{{letter}}}"):
        return None
    whole = narrowed(r, s.Scripts(node.span, node.base, node.sub))
    if whole is None or node.sup is None:
        return whole
    return operate(r, s.Scripts(node.span, node.base, None, node.sup), whole, "power", letter)


def _is_operation(base: Any) -> bool:
    """Accents that are an operation and not a name: a bar over a complex letter is kept a name here."""
    return isinstance(base, s.Text)


def on_symbol(r: Reader, node: s.Scripts, base: str) -> Term:
    sup = node.sup
    if isinstance(sup, s.Juxtaposition) and len(sup.factors) == 2 and isinstance(sup.factors[0], s.Fence):
        index, mark = sup.factors
        if isinstance(mark, s.Name) and mark.name in ("T", "top", "intercal"):  # z^{(i)T}
            inner = s.Scripts(node.span, node.base, node.sub, index, node.primes)
            return Apply("transpose", (r.term(inner),), span=node.span)
    if (
        isinstance(node.base, s.Name)
        and node.base.name in ("1", "I")
        and node.base.font in ("bold", "blackboard")
    ):
        condition = node.sub.body if isinstance(node.sub, s.Fence) else node.sub
        if isinstance(condition, s.Chain) and node.sup is None:
            return Apply("indicator", (r.term(condition),), span=node.span)
    if isinstance(node.base, s.Name) and node.sub is None and not node.primes:
        constant = constant_of(r, node.base)
        named = isinstance(node.sup, s.Name) and node.sup.name in NAME_MARKS
        if constant is not None and not (named and constant == Constant("pi")):
            return _constant_power(r, node, constant)
    bound = bound_name(r, node, base)
    if bound is not None:
        name_, sup = bound
        symbol = r.symbol(name_, node.span)
        if sup is None:
            return symbol
        kind, _ = superscript(r, base, node)
        if kind not in ("power", "transpose", "adjoint", "inverse", "conjugate"):
            raise fail(sup, "a superscript on a bound symbol")
        return operate(r, node, symbol, kind, base)
    done = _operation(r, node, base)
    if done is not None:
        return done
    entry = _entry_of_inverse(r, node, base)
    if entry is not None:
        return entry
    kind, payload = superscript(r, base, node)
    primed, derived = node.primes, 0
    if primed and prime_is_derivative(r, base, node):
        primed, derived = 0, primed
    if kind == "index" and isinstance(sup, s.Fence) and sup.open == "(" and base in r.evidence.primes:
        # a_n y^{(n)} + … + a_1 y' + a_0 y
        first = s.Scripts(node.span, node.base, node.sub, None, 1)
        if sup.body is not None and prime_is_derivative(r, base, first):
            return Prime(subscripted(r, node, base, 0, None, ()), r.term(sup.body), span=node.span)
    sup_name = node.sup if kind == "name" else None
    term = subscripted(r, node, base, primed, sup_name, payload if kind == "index" else ())
    if derived:
        term = Prime(term, Number(Fraction(derived)), span=node.span)
    return operate(r, node, term, kind, base)


def _operation(r: Reader, node: s.Scripts, base: str) -> Term | None:
    """Scripts that do something to the letter: `A'` for an event, `u_x`, `f^{(k)}`."""
    if not isinstance(node.base, s.Name):
        return None
    sub, sup, span = node.sub, node.sup, node.span
    if sub is None and sup is None and node.primes == 1 and base in r.evidence.events:
        marked = complement.Marked(r, base, f"{base}'", "prime", base)
        if complement.settle(marked, span) == "complement":
            return Apply("complement", (r.symbol(base, node.base.span),), span=span)
    below = _names_below(sub) if sup is None and not node.primes else ()
    named = subscript.Subscripted(r, base, tuple(map(spell, below)))
    if below and subscript.settle(named, span) == "derivative":
        times = Counter(named.below)
        by = tuple((r.symbol(n, span), Number(Fraction(k))) for n, k in times.items())
        return Derivative(r.symbol(base, node.base.span), by, True, span=span)
    if sub is None and isinstance(sup, s.Fence) and sup.open == "(" and sup.body is not None:
        if order.settle(order.Above(r, base), span) == "order":
            return Prime(r.symbol(base, node.base.span), r.term(sup.body), span=span)
    return None


def _names_below(sub: Any) -> tuple[s.Name, ...]:
    """The letters of `u_x`, `u_{xt}`."""
    factors = sub.factors if isinstance(sub, s.Juxtaposition) else (sub,)
    names = tuple(f for f in factors if isinstance(f, s.Name) and not f.word)
    return names if len(names) == len(factors) else ()


def _entry_of_inverse(r: Reader, node: s.Scripts, base: str) -> Term | None:
    """`C_{jk}^{-1}`: an entry of the inverse matrix, or the reciprocal of the entry."""
    plain = len(base) == 1 and base.isupper() and not node.primes
    if not plain or node.sub is None or superscript(r, base, node)[0] not in ("power", "inverse"):
        return None
    if not isinstance(node.sup, s.Sum) or not negative_one(r.term(node.sup)):
        return None
    lower = indices(r, node.sub, base)
    if lower is None or len(lower) != 2:
        return None
    options = (
        ("entry", Choice(Chosen.ENTRY_OF_INVERSE, (base,))),
        ("reciprocal", Choice(Chosen.RECIPROCAL_OF_ENTRY, (base,))),
    )
    if r.ask(f"inverse:{base}", options) == "reciprocal":
        return None
    return Element(Apply("inverse", (r.symbol(base, node.base.span),), span=node.span), lower, span=node.span)


def bound_name(r: Reader, node: s.Scripts, base: str) -> tuple[str, Any] | None:
    """`z^{(i)}` or `x_c` as a whole where a sum or integral here runs over it, and what is left above."""
    if len(r.bound) == 0:
        return None
    whole = with_scripts(base, node.sub, node.sup, node.primes)
    if whole is not None and whole in r.bound:
        return whole, None
    if node.sub is not None or node.primes:
        lower = with_scripts(base, node.sub, None, node.primes)
        if lower is not None and lower in r.bound:
            return lower, node.sup
    return None


def _constant_power(r: Reader, node: s.Scripts, constant: Term) -> Term:
    sup = node.sup
    if sup is None:
        return constant
    if isinstance(constant, Constant) and constant.name in SETS:
        if isinstance(sup, s.Infix) and sup.op == "times":
            sizes = tuple(r.term(x) for x in _times(sup))
            return Pow(constant, Apply("product_set", sizes, span=sup.span), span=node.span)
        if isinstance(sup, s.Name) and sup.name in MARKS and sup.name != "infty":
            return r.symbol(f"\\mathbb{{{constant.name}}}^{{{MARKS[sup.name]}}}", node.span)
    if isinstance(constant, Apply) or (isinstance(sup, s.Name) and sup.name in ("top", "T")):
        if isinstance(sup, s.Name) and sup.name in ("top", "T", "intercal"):
            return Apply("transpose", (constant,), span=node.span)
    if isinstance(sup, s.Name) and not sup.accents and sup.name in NAME_MARKS:
        named = with_scripts(spell(node.base), None, sup) if isinstance(node.base, s.Name) else None
        if (
            named is not None
            and isinstance(constant, Constant)
            and constant.name in ("e", "i", "euler_gamma")
        ):
            return r.symbol(named, node.span)  # `e^-`, `i^*`: a letter with a mark, no constant
        found = structure.marked(node, constant, sup)
        if found is None:
            raise fail(sup, f"the mark {sup.name} on a constant")
        return found
    return Pow(constant, r.term(sup), span=node.span)


def _times(node: Any) -> list[Any]:
    return [*_times(node.left), node.right] if isinstance(node, s.Infix) and node.op == "times" else [node]


def subscripted(
    r: Reader, node: s.Scripts, base: str, primes: int, sup_name: Any, upper: tuple[Term, ...]
) -> Term:
    """The symbol or element that a base, its subscript and the naming part of its superscript make."""
    lower: tuple[Term, ...] | None = ()
    sub = node.sub
    if (
        isinstance(sub, s.Fence)
        and sub.open == "("
        and isinstance(sub.body, s.Name)
        and is_index(r, sub.body, base)
    ):
        # X_{(i)}: the i-th of another sequence than X, the order statistics
        ordered = with_scripts(base, None, sup_name, primes)
        if ordered is None:
            raise fail(node, "this script")
        symbol = r.symbol(f"{ordered}_{{(\\cdot)}}", node.span)
        return Element(symbol, (*upper, r.term(sub.body)), span=node.span)
    if (
        isinstance(sub, s.Infix)
        and sub.op == "times"
        and base in ("I", "\\mathbf{I}")
        and not r.declared(base)
    ):
        sizes = _times(sub)
        if len(sizes) == 2 and r.term(sizes[0]) == r.term(sizes[1]) and not upper and sup_name is None:
            return Apply("identity", (r.term(sizes[0]),), span=node.span)
    plain = not upper and sup_name is None and not r.declared(base)
    if base in ("I", "\\mathbf{I}") and plain and isinstance(sub, s.Name) and _sizes(r, sub):
        return Apply("identity", (r.term(sub),), span=node.span)
    if isinstance(sub, s.Number) and not upper and sup_name is None and not primes:
        own = f"{base}_{{{sub.text}}}"
        if sub.text == "0" and r.used(base, "totalled"):
            return r.symbol(own, node.span)
        known = r.scope.symbols.get(own)
        if known is not None and known.shape:
            return Symbol(own, known, span=node.span)  # W_1 beside W_2
        alike = r.scope.symbols.get(base)
        if alike is not None and len(alike.shape or ()) == 2 and _by_use(alike):
            return Symbol(own, replace(alike, shape=(f"m_{own}", f"n_{own}")), span=node.span)
    if isinstance(sub, s.Infix) and sub.op in (":", "colon") and not upper:
        whole = with_scripts(base, None, sup_name, primes)
        if whole is not None:
            return structure.entries(r, r.symbol(whole, node.span), sub, node.span)
    if isinstance(sub, s.Chain) and sub.first is None and len(sub.links) == 1 and not upper:
        whole = with_scripts(base, None, sup_name, primes)
        if whole is not None:
            return structure.entries_where(r, r.symbol(whole, node.span), sub, node.span)
    if sub is not None:
        lower = indices(r, sub, base)
    rest, held = (sub, []) if sub is None or lower is not None else with_holes(sub, _bound_names(r))
    named = with_scripts(base, rest if lower is None else None, sup_name, primes)
    if named is None:
        raise fail(sub if sub is not None and lower is None else node, "this script")
    # I_j: the j-th column or indicator, no size
    runs = lower and isinstance(lower[0], Symbol) and (lower[0].name in r.bound or lower[0].name in "ijlt")
    if named in ("I", "\\mathbf{I}") and lower and len(lower) == 1 and not r.declared(named) and not runs:
        return Apply("identity", lower, span=node.span)
    if named == "\\delta" and lower and len(lower) == 2 and not r.declared(named):
        return Apply("kronecker", lower, span=node.span)
    symbol = r.symbol(named, node.span)
    every = upper + (lower or ()) + tuple(r.term(x) for x in held)
    return Element(symbol, every, span=node.span) if every else symbol


def _sizes(r: Reader, sub: s.Name) -> bool:
    """Whether a subscript of an identity is one of the dimensions of an array: `\\lambda I_n`."""
    sizes = (d for kind in r.scope.symbols.values() for d in kind.shape or ())
    return spell(sub) not in r.bound and spell(sub) in sizes


def _by_use(kind: Type) -> bool:
    """A matrix only by the way it is used: nothing gives it rows that a number could count."""
    return all(isinstance(d, str) and d.startswith(("m_", "n_")) for d in kind.shape or ())


def _bound_names(r: Reader) -> frozenset[str]:
    """What a sum or an integral of the formula runs over."""
    return frozenset(r.bound) | frozenset(r.evidence.bound)


def operate(r: Reader, node: s.Scripts, term: Term, kind: str, base: str = "") -> Term:
    """Apply what `superscript` found to the finished base."""
    span, sup = node.span, node.sup
    match kind:
        case "none" | "index" | "name":
            return term
        case "transpose" if isinstance(term, Tuple) and (entries := column(term.items)) is not None:
            return entries  # (p_1, \\dots, p_n)^\\top is written in a line and stands upright
        case "transpose" if isinstance(term, Interval) and not (term.left_open or term.right_open):
            return Matrix(((term.lower,), (term.upper,)), span=span)  # [2, -1]^\\top: no interval is turned
        case "transpose" | "adjoint" | "inverse" | "pseudo_inverse" | "complement" | "conjugate":
            return Apply(kind, (term,), span=span)
        case "inverse_transpose":
            return Apply("transpose", (Apply("inverse", (term,), span=span),), span=span)
        case "tensor":
            upper = tuple(r.term(x) for x in _letters(sup))
            return Apply("tensor", (term, Tuple(upper), Tuple(())), span=span)
        case _:
            assert sup is not None
            if base in SETS and isinstance(sup, s.Infix) and sup.op == "times":
                sizes = tuple(r.term(x) for x in _times(sup))  # R^{m \times n} in a plain R
                return Pow(term, Apply("product_set", sizes, span=sup.span), span=span)
            return structure.marked(node, term, _mark(sup)) or Pow(term, exponent(r, sup), span=span)


def _letters(node: Any) -> tuple[Any, ...]:
    return node.factors if isinstance(node, s.Juxtaposition) else (node,)


def _mark(sup: Any) -> Any:
    """A sign by itself as an exponent; `\\infty` and degrees have a value."""
    return (
        sup if isinstance(sup, s.Name) and sup.name in MARKS and sup.name not in ("infty", "circ") else None
    )


def exponent(r: Reader, sup: Any) -> Term:
    if (
        isinstance(sup, s.Name)
        and not sup.accents
        and sup.name in MARKS
        and sup.name not in ("infty", "circ")
    ):
        raise fail(sup, f"the mark {sup.name} on an expression")
    return r.term(sup)


def prime_is_derivative(r: Reader, base: str, node: s.Scripts) -> bool:
    """A prime differentiates a function; on any other letter it makes another name."""
    if r.scope.options.get("prime") == "name":
        return False
    if isinstance(node.sup, s.Name) and node.sup.name in ("*", "T", "top"):
        return False
    named = with_scripts(base, node.sub)
    primed = with_scripts(base, node.sub, None, node.primes)
    if primed is not None and r.declared(primed):
        return False
    for name_ in (named, base):
        if name_ is None:
            continue
        role = r.role(name_)
        if role == "function" or name_ in r.scope.dependencies:
            return True
        if role is not None:
            return False
    if base in FUNCTION_LETTERS:
        return True
    if r.evidence.applied.get(base) and base in "yuvwxLPQRSTHUVWpqr":
        return True
    curve = base in ("x", "z", "r") and r.evidence.primes.get(base, 0) > 1  # x'y'' - x''y'
    if (base in ("u", "v", "w", "y") or curve) and node.sub is None:
        options = (
            ("derivative", Choice(Chosen.PRIME_DERIVATIVE, (base,))),
            ("name", Choice(Chosen.PRIME_NAME, (base,))),
        )
        likely = r.evidence.differentiates or max(r.evidence.primes.values(), default=0) > 1
        return r.ask(f"prime:{base}", options if likely else (options[1], options[0])) == "derivative"
    return False


# Scripts on anything else ------------------------------------------------------------------------


def _on_expression(r: Reader, node: s.Scripts) -> Term:
    base, sub, sup = node.base, node.sub, node.sup
    if isinstance(base, s.Missing):
        raise fail(node, "a script before its symbol")
    if isinstance(base, s.Fence) and base.open == "‖" and sub is not None:
        norm = Apply("norm", (r.term(base.body), _norm_order(r, sub)), span=node.span)  # type: ignore[arg-type]
        return operate(r, node, norm, plain_superscript(r, node)) if sup is not None else norm
    if isinstance(base, s.Juxtaposition) and sub is not None:
        # a group that only sets a font, `{\bf BK}_i`: the script stands at its last letter
        *before, last = base.factors
        inner = s.Scripts(last.span.cover(node.span), last, sub, sup, node.primes)
        return r.term(s.Juxtaposition(node.span, (*before, inner)))
    term = r.term(base)
    if sub is not None and values_given(sub):
        from derive.meaning.calculus.evaluated import at_values

        term, sub = at_values(r, node, term, sub), None
    elif isinstance(base, s.Matrix) and isinstance(sub, s.Infix) and sub.op == "times":
        sub = None  # a note of its size
    if isinstance(base, s.Apply) and sub is not None:
        below = indices(r, sub, "")
        if below is None:
            term = structure.component(r, term, sub, node.span)
        else:
            term = Element(term, below, span=node.span)
    elif isinstance(base, s.Matrix | s.Fence) and sub is not None:
        lower = None
        if isinstance(base, s.Matrix) or base.open in ("(", "["):
            lower = indices(r, sub, "") or _places(r, base, sub)
        body = base.body if isinstance(base, s.Fence) else None
        if isinstance(body, s.Infix) and body.op == "times" and not isinstance(body.left, s.Infix):
            term = Apply("cross", (r.term(body.left), r.term(body.right)), span=body.span)
        if lower is None or not _arrayish(r, base):
            term = structure.component(r, term, sub, node.span)
        else:
            term = Element(term, lower, span=node.span)
    elif isinstance(base, s.Ellipsis) and sub is not None:
        raise fail(sub, "a subscript on dots")
    elif sub is not None:
        term = structure.component(r, term, sub, node.span)
    if node.primes:
        if matrixish(r, base):
            for _ in range(node.primes):
                term = Apply("transpose", (term,), span=node.span)
        elif isinstance(base, s.Fence) and base.open in ("(", "["):
            term = Prime(term, Number(Fraction(node.primes)), span=node.span)
        else:
            raise fail(node, "a prime on an expression")
    if sup is None:
        return term
    return operate(r, node, term, plain_superscript(r, node))


def values_given(sub: Any) -> bool:
    """`[…]_{x = 0}`: the values that letters take."""
    items = sub.items if isinstance(sub, s.Sequence) else (sub,)
    return all(isinstance(i, s.Chain) and len(i.links) == 1 and i.links[0].relation == "=" for i in items)


def _norm_order(r: Reader, sub: Any) -> Term:
    if isinstance(sub, s.Name) and sub.name in ("F", "*", "op", "HS", "Fro", "sp"):
        return Symbol({"*": "*", "Fro": "F"}.get(sub.name, sub.name), span=sub.span)
    if isinstance(sub, s.Text | s.Name) and (not isinstance(sub, s.Name) or sub.word or sub.font):
        text = script_text(sub)
        if text is None:
            raise fail(sub, "this norm")
        return Symbol(text, span=sub.span)
    return r.term(sub)


def _places(r: Reader, base: Any, sub: Any) -> tuple[Term, ...] | None:
    """`[\\mathbf{UV}]_{ib}`: letters below an array in brackets are places: it has no name."""
    letters = sub.factors if isinstance(sub, s.Juxtaposition) else (sub,)
    if len(letters) > 2 or not all(
        isinstance(x, s.Name) and len(x.name) == 1 and x.name.islower() and not x.font and not x.accents
        for x in letters
    ):
        return None
    known = any((k := symbol_name(n)) is not None and r.is_array(k) for n in walk((base,)))
    return tuple(r.term(x) for x in letters) if known else None


def _arrayish(r: Reader, base: Any) -> bool:
    return any(
        isinstance(n, s.Matrix) or ((k := symbol_name(n)) is not None and (r.is_array(k) or k[:1].isupper()))
        for n in walk((base,))
    )


def negative_one(term: Term) -> bool:
    return isinstance(term, Neg) and term.arg == Number(Fraction(1))
