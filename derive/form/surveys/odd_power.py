"""One of several parallel terms has another power than the others.

`\\|v + w\\| + \\|v - w\\|^2 = 2\\|v\\|^2 + 2\\|w\\|^2`: three of the norms are squared, one is not.
Told where every term of the relation is a number times the power of one norm, or where indexed terms of
one sum have the same power but for one that has none. Terms whose powers grow are left alone.
"""

from collections.abc import Iterator

from derive.form.cause import survey
from derive.form.page import Page, Written
from derive.form.pattern.powers import Power, odd_powers
from derive.model import Diagnostic, Fix, Span

CODE, NAME = "DRV031", "odd-power"


def look(page: Page) -> Iterator[Diagnostic]:
    for written in page.written:
        for found in odd_powers(written.display):
            if page.open(written.formula.locate(found.span)):
                yield _finding(page, written, found)


def _finding(page: Page, written: Written, found: Power) -> Diagnostic:
    text = written.text(found.span)
    what = "has no power" if found.has is None else f"has the power ${found.has}$"
    mended = f"{text}^{found.others}" if found.has is None else ""
    where = written.formula.locate(Span(found.span.end, found.span.end))
    fix = Fix(f"^{found.others}", f"write ${mended}$", where) if mended and len(found.others) == 1 else None
    return page.finding(
        CODE,
        NAME,
        f"${text}$ {what}: the other {found.siblings - 1} {found.evidence} have the power ${found.others}$",
        written,
        found.span,
        fix=fix,
    )


CAUSE = survey(
    CODE,
    NAME,
    look,
    doc=__doc__,
    invalid=(
        "We suppose\n\n$$\\|u + w\\| + \\|u - w\\|^2 = 3\\|v\\|^2 + 2\\|w\\|^2$$\n",
        "The length is\n\n$$R = x_1^2 + x_2 + x_3^2$$\n",
    ),
    valid=(
        "The parallelogram law says\n\n$$\\|v + w\\|^2 + \\|v - w\\|^2 = 2\\|v\\|^2 + 2\\|w\\|^2$$\n",
        "The triangle inequality says\n\n$$\\|u + v + w\\| \\le \\|u\\| + \\|v\\| + \\|w\\|$$\n",
        "The curve is\n\n$$R = x_1 + x_2^2 + x_3^3$$\n",
        "Two of three count twice in\n\n$$R = x^2 + y + z^2$$\n",
    ),
)
