"""The reader on other parsers' test suites, where that material is at hand."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

import pytest

from derive.notation import NotationError, read

FOLDER = Path(__file__).parents[2] / "../shared/corpus/notation"
CASES = [
    json.loads(line)
    for path in sorted(FOLDER.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
pytestmark = pytest.mark.skipif(not CASES, reason="the corpus is not here")

#: these are read as they stand; that a bare d/dx or floor of two arguments means nothing is told later
LATER = {
    r"\frac{d}{dx}",
    r"(\frac{d}{dx})",
    r"\frac{d}{dx} + \frac{d}{dt}",
    r"\operatorname{floor}(12.3, 123.4)",
    "f()",
    r"a\%",
}


def accepted(latex: str) -> bool:
    try:
        read(latex)
    except NotationError:
        return False
    return True


def test_what_must_fail_is_refused() -> None:
    assert {case["latex"] for case in CASES if case["must_fail"] and accepted(case["latex"])} <= LATER


def test_nearly_all_that_has_a_meaning_is_read() -> None:
    good = [case["latex"] for case in CASES if case["expected"]]
    assert sum(map(accepted, good)) / len(good) > 0.96


def test_a_formula_takes_well_under_a_millisecond() -> None:
    times = []
    for case in CASES:
        start = time.process_time()
        accepted(case["latex"])
        times.append(time.process_time() - start)
    assert statistics.median(times) < 0.0005
