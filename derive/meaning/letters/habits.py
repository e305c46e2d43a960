"""What authors usually take a letter for. Weak evidence: it says which reading is shown first, and is
never a reason to leave the other one out."""

from __future__ import annotations

FUNCTION_LETTERS = frozenset(
    ["f", "g", "h", "F", "G", "\\phi", "\\varphi", "\\Phi", "\\psi", "\\Psi", "\\sigma", "\\Gamma", "\\zeta"]
)
VARIABLE_LETTERS = frozenset(
    [
        *"abcdijklmnrstxyz",
        *"\\alpha \\beta \\gamma \\epsilon \\varepsilon \\theta \\lambda \\mu \\nu \\xi \\rho".split(),
        *"\\tau \\omega \\eta \\kappa \\delta \\Delta".split(),
    ]
)

MORE_FUNCTION_LETTERS = frozenset(
    [*"pPLJqQuvwHTSRUVWENXYZ", "\\ell", "\\rho", "\\chi", "\\Theta", "\\Lambda", "\\Omega"]
)
