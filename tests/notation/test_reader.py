"""The reader of formulas, by examples."""

from __future__ import annotations

import pytest

from derive.notation import NotationError, read
from derive.notation.syntax import Chain


def test_a_chain_keeps_every_link() -> None:
    (row,) = read(r"a = b = c").rows
    (chain,) = row.parts
    assert isinstance(chain, Chain)
    assert [link.relation for link in chain.links] == ["=", "="]


@pytest.mark.parametrize(
    "latex", ["(", ")", r"\frac{2}{}", r"a \cdot \cdot b", "1.1.1", r"\foo", "x^", "||x|"]
)
def test_what_cannot_be_read_is_refused(latex: str) -> None:
    with pytest.raises(NotationError):
        read(latex)
