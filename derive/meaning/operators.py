"""Binary operators, postfix marks, and accents over more than a letter."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning import delimiters, ellipsis, reach, structure
from derive.meaning.calculus import derivatives, fractions
from derive.meaning.calculus.prefix import fields
from derive.meaning.questions import star
from derive.meaning.questions.minus import signed_number
from derive.meaning.ranges.bounds import collection
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Constant, Div, Expectation, Mul, Relation, Symbol, Term, integer
from derive.term.traverse import free_symbols
from derive.term.traverse import walk as nodes_of

PRODUCTS = frozenset({"cdot", "times", "*", "bullet", "cdotp", "@"})
HEADS = {
    "odot": "hadamard",
    "circ": "compose",
    "otimes": "kron",
    "cap": "intersection",
    "cup": "union",
    "setminus": "set_difference",
    "mod": "mod",
    "bmod": "mod",
    "pmod": "mod",
    "oplus": "oplus",
    "wedge": "wedge",
    "star": "convolve",
    "ast": "convolve",
    "land": "and",
    "lor": "or",
    "ominus": "ominus",
    "uplus": "union",
    "sqcup": "union",
}
ASSOCIATIVE = frozenset(
    {"hadamard", "compose", "kron", "intersection", "union", "oplus", "and", "or", "wedge"}
)


def infix(r: Reader, node: s.Infix) -> Term:
    if node.op == "/":
        return _evaluated_quotient(r, node) or _slash(r, node)
    if node.op in (":", "colon") and (isinstance(node.left, s.Chain) or isinstance(node.right, s.Chain)):
        return Apply("and", (r.term(node.left), r.term(node.right)), span=node.span)
    if node.op in ("div", ":"):
        return Div(r.term(node.left), r.term(node.right), span=node.span)
    if node.op == "*" and star.settle(star.Starred(r, node.left, node.right), node.span) == "convolution":
        return Apply("convolve", (r.term(node.left), r.term(node.right)), span=node.span)
    if node.op in PRODUCTS and (signals := _convolved(node)) is not None:
        if star.settle(star.Starred(r, *signals), node.span) == "convolution":
            return Apply("convolve", tuple(r.term(x) for x in signals), span=node.span)
    if node.op in PRODUCTS or node.op == "mod":
        remainder = reach.of_product(r, node)
        if remainder is not None:
            return remainder
    if node.op in PRODUCTS:
        return _product(r, node)
    if node.op in ("mid", "divides"):
        if not all(_integral(x) for x in (node.left, node.right)):
            raise fail(node, "a bar outside a probability or a set")
        return Relation("divides", r.term(node.left), r.term(node.right), span=node.span)
    if node.op == "given":
        return structure.conditional(r, node, node.left, node.right)
    if node.op in ("wedge", "vee"):
        if _statement(node.left) and _statement(node.right):
            return _headed(r, node, "and" if node.op == "wedge" else "or")
    if node.op in ("star", "ast"):
        return Apply("convolve", (r.term(node.left), r.term(node.right)), span=node.span)
    own = structure.operation(r, node)
    if own is not None:
        return own
    head = HEADS.get(node.op)
    if head is None:
        raise fail(node, f"the operator {node.op}")
    return _headed(r, node, head)


def _convolved(node: s.Infix) -> tuple[Any, Any] | None:
    """`h[k] * a \\cdot x[k]` as `h[k] * (a \\cdot x[k])`: the star of a convolution binds last."""
    steps: list[s.Infix] = []
    while isinstance(node.left, s.Infix) and node.left.op in PRODUCTS:
        steps.append(node)
        node = node.left
        if node.op == "*":
            right = node.right
            for step in reversed(steps):
                right = s.Infix(right.span.cover(step.right.span), step.op, right, step.right)
            return node.left, right
    return None


def _integral(node: Any) -> bool:
    """Written like an integer: lower-case letters and numbers, no upper-case random variables."""
    return not any(
        isinstance(n, s.Chain | s.Sequence | s.Scripts)
        or (isinstance(n, s.Name) and (n.name.isupper() or n.font))
        for n in walk((node,))
    )


def _statement(node: Any) -> bool:
    match node:
        case s.Chain():
            return True
        case s.Fence(body=body) if body is not None:
            return _statement(body)
        case s.Infix(op=op, left=left) if op in ("wedge", "vee"):
            return _statement(left)
        case s.Prefix(operator=s.Name(name=name)):
            return name in ("neg", "lnot", "forall", "exists")
        case s.Name(name=name):
            return len(name) == 1 and name.isupper()
        case _:
            return False


def _spine(node: Any, ops: frozenset[str] | set[str]) -> list[Any]:
    """The operands of a left-associative run, in order; without recursion."""
    found: list[Any] = []
    while isinstance(node, s.Infix) and node.op in ops:
        found.append(node.right)
        node = node.left
    found.append(node)
    found.reverse()
    return found


def _headed(r: Reader, node: s.Infix, head: str) -> Term:
    if head in ASSOCIATIVE:
        same = {op for op, h in HEADS.items() if h == head} | ({"wedge"} if head == "and" else set())
        if head == "or":
            same = {"vee", "lor"}
        operands = _spine(node, same)
        sets = head in ("union", "intersection")
        terms = tuple(collection(r, x) if sets else r.term(x) for x in operands)
        if sets:
            terms = tuple(delimiters.as_set(n, x) for n, x in zip(operands, terms, strict=True))
        return Apply(head, terms, span=node.span)
    if head == "set_difference":
        left, right = collection(r, node.left), collection(r, node.right)
        left, right = delimiters.as_set(node.left, left), delimiters.as_set(node.right, right)
    else:
        left, right = r.term(node.left), r.term(node.right)
    return Apply(head, (left, right), span=node.span)


def _slash(r: Reader, node: s.Infix) -> Term:
    found = fractions.read_fraction(node.left, node.right, node.span, slash=True)
    if found is not None and "d" not in r.scope.symbols:
        body = found.body or found.rest
        if body and not (found.body and found.rest):
            return derivatives.derivative(r, found, fractions.joined(body), node.span)
        if found.body and found.rest:
            quotient = derivatives.derivative(
                r,
                fractions.Operator(found.span, found.body, found.variables, found.partial, (), found.order),
                fractions.joined(found.body),
                node.span,
            )
            return Mul((quotient, r.term(fractions.joined(found.rest))), span=node.span)
        raise fail(node, "a derivative without its operand")
    behind = _derivative_behind(node)
    if behind is not None:
        return r.term(behind)
    wide = _argument_with_slash(r, node)
    if wide is not None:
        return wide
    # a set modulo, a quotient: all are Div
    numerator, denominator = r.term(node.left), r.term(node.right)
    if isinstance(node.right, s.Juxtaposition) and isinstance(denominator, Mul):
        if _divides_first(r, node.left, node.right):
            first, *others = denominator.args
            return Mul((Div(numerator, first, span=node.left.span), *others), span=node.span)
    return Div(numerator, denominator, span=node.span)


def _derivative_behind(node: s.Infix) -> Any:
    """`Q(x) dy/dx`: the factors before a derivative that is written with a slash are no part of it."""
    left, right = node.left, node.right
    if not isinstance(left, s.Juxtaposition) or not isinstance(right, s.Juxtaposition):
        return None
    if len(left.factors) < 3:
        return None
    *before, d, y = left.factors
    if not all(isinstance(x, s.Name) and x.name == "d" and not x.accents for x in (d, right.factors[0])):
        return None
    upper = s.Juxtaposition(d.span.cover(y.span), (d, y))
    derivative = s.Infix(upper.span.cover(right.span), "/", upper, right)
    return s.Juxtaposition(node.span, (*before, derivative))


def _divides_first(r: Reader, numerator: Any, product_: s.Juxtaposition) -> bool:
    """`1/n \\sum_i x_i`, `\\pi/8 \\, s^2`: what follows a denominator may multiply the quotient.

    A product as tight as `a/bc` is the denominator as a whole.
    """
    first, second, *_ = product_.factors
    gap = second.span.start - first.span.end
    last = product_.factors[-1]
    differential = (
        len(product_.factors) > 2
        and isinstance(product_.factors[-2], s.Name)
        and product_.factors[-2].name == "d"
        and isinstance(last, s.Name | s.Scripts)
    )
    options = (
        ("whole", Choice(Chosen.SLASH_WHOLE_PRODUCT_DIVIDES)),
        ("first", Choice(Chosen.SLASH_FIRST_FACTOR_DIVIDES)),
    )
    closed = isinstance(first, s.Fence) and not isinstance(second, s.Fence)
    if closed or isinstance(second, s.Big | s.Integral) or differential:
        kind, sure = "closed", True
    elif isinstance(first, s.Number):
        number = isinstance(numerator, s.Number) and not (isinstance(second, s.Name) and second.name == "pi")
        kind, sure = "number", gap > 1 or (number and (gap > 0 or isinstance(second, s.Fence)))
    elif gap > 1:
        kind, sure = "apart", False
    else:
        return False
    return r.ask(f"slash:{kind}", options[::-1] if sure else options) == "first"


def _argument_with_slash(r: Reader, node: s.Infix) -> Term | None:
    """`\\ln 2/\\delta`, `\\sin\\theta/2`: without a parenthesis the argument may go on behind the slash."""
    before = node.left.factors if isinstance(node.left, s.Juxtaposition) else (node.left,)
    last = before[-1]
    if not isinstance(last, s.Apply) or isinstance(last.argument, s.Fence | s.Fraction | s.Root | s.Missing):
        return None
    function = last.function.base if isinstance(last.function, s.Scripts) else last.function
    angle = isinstance(function, s.Name) and function.name in ("sin", "cos", "tan", "cot", "sec", "csc")
    options = (
        ("narrow", Choice(Chosen.SLASH_DIVIDES_VALUE)),
        ("wide", Choice(Chosen.SLASH_DIVIDES_ARGUMENT)),
    )
    if angle and isinstance(node.right, s.Number):
        options = options[::-1]
    if r.ask("slash:argument", options) == "narrow":
        return None
    argument = s.Infix(last.argument.span.cover(node.right.span), "/", last.argument, node.right)
    applied = s.Apply(last.span.cover(node.span), last.function, argument)
    whole = applied if len(before) == 1 else s.Juxtaposition(node.span, (*before[:-1], applied))
    return r.term(whole)


def _product(r: Reader, node: s.Infix) -> Term:
    operands = _spine(node, PRODUCTS)
    if len(operands) == 2:
        special = _of_vectors(r, node)
        if special is not None:
            return special
    evaluated = evaluated_product(r, node, tuple(operands))
    if evaluated is not None:
        return evaluated
    lead = _leading_operator(operands[0])
    if lead is not None:
        return _differentiated_product(r, node, operands, lead)
    terms: list[Term] = []
    for k, operand in enumerate(operands):
        term = (signed_number(r, operand) if k else None) or r.term(operand)
        if isinstance(operand, s.Juxtaposition) and isinstance(term, Mul):
            terms.extend(term.args)
        else:
            terms.append(term)
    return ellipsis.product(r, node, terms) or Mul(tuple(terms), span=node.span)


def evaluated_product(r: Reader, node: Any, operands: tuple[Any, ...]) -> Term | None:
    """`u \\cdot v \\big|_a^b`: a bar without its own opening delimiter closes over the whole product."""
    last = operands[-1]
    inner = last.factors[-1] if isinstance(last, s.Juxtaposition) else last
    if not isinstance(inner, s.Evaluated) or inner.span.start != inner.body.span.start:
        return None
    options = (
        ("product", Choice(Chosen.BAR_OVER_WHOLE_PRODUCT_BEFORE_IT)),
        ("factor", Choice(Chosen.BAR_OVER_LAST_FACTOR_ONLY)),
    )
    if r.ask(f"bar:{inner.span.start}", options) == "factor":
        return None
    if isinstance(last, s.Juxtaposition):
        last = s.Juxtaposition(last.span, (*last.factors[:-1], inner.body))
    else:
        last = inner.body
    whole: Any = operands[0] if len(operands) > 1 else last
    for operand in operands[1:-1]:
        whole = s.Infix(whole.span.cover(operand.span), "cdot", whole, operand)
    if len(operands) > 1:
        whole = s.Infix(whole.span.cover(last.span), "cdot", whole, last)
    return r.term(s.Evaluated(node.span, whole, inner.sub, inner.sup))


def _open_bar(node: Any) -> s.Evaluated | None:
    """A bar with bounds that no bracket opens: how far back it reaches is not written."""
    if isinstance(node, s.Evaluated) and node.span.start == node.body.span.start:
        return node
    return None


def _evaluated_quotient(r: Reader, node: s.Infix) -> Term | None:
    """`1/x \\big|_1^2`: the bar closes over the quotient."""
    bar = _open_bar(node.right)
    if bar is None:
        return None
    whole = s.Infix(node.span, "/", node.left, bar.body)
    return r.term(s.Evaluated(node.span, whole, bar.sub, bar.sup))


def evaluated_sum(r: Reader, node: s.Sum) -> Term | None:
    """`x^2 - x \\big|_0^1`: the bar closes over the whole sum, or over its last term."""
    sign, last = node.parts[-1]
    if len(node.parts) < 2 or (bar := _open_bar(last)) is None:
        return None
    options = (
        ("sum", Choice(Chosen.BAR_OVER_WHOLE_SUM_BEFORE_IT)),
        ("term", Choice(Chosen.BAR_OVER_LAST_TERM_ONLY)),
    )
    if isinstance(bar.body, s.Fence) and bar.body.open in ("(", "["):
        options = options[::-1]  # (F(2) - F(1)) - (x^2/4)|_1^2
    if r.ask(f"bar:{bar.span.start}", options) == "term":
        return None
    whole = s.Sum(node.span, (*node.parts[:-1], (sign, bar.body)))
    return r.term(s.Evaluated(node.span, whole, bar.sub, bar.sup))


def _leading_operator(node: Any) -> fractions.Operator | None:
    if isinstance(node, s.Juxtaposition):
        return fractions.operator(node.factors[0])
    return None


def _differentiated_product(r: Reader, node: s.Infix, operands: list[Any], lead: fractions.Operator) -> Term:
    """`\\frac{d}{dx} f \\cdot g`: of the product, or of its first factor."""
    key = f"extent:{lead.span.start}"
    options = (
        ("product", Choice(Chosen.DERIVATIVE_IS_OF_WHOLE_PRODUCT)),
        ("first", Choice(Chosen.DERIVATIVE_IS_OF_FIRST_FACTOR)),
    )
    if any(fractions.derivative_fraction(o) for o in operands[1:]):
        options = (options[1], options[0])
    first = operands[0]
    if isinstance(first.factors[1], s.Fence) and len(first.factors) == 2:
        options = (options[1], options[0])
    if r.ask(key, options) == "first":
        return Mul(tuple(r.term(o) for o in operands), span=node.span)
    inner = [fractions.joined(first.factors[1:]), *operands[1:]]
    terms: list[Term] = []
    for operand in inner:
        term = r.term(operand)
        terms.extend(term.args if isinstance(operand, s.Juxtaposition) and isinstance(term, Mul) else (term,))
    return derivatives.differentiated(r, lead, Mul(tuple(terms), span=node.span), node.span)


def _of_vectors(r: Reader, node: s.Infix) -> Term | None:
    """Dot and cross products; ∇· and ∇×; sizes and products of sets."""
    left, right = node.left, node.right
    if isinstance(left, s.Name) and left.name == "nabla" and not left.accents:
        head = {"cdot": "div", "times": "curl"}.get(node.op)
        if head is not None:
            return Apply(head, (r.term(right),), span=node.span)
    if node.op == "times" and (_set(r, left) and _set(r, right)):
        return Apply("product_set", (r.term(left), r.term(right)), span=node.span)
    if node.op == "times" and all(_bold(x) or _unit(r, x) for x in (left, right)):
        return Apply("cross", (r.term(left), r.term(right)), span=node.span)  # the moment of a force F
    if node.op == "times" and all(_hatted(x) for x in (left, right)) and not _bold_stands(r):
        options = (
            ("cross", Choice(Chosen.CROSS_BETWEEN_LETTERS_WITH_HATS_CROSS_PRODUCT)),
            ("product", Choice(Chosen.TIMES_PRODUCT)),
        )
        if r.ask("hats", options) == "cross":
            return Apply("cross", (r.term(left), r.term(right)), span=node.span)
    if node.op == "cdot" and all(_hatted(x) and isinstance(x, s.Name | s.Scripts) for x in (left, right)):
        options = (
            ("dot", Choice(Chosen.DOT_BETWEEN_LETTERS_WITH_HATS_INNER_PRODUCT)),
            ("product", Choice(Chosen.DOT_PRODUCT)),
        )
        if r.ask("hats:dot", options) == "dot":
            return Apply("dot", (r.term(left), r.term(right)), span=node.span)
        return None
    if node.op == "cdot" and _arrows(r) and all(_vector(r, x) or _unit(r, x) for x in (left, right)):
        return Apply("dot", (r.term(left), r.term(right)), span=node.span)  # r\hat x · (s\hat x + \vec d)
    if node.op in ("cdot", "times") and _vector(r, left) and _vector(r, right):
        return Apply("dot" if node.op == "cdot" else "cross", (r.term(left), r.term(right)), span=node.span)
    if node.op in ("cdot", "times") and (_of_nabla(r, left) or _of_nabla(r, right)):
        if _scaled(r, left) and _scaled(r, right):
            return Apply(
                "dot" if node.op == "cdot" else "cross", (r.term(left), r.term(right)), span=node.span
            )
    if node.op == "cdot" and _multiple(r, left) and _multiple(r, right):
        return Apply("dot", (r.term(left), r.term(right)), span=node.span)  # 2 a · b
    if node.op == "times" and _scaled(r, left) and _scaled(r, right):
        return Apply("cross", (r.term(left), r.term(right)), span=node.span)
    return None


def _multiple(r: Reader, node: Any) -> bool:
    """A vector, or one behind numbers, `2 \\lambda \\mathbf a`."""
    match node:
        case s.Juxtaposition(factors=(*before, last)):
            return all(_number(r, f) for f in before) and _vector(r, last)
        case _:
            return _vector(r, node)


def _number(r: Reader, node: Any) -> bool:
    match node:
        case s.Number():
            return True
        case s.Fraction(numerator=above, denominator=below):
            return _number(r, above) and _number(r, below)
        case s.Name():
            return not _bold(node) and not r.is_array(spell(node)) and r.role(spell(node)) != "function"
        case _:
            return False


def _scaled(r: Reader, node: Any) -> bool:
    """A vector with numbers before or behind it, `a \\sin(t) \\vec u`, or a sum of such."""
    match node:
        case s.Juxtaposition(factors=factors):
            vectors = [f for f in factors if _scaled(r, f)]
            return len(vectors) == 1 and not any(_bold(f) for f in factors if f not in vectors)
        case s.Fence(open="(" | "[", body=s.Sum(parts=parts)):
            return all(_scaled(r, p) for _, p in parts)
        case _:
            return _vector(r, node)


def _of_nabla(r: Reader, node: Any) -> bool:
    """`\\nabla f`, `\\nabla \\times F`, or a letter that the formula takes the divergence or the curl of."""
    match node:
        case s.Fence(open="(", body=body):
            return _of_nabla(r, body)
        case s.Juxtaposition(factors=(*_, last)):
            return _of_nabla(r, last)
        case s.Prefix(operator=s.Name(name="nabla" | "nabla times")):
            return True
        case s.Infix(op="times", left=s.Name(name="nabla", accents=())):
            return True
        case s.Name():
            return any(isinstance(n, s.Name) and spell(n) == spell(node) for n in fields(r))
        case _:
            return False


def _set(r: Reader, node: Any) -> bool:
    base = node.base if isinstance(node, s.Scripts) else node
    if not isinstance(base, s.Name):
        return False
    if base.font == "blackboard" and base.name in "NZQRC":
        return True
    return r.role(spell(base)) == "set"


def _bold(node: Any) -> bool:
    """A bold letter, capital or small: matrices multiply without a sign."""
    while isinstance(node, s.Scripts) and node.sup is None:
        node = node.base
    return isinstance(node, s.Name) and (node.font == "bold" or "vec" in node.accents)


def _unit(r: Reader, node: Any) -> bool:
    """A letter with a hat where the formula has vectors with arrows or bold ones: a unit vector, or a
    multiple or sum of such."""

    def directed(x: Any) -> bool:
        return _bold(x) or (isinstance(x, s.Name) and x.accents[-1:] == ("hat",))

    if isinstance(node, s.Fence) and node.open in ("(", "[") and node.body is not None:
        return _unit(r, node.body)  # (r x) times (s x + t y)
    if isinstance(node, s.Infix) and node.op == "times":
        return _unit(r, node.left) and _unit(r, node.right)
    if isinstance(node, s.Sum):
        return all(_unit(r, part) for _, part in node.parts)
    if isinstance(node, s.Juxtaposition):
        return sum(map(lambda f: _unit(r, f), node.factors)) == 1
    base = node.base if isinstance(node, s.Scripts) and node.sup is None else node
    return directed(base) and _bold_stands(r)


def _bold_stands(r: Reader) -> bool:
    """A bold letter or one with an arrow stands in the formula."""
    return r.fact(("bold",), lambda: any(_bold(n) for n in walk(r.nodes)))


def _arrows(r: Reader) -> bool:
    """The formula writes its vectors with arrows."""
    return r.fact(
        ("arrows",), lambda: any(isinstance(n, s.Name) and "vec" in n.accents for n in walk(r.nodes))
    )


def _hatted(node: Any) -> bool:
    """A letter with a hat, a multiple of it, or the cross product of two: `\\hat x`, `k \\hat x`."""
    match node:
        case s.Fence(open="(" | "[", body=s.Infix(op="times", left=left, right=right)):
            return _hatted(left) and _hatted(right)
        case s.Juxtaposition(factors=factors):
            return sum(map(_hatted, factors)) == 1
        case s.Scripts(base=base, sup=None):
            return _hatted(base)
        case s.Sum(parts=((_, part),)):
            return _hatted(part)
        case s.Name(accents=accents):
            return accents[-1:] == ("hat",)
        case _:
            return False


def _matrix(r: Reader, node: Any) -> bool:
    """A letter that stands for a matrix, transposed or inverted or not."""
    base = node.base if isinstance(node, s.Scripts) and node.sub is None else node
    return isinstance(base, s.Name) and r.is_matrix(spell(base))


def _vector(r: Reader, node: Any) -> bool:
    """A letter, or a sum of letters, that stands for a vector: bold, an arrow, or declared."""
    if _of_nabla(r, node):
        return True
    match node:
        case s.Name():
            name = spell(node)
            known = r.scope.symbols.get(name)
            if known is not None and not (name.startswith("\\vec{") and known.role == "function"):
                return known.shape is not None and len(known.shape) == 1
            return name.startswith("\\vec{") or (
                node.font == "bold"
                and (node.name.islower() or len(node.name) > 1 or node.name in "BEFJSPDHA")
            )
        case s.Scripts(base=base, sup=None):
            numbered = r.scope.symbols.get(symbol_name(node) or "")  # "two vectors $I_1$ and $I_2$"
            if numbered is not None and numbered.role != "function":
                return numbered.shape is not None and len(numbered.shape) == 1
            return _vector(r, base)
        case s.Juxtaposition(factors=(s.Name() | s.Scripts() | s.Accent() as head, s.Fence(open="("))):
            return _vector(r, head)  # \vec r'(t)
        case s.Fraction(numerator=s.Sum(parts=parts)):
            return all(_vector(r, p) for _, p in parts)  # (\vec a - \vec b)/c
        case (
            s.Juxtaposition(factors=(*before, last))
            | s.Fence(open="(", body=s.Juxtaposition(factors=(*before, last)))
        ) if before:
            return all(_matrix(r, f) for f in before) and _vector(r, last)  # (Rx) \cdot (Ry)
        case s.Fence(open="(", body=s.Sum(parts=parts)):
            return all(_vector(r, p) for _, p in parts)
        case s.Fence(open="(", body=s.Infix(op="times", left=left, right=right)):
            return _vector(r, left) and _vector(r, right)
        case s.Accent():
            name_ = symbol_name(node)
            return name_ is not None and name_.startswith("\\vec{")
        case _:
            return False


# Postfix and accents -----------------------------------------------------------------------------------


def postfix(r: Reader, node: s.Postfix) -> Term:
    operand = r.term(node.operand)
    match node.op:
        case "!":
            return Apply("factorial", (operand,), span=node.span)
        case "!!":
            return Apply("double_factorial", (operand,), span=node.span)
        case "%":
            return Div(operand, integer(100), span=node.span)
        case "degree":
            return Mul((operand, Div(Constant("pi"), integer(180))), span=node.span)
        case _:
            raise fail(node, f"the mark {node.op}")


TRANSPARENT = frozenset({"underbrace", "overbrace", "boxed", "overbracket", "underbracket", "fbox"})


def accent(r: Reader, node: s.Accent) -> Term:
    if node.kind in TRANSPARENT:
        return r.term(node.body)
    if node.kind in ("overline", "bar"):
        return _overline(r, node)
    name = symbol_name(node)
    if name is not None:
        return r.symbol(name, node.span)
    if node.kind == "vec" and isinstance(node.body, s.Number) and node.body.text == "0":
        return Apply("zeros", (), span=node.span)
    return structure.accented(r, node)


def _overline(r: Reader, node: s.Accent) -> Term:
    body = node.body
    if node.note is not None:
        raise fail(node, "a note over a bar")
    if isinstance(body, s.Number):
        raise fail(node, "a repeating decimal")
    inner = symbol_name(body)
    base = body.base if isinstance(body, s.Scripts) else body
    power_of_e = isinstance(body, s.Scripts) and body.sup is not None and _is_e(base)
    if inner is not None and isinstance(body, s.Name | s.Scripts) and not power_of_e:
        known = r.scope.symbols.get(inner)
        constant = isinstance(base, s.Name) and base.name in ("i", "imaginaryunit")
        complex_ = known is not None and known.domain == "complex"
        if (
            constant
            or complex_
            or (known is None and isinstance(base, s.Name) and base.name in ("z", "w") and not base.font)
        ):
            return Apply("conjugate", (r.term(body),), span=node.span)
        return Symbol(f"\\bar{{{inner}}}", r.symbol(inner).type, span=node.span)
    term = r.term(body)
    if power_of_e or any(n == Constant("i") for n in nodes_of(term)):
        return Apply("conjugate", (term,), span=node.span)
    domains = [(r.scope.symbols.get(n) or x.type).domain for n, x in free_symbols(term).items()]
    if domains and all(d == "complex" for d in domains):
        return Apply("conjugate", (term,), span=node.span)
    named = {n for n in free_symbols(term)}
    if named and named <= r.evidence.events:
        return Apply("complement", (term,), span=node.span)
    options = (
        ("conjugate", Choice(Chosen.BAR_OVER_EXPRESSION_COMPLEX_CONJUGATE)),
        ("mean", Choice(Chosen.BAR_OVER_EXPRESSION_AVERAGE)),
    )
    if r.ask("overline", options) == "mean":
        return Expectation("E", (term,), span=node.span)
    return Apply("conjugate", (term,), span=node.span)


def _is_e(node: Any) -> bool:
    return isinstance(node, s.Name) and not node.accents and node.name in ("e", "exponentialE")
