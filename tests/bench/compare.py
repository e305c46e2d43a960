"""The same bench by other means: SymPy's `simplify(a - b) == 0`, `.equals`, and Math-Verify if installed.

Each claim in a child process that is killed after `LIMIT` seconds. SymPy gets what `derive` read, with the
definitions of `given` put in: only the deciding is compared, not the reading.
"""

from __future__ import annotations

import statistics
import time
from importlib.util import find_spec
from typing import Any

from bench import BenchClaim

LIMIT = 3.0


def sides(latex: str, given: tuple[str, ...]) -> tuple[Any, Any] | None:
    """Both sides as SymPy expressions; None where the claim is no equation or SymPy cannot express it."""
    from derive.calculus.resolve import resolve_pair
    from derive.front.decide import claims_of
    from derive.term.lower import NotExpressible

    claim = claims_of(latex, given)[0].links[0]
    if claim.relation != "=":
        return None
    left, right = resolve_pair(claim.left, claim.right, claim.scope)
    try:
        return left.to_sympy(), right.to_sympy()
    except NotExpressible:
        return None


def by_simplify(latex: str, given: tuple[str, ...]) -> bool | None:
    import sympy

    pair = sides(latex, given)
    return None if pair is None else bool(sympy.simplify(pair[0] - pair[1]) == 0)


def by_equals(latex: str, given: tuple[str, ...]) -> bool | None:
    pair = sides(latex, given)
    if pair is None:
        return None
    answer = pair[0].equals(pair[1])
    return None if answer is None else bool(answer)


def by_math_verify(latex: str, given: tuple[str, ...]) -> bool | None:
    from math_verify import parse, verify

    left, sign, right = latex.partition("=")
    if not sign or given:
        return None
    return bool(verify(parse(f"${left}$"), parse(f"${right}$")))


METHODS = {"simplify": by_simplify, "equals": by_equals, "math_verify": by_math_verify}


def compare(claims: list[BenchClaim]) -> str:
    from derive.verify import workers
    from derive.verify.budget import Allowance

    lines = []
    for name in METHODS:
        if name == "math_verify" and find_spec("math_verify") is None:
            lines.append("math_verify: not installed")
            continue
        outcomes = {
            "right": 0,
            "true called false": 0,
            "false called true": 0,
            "no answer": 0,
            "hang": 0,
            "error": 0,
        }
        times = []
        for claim in claims:
            if claim.truth is None:
                continue
            start = time.perf_counter()
            try:
                answer = workers.call(
                    f"compare:by_{name}", claim.latex, claim.given, allowance=Allowance(0, LIMIT)
                )
            except workers.OutOfBudget:
                outcomes["hang"] += 1
                answer = "hang"
            except Exception:  # whatever SymPy raises is counted, not shown
                outcomes["error"] += 1
                answer = "error"
            times.append(1000 * (time.perf_counter() - start))
            if answer is None:
                outcomes["no answer"] += 1
                times.pop()
            elif answer is claim.truth:
                outcomes["right"] += 1
            elif isinstance(answer, bool):
                outcomes["true called false" if claim.truth else "false called true"] += 1
        figures = ", ".join(f"{k} {v}" for k, v in outcomes.items())
        lines.append(f"{name}: {figures}; median {statistics.median(times):.0f} ms, max {max(times):.0f} ms")
    return "\n".join(lines)
