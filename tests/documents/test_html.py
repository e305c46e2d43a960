"""HTML pages."""

import pytest
from documents import formulas, outline, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"<p>Let \(x = 1\) and \[y = 2\].</p>", ["x = 1", "y = 2"]),
        ("<p>Let $x &lt; 1 &amp; y$ and $$z$$.</p>", ["x < 1 & y", "z"]),
        ("<p>$a<b$ and $c < d$</p>", ["a<b", "c < d"]),
        ('<script type="math/tex">x_1 < y</script>', ["x_1 < y"]),
        ('<script type="math/tex; mode=display">% <![CDATA[\na &= b %]]></script>', ["a &= b"]),
        (
            '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>',
            ["x^2"],
        ),
        ('<math alttext="a &lt; b" class="x"><mi>a</mi></math>', ["a < b"]),
        (
            '<span class="katex"><span class="katex-mathml"><math><annotation encoding="application/x-tex">x'
            '</annotation></math></span><span class="katex-html"><span>x</span></span></span> and $y$',
            ["x", "y"],
        ),
        (r"<p>\begin{align}a &= b\end{align}</p>", [r"\begin{align}a &= b\end{align}"]),
        ("<!-- $x$ --><pre>$x$</pre><code>$x$</code><style>$x$</style>", []),
        ("<script>var s = '$x$';</script>", []),
        ("<p>It costs $5 and then $10.</p>", []),
        ('<a href="$x$">y</a>', []),
        ("<p>$a<br/>b$</p>", ["a b"]),
        ("<p>$a</p><p>b$</p>", []),
    ],
)
def test_formulas(text: str, expected: list[str]) -> None:
    assert formulas(text, "a.html") == expected


def test_a_formula_torn_by_markup_is_not_put_together() -> None:
    (formula,) = formulas("<p>$a<em>i + b</em>i$</p>", "a.html")
    assert formula == "a\ufffci + b\ufffci"


def test_blocks() -> None:
    text = """<html><head><title>T $x$</title></head><body><h2>A <b>head</b>ing</h2>
<p>When <em>y</em>&nbsp;is $0$: &ldquo;so&rdquo;</p>
<ul><li>one $e$<ul><li>two</li></ul></li><li><p>three</p></li></ul>
<div class="theorem thm"><p>$a = b$</p></div><p>after</p></body></html>"""
    assert outline(text, "a.html") == [
        ("heading", 2, "A heading"),
        ("paragraph", 0, "When y is ⟦0⟧: “so”"),
        ("item", 1, "one ⟦e⟧"),
        ("item", 2, "two"),
        ("item", 1, "three"),
        ("paragraph", 0, "⟦a = b⟧"),
        ("paragraph", 0, "after"),
    ]
    assert [b.name for b in read(text, "a.html").blocks][-2:] == ["theorem", None]


def test_macros() -> None:
    text = """<script>window.MathJax = {tex: {inlineMath: [['$', '$']], macros: {
      RR: '{\\\\bf R}', bold: ['{\\\\bf #1}', 1]}}};</script><p>$\\newcommand{\\x}{\\xi}$ $\\x$</p>"""
    document = read(text, "a.html")
    assert {m.name: m.body for m in document.macros} == {"RR": r"{\bf R}", "bold": r"{\bf #1}", "x": r"\xi"}
    assert [f.latex for f in document.formulas] == [r"\x"]


def test_time_is_linear() -> None:
    import time

    for text in ("<p>" * 20000, "<div>" * 20000, "<script>" * 5000, "<!--" * 5000, "<a " * 20000, "$a " * 20000,
                 "<math>" * 5000, '<span class="katex">' * 3000, "&" * 20000, "<p>$x$" * 10000):  # fmt: skip
        began = time.process_time()
        read(text, "a.html")
        assert time.process_time() - began < 3, text[:20]
