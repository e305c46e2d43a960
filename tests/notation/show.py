"""A short way to write a syntax tree down, so that the tests read as examples."""

from __future__ import annotations

from derive.notation import read
from derive.notation.syntax import (
    Accent,
    Apply,
    Bar,
    Big,
    Cases,
    Chain,
    Ellipsis,
    Evaluated,
    Fence,
    Fraction,
    Infix,
    Integral,
    Juxtaposition,
    Matrix,
    Missing,
    Name,
    Number,
    Postfix,
    Prefix,
    Root,
    Row,
    Scripts,
    Sequence,
    Sum,
    Syntax,
    Text,
)


def rows(latex: str) -> list[str]:
    return [row(r) for r in read(latex).rows]


def shown(latex: str) -> str:
    return " // ".join(rows(latex))


def row(r: Row) -> str:
    return (f"<{r.mark}> " if r.mark else "") + " ; ".join(show(part) for part in r.parts)


def optional(node: Syntax | None) -> str:
    return "" if node is None else show(node)


def bounds(sub: Syntax | None, sup: Syntax | None) -> str:
    return ("" if sub is None else f"_{{{show(sub)}}}") + ("" if sup is None else f"^{{{show(sup)}}}")


def show(node: Syntax) -> str:
    match node:
        case Number(text=text):
            return text
        case Name(name=name, font=font, accents=accents, word=word):
            return (
                name
                + "".join(f"~{a}" for a in accents)
                + (f":{font}" if font else "")
                + ("!" if word else "")
            )
        case Scripts(base=base, sub=sub, sup=sup, primes=primes):
            return show(base) + "'" * primes + bounds(sub, sup)
        case Accent(kind=kind, body=body, note=note):
            return f"{kind}({show(body)}{'' if note is None else ', ' + show(note)})"
        case Juxtaposition(factors=factors):
            return "<" + " ".join(show(f) for f in factors) + ">"
        case Sum(parts=parts):
            return "[" + " ".join(sign + show(term) for sign, term in parts) + "]"
        case Infix(op=op, left=left, right=right):
            return f"({show(left)} {op} {show(right)})"
        case Prefix(operator=operator, operand=operand):
            return f"{show(operator)}({show(operand)})"
        case Postfix(op=op, operand=operand):
            return f"({show(operand)}){op}"
        case Fraction(numerator=top, denominator=bottom, kind=kind):
            return f"{kind}({show(top)}, {show(bottom)})"
        case Root(radicand=radicand, index=index):
            return f"root({show(radicand)}{'' if index is None else ', ' + show(index)})"
        case Fence(open=opening, close=closing, body=body):
            return f"{opening}{optional(body)}{closing}"
        case Sequence(items=items, separator=separator):
            return f"{separator} ".join(show(item) for item in items)
        case Bar(left=left, right=right, kind=kind):
            return f"{show(left)} {kind} {show(right)}"
        case Big(op=op, sub=sub, sup=sup, body=body):
            return f"{op}{bounds(sub, sup)}({show(body)})"
        case Integral(op=op, sub=sub, sup=sup, body=body, variables=variables):
            return f"{op}{bounds(sub, sup)}({optional(body)} d {', '.join(show(v) for v in variables)})"
        case Apply(function=function, argument=argument):
            return f"{show(function)}@({show(argument)})"
        case Evaluated(body=body, sub=sub, sup=sup):
            return f"({show(body)})|{bounds(sub, sup)}"
        case Matrix(kind=kind, rows=cells):
            return f"{kind}(" + " / ".join(" & ".join(optional(c) for c in line) for line in cells) + ")"
        case Cases(rows=lines):
            return "cases(" + " / ".join(f"{show(v)} if {optional(c)}" for v, c in lines) + ")"
        case Ellipsis():
            return "…"
        case Text(text=text, parts=parts):
            return repr(text.strip()) + "".join(f"${show(part)}$" for part in parts)
        case Missing():
            return "□"
        case Chain(first=first, links=links):
            return (
                "{"
                + optional(first)
                + "".join(f" {link.relation} {show(link.right)}" for link in links)
                + "}"
            )
