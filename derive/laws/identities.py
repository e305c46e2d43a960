"""Identities of algebra and analysis, each with the conditions without which it is false.

References: DLMF, the NIST Digital Library of Mathematical Functions (chapter.section).
"""

from __future__ import annotations

from derive.laws.law import Identity

IDENTITIES: tuple[Identity, ...] = (
    # powers and logarithms
    Identity("log of a product", r"\log(xy)", r"\log x + \log y", ("x > 0", "y > 0"), "DLMF 4.8"),
    Identity("log of a quotient", r"\log\frac{x}{y}", r"\log x - \log y", ("x > 0", "y > 0"), "DLMF 4.8"),
    Identity("log of a power", r"\log(x^a)", r"a\log x", ("x > 0",), "DLMF 4.8"),
    Identity(
        "change of base", r"\log_a x", r"\frac{\log x}{\log a}", ("x > 0", "a > 0", r"a \neq 1"), "DLMF 4.2"
    ),
    Identity("exp of a sum", r"e^{x+y}", r"e^x e^y", (), "DLMF 4.8"),
    Identity("exp of a logarithm", r"e^{\log x}", "x", ("x > 0",), "DLMF 4.8"),
    Identity("log of an exponential", r"\log e^x", "x", (), "DLMF 4.8"),
    Identity("power of a product", r"(xy)^a", r"x^a y^a", ("x > 0", "y > 0"), "DLMF 4.8"),
    Identity("power of a power", r"(x^a)^b", r"x^{ab}", ("x > 0",), "DLMF 4.8"),
    Identity("root of a square", r"\sqrt{x^2}", "x", (r"x \ge 0",), "DLMF 4.2"),
    Identity("root of a square, any sign", r"\sqrt{x^2}", "|x|", (), "DLMF 4.2"),
    Identity("root of a product", r"\sqrt{xy}", r"\sqrt{x}\sqrt{y}", (r"x \ge 0", r"y \ge 0"), "DLMF 4.2"),
    # polynomials
    Identity("square of a sum", "(a+b)^2", "a^2+2ab+b^2", (), "DLMF 1.2"),
    Identity("difference of squares", "a^2-b^2", "(a-b)(a+b)", (), "DLMF 1.2"),
    Identity("difference of cubes", "a^3-b^3", "(a-b)(a^2+ab+b^2)", (), "DLMF 1.2"),
    # trigonometry
    Identity("Pythagoras", r"\sin^2 x+\cos^2 x", "1", (), "DLMF 4.21"),
    Identity("sine of a sum", r"\sin(x+y)", r"\sin x\cos y+\cos x\sin y", (), "DLMF 4.21"),
    Identity("cosine of a sum", r"\cos(x+y)", r"\cos x\cos y-\sin x\sin y", (), "DLMF 4.21"),
    Identity("double angle, sine", r"\sin 2x", r"2\sin x\cos x", (), "DLMF 4.21"),
    Identity("double angle, cosine", r"\cos 2x", r"\cos^2 x-\sin^2 x", (), "DLMF 4.21"),
    Identity("half angle", r"\sin^2 x", r"\frac{1-\cos 2x}{2}", (), "DLMF 4.21"),
    Identity("secant and tangent", r"1+\tan^2 x", r"\sec^2 x", (), "DLMF 4.21"),
    Identity("sine is odd", r"\sin(-x)", r"-\sin x", (), "DLMF 4.21"),
    Identity("cosine is even", r"\cos(-x)", r"\cos x", (), "DLMF 4.21"),
    Identity("complementary angles", r"\sin(\frac{\pi}{2}-x)", r"\cos x", (), "DLMF 4.21"),
    Identity("Euler", r"e^{ix}", r"\cos x+i\sin x", (), "DLMF 4.14"),
    Identity("arcsine and arccosine", r"\arcsin x+\arccos x", r"\frac{\pi}{2}", (r"|x| \le 1",), "DLMF 4.24"),
    Identity(
        "arctangent of the reciprocal",
        r"\arctan x+\arctan\frac{1}{x}",
        r"\frac{\pi}{2}",
        ("x > 0",),
        "DLMF 4.24",
    ),
    Identity("sine of the arccosine", r"\sin\arccos x", r"\sqrt{1-x^2}", (r"|x| \le 1",), "DLMF 4.24"),
    # hyperbolic
    Identity("hyperbolic Pythagoras", r"\cosh^2 x-\sinh^2 x", "1", (), "DLMF 4.35"),
    Identity("double angle, sinh", r"\sinh 2x", r"2\sinh x\cosh x", (), "DLMF 4.35"),
    Identity("tanh and sech", r"1-\tanh^2 x", r"\operatorname{sech}^2 x", (), "DLMF 4.35"),
    # gamma and combinatorics
    Identity("recurrence of gamma", r"\Gamma(x+1)", r"x\Gamma(x)", (r"x > 0",), "DLMF 5.5"),
    Identity("factorial", "(n+1)!", r"(n+1)\,n!", (r"n \in \mathbb{N}",), "DLMF 5.4"),
    Identity(
        "Pascal's rule",
        r"\binom{n}{k}+\binom{n}{k+1}",
        r"\binom{n+1}{k+1}",
        (r"n \in \mathbb{N}", r"k \in \mathbb{N}", r"k < n"),
        "DLMF 26.3",
    ),
    Identity(
        "symmetry of binomials",
        r"\binom{n}{k}",
        r"\binom{n}{n-k}",
        (r"n \in \mathbb{N}", r"k \in \mathbb{N}", r"k \le n"),
        "DLMF 26.3",
    ),
    # sums
    Identity(
        "sum of integers", r"\sum_{k=1}^{n} k", r"\frac{n(n+1)}{2}", (r"n \in \mathbb{N}",), "DLMF 24.4"
    ),
    Identity(
        "sum of squares",
        r"\sum_{k=1}^{n} k^2",
        r"\frac{n(n+1)(2n+1)}{6}",
        (r"n \in \mathbb{N}",),
        "DLMF 24.4",
    ),
    Identity(
        "geometric sum",
        r"\sum_{k=0}^{n} q^k",
        r"\frac{1-q^{n+1}}{1-q}",
        (r"n \in \mathbb{N}", r"q \neq 1"),
        "DLMF 4.6",
    ),
    Identity("geometric series", r"\sum_{k=0}^{\infty} q^k", r"\frac{1}{1-q}", ("|q| < 1",), "DLMF 4.6"),
    # machine learning
    Identity("sigmoid of the negative", r"\frac{1}{1+e^{x}}", r"1-\frac{1}{1+e^{-x}}", (), "GBC 3.33"),
    Identity("tanh and sigmoid", r"\tanh x", r"\frac{2}{1+e^{-2x}}-1", (), "PRML 5.59"),
    Identity("softplus of the negative", r"\log(1+e^x)-\log(1+e^{-x})", "x", (), "GBC 3.41"),
    # absolute value
    Identity("absolute value of a product", "|xy|", "|x||y|", (), "DLMF 1.9"),
    Identity("square of the absolute value", "|x|^2", "x^2", (), "DLMF 1.9"),
    Identity("maximum", r"\max(x,y)", r"\frac{x+y+|x-y|}{2}", (), "-"),
)
