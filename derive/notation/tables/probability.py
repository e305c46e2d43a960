"""Probability, statistics and machine learning."""

from __future__ import annotations

from derive.notation.entries import Entry, same

ENTRIES: tuple[Entry, ...] = (
    *same(r"\mid", "mid", "|", "given, divides, such that", "P(A {} B)"),
    *same(r"\sim \thicksim ∼", "relation", "sim", "is distributed as, is asymptotic to", "X {} N"),
    *same(r"\nsim", "relation", "not sim", "is not distributed as", "X {} N"),
    *same(r"\Pr", "function", "Pr", "probability", "{}(A)"),
    *same("Var Cov Corr Pr Bias", "function", "", "of random variables, its name in letters", "{}(X)"),
    *same(
        "softmax sigmoid softplus logit relu ReLU GELU ELU SiLU LayerNorm",
        "function",
        "",
        "an activation, its name in letters",
        "{}(x)",
    ),
    *same("KL JS", "function", "", "a divergence, its name in letters", r"{}(P \| Q)"),
    *same(
        "MSE RMSE MAE BCE NLL ELBO MAPE SSE RSS TSS ESS SSR SST MLE MAP RSE LSE",
        "word",
        "",
        "a quantity, its name in letters",
        "{} = 0",
    ),
    *same(r"\Perp ⫫", "relation", "independent", "independent", "X {} Y"),
)
