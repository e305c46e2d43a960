"""How long reading takes: syntax and elaboration of every display formula, and of some very large ones.

    python tests/corpus/time_reading.py [--runs N] [--slowest N] [--syntax] [--large] [--profile]

Each formula is timed by itself in processor time, the best of N runs. Bars: median 0.5 ms and 99th
percentile 5 ms over a corpus; a large input ends in under 2 s, with its terms or with a clear error.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from sample_readings import FOLDER as DOCUMENTS
from sample_readings import formulas, pieces_of

from derive.meaning import elaborate
from derive.model import Macro
from derive.notation import read
from derive.notation.syntax import NotationError, Text
from derive.term.scope import Scope

SCOPE = Scope()
EXPECTATIONS = Path(__file__).parents[2] / "../shared/corpus/notation"


def syntax(latex: str, macros: Sequence[Macro] = ()) -> str:
    """Reads only; "" or what the reader stopped at."""
    try:
        read(latex, macros)
    except NotationError as e:
        return e.what
    return ""


def reading(latex: str, macros: Sequence[Macro] = ()) -> str:
    """Reads and elaborates each statement; "" or what the reader stopped at."""
    try:
        for row in read(latex, macros).rows:
            for part in row.parts:
                if not isinstance(part, Text):
                    elaborate(pieces_of(part), SCOPE)
    except NotationError as e:
        return e.what
    return ""


def timed(work: Callable[[], str], runs: int) -> tuple[float, str]:
    """The best processor time of some runs, and how the work ended."""
    best, end = float("inf"), ""
    for _ in range(runs):
        start = time.process_time()
        end = work()
        best = min(best, time.process_time() - start)
    return best, end


def corpora() -> Iterator[tuple[str, list[tuple[str, str, Sequence[Macro]]]]]:
    """(name, formulas): where each stands, its LaTeX, the macros of its document."""
    yield (
        "display formulas of the documents",
        [(str(path), formula.latex, macros) for path, formula, macros in formulas(DOCUMENTS)],
    )
    yield (
        "expectations",
        [
            (path.stem, json.loads(line)["latex"], ())
            for path in sorted(EXPECTATIONS.glob("*.jsonl"))
            for line in path.read_text().splitlines()
        ],
    )


def measure(name: str, every: list[tuple[str, str, Sequence[Macro]]], options: argparse.Namespace) -> None:
    work = syntax if options.syntax else reading
    times = sorted(
        (timed(lambda: work(latex, macros), options.runs)[0], place, latex)  # noqa: B023
        for place, latex, macros in every
    )
    if not times:
        print(f"{name}: none found")
        return
    at = [times[int(len(times) * q)][0] * 1000 for q in (0.5, 0.95, 0.99)]
    print(
        f"{name}: {len(times)}, median {at[0]:.2f} ms, 95th percentile {at[1]:.2f}, 99th {at[2]:.2f}, "
        f"maximum {times[-1][0] * 1000:.1f} ms, together {sum(t for t, _, _ in times):.2f} s"
    )
    for seconds, place, latex in reversed(times[len(times) - options.slowest :]):
        print(f"  {seconds * 1000:7.1f} ms  {place}: {' '.join(latex.split())[:120]}")


TOKENS, DEPTH = 100_000, 5_000


def large() -> Iterator[tuple[str, str]]:
    """Some 100,000 tokens in one formula, or 5,000 levels."""

    def times(count: int, text: str) -> str:
        return text * (TOKENS // count)

    yield "a long sum of letters", "x" + times(2, "+x")
    yield "a long sum of different terms", "0" + "".join(f"+a_{{{k}}}x^{k}" for k in range(TOKENS // 9))
    yield "a long alternating sum of products", "x" + times(6, "-2xy+z")
    yield "a long product", times(1, "x ")
    yield "a long product with dots", "x" + times(2, r"\cdot x")
    yield "a long product of sums", times(5, "(a+b)")
    yield "a long product of applications", times(4, "f(x)")
    yield "a long quotient", "x" + times(2, "/x")
    yield "one long number", times(1, "7")
    yield "one long word", r"\mathrm{" + times(1, "w") + "}"
    yield "a long chain", "x" + times(2, "=x")
    yield "a long list", "x" + times(2, ",x")
    yield "many rows", r"\begin{align}" + times(6, r"x &= y \\ ") + r"\end{align}"
    yield "many equations", r"\begin{gather}" + times(10, r"a + b = b + a \\ ") + r"\end{gather}"
    yield "a long matrix", r"\begin{pmatrix}" + times(4, r"a & b \\ ") + r"\end{pmatrix}"
    yield "a wide matrix", r"\begin{pmatrix}" + times(2, "a & ") + r"b\end{pmatrix}"
    yield "many cases", r"f(x) = \begin{cases}" + times(6, r"1 & x > 0 \\ ") + r"\end{cases}"
    yield "many scripts", times(5, "x_i^2 ")
    yield "many scripts in a sum", "1" + times(6, "+x_i^2 ")
    yield "many indices", "x_{" + times(1, "i") + "}"
    yield "many primes", "f" + times(1, "'") + "(x)"
    yield "many factorials", "n" + times(1, "!")
    yield "many signs", times(1, "-") + "x"
    yield "many bars", times(1, "|") + "x" + times(1, "|")
    yield "many absolute values", times(3, "|x|")
    yield "many absolute values in a sum", "1" + times(4, "+|x|")
    yield "many bars between", "x" + times(2, "|x")
    yield "many brackets in a row", times(3, "[x]")
    yield "many braces", times(1, "{") + "x" + times(1, "}")
    yield "brackets that never close", times(1, "(")
    yield "brackets that were never opened", times(1, ")")
    yield "brackets of changing kinds", times(4, "([)]")
    yield "many fractions", times(7, r"\frac{x}{y}")
    yield "many fractions in a sum", "1" + times(8, r"+\frac{x}{y}")
    yield "many derivatives", "1" + times(12, r"+\frac{df}{dx}")
    yield "many sums side by side", times(9, r"\sum_{i=1}^n x_i ")
    yield "many sums in a sum", "1" + times(10, r"+\sum_{i=1}^n x_i")
    yield "many integrals", "1" + times(6, r"+\int f dx")
    yield "many integral signs", times(1, r"\int ") + "x" + times(2, " dx")
    yield "many functions", times(1, r"\sin ") + "x"
    yield "many functions in a sum", "1" + times(3, r"+\sin x")
    yield "many open questions", "1" + times(6, r"+f(x+1)")
    yield "many different open questions", "1" + "".join(f"+f_{{{k}}}(x+1)" for k in range(TOKENS // 12))
    yield "many words", times(4, r"x \text{ and } ")
    yield "many roots", times(4, r"\sqrt{x}")
    yield "many dots", "x" + times(2, r"+\dots+x")
    yield "many unknown commands", times(1, r"\nothing ")
    yield "many quantifiers", times(3, r"\forall x, ") + "x = x"
    yield "deep parentheses", "(" * DEPTH + "x" + ")" * DEPTH
    yield "deep mixed brackets", r"\left[(" * (DEPTH // 2) + "x" + r")\right]" * (DEPTH // 2)
    yield "deep groups", "{" * DEPTH + "x" + "}" * DEPTH
    yield "deep fractions", r"\frac{1}{" * DEPTH + "x" + "}" * DEPTH
    yield "deep continued fractions", r"1+\frac{1}{" * DEPTH + "x" + "}" * DEPTH
    yield "deep superscripts", "x^{" * DEPTH + "x" + "}" * DEPTH
    yield "deep subscripts", "x_{" * DEPTH + "x" + "}" * DEPTH
    yield "deep roots", r"\sqrt{" * DEPTH + "x" + "}" * DEPTH
    yield "deep applications", "f(" * DEPTH + "x" + ")" * DEPTH
    yield "deep accents", r"\hat{" * DEPTH + "x" + "}" * DEPTH
    yield "deep sums", r"\sum_{i=1}^n (" * DEPTH + "x" + ")" * DEPTH
    yield "deep environments", r"\begin{cases}" * DEPTH + "x" + r"\end{cases}" * DEPTH
    yield "deep bars", r"\left|" * DEPTH + "x" + r"\right|" * DEPTH
    yield "deep words", r"\text{if $" * DEPTH + "x" + "$}" * DEPTH


def measure_large(options: argparse.Namespace) -> None:
    work = syntax if options.syntax else reading
    print(f"large inputs ({TOKENS:,} tokens, {DEPTH:,} levels)")
    for name, latex in large():
        try:
            seconds, end = timed(lambda: work(latex), 1)  # noqa: B023
        except Exception as e:
            print(f"   CRASH    {name}: {type(e).__name__}: {e}")
            continue
        print(f"  {seconds:6.2f} s  {name}: {end or 'read'}{'   SLOW' if seconds > 1 else ''}")


def importing() -> None:
    for module in ("derive", "derive.notation", "derive.term"):
        program = (
            "import sys, time; t = time.process_time()\n"
            f"import {module}\n"
            "print(time.process_time() - t, 'sympy' in sys.modules or 'flint' in sys.modules)"
        )
        ends = [
            subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
            for _ in range(5)
        ]
        seconds = min(float(end.split()[0]) for end in ends)
        heavy = " (with SymPy or FLINT)" if "True" in ends[0] else ""
        print(f"import {module}: {seconds * 1000:.0f} ms{heavy}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="the best of so many runs of a formula counts")
    parser.add_argument("--slowest", type=int, default=10, help="list so many of the slowest formulas")
    parser.add_argument("--syntax", action="store_true", help="without elaboration")
    parser.add_argument("--large", action="store_true", help="only the large inputs")
    parser.add_argument("--profile", action="store_true", help="where the time of the corpora goes")
    options = parser.parse_args()
    if not options.large:
        importing()
        for name, every in corpora():
            if options.profile:
                profile = cProfile.Profile()
                profile.enable()
                for _, latex, macros in every:
                    reading(latex, macros)
                profile.disable()
                print(name)
                pstats.Stats(profile).sort_stats("tottime").print_stats(40)
            else:
                measure(name, every, options)
    if not options.profile:
        measure_large(options)
    for heavy in ("sympy", "flint"):
        if heavy in sys.modules:
            print(f"{heavy} was imported")


if __name__ == "__main__":
    main()
