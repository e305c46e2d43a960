"""Parts of complex numbers, and the formulas of Euler. Reference: DLMF 1.9, 4.14, 4.28."""

from derive.laws.law import Known

COMPLEX: tuple[Known, ...] = (
    Known("the real part", r"\operatorname{Re}(z)", r"\frac{z+\bar z}{2}", reference="DLMF 1.9"),
    Known("the imaginary part", r"\operatorname{Im}(z)", r"\frac{z-\bar z}{2i}", reference="DLMF 1.9"),
    Known("the real part", r"\Re(z)", r"\frac{z+\bar z}{2}", reference="DLMF 1.9"),
    Known("the imaginary part", r"\Im(z)", r"\frac{z-\bar z}{2i}", reference="DLMF 1.9"),
    Known("Euler's formula for the sine", r"\sin z", r"\frac{e^{iz}-e^{-iz}}{2i}", reference="DLMF 4.14"),
    Known("Euler's formula for the cosine", r"\cos z", r"\frac{e^{iz}+e^{-iz}}{2}", reference="DLMF 4.14"),
    Known("Euler's formula", "e^{iz}", r"\cos z+i\sin z", reference="DLMF 4.14"),
    Known("Euler's formula", "e^{-iz}", r"\cos z-i\sin z", reference="DLMF 4.14"),
    Known("the hyperbolic sine", r"\sinh z", r"\frac{e^{z}-e^{-z}}{2}", reference="DLMF 4.28"),
    Known("the hyperbolic cosine", r"\cosh z", r"\frac{e^{z}+e^{-z}}{2}", reference="DLMF 4.28"),
    Known("the hyperbolic tangent", r"\tanh z", r"\frac{e^{z}-e^{-z}}{e^{z}+e^{-z}}", reference="DLMF 4.28"),
)
