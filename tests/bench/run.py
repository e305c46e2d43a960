"""Run the bench through `derive.decide` and print what came of it.

    python tests/bench/run.py [--field NAME] [--show] [--json FILE] [--compare]

--show lists every claim whose verdict is not among the right ones. --compare runs SymPy's `simplify(a - b) == 0`
and `.equals` (and Math-Verify, if it is installed) over the equations of the same bench, each in a
child process with a time limit a claim.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from bench import BenchClaim, read_claims  # noqa: E402

import derive  # noqa: E402
from derive.reasons import Why  # noqa: E402
from derive.report.reasons import choice_text, plain, why  # noqa: E402


def warm_up() -> None:
    """Import what is imported on first need and start the worker, as a long-lived process has done."""
    from derive.verify import workers
    from derive.verify.budget import Allowance

    derive.decide("x + 1 = 1 + x")
    derive.decide("\\sin^2 x + \\cos^2 x = 1")
    workers.call("derive.verify.workers:warm", allowance=Allowance(0, 60.0))


def decide_all(claims: list[BenchClaim]) -> list[tuple[BenchClaim, dict[str, object], float]]:
    rows = []
    asking = statistics.median(-worker_seconds() + worker_seconds() for _ in range(50))
    for claim in claims:
        there, here = worker_seconds(), time.thread_time()  # the asking is no part of the claim's time
        start = time.perf_counter()
        try:
            verdict = derive.decide(claim.latex, given=list(claim.given))
            answer = {
                "status": "CRASH"
                if verdict.reason is not None and verdict.reason.code is Why.FAULT
                else verdict.status.value,
                "reason": why(verdict),
                "conditions": list(verdict.conditions),
                "evidence": plain(verdict.evidence),
                "reading": [choice_text(c) for c in verdict.reading],
            }
        except Exception as error:  # a crash is a result of the bench, not its end
            answer = {
                "status": "CRASH",
                "reason": f"{type(error).__name__}: {error}",
                "conditions": [],
                "evidence": {},
                "reading": [],
            }
        rows.append((claim, answer, 1000 * (time.perf_counter() - start)))
        here = time.thread_time() - here
        used.append(1000 * (here + max(0.0, worker_seconds() - there - asking)))
    return rows


used: list[float] = []
"""Processor time of each claim in ms, the worker's included, less what asking the worker for its clock costs; by the
clock of the thread: that of the process goes in steps of 4 ms while a timer is set."""


def worker_seconds() -> float:
    from derive.verify import workers
    from derive.verify.budget import Allowance

    return sum(
        float(workers.call("time:thread_time", allowance=Allowance(0, 5.0), own=own)) for own in (False, True)
    )


def quantile(values: list[float], q: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def summary(rows: list[tuple[BenchClaim, dict[str, object], float]]) -> str:
    lines = []
    for truth, name in ((True, "true"), (False, "false"), (None, "adversarial")):
        part = [(c, a) for c, a, _ in rows if c.truth is truth]
        if not part:
            continue
        counts = Counter(str(a["status"]) for _, a in part)
        wrong = sum(a["status"] in c.wrong for c, a in part)
        right = sum(
            a["status"] in c.verdicts and (not c.conditions or bool(a["conditions"])) for c, a in part
        )
        figures = " ".join(f"{k}={v}" for k, v in sorted(counts.items()))
        lines.append(f"{name:12} {len(part):4}  right {right / len(part):6.1%}  WRONG {wrong}  {figures}")
    times = [ms for _, _, ms in rows]
    lines.append(
        f"time in ms: median {statistics.median(times):.2f}  p95 {quantile(times, 0.95):.1f}"
        f"  max {max(times):.0f}  mean {statistics.mean(times):.1f}"
    )
    lines.append(
        f"processor time in ms: median {statistics.median(used):.2f}  p95 {quantile(used, 0.95):.1f}"
        f"  max {max(used):.0f}  mean {statistics.mean(used):.1f}"
    )
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--field", help="only fields that contain this word")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--slow", type=float, default=None, help="list claims slower than this many ms")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--compare", action="store_true")
    arguments = parser.parse_args()
    claims = [c for c in read_claims() if not arguments.field or arguments.field in c.field]
    warm_up()
    rows = decide_all(claims)
    if arguments.show:
        for claim, answer, ms in rows:
            right = answer["status"] in claim.verdicts and (not claim.conditions or answer["conditions"])
            if not right:
                mark = "WRONG" if answer["status"] in claim.wrong else "     "
                print(
                    f"{mark} {answer['status']:9} want {'/'.join(claim.verdicts):16} {ms:7.1f} ms  {claim.latex}"
                    f"   given {list(claim.given)}  [{answer['reason']}]"
                )
    if arguments.slow is not None:
        for (claim, answer, _), ms in zip(rows, used, strict=True):
            if ms > arguments.slow:
                print(f"SLOW {ms:8.1f} ms {answer['status']} {claim.latex}")
    print(summary(rows))
    if arguments.json:
        data = [{"latex": c.latex, "given": c.given, "truth": c.truth, **a} for c, a, _ in rows]
        arguments.json.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if arguments.compare:
        from compare import compare

        print(compare(claims))
    return 0


if __name__ == "__main__":
    sys.exit(main())
