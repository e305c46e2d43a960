"""The page of the laws is made from the tables."""

from pathlib import Path

from derive.laws.identities import IDENTITIES
from derive.laws.known import DISTRIBUTIONS, KNOWN
from derive.laws.reference import page


def test_the_page_is_current() -> None:
    """`python -m derive.laws.reference > docs/laws.md` makes it anew."""
    assert (Path(__file__).parents[2] / "docs/laws.md").read_text(encoding="utf-8") == page()


def test_it_has_a_row_for_every_law() -> None:
    rows = [line for line in page().splitlines() if line.startswith("| ")]
    for law in (*IDENTITIES, *KNOWN, *DISTRIBUTIONS):
        assert any(row.startswith(f"| {law.name} | ") for row in rows), law.name
