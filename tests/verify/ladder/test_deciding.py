"""Nothing false is called right, nothing right is called wrong: kinds of claims with their look-alikes."""

import pytest

import derive

CLAIMS = [
    # the boundary of a domain
    ("x^y > 0", ("x \\ge 0",), "refuted"),
    ("x^y > 0", ("x > 0",), "proved"),
    ("x^y \\ge 0", ("x \\ge 0",), "proved"),
    ("x^{2n} > 0", ("n \\in \\mathbb{N}",), "refuted"),
    (r"\frac{x+y}{2} \ge \sqrt{xy}", ("y \\ge 0",), "refuted"),
    (r"\frac{x+y}{2} \ge \sqrt{xy}", ("x \\ge 0", "y \\ge 0"), "proved"),
    (r"x^2 + y \ge 2\sqrt{x^2 y}", (), "refuted"),
    (r"\sqrt{x^2} = x", (r"x \in (0, \infty)",), "proved"),
    (r"\sqrt{x^2} = x", (), "refuted"),
    # growth at the place that is named
    (r"x^2 + x = O(x)", (r"x \to \infty",), "refuted"),
    (r"x^2 + x = O(x)", (r"x \to 0",), "proved"),
    (r"x^2 + 1 = O(x^2)", (r"x \to \infty",), "proved"),
    (r"x^2 + x = O(x)", (), "undecided"),
    (r"(1+h)^3 = 1 + 3h + O(h^2)", (), "proved"),
    # sums without a value
    (r"\sum_{k=1}^\infty \frac{1}{k} = 2", (), "refuted"),
    (r"\sum_{k=0}^\infty \frac{1}{2^k} = 2", (), "proved"),
    # what is random
    (r"\mathbb{E}[XY \mid Y] = X\,\mathbb{E}[Y \mid Y]", (), "undecided"),
    (r"\mathbb{E}[XY \mid Y] = Y\,\mathbb{E}[X \mid Y]", (), "proved"),
    (r"\mathbb{E}[aX] = a\,\mathbb{E}[X]", (), "proved"),
    (r"\operatorname{Var}(aX) = a\operatorname{Var}(X)", (), "refuted"),
    # givens in implications, what `and` joins
    (r"xz = yz \implies x = y", ("z \\ne 0",), "proved"),
    (r"xz = yz \implies x = y", (), "refuted"),
    (r"x^2 = y^2 \implies x = y", ("x > 0", "y > 0"), "proved"),
    (r"x^2 = y^2 \implies x = y", ("x > 0",), "refuted"),
    (r"x^2 + y^2 = 0 \iff x = 0 \text{ and } y = 0", (), "proved"),
    (r"xy = 0 \iff x = 0 \text{ and } y = 0", (), "refuted"),
    (r"xy = 0 \iff x = 0 \text{ or } y = 0", (), "proved"),
    # printed digits
    (r"0.3 \approx 0.2", (), "refuted"),
    (r"0.3 \approx 0.31", (), "proved"),
    (r"\pi \approx 3.14", (), "proved"),
    # what is typed is exact, what was computed may be rounded
    ("0.5 + 0.5 = 1.1", (), "refuted"),
    (r"0.01 \cdot 0.03 = 0.0001", (), "refuted"),
    ("0.1 + 0.2 = 0.3", (), "proved"),
    (r"\sqrt 2 = 1.41", (), "holds"),
    (r"\sqrt 2 = 1.43", (), "refuted"),
    (r"\frac{1}{3} = 0.33", (), "holds"),
    (r"\frac{1}{2} = 0.51", (), "refuted"),
    ("0.571 + 0.302 = 0.874", (), "undecided"),
    (r"\begin{bmatrix} \sqrt 2 \\ 1 \end{bmatrix} = \begin{bmatrix} 1.41 \\ 1 \end{bmatrix}", (), "holds"),
    (r"\begin{bmatrix} 0.5 + 0.5 \end{bmatrix} = \begin{bmatrix} 1.1 \end{bmatrix}", (), "refuted"),
    # pairs
    ("(a, b) + (c, d) = (a + c, b + d)", (), "proved"),
    ("(a, b) - (c, d) = (a - c, b + d)", (), "refuted"),
    ("2(a, b) = (2a, b)", (), "refuted"),
    # decided exactly
    (r"n^2 \equiv 1 \pmod{16}", (r"n \in \mathbb{Z}", r"n \equiv 1 \pmod 2"), "refuted"),
    (r"n^2 \equiv 1 \pmod{8}", (r"n \in \mathbb{Z}", r"n \equiv 1 \pmod 2"), "proved"),
    (r"x^4 - 3x + 2 \ge 0", (), "refuted"),
    (r"x^4 - 3x + 3 \ge 0", (), "proved"),
    (r"x^4 - 3x + 2 \ge 0", ("x \\ge 1",), "proved"),
    (r"(x^2 - 2)^2 > 0", (), "refuted"),
    (r"n^2 \ge n", (r"n \in \mathbb{Z}",), "proved"),
    (r"x^2 \ge x", (), "refuted"),
    (r"x^2 + y^2 \ge 3xy", (), "refuted"),
    (r"x^2 + y^2 + z^2 \ge xy + yz + zx", (), "proved"),
    ("a^2 < b^3", ("0 < a < b",), "refuted"),
    (r"\log(b)^2 = 2\log b", ("b > 0",), "undecided"),
]


@pytest.mark.parametrize(("claim", "given", "status"), CLAIMS)
def test_decided(claim: str, given: tuple[str, ...], status: str) -> None:
    verdict = derive.decide(claim, given=given)
    assert verdict.status.value == status, verdict


def test_no_library_warns_on_the_error_stream(capfd: pytest.CaptureFixture[str]) -> None:
    for claim, given, _ in CLAIMS[::6]:
        derive.decide(claim, given=given)
    assert capfd.readouterr().err == ""
