"""Time grows with the size of a document and not with its square. The whole curves: `python -m tests.bench.growth`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from growth import KINDS, seconds

SIZES = {
    "wrong": 20,
    "equations": 25,
    "prose": 200,
    "dollars": 4000,
    "open dollars": 1000,
    "nested": 40,
    "long product": 1500,
}
GROWN = 4
FACTOR = 2.0
"""How much more than in proportion it may be: a square of the size would be 4 times as much."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "matrices"])
def test_time_is_in_proportion(kind: str) -> None:
    size = SIZES.get(kind, 60)
    seconds(kind, 2)
    small = min(seconds(kind, size) for _ in range(2))
    # a busy machine makes single runs slow: the best of three counts
    assert any(seconds(kind, GROWN * size) <= FACTOR * GROWN * small + 0.2 for _ in range(3))


def test_a_product_of_matrices_is_cubic_at_most() -> None:
    small, large = (seconds("matrices", size) for size in (8, 32))
    assert large <= 2 * 4**3 * small + 0.2
