"""Reading scored against the expected SymPy expressions of three other parsers' test suites.

    python tests/corpus/score_notation.py [FOLDER] [--list]

Compared up to: names of symbols, order and evaluation of arguments, decimals
against rationals, the base of log, e and pi as letters, one-argument
application against product, the side of a limit that the author left open.
`expectations.json` lists expectations that are wrong or a rare convention, with the reason.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

sys.path.insert(0, str(Path(__file__).parent))
from srepr import Unknown, read_srepr

from derive.meaning.formula import read_term
from derive.notation.syntax import NotationError
from derive.term.lower import NotExpressible

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "../shared/corpus/notation"


def plain(name: str) -> str:
    name = re.sub(r"\\(mathrm|mathit|text|operatorname)\b", "", name)
    name = (
        name.replace("overline", "bar").replace("\\", "").replace("{", "").replace("}", "").replace(" ", "")
    )
    primes = name.count("'")
    return name.replace("'", "").replace(",", "") + "'" * primes


def normal(x: Any) -> Any:
    """Rebuilt with plain names and evaluation, integrals and limits left alone."""
    if isinstance(x, sp.Symbol):
        name = plain(x.name)
        return {"pi": sp.pi, "e": sp.E}.get(name, sp.Symbol(name))
    if isinstance(x, sp.Indexed):
        return sp.Symbol(plain(f"{x.base}_" + "".join(_letters(i) for i in x.indices)))
    if isinstance(x, AppliedUndef):
        return sp.Function(plain(x.func.__name__))(*[normal(a) for a in x.args])
    if isinstance(x, sp.MatrixBase):
        return sp.ImmutableDenseMatrix(x.applyfunc(normal))
    if isinstance(x, sp.Float):
        return sp.Rational(str(x))
    if isinstance(x, sp.Limit):
        e, v, p, d = x.args
        return sp.Function("Limit")(normal(e), normal(v), normal(p), sp.Symbol("dir" + str(d)))
    if isinstance(x, (sp.Integral, sp.Sum, sp.Product, sp.Derivative)):
        return sp.Function(type(x).__name__)(*[normal(a) for a in x.args])
    if isinstance(x, (list, tuple)):
        return sp.Tuple(*[normal(a) for a in x])
    if isinstance(x, sp.Basic) and x.args:
        args = [normal(a) for a in x.args]
        if isinstance(x, sp.core.relational.Relational):
            return x.func(*args, evaluate=False)
        return x.func(*args)
    return x


def _letters(x: Any) -> str:
    if isinstance(x, sp.Mul):
        return "".join(str(a) for a in x.args)
    return str(x).replace("*", "")


def as_product(x: Any) -> Any:
    return x.replace(
        lambda t: isinstance(t, AppliedUndef) and len(t.args) == 1 and t.func.__name__[0].islower(),
        lambda t: sp.Symbol(t.func.__name__) * t.args[0],
    )


def explicit(x: Any) -> Any:
    if isinstance(x, sp.MatrixExpr) or (isinstance(x, sp.Basic) and x.has(sp.MatrixBase, sp.MatrixExpr)):
        x = x.doit()
        if isinstance(x, sp.MatrixExpr):
            x = x.as_explicit()
    return x


def equal(a: Any, b: Any) -> bool:
    if a == b:
        return True
    if isinstance(a, sp.core.relational.Relational) and isinstance(b, sp.core.relational.Relational):
        return a.func == b.func and all(equal(x, y) for x, y in zip(a.args, b.args, strict=True))
    a, b = explicit(a), explicit(b)
    if isinstance(a, sp.MatrixBase) and isinstance(b, sp.MatrixBase):
        return (
            a.shape == b.shape
            and (sp.ImmutableDenseMatrix(a) - sp.ImmutableDenseMatrix(b)).expand().is_zero_matrix is True
        )
    if (
        isinstance(a, sp.Expr)
        and isinstance(b, sp.Expr)
        and not isinstance(a, sp.MatrixBase)
        and not isinstance(b, sp.MatrixBase)
    ):
        difference = sp.expand(a - b)
        if difference == 0:
            return True
        # decimals of the expectation were rounded to binary
        return bool(difference.is_number and b != 0 and abs(difference.evalf(30)) <= 1e-12 * abs(b.evalf(30)))
    return False


def matches(ours: Any, expected: Any) -> bool:
    a, b = normal(ours), normal(expected)
    if equal(a, b):
        return True
    if a.has(sp.log) and b.has(sp.log):  # the base of log is a convention
        a10 = a.replace(sp.log, lambda x: sp.log(x) / sp.log(10))
        if equal(a10, b):
            return True
    text_a, text_b = str(a), str(b)
    if "dir+-" in text_a:  # the side of a limit is a convention of the SymPy version
        for side in ("dir+", "dir-"):
            if equal(a.subs(sp.Symbol("dir+-"), sp.Symbol(side)), b):
                return True
    if "dir-" in text_a or "dir-" in text_b:
        a2, b2 = (
            x.replace(
                lambda t: t in (sp.Symbol("dir-"), sp.Symbol("dir+-"), sp.Symbol("dir+")),
                lambda t: sp.Symbol("dir"),
            )
            if x.has(sp.oo)
            else x
            for x in (a, b)
        )
        if equal(a2, b2):
            return True
    return equal(as_product(a), as_product(b))


def score(path: Path, known: dict[str, str]) -> tuple[Counter[str], dict[str, list[str]]]:
    counts: Counter[str] = Counter()
    lists: dict[str, list[str]] = {}
    for line in path.read_text().splitlines():
        case = json.loads(line)
        latex = case["latex"]
        if not case["must_fail"] and not case["expected"]:
            continue
        try:
            term = read_term(latex)
            error = None
        except NotationError as e:
            term, error = None, e.what
        if case["must_fail"]:
            outcome = "accepted" if term is not None else "refused"
            note = term.to_latex() if term is not None else ""
        else:
            outcome, note = judge(term, error, case["expected"])
            if outcome != "right" and latex in known:
                outcome, note = "listed", known[latex]
        counts[outcome] += 1
        lists.setdefault(outcome, []).append(f"{latex}  ::  {note}")
    return counts, lists


def judge(term: Any, error: str | None, expected: str) -> tuple[str, str]:
    if term is None:
        return "unread", str(error)
    try:
        theirs = read_srepr(expected)
    except Unknown as e:
        return "unread", f"expectation {e}"
    try:
        ours = term.to_sympy()
    except NotExpressible as e:
        return "unread", f"not expressible: {e.what}"
    try:
        right = matches(ours, theirs)
    except (TypeError, ValueError, AttributeError) as e:
        return "misread", f"{term.to_latex()} (comparison: {e})"
    shown = " ".join(f"{ours}  expected  {theirs}".split())
    return ("right", "") if right else ("misread", shown)


def main() -> int:
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder = Path(arguments[0]) if arguments else FOLDER
    known = json.loads((Path(__file__).parent / "expectations.json").read_text())
    accepted = 0
    for path in sorted(folder.glob("*.jsonl")):
        listed = {
            k: reason
            for group in known.get(path.stem, [])
            for k in group["latex"]
            for reason in [group["reason"]]
        }
        counts, lists = score(path, listed)
        expected = sum(counts[k] for k in ("right", "unread", "misread", "listed"))
        judged = expected - counts["listed"]
        accepted += counts["accepted"]
        print(
            f"{path.stem}: {expected} expectations, {counts['listed']} listed as wrong or rare; of the other {judged}: "
            f"right {counts['right']} ({counts['right'] / judged:.1%}), unread {counts['unread']} "
            f"({counts['unread'] / judged:.1%}), misread {counts['misread']} ({counts['misread'] / judged:.1%}); "
            f"of all: right {counts['right'] / expected:.1%}; must fail: {counts['accepted']} accepted "
            f"of {counts['accepted'] + counts['refused']}"
        )
        if "--list" in sys.argv:
            for kind in ("accepted", "misread", "unread", "listed"):
                for item in lists.get(kind, []):
                    print(f"  {kind}: {item}")
    print(f"accepted of all that must fail: {accepted}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
