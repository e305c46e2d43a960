"""Printing terms as LaTeX. Reading what was printed gives the same term in the same scope.

The printer adds whatever the reader needs to make no other choice: a `\\cdot`
before a parenthesis that is no argument, parentheses by precedence.
"""

from __future__ import annotations

import re
from typing import assert_never

from derive.expressions import regex
from derive.term import nodes as t
from derive.term.heads import HEADS
from derive.term.traverse import bound_here, free_symbols

# precedences: how tightly a printed piece holds together
LOGIC, RELATION, SUM, PRODUCT, PREFIX, POWER, ATOM = range(7)

RELATIONS = {
    "=": "=",
    "!=": "\\neq",
    "<": "<",
    "<=": "\\le",
    ">": ">",
    ">=": "\\ge",
    "approx": "\\approx",
    "propto": "\\propto",
    "equiv": "\\equiv",
    ":=": ":=",
    "=:": "=:",
    "in": "\\in",
    "notin": "\\notin",
    "subset": "\\subset",
    "subseteq": "\\subseteq",
    "supset": "\\supset",
    "supseteq": "\\supseteq",
    "sim": "\\sim",
    "to": "\\to",
    "ll": "\\ll",
    "gg": "\\gg",
    "divides": "\\mid",
    "defined": "\\triangleq",
}
CONSTANTS = {
    "pi": "\\pi",
    "e": "e",
    "i": "i",
    "infinity": "\\infty",
    "euler_gamma": "\\gamma",
    "golden_ratio": "\\varphi",
    "catalan": "G",
    "true": "\\top",
    "false": "\\bot",
    "emptyset": "\\emptyset",
}
_WORD = regex(r"[A-Za-z][A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")


def to_latex(term: t.Term) -> str:
    """LaTeX of a term."""
    return _print(term)[0]


def symbol_latex(name: str) -> str:
    """A symbol's name is its LaTeX already; only a bare word needs its font."""
    word = _WORD.match(name)
    if word is not None:
        spelled = word.group().replace("_", "\\_")
        return f"\\mathrm{{{spelled}}}{name[word.end() :]}"
    return name


def _in(term: t.Term, least: int) -> str:
    """The term, in parentheses where it holds together less than `least`."""
    text, precedence = _print(term)
    return text if precedence >= least else _paren(text)


def _paren(text: str) -> str:
    return f"\\left({text}\\right)"


def _commas(terms: tuple[t.Term, ...]) -> str:
    return ", ".join(_in(x, SUM) for x in terms)


def _print(term: t.Term) -> tuple[str, int]:
    match term:
        case t.Number(value=value, text=text):
            return _number(value, text)
        case t.Constant(name=name):
            return (f"\\mathbb{{{name}}}" if name in "NZQRC" and len(name) == 1 else CONSTANTS[name]), ATOM
        case t.Symbol(name=name):
            scripted = any(c in name for c in "^'") or name.startswith("\\Delta ")
            return symbol_latex(name), POWER if scripted else ATOM
        case t.Element(base=base, indices=indices):
            return _element(base, indices)
        case t.Add(args=args):
            return _add(args), SUM
        case t.Neg(arg=arg):
            return "-" + _in(arg, PRODUCT), SUM
        case t.Mul(args=args):
            return _mul(args), PRODUCT
        case t.Div(numerator=numerator, denominator=denominator):
            return f"\\frac{{{to_latex(numerator)}}}{{{to_latex(denominator)}}}", PREFIX
        case t.Pow(base=base, exponent=exponent):
            return f"{_base(base)}^{{{to_latex(exponent)}}}", POWER
        case t.Root(radicand=radicand, index=index):
            order = "" if index == t.TWO else f"[{to_latex(index)}]"
            return f"\\sqrt{order}{{{to_latex(radicand)}}}", ATOM
        case t.Apply(head=head, args=args):
            return _apply(head, args)
        case t.Call(function=function, args=args):
            return f"{_function(function)}\\left({_commas(args)}\\right)", PREFIX
        case t.Prime(function=function, order=order):
            return _prime(function, order), POWER
        case t.Partial(function=function, orders=orders):
            marks = ",".join(str(k) for k in orders)
            return f"\\partial^{{({marks})}} {_function(function)}", PREFIX
        case t.BigOp():
            return _big(term), PRODUCT
        case t.Integral():
            return _integral(term), PRODUCT
        case t.Limit(body=body, variable=variable, point=point, side=side, op=op):
            mark = "" if side == "+-" else f"^{{{side}}}"
            where = _in(point, POWER if mark else RELATION + 1) + mark
            return f"\\{op}_{{{to_latex(variable)} \\to {where}}} {_in(body, PREFIX)}", PRODUCT
        case t.Derivative():
            return _derivative(term), PRODUCT
        case t.At(body=body, variable=variable, value=value):
            return f"\\left. {to_latex(body)}\\right|_{{{to_latex(variable)} = {to_latex(value)}}}", ATOM
        case t.Piecewise(cases=cases):
            rows = [
                f"{to_latex(v)} & " + ("\\text{otherwise}" if c is None else to_latex(c)) for v, c in cases
            ]
            return "\\begin{cases} " + " \\\\ ".join(rows) + " \\end{cases}", ATOM
        case t.Matrix(rows=rows_):
            body_ = " \\\\ ".join(" & ".join(to_latex(c) for c in row) for row in rows_)
            return f"\\begin{{pmatrix}} {body_} \\end{{pmatrix}}", ATOM
        case t.Tuple(items=items):
            return f"\\left({_commas(items)}\\right)", ATOM
        case t.SetOf(items=items):
            return f"\\left\\{{{_commas(items)}\\right\\}}", ATOM
        case t.Interval(lower=lower, upper=upper, left_open=lo, right_open=ro):
            opening, closing = "(" if lo else "[", ")" if ro else "]"
            return f"\\left{opening}{to_latex(lower)}, {to_latex(upper)}\\right{closing}", ATOM
        case t.Relation(op=op, left=left, right=right):
            sign = RELATIONS.get(op, "\\" + op)
            if " " in op and op not in RELATIONS and not op.startswith("not "):
                accent, _, plain = op.partition(" ")  # `\\dot\\sim`
                sign = f"\\mathrel{{\\{accent}{{{RELATIONS.get(plain, chr(92) + plain)}}}}}"
            return f"{_in(left, SUM)} {sign} {_in(right, SUM)}", RELATION
        case t.Expectation():
            return _expectation(term), PREFIX
        case t.Probability():
            return _probability(term), PREFIX
        case t.Ellipsis():
            return "\\cdots", ATOM
        case _:
            assert_never(term)


def _number(value: object, text: str | None) -> tuple[str, int]:
    from fractions import Fraction

    assert isinstance(value, Fraction)
    if text is not None and re.fullmatch(r"\d+(\.\d+)?", text) and Fraction(text) == value:
        return text, ATOM
    if value < 0:
        return "-" + _number(-value, None)[0], SUM
    if value.denominator == 1:
        return str(value.numerator), ATOM
    return f"\\frac{{{value.numerator}}}{{{value.denominator}}}", PREFIX


def _element(base: t.Term, indices: tuple[t.Term, ...]) -> tuple[str, int]:
    text, precedence = _print(base)
    if precedence < ATOM and not isinstance(base, t.Symbol):
        text = _paren(text)
    sub = ",".join(to_latex(i) for i in indices)
    if not isinstance(base, t.Symbol):
        return f"{text}_{{{sub}}}", ATOM
    name = base.name
    primes = len(name) - len(name.rstrip("'"))
    stem = name[: len(name) - primes]
    if stem.endswith("_{(\\cdot)}") and len(indices) == 1:
        return f"{symbol_latex(stem.removesuffix('_{(' + chr(92) + 'cdot)}'))}_{{({sub})}}", ATOM
    if stem.count("\\square") == len(indices):  # `F_{\\square,x}`: the indices stand among what names it
        for i in indices:
            before, _, after = stem.partition("\\square")
            gap = " " if re.search(r"\\[A-Za-z]+$", before) else ""  # `\\cdot k`
            stem = before + gap + to_latex(i) + after
        return f"{symbol_latex(stem)}{chr(39) * primes}", POWER
    mark = re.search(r"\^\{[^{}]*\}$", stem)
    if mark is not None:
        return (
            f"{stem[: mark.start()]}_{{{sub}}}{'' if not primes else chr(39) * primes}{mark.group()}",
            POWER,
        )
    if re.search(r"_\{.*\}$", stem):  # the subscript is part of the name: the indices go above
        return f"{symbol_latex(stem)}{chr(39) * primes}^{{({sub})}}", POWER
    return f"{symbol_latex(stem)}_{{{sub}}}{chr(39) * primes}", POWER if primes else ATOM


def _add(args: tuple[t.Term, ...]) -> str:
    text = ""
    for k, arg in enumerate(args):
        if isinstance(arg, t.Neg):
            piece, sign = _in(arg.arg, PRODUCT), "-"
        elif isinstance(arg, t.Apply) and arg.head in ("plusminus", "minusplus"):
            piece, sign = _in(arg.args[0], PRODUCT), "\\pm" if arg.head == "plusminus" else "\\mp"
        else:
            piece, sign = _in(arg, PRODUCT), "+"
        body = arg.arg if isinstance(arg, t.Neg) else arg
        if isinstance(body, t.BigOp | t.Limit) and (
            _returns(body, args[k + 1 :])
            or (isinstance(body, t.BigOp) and body.op not in ("sum", "prod") and k < len(args) - 1)
        ):
            piece = _paren(piece)  # else the terms after it would be read into its body
        if k:
            text += f" {sign} {piece}"
        else:
            text = piece if sign == "+" else f"{sign} {piece}" if sign.startswith("\\") else f"{sign}{piece}"
    return text


def _returns(body: t.BigOp | t.Limit, later: tuple[t.Term, ...]) -> bool:
    """The letter that an operator binds stands free in a later term."""
    bound = {s.name for s in bound_here(body)}
    return any(bound & free_symbols(x).keys() for x in later)


def _mul(args: tuple[t.Term, ...]) -> str:
    pieces = [_in(arg, PREFIX) for arg in args]
    pairs = zip(args, args[1:], pieces[1:], strict=False)
    side_by_side = all(_plain_next(previous, arg, piece) for previous, arg, piece in pairs)
    return (" " if side_by_side else " \\cdot ").join(pieces)


def _plain_next(previous: t.Term, arg: t.Term, piece: str) -> bool:
    """Whether two factors may stand side by side and still be read as a product of them."""
    simple = (t.Symbol, t.Number, t.Element, t.Pow, t.Constant)
    if not isinstance(arg, t.Symbol | t.Element | t.Pow) or piece.startswith(("\\left", "-")):
        return False
    if isinstance(arg, t.Pow) and not isinstance(arg.base, t.Symbol | t.Element | t.Constant):
        return False
    return isinstance(previous, simple) and not _spelled_like_operator(previous)


def _spelled_like_operator(term: t.Term) -> bool:
    return isinstance(term, t.Symbol) and term.name in (
        "d",
        "D",
        "E",
        "H",
        "P",
        "\\Delta",
        "V",
        "I",
        "\\partial",
    )


def _base(base: t.Term) -> str:
    text, precedence = _print(base)
    if precedence < ATOM or isinstance(base, t.Matrix | t.Piecewise | t.At | t.Root):
        return _paren(text)
    return text


def _function(function: t.Term) -> str:
    match function:
        case t.Symbol() | t.Element() | t.Prime():
            return to_latex(function)
        case t.Apply(head="inverse", args=(inner,)):
            return f"{_function(inner)}^{{-1}}"
        case _:
            return _paren(to_latex(function))


def _prime(function: t.Term, order: t.Term) -> str:
    base = _function(function)
    if isinstance(function, t.Apply):
        base = _paren(base)
    if isinstance(order, t.Number) and order.value in (1, 2, 3):
        return base + "'" * int(order.value)
    return f"{base}^{{({to_latex(order)})}}"


def _apply(head: str, args: tuple[t.Term, ...]) -> tuple[str, int]:
    match head, args:
        case "log", (x, base):
            return f"\\log_{{{to_latex(base)}}}\\left({to_latex(x)}\\right)", PREFIX
        case "norm", (x, p):
            return f"\\left\\|{to_latex(x)}\\right\\|_{{{to_latex(p)}}}", POWER
        case "kronecker", (i, j):
            return f"\\delta_{{{to_latex(i)},{to_latex(j)}}}", ATOM
        case (("plusminus" | "minusplus"), (x,)):
            return ("\\pm " if head == "plusminus" else "\\mp ") + _in(x, PRODUCT), SUM
        case (("factorial" | "double_factorial"), (x,)):
            return _base(x) + ("!" if head == "factorial" else "!!"), PREFIX
        case (("transpose" | "adjoint" | "inverse" | "pseudo_inverse" | "complement"), (x,)):
            mark = {
                "transpose": "\\top",
                "adjoint": "\\dagger",
                "inverse": "-1",
                "pseudo_inverse": "+",
                "complement": "c",
            }[head]
            return f"{_base(x)}^{{{mark}}}", POWER
        case "identity", ():
            return "\\mathbf{I}", ATOM
        case "identity", (n,):
            return f"I_{{{to_latex(n)}}}", ATOM
        case (("ones" | "zeros"), ()):
            return HEADS[head].latex, ATOM
        case "mod", (a, n):
            return f"{_in(a, PREFIX)} \\bmod {_in(n, PREFIX)}", PRODUCT
        case "cross", (a, b):
            return f"{_in(a, PREFIX)} \\times {_in(b, PREFIX)}", PRODUCT
        case "tensor", (base, t.Tuple(items=upper), t.Tuple(items=lower)):
            text = _base(base)
            if upper:
                text += f"^{{{''.join(to_latex(i) for i in upper)}}}"
            if lower:
                text += f"_{{{''.join(to_latex(i) for i in lower)}}}"
            return text, POWER
        case (("grad" | "div" | "curl" | "laplacian" | "hessian" | "differential" | "partial_by_index"), _):
            template = HEADS[head].latex
            return _fill(
                template,
                [
                    to_latex(args[0]) if len(args) > 1 else _in(args[0], ATOM),
                    *[_in(a, ATOM) for a in args[1:]],
                ],
            ), PREFIX
        case (("not"), (x,)):
            return f"\\neg {_in(x, PREFIX)}", PREFIX
        case (("and" | "or" | "implies" | "iff"), _):
            sign = {"and": "\\land", "or": "\\lor", "implies": "\\implies", "iff": "\\iff"}[head]
            return f" {sign} ".join(_in(a, PREFIX) for a in args), LOGIC
        case "maps_to", (a, b):
            return f"{_in(a, SUM)} \\mapsto {_in(b, SUM)}", RELATION
        case (("forall" | "exists" | "exists_unique"), (a, b)):
            sign = {"exists_unique": "exists!"}.get(head, head)
            return f"\\{sign} {to_latex(a)}, {to_latex(b)}", LOGIC
        case "indicator", (x,):
            return f"\\mathbb{{1}}\\left[{to_latex(x)}\\right]", PREFIX
        case "cardinality", (x,):
            return f"\\left|{to_latex(x)}\\right|", ATOM
        case _:
            pass
    if HEADS[head].opaque:
        return _opaque(head, args)
    latex = HEADS[head].latex
    if scripts := HEADS[head].scripts:
        name = _fill(latex, [to_latex(a) for a in args[:scripts]])
        rest = args[scripts:]
        return (f"{name}\\left({_commas(rest)}\\right)", PREFIX) if rest else (name, ATOM)
    if "{0}" not in latex:
        return f"{latex}\\left({_commas(args)}\\right)", PREFIX
    if latex.startswith(("\\left", "\\binom", "\\overline")):
        return _fill(latex, [to_latex(a) for a in args]), ATOM
    if "{1}" in latex:
        sign = latex.replace("{0}", "").replace("{1}", "").strip()
        return f" {sign} ".join(_in(a, PREFIX) for a in args), PRODUCT
    return _fill(latex, [_in(a, ATOM) for a in args]), PREFIX


def _opaque(head: str, args: tuple[t.Term, ...]) -> tuple[str, int]:
    """What is kept as it was written."""
    latex = HEADS[head].latex
    match head, args:
        case "derivative_operator", _:
            below = [
                f"\\partial {to_latex(v)}" + ("" if n == t.ONE else f"^{{{to_latex(n)}}}")
                for v, n in zip(args[::2], args[1::2], strict=True)
            ]
            orders = [int(n.value) for n in args[1::2] if isinstance(n, t.Number)]
            total = str(sum(orders)) if len(orders) * 2 == len(args) else to_latex(args[1])
            above = "\\partial" if total == "1" else f"\\partial^{{{total}}}"
            return f"\\frac{{{above}}}{{{' '.join(below)}}}", PREFIX
        case "polynomials", (ring, *names):
            return f"{to_latex(ring)}[{', '.join(map(to_latex, names))}]", ATOM
        case "applied", (name, *rest):
            return f"{to_latex(name)}\\left({_commas(tuple(rest))}\\right)", PREFIX
        case "said", (words, *rest):
            inside = to_latex(words).removeprefix("\\text{").removesuffix("}")
            return f"\\text{{{inside}{''.join(f' ${to_latex(x)}$' for x in rest)}}}", ATOM
        case "bracket", _:
            return f"\\langle {' | '.join(to_latex(x) for x in args)} \\rangle", ATOM
        case _, (body, measure, *bounds) if head.startswith("measured_"):
            scripts = "".join(f"{sign}{{{to_latex(x)}}}" for sign, x in zip("_^", bounds, strict=False))
            sign = head.removeprefix("measured_")
            return f"\\{sign}{scripts} {_in(body, PRODUCT)} \\, d{to_latex(measure)}", PRODUCT
        case _, (body, *bounds) if head.startswith("bare_"):
            scripts = "".join(f"{sign}{{{to_latex(x)}}}" for sign, x in zip("_^", bounds, strict=False))
            return f"{latex}{scripts} {_in(body, PREFIX)}", PRODUCT
        case ("conditional", _):
            return _fill(latex, [_in(a, SUM) for a in args]), RELATION
        case (("derivative_by" | "variation" | "set_where" | "denoted" | "index_of"), _):
            return _fill(latex, [to_latex(a) for a in args]), ATOM
        case (("stacked" | "stirling_first" | "stirling_second"), _):
            return _fill(latex, [to_latex(a) for a in args]), ATOM
        case _ if head.endswith(("_of", "_over")) and "lim" in head:
            return _fill(latex, [_in(args[0], PREFIX), *(to_latex(a) for a in args[1:])]), PRODUCT
        case _:
            scripted = head in ("component", "between")
            if head == "component" and isinstance(args[0], t.Symbol | t.Element):
                return f"\\left({to_latex(args[0])}\\right)_{{{to_latex(args[1])}}}", POWER  # (a)_k
            pieces = [_in(a, ATOM) if k == 0 or not scripted else to_latex(a) for k, a in enumerate(args)]
            loose = head.startswith(("operation", "operated"))
            return _fill(latex, pieces), PRODUCT if loose else POWER


def _fill(template: str, pieces: list[str]) -> str:
    """Put the pieces in place of `{0}`, `{1}`; `{{0}}` keeps one pair of braces around its piece."""
    text = template
    for k in range(len(pieces)):
        text = text.replace(f"{{{{{k}}}}}", f"{{\0{k}}}").replace(f"{{{k}}}", f"\0{k}")
    for k, piece in enumerate(pieces):
        text = text.replace(f"\0{k}", piece)
    return text


_BIG = {"argmax": "\\operatorname{argmax}", "argmin": "\\operatorname{argmin}"}


def _big(term: t.BigOp) -> str:
    if term.op == "family":
        sub, sup = _bounds(term.binders)
        return f"\\left\\{{{to_latex(term.body)}\\right\\}}_{{{sub}}}" + (f"^{{{sup}}}" if sup else "")
    sub, sup = _bounds(term.binders)
    text = _BIG.get(term.op, "\\" + term.op)
    if sub:
        text += f"_{{{sub}}}"
    if sup:
        text += f"^{{{sup}}}"
    least = PREFIX if term.op in ("sum", "prod") else ATOM
    return f"{text} {_in(term.body, least)}"


def _bounds(binders: tuple[t.Binder, ...]) -> tuple[str, str]:
    pieces, sup = [], ""
    for b in binders:
        name = to_latex(b.variable)
        if b.domain is not None:
            pieces.append(f"{name} \\in {to_latex(b.domain)}")
        elif b.lower is not None:
            pieces.append(f"{name} = {to_latex(b.lower)}")
        elif b.condition is None or len(binders) > 1 or b.upper is not None:
            pieces.append(name)
        if b.upper is not None:
            sup = to_latex(b.upper)
        if b.condition is not None:
            pieces.append(to_latex(b.condition))
    return ", ".join(pieces), sup


def _integral(term: t.Integral) -> str:
    text = f"\\{term.op}"
    if term.domain is not None:
        text += f"_{{{to_latex(term.domain)}}}"
    elif term.lower is not None and term.upper is not None:
        text += f"_{{{to_latex(term.lower)}}}^{{{to_latex(term.upper)}}}"
    return f"{text} {_in(term.body, PREFIX)} \\, d{to_latex(term.variable)}"


def _derivative(term: t.Derivative) -> str:
    d = "\\partial" if term.partial else "d"
    numeric = all(isinstance(k, t.Number) for _, k in term.variables)
    total = ""
    if len(term.variables) == 1:
        total = to_latex(term.variables[0][1])
    elif numeric:
        total = str(sum(int(k.value) for _, k in term.variables if isinstance(k, t.Number)))
    above = d if total == "1" else f"{d}^{{{total}}}"
    below = []
    for variable, times in term.variables:
        name = to_latex(variable)
        one = isinstance(times, t.Number) and times.value == 1
        below.append(f"{d} {name}" if one else f"{d} {name}^{{{to_latex(times)}}}")
    return f"\\frac{{{above}}}{{{' '.join(below)}}} {_in(term.body, ATOM)}"


def _expectation(term: t.Expectation) -> str:
    head = {"E": "\\mathbb{E}", "H": "\\mathbb{H}", "I": "\\operatorname{I}"}.get(
        term.op, f"\\operatorname{{{term.op}}}"
    )
    if term.op == "KL":
        return (
            f"D_{{\\mathrm{{KL}}}}\\left({to_latex(term.args[0])} \\,\\|\\, {to_latex(term.args[1])}\\right)"
        )
    if term.under is not None:
        head += f"_{{{to_latex(term.under)}}}"
    separator = "; " if term.op == "I" else ", "
    inside = separator.join(_in(a, SUM) for a in term.args)
    if term.given is not None:
        inside += f" \\mid {_given(term.given)}"
    opening, closing = ("(", ")") if term.op in ("H", "I") else ("[", "]")
    return f"{head}\\left{opening}{inside}\\right{closing}"


def _given(given: t.Term) -> str:
    if isinstance(given, t.Apply) and given.head == "and":
        return ", ".join(to_latex(a) for a in given.args)
    return to_latex(given)


def _probability(term: t.Probability) -> str:
    head = "\\mathbb{P}" if term.function is None else to_latex(term.function)
    inside = ", ".join(to_latex(a) for a in term.args)
    if term.given:
        inside += " \\mid " + ", ".join(to_latex(g) for g in term.given)
    if term.parameters:
        inside += "; " + ", ".join(to_latex(p) for p in term.parameters)
    return f"{head}\\left({inside}\\right)"
