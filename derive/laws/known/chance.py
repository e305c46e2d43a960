"""Rules of probability: variances and covariances, Bayes' rule, total probability.

References: Blitzstein, Hwang, Introduction to Probability, 2nd edition (chapter).
"""

from derive.laws.law import Known

_V, _C, _E = r"\operatorname{Var}", r"\operatorname{Cov}", r"\mathbb{E}"
_BAYES = r"\bbayes"

CHANCE: tuple[Known, ...] = (
    Known("the variance of a linear function", rf"{_V}(aX+b)", rf"a^2{_V}(X)", reference="BH 4.6"),
    Known("the variance of a multiple", rf"{_V}(aX)", rf"a^2{_V}(X)", reference="BH 4.6"),
    Known("the variance of a shifted variable", rf"{_V}(X+b)", rf"{_V}(X)", reference="BH 4.6"),
    Known("the variance of a sum", rf"{_V}(X+Y)", rf"{_V}(X)+{_V}(Y)+2{_C}(X,Y)", reference="BH 7.3"),
    Known("the variance of a difference", rf"{_V}(X-Y)", rf"{_V}(X)+{_V}(Y)-2{_C}(X,Y)", reference="BH 7.3"),
    Known(
        "the variance of a combination",
        rf"{_V}(aX+bY)",
        rf"a^2{_V}(X)+b^2{_V}(Y)+2ab{_C}(X,Y)",
        reference="BH 7.3",
    ),
    Known("the variance by moments", rf"{_V}(X)", rf"{_E}[X^2]-{_E}[X]^2", reference="BH 4.6"),
    Known("the covariance by moments", rf"{_C}(X,Y)", rf"{_E}[XY]-{_E}[X]{_E}[Y]", reference="BH 7.3"),
    Known("the covariance of multiples", rf"{_C}(aX,bY)", rf"ab{_C}(X,Y)", reference="BH 7.3"),
    Known("the covariance with a sum", rf"{_C}(X+Y,Z)", rf"{_C}(X,Z)+{_C}(Y,Z)", reference="BH 7.3"),
    Known("linearity of the expectation", rf"{_E}[aX+b]", rf"a{_E}[X]+b", reference="BH 4.2"),
    Known("Bayes' rule", "P(A \\mid B)", "\\frac{P(B \\mid A)P(A)}{P(B)}", _BAYES, reference="BH 2.3"),
    Known(
        "Bayes' rule with one more condition",
        "P(A \\mid B, C)",
        "\\frac{P(B \\mid A, C)P(A \\mid C)}{P(B \\mid C)}",
        _BAYES,
        reference="BH 2.4",
    ),
    Known(
        "Bayes' rule in odds form",
        "\\frac{P(A \\mid B)}{P(C \\mid B)}",
        "\\frac{P(B \\mid A)}{P(B \\mid C)}\\frac{P(A)}{P(C)}",
        reference="BH 2.3",
    ),
    Known("conditional probability", "P(A \\mid B)", "\\frac{P(A \\cap B)}{P(B)}", reference="BH 2.2"),
    Known("inclusion and exclusion", "P(A \\cup B)", "P(A)+P(B)-P(A \\cap B)", reference="BH 1.6"),
    Known(
        "inclusion and exclusion",
        "|A \\cup B|",
        "|A|+|B|-|A \\cap B|",
        reference="Stanley, Enumerative Combinatorics 2.1",
    ),
    Known(
        "the law of total probability",
        "P(A)",
        "P(A \\mid B)P(B)+P(A \\mid B^c)P(B^c)",
        r"total probability",
        others=("P(A \\mid B)P(B)+P(A \\mid C)P(C)", "P(A \\cap B)+P(A \\cap B^c)", "P(A, B)+P(A, C)"),
        reference="BH 2.3",
    ),
)
