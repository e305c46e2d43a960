"""A part stands beside itself, so that it cancels, or is left uncollected in a final form.

`z_1 - z_1`, a quotient of a probability by itself beside one of two different ones, a term that is
added twice, an event `A > A`: one of the two was to be another. A relation that says that the outcome is
zero or one, a factor that multiplies by one, a term added and subtracted and a step that is collected later
are left alone.
"""

from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.page import Page
from derive.form.pattern.twins import Twin, twins
from derive.model import Diagnostic

CODE, NAME = "DRV032", "cancels-itself"


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        for twin in twins(written.display):
            if page.open(written.formula.locate(twin.span)):
                beside = written.text(twin.beside) if twin.beside is not None else ""
                yield page.finding(
                    CODE,
                    NAME,
                    _told(twin, written.text(twin.span), written.text(twin.piece), beside),
                    written,
                    twin.span,
                )


def _told(twin: Twin, text: str, piece: str, beside: str) -> str:
    match twin.kind:
        case "difference":
            return f"${text}$ is nothing: ${piece}$ is taken from itself"
        case "quotient":
            why = f", and the two parts of ${beside}$ beside it differ" if beside else ""
            return f"${text}$ is one: ${piece}$ is divided by itself{why}"
        case "comparison":
            return f"${text}$ compares ${piece}$ with itself"
        case _:
            return f"${text}$ has one term twice: either they are to be collected or one is another"


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "The cross ratio is\n\n$$w = \\frac{(z - z_1)(z_2 - z_3)}{(z - z_3)(z_1 - z_1)}$$\n",
        "The odds are\n\n$$O = \\frac{p(x \\mid Z = 1)}{p(x \\mid Z = 1)} \\frac{p(Z = 1)}{p(Z = 0)}$$\n",
        "The surface is\n\n$$S = 2 \\left(a b + b c + b c\\right)$$\n",
        "The chance is\n\n$$P(A > A \\mid D) = P(a > b \\mid D)$$\n",
    ),
    valid=(
        "The cross ratio is\n\n$$w = \\frac{(z - z_1)(z_2 - z_3)}{(z - z_3)(z_2 - z_1)}$$\n",
        "The chance is\n\n$$P(A > A) = 0, \\quad P(B > A \\mid D) = P(a > b \\mid D)$$\n",
        "The distance is\n\n$$d(x, x) = |x - x|$$\n",
        "We multiply by one,\n\n$$E = \\int p(x) f(x) \\frac{q(x)}{q(x)}\\, dx = \\int q(x) f(x) "
        "\\frac{p(x)}{q(x)}\\, dx$$\n",
        "Putting $x$ in gives\n\n$$R = \\frac{f(c) - f(x) - a(x - x)}{c - x} "
        "= \\frac{f(c) - f(x)}{c - x}$$\n",
        "Add and subtract,\n\n$$D = f(x) g(y) - f(x) g(x) + f(x) g(x) - f(y) g(x)$$\n",
    ),
)
