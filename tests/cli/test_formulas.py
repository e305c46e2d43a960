"""`derive read`, `symbols`, `differentiate`, and `decide` of derivations."""

import json
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from derive.cli import main

PAGE = r"""# One

Let $f(x) = x^2$ and $A \in \mathbb{R}^{n \times n}$. Then $f'(x) = 2x$ and $\det(A) = \det(A^\top)$.

$$x \oops = 1$$
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(PAGE)
    return "a.md"


def out(capsys: pytest.CaptureFixture[str], *argv: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(list(argv)) == status
    return capsys.readouterr().out


def data(capsys: pytest.CaptureFixture[str], *argv: str, status: int = 0) -> dict[str, Any]:
    return dict(json.loads(out(capsys, *argv, status=status)))


# -- read


def test_a_formula_as_code(capsys: pytest.CaptureFixture[str]) -> None:
    code = out(capsys, "read", r"\frac{1}{1 + e^{-z}} = \sigma(z)")
    space: dict[str, Any] = {}
    exec(code, space)
    z = sp.Symbol("z")
    assert space["expression"] == sp.Eq(1 / (1 + sp.exp(-z)), sp.Function("\\sigma")(z))


def test_a_line_of_a_document(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "read", f"{page}:3", "--to", "latex")
    assert r"f'\left(x\right) = 2 x" in text
    found = data(capsys, "read", f"{page}:3", "--to", "json")["formulas"]
    assert [f["latex"] for f in found][:2] == ["f(x) = x^2", r"A \in \mathbb{R}^{n \times n}"]
    assert found[0]["place"] == "a.md:3" and found[0]["symbols"] == {"x": "x", "f": "f"}
    assert all(f["sympy"] is not None or f["not_in_sympy"] for f in found)


def test_what_cannot_be_read(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", r"\frac{1}"]) == 2
    assert main(["read", "a.md:1"]) == 2
    assert main(["read", "a.md:5"]) == 2
    assert main(["read", r"P(A \mid B)"]) == 3
    told = capsys.readouterr().err
    assert "no formula that states something" in told and "SymPy has no expression for" in told
    assert "Traceback" not in told


def test_a_file_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "nowhere/a.md:3"]) == 2
    assert capsys.readouterr().err == "derive: nowhere/a.md: no such file\n"
    assert main(["read", "f:3"]) == 0 or "no such file" not in capsys.readouterr().err


def test_givens_settle_a_reading(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "read", "f(x + 1)", "--given", "f(x) = x^2", "--to", "json")["formulas"][0]
    assert found["term"]["node"] == "Call"


# -- symbols


def test_the_table_of_symbols(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = out(capsys, "symbols", page).splitlines()
    assert (
        "A  a matrix of n rows and n columns, each entry a real number; declared with its set (line 3)"
        in rows
    )
    assert "f  a function whose value is a real number; defined (line 3): x^{2}" in rows
    listed = data(capsys, "symbols", page, "--output-format", "json")["symbols"]
    assert {row["symbol"] for row in listed} == {"f", "x", "A", "n"}
    assert main(["symbols", "none.md"]) == 2


# -- differentiate

NETWORK = ["--given", "L = (y - a)^2", "--given", r"a = \tanh z", "--given", "z = w x + b"]


def test_the_factors_of_the_chain_rule(capsys: pytest.CaptureFixture[str]) -> None:
    found = data(capsys, "differentiate", "L", "--by", "w", *NETWORK, "--to", "json")
    (way,) = found["ways"]
    assert [(f["of"], f["by"]) for f in way] == [("L", "a"), ("a", "z"), ("z", "w")]
    assert way[2]["value"] == "x"
    for factor in way:  # each is what `decide` finds as well
        claim = rf"\frac{{\partial {factor['of']}}}{{\partial {factor['by']}}} = {factor['value']}"
        upto = {"L": NETWORK[:2], "a": NETWORK[2:4], "z": NETWORK[4:]}[factor["of"]]
        assert main(["decide", claim, *upto]) == 0, claim
    assert main(["decide", rf"\frac{{dL}}{{dw}} = {found['derivative']}", *NETWORK]) == 0


@pytest.mark.parametrize(
    ("expression", "ways"),
    [
        (r"\sin(x^2)", [["u", "x"]]),
        (r"\sqrt{1 + \sin(x^3)}", [["u", "v", "w", "x"]]),
        (r"x \sin x", [["x"]]),
        ("x^x", [["x"]]),
        ("e^{-x}", [["u", "x"]]),
    ],
)
def test_inner_functions_get_a_name(
    expression: str, ways: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    found = data(capsys, "differentiate", expression, "--by", "x", "--to", "json")
    assert main(["decide", rf"\frac{{d}}{{dx}} \left({expression}\right) = {found['derivative']}"]) == 0
    if expression != r"\sqrt{1 + \sin(x^3)}":
        assert [[f["by"] for f in way] for way in found["ways"]] == ways


def test_several_ways_are_a_sum(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--given", "L = a b", "--given", "a = w^2", "--given", r"b = \sin w"]
    text = out(capsys, "differentiate", "L", "--by", "w", *given)
    assert "  way 1:\n" in text and "  way 2:\n" in text
    latex = out(capsys, "differentiate", "L", "--by", "w", *given, "--to", "latex")
    assert latex.startswith("\\begin{align*}\n") and latex.endswith("\\end{align*}\n")
    assert r"\frac{d L}{d a} \cdot \frac{d a}{d w} + \frac{d L}{d b} \cdot \frac{d b}{d w}" in latex


def test_arrays(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--given", r"\mathbf{x} \in \mathbb{R}^n", "--given", r"A \in \mathbb{R}^{n \times n}"]
    text = out(capsys, "differentiate", r"\mathbf{x}^\top A \mathbf{x}", "--by", r"\mathbf{x}", *given)
    assert r"A \mathbf{x} + A^{\top} \cdot \mathbf{x}" in text


def test_by_a_matrix_from_the_number_back(capsys: pytest.CaptureFixture[str]) -> None:
    given = (
        *("--given", r"A \in \mathbb{R}^{p \times m}"),
        *("--given", r"X \in \mathbb{R}^{m \times m}"),
    )
    found = data(capsys, "differentiate", r"\log\det(A X A^\top)", "--by", "X", *given, "--to", "json")
    u, v, whole = found["back"]
    assert (u["value"], v["value"]) == (r"\frac{1}{u}", r"\left(v^{-1}\right)^{\top}")
    assert v["meaning"] == r"A \cdot X \cdot A^{\top}"
    assert whole["value"] == found["derivative"]
    text = out(capsys, "differentiate", r"\log\det(A X A^\top)", "--by", "X", *given)
    assert "from the number back" in text
    latex = out(capsys, "differentiate", r"\log\det(A X A^\top)", "--by", "X", *given, "--to", "latex")
    assert latex.count(r" \\") == 2


def test_by_a_matrix_through_definitions(capsys: pytest.CaptureFixture[str]) -> None:
    given = (
        *("--given", r"L = \|z - y\|^2"),
        *("--given", r"z = W x + b"),
        *("--given", r"W \in \mathbb{R}^{m \times n}"),
        *("--given", r"x \in \mathbb{R}^n"),
        *("--given", r"y, b \in \mathbb{R}^m"),
    )
    found = data(capsys, "differentiate", "L", "--by", "W", *given, "--to", "json")
    assert [link["by"] for link in found["back"]] == ["z", "W"]
    assert found["back"][1]["value"] == r"\frac{\partial L}{\partial z} \cdot x^{\top}"
    assert found["derivative"] == r"2 \cdot \left(\left(W x + b\right) - y\right) \cdot x^{\top}"


def test_what_cannot_be_differentiated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["differentiate", "x^2", "--by", "2"]) == 2
    assert main(["differentiate", r"\frac{1", "--by", "x"]) == 2
    assert main(["differentiate", "x", "--by", "x", "--given", "x >"]) == 2
    assert main(["differentiate", r"\gcd(x, 2)", "--by", "x"]) == 3
    told = capsys.readouterr().err
    assert "no letter to differentiate by" in told and "Traceback" not in told


# -- decide

DERIVATION = r"(x + y)^2 &= x^2 + 2xy + y^2 \\ &= x^2 + 3xy + y^2 \\ &= x^2 + 3yx + y^2"


@pytest.mark.parametrize("claim", [DERIVATION, rf"\begin{{aligned}} {DERIVATION} \end{{aligned}}"])
def test_the_failing_line_of_a_derivation(claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "decide", claim, status=1)
    assert text.startswith("refuted\n  line 1: proved: ")
    assert "  line 2: refuted: x^2 + 2xy + y^2 = x^2 + 3xy + y^2\n    wrong-factor: " in text
    assert "    write 2 for 3\n    counterexample: " in text
    assert "  line 3: proved: " in text
    found = data(capsys, "decide", claim, "--output-format", "json", status=1)
    assert [(s["line"], s["verdict"]) for s in found["steps"]] == [
        (1, "proved"),
        (2, "refuted"),
        (3, "proved"),
    ]
    assert found["steps"][1]["finding"]["fix"] == {"latex": "2", "replaces": "3"}


def test_a_false_relation_is_mended(capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "decide", "(a + b)^2 = a^2 + b^2", status=1)
    assert "dropped-term: " in text and "  write " in text and "  counterexample: " in text


def test_rows_of_a_matrix_are_no_lines(capsys: pytest.CaptureFixture[str]) -> None:
    matrix = r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    found = data(capsys, "decide", f"{matrix} = {matrix}", "--output-format", "json")
    assert (found["verdict"], found["steps"]) == ("proved", [])
    text = out(capsys, "decide", rf"A &= {matrix} \\ \det A &= -2", "--given", rf"A = {matrix}")
    assert "line 2: proved" in text


def test_givens_of_a_derivation(capsys: pytest.CaptureFixture[str]) -> None:
    claim = r"\sqrt{(x - 1)^2} &= |x - 1| \\ &= x - 1"
    assert main(["decide", claim]) == 1
    assert main(["decide", claim, "--given", "x > 1"]) == 0
    assert main(["decide", claim, "--given", "x >"]) == 2
    assert main(["decide", r"x = x \\ x \oops = 1"]) == 2


def test_what_is_too_dear_is_undecided(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from derive.verify.budget import StepsSpent

    def spent(*_: object) -> None:
        raise StepsSpent("steps")

    monkeypatch.setattr("derive.verify.ladder.tower.decide_alternatives", spent)
    assert "reason: budget" in out(capsys, "decide", "x = y", status=3)
    assert main(["decide", "x = y", "--claim-seconds", "0"]) == 2
