"""The reference page of the notation, written from the tables.

python -m derive.notation.reference > docs/notation.md
"""

from __future__ import annotations

import re

from derive.notation.entries import Convention, Entry
from derive.notation.tables import FIELDS
from derive.notation.tables.conventions import CONVENTIONS
from derive.notation.tables.packages import SHORT

_HEAD = """\
# Notation

What the reader knows, field by field. This page is written from the tables in `derive/notation/tables/`
by `python -m derive.notation.reference`; every example on it is a test. A command that is not here and that
the document does not declare makes a formula `unread`; it never becomes a symbol.

## How a formula is read

- Factors side by side bind tightest: `a/bc` is a/(bc), `2xy \\cdot z` is (2xy)·z. Whether `y(1-x)` is an
  application or a product is decided later, with the scope in hand.
- A function without a parenthesis takes the factors up to the next function, fence or operator: `\\sin 2x
  \\cos y` is sin(2x)·cos(y). A fence right after it is all it takes: `\\sin(x) y`. A letter with its own
  parenthesis belongs to the argument (`\\log p(x)`), unless the letter is one for a variable and the
  parenthesis holds a sum (`\\sin x(1+y)`).
- The body of a sum, product, limit or extremum reaches to the next `+` or `-` of its level and includes the
  sums nested in it. An integral reaches to its differential; without one it reaches as a sum does.
- `\\nabla`, `\\partial` and upright d take all factors up to the next such operator. How many of them the
  operator acts on is left open.
- A bar opens where an operand is missing and closes the bar that is open inside the same fence. A single
  bar in a fence divides (`P(A|B)`), and so does one outside any fence (`a \\mid b`). `||` is a norm if the
  pairs match.
- Commas part statements where both sides hold a relation (`a = 1, b = 2`); `i = 1, \\dots, n` and `x, y
  \\in S` are one statement each.
- Letters run together are a product, except words of these tables (`MSE`, `log`, `softmax`): a whole run
  (`MSE = …`), or one that ends in a function before a fence after at most two letters (`ylog(x)`), or
  `sinx`, `cosx`, `tanx`, `logx`, `expx` with x, y or z.
- Words in `\\text{…}` are prose where they connect statements, and a name where they stand as an operand.
- Rows are joined where one breaks inside an expression. A `-` before a row with a relation may be a list
  mark; it is kept apart, and which of the two it is is decided later.
- Refused on purpose: more than one digit in a script without braces (`10^10` prints as 10¹0), two numbers
  side by side, `x!=y` without a space before the `!`, double scripts, fences that do not match.
"""

_PACKAGES = """
## Commands of packages

Short for other notation; they are read as what they stand for.

| example | the same as | package |
|---|---|---|
"""
_CONVENTIONS = """
## Conventions

What a command means that neither the document nor its project declares. One use in another form (without
its argument, with one too many) and it stays unknown in the whole document; a letter whose command may also
mean something else counts only beside another of its family. The report names every command that was read by
convention; `conventional-commands = false` in the settings turns them off.

| written | read as | known |
|---|---|---|
"""


def page() -> str:
    """The text of docs/notation.md."""
    parts = [_HEAD]
    for field, entries in FIELDS.items():
        parts.append(f"\n## {field}\n\n| written | part | meaning | example |\n|---|---|---|---|\n")
        seen: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in entries:
            seen.setdefault((entry.role, entry.value, entry.meaning), []).append(entry)
        for (role, _, meaning), group in seen.items():
            written = " ".join(_code(entry.pattern) for entry in group)
            parts.append(f"| {written} | {role} | {meaning} | {_code(group[0].example)} |\n")
    parts.append(_PACKAGES)
    for short in SHORT:
        parts.append(f"| {_code(short.example)} | {_code(short.same)} | {short.package} |\n")
    parts.append(_CONVENTIONS)
    families: dict[tuple[str, str], list[Convention]] = {}
    for convention in CONVENTIONS:
        # a family of letters is one row
        body = re.sub(r"(?<=\{)(?:[A-Za-z]|\\[A-Za-z]+)(?=\})|(?<=,d)[a-z]$", "…", convention.body)
        families.setdefault((body, convention.known), []).append(convention)
    for (body, known), family in families.items():
        names = " ".join(_code(f"\\{c.command}{'{…}' * c.arity}") for c in family)
        bodies = {c.body for c in family}
        parts.append(f"| {names} | {_code(body if len(bodies) > 1 else bodies.pop())} | {known} |\n")
    return "".join(parts)


def _code(latex: str) -> str:
    text = latex.replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


if __name__ == "__main__":
    print(page(), end="")
