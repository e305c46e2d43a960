"""Linear algebra: transposes, products, determinants, norms."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *same(r"\top \intercal ⊤ ᵀ", "symbol", "top", "transpose, or truth", r"A^{}"),
    *same(r"\dagger \dag †", "symbol", "dagger", "adjoint", "A^{}"),
    *same(r"\ddagger \ddag ‡", "symbol", "ddagger", "a mark", "A^{}"),
    *same(r"\bot ⊥", "symbol", "bot", "orthogonal complement, falsehood", "A^{}"),
    *same(r"\perp", "relation", "perp", "orthogonal, independent", "x {} y"),
    *same(r"\odot ⊙ \circledast", "operator", "odot", "product entry by entry", "A {} B"),
    *same(r"\otimes ⊗", "operator", "otimes", "tensor or Kronecker product", "A {} B"),
    *same(r"\oplus ⊕", "looser", "oplus", "direct sum, exclusive or", "A {} B"),
    *same(r"\ominus ⊖", "looser", "ominus", "difference of its own field", "A {} B"),
    *same(r"\oslash", "operator", "oslash", "quotient entry by entry", "A {} B"),
    *same(r"\circ ∘", "operator", "circ", "composition, entrywise product; degrees as a script", "f {} g"),
    *each(
        r"\boxtimes \boxplus \boxdot \ltimes \rtimes \wr \amalg \dotplus \bigcirc "
        r"\bigtriangleup \bigtriangledown \barwedge \veebar \curlyvee \curlywedge \divideontimes \Cap \Cup "
        r"\leftthreetimes \rightthreetimes \circledcirc \circleddash \boxminus \doublebarwedge \restriction "
        r"\upharpoonright \upharpoonleft",
        "operator",
        "an operation of its own field",
        "A {} B",
    ),
    *same(r"\star ⋆ ★", "operator", "star", "convolution, an operation of its own field", "f {} g"),
    *same(r"\ast", "operator", "ast", "convolution, an operation of its own field", "f {} g"),
    *same(
        r"\bullet •",
        "operator",
        "bullet",
        "an operation of its own field; a list mark before a row",
        "f {} g",
    ),
    *same(r"\langle \lang ⟨", "open", "⟨", "inner product, mean", r"{} x, y\rangle"),
    *same(r"\rangle \rang ⟩", "close", "⟩", "inner product, mean", r"\langle x, y{}"),
    *same(r"\llbracket ⟦", "open", "⟦", "double bracket", r"{} x\rrbracket"),
    *same(r"\rrbracket ⟧", "close", "⟧", "double bracket", r"\llbracket x{}"),
    *each(
        r"\det \dim \ker \hom \deg \tr \Tr \rank \diag \adj \adjugate",
        "function",
        "a number or space of a matrix",
        "{} A",
    ),
    *same("det tr rank diag trace", "function", "", "a number of a matrix, its name in letters", "{}(A)"),
    *same(r"\trace \Trace", "function", "tr", "trace", "{} A"),
    *same(r"\rk", "function", "rank", "rank", "{} A"),
    *same(
        r"\mathbf \bold \bm \boldsymbol \pmb \symbf \symbfit \mathbfit \vb \vectorbold",
        "font",
        "bold",
        "a vector or a matrix",
        "{}{x}",
    ),
    *same(r"\va \vectorarrow", "accent", "vec", "a vector", "{}{x}"),
    *same(r"\vu \vectorunit", "accent", "hat", "a unit vector", "{}{x}"),
)
