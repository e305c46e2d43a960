"""Vector products, and the Laplace operator in the coordinates of the space. Reference: DLMF 1.5, 1.6."""

from derive.laws.law import Known

VECTORS: tuple[Known, ...] = (
    Known(
        "the vector triple product",
        r"A \times (B \times C)",
        r"B(A \cdot C) - C(A \cdot B)",
        r"triple|\bBAC\b|\blagrange|identit",
        (r"A \in \mathbb{R}^3", r"B \in \mathbb{R}^3", r"C \in \mathbb{R}^3"),
        reference="DLMF 1.6",
    ),
    Known(
        "the Laplacian in polar coordinates",
        r"\nabla^2 f",
        r"\frac{1}{r}\frac{\partial}{\partial r}\left(r\frac{\partial f}{\partial r}\right)"
        r"+\frac{1}{r^2}\frac{\partial^2 f}{\partial\theta^2}",
        r"\bpolar\b(?!.*\bspherical\b)",
        ("r > 0",),
        reference="DLMF 1.5",
    ),
    Known(
        "the Laplacian in cylindrical coordinates",
        r"\nabla^2 f",
        r"\frac{1}{r}\frac{\partial}{\partial r}\left(r\frac{\partial f}{\partial r}\right)"
        r"+\frac{1}{r^2}\frac{\partial^2 f}{\partial\theta^2}+\frac{\partial^2 f}{\partial z^2}",
        r"\bcylindrical\b",
        ("r > 0",),
        reference="DLMF 1.5",
    ),
)
