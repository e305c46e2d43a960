"""The matrices of the gates on one qubit that have a letter of their own.

Reference: Nielsen, Chuang, Quantum Computation and Quantum Information, 10th anniversary edition, 4.2.
"""

from derive.laws.law import Known

_REFERENCE = "Nielsen, Chuang 4.2"
_UP, _DOWN = r"\begin{pmatrix} 1 \\ 0 \end{pmatrix}", r"\begin{pmatrix} 0 \\ 1 \end{pmatrix}"
_UP_ROW, _DOWN_ROW = r"\begin{pmatrix} 1 & 0 \end{pmatrix}", r"\begin{pmatrix} 0 & 1 \end{pmatrix}"
_PAULI = r"\bpauli|\bqubits?\b|\bquantum gates?\b"

GATES: tuple[Known, ...] = (
    Known(
        "the Pauli matrix X",
        "X",
        r"\begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}",
        rf"{_PAULI}|\bbit[- ]?flip|\bNOT gate",
        by=f"{_UP} {_DOWN_ROW} + {_DOWN} {_UP_ROW}",
        reference=_REFERENCE,
    ),
    Known(
        "the Pauli matrix Y",
        "Y",
        r"\begin{pmatrix} 0 & -i \\ i & 0 \end{pmatrix}",
        _PAULI,
        by=f"i {_DOWN} {_UP_ROW} - i {_UP} {_DOWN_ROW}",
        reference=_REFERENCE,
    ),
    Known(
        "the Pauli matrix Z",
        "Z",
        r"\begin{pmatrix} 1 & 0 \\ 0 & -1 \end{pmatrix}",
        rf"{_PAULI}|\bphase[- ]?flip",
        by=f"{_UP} {_UP_ROW} - {_DOWN} {_DOWN_ROW}",
        reference=_REFERENCE,
    ),
    Known(
        "the Hadamard gate",
        "H",
        r"\frac{1}{\sqrt{2}} \begin{pmatrix} 1 & 1 \\ 1 & -1 \end{pmatrix}",
        r"\bhadamard (?:gate|operator|transform|matrix)|\bthe hadamard\b",
        others=(r"\begin{pmatrix} 1 & 1 \\ 1 & -1 \end{pmatrix}",),
        by=rf"\frac{{1}}{{\sqrt{{2}}}} \left({_UP} {_UP_ROW} + {_UP} {_DOWN_ROW} + {_DOWN} {_UP_ROW}"
        rf" - {_DOWN} {_DOWN_ROW}\right)",
        reference=_REFERENCE,
    ),
)
