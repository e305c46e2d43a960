"""Derivatives and losses of machine learning. References: Bishop, PRML; Goodfellow, Bengio, Courville."""

from derive.laws.law import Known

LEARNING: tuple[Known, ...] = (
    Known(
        "the derivative of the softmax",
        r"\frac{\partial y_i}{\partial z_j}",
        r"y_i(\delta_{ij}-y_j)",
        r"\bsoftmax\b",
        reference="PRML 4.106",
    ),
    Known(
        "the derivative of the softmax by its own input",
        r"\frac{\partial y_i}{\partial z_i}",
        "y_i(1-y_i)",
        r"\bsoftmax\b",
        reference="PRML 4.106",
    ),
    Known(
        "the derivative of the sigmoid",
        r"\sigma'(x)",
        r"\sigma(x)(1-\sigma(x))",
        r"\bsigmoid|\blogistic",
        reference="PRML 4.88",
    ),
    Known(
        "the derivative of the sigmoid",
        r"\frac{d\sigma}{dx}",
        r"\sigma(1-\sigma)",
        r"\bsigmoid|\blogistic",
        reference="PRML 4.88",
    ),
    Known("the derivative of the hyperbolic tangent", r"\tanh'(x)", r"1-\tanh^2(x)", reference="PRML 5.59"),
    Known(
        "the sigmoid function",
        r"\sigma(x)",
        r"\frac{1}{1+e^{-x}}",
        r"\bsigmoid\b|\blogistic (?:sigmoid|function)\b",
        others=(
            r"\frac{1}{2}\left(1+\tanh\frac{x}{2}\right)",
            r"\frac{1}{1+e^{-kx}}",
            r"\frac{1}{1+e^{-k(x-a)}}",
        ),
        reference="PRML 4.59",
    ),
    Known(
        "the entropy",
        "H(X)",
        r"-\sum_{x} p(x)\log p(x)",
        r"\bentropy\b",
        others=(r"-\sum_{x} p(x)\log_2 p(x)",),
        reference="Cover, Thomas 2.1",
    ),
)
