"""Calculus: functions, limits, derivatives, integrals."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

_FUNCTIONS = (
    r"\sin \cos \tan \cot \sec \csc \sinh \cosh \tanh \coth \sech \csch \arcsin \arccos "
    r"\arctan \arccot \arcsec "
    r"\arccsc \arcsinh \arccosh \arctanh \arsinh \arcosh \artanh \arcoth \arsech \arcsch \exp "
    r"\log \ln \lg \sgn "
    r"\sign \erf \erfc \sinc"
)

ENTRIES: tuple[Entry, ...] = (
    *each(_FUNCTIONS, "function", "a function of the calculus", "{} x"),
    *same(r"\tg", "function", "tan", "tangent", "{} x"),
    *same(r"\ctg \cotg", "function", "cot", "cotangent", "{} x"),
    *same(r"\arctg", "function", "arctan", "arc tangent", "{} x"),
    *same(r"\sh", "function", "sinh", "hyperbolic sine", "{} x"),
    *same(r"\ch", "function", "cosh", "hyperbolic cosine", "{} x"),
    *same(r"\th", "function", "tanh", "hyperbolic tangent", "{} x"),
    *same(r"\asin", "function", "arcsin", "arc sine", "{} x"),
    *same(r"\acos", "function", "arccos", "arc cosine", "{} x"),
    *same(r"\atan", "function", "arctan", "arc tangent", "{} x"),
    *same(
        "sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan asin acos atan "
        "arsinh arcosh artanh arcoth arsech arcsch arcsinh arccosh arctanh",
        "function",
        "",
        "a function, its name in letters",
        "{}(x)",
    ),
    *same("arg", "function", "", "argument of a complex number, or of an extremum", "{}(z)"),
    *same("exp log erf sgn sign sinc", "function", "", "a function, its name in letters", "{}(x)"),
    *same("ln lg", "function", "", "a function, its name in letters", "{}(x)"),
    *each(r"\Re \Im \arg", "function", "part of a complex number", "{} z"),
    *same("ℜ", "function", "Re", "real part", "{} z"),
    *same("ℑ", "function", "Im", "imaginary part", "{} z"),
    *same(r"\real", "function", "Re", "real part", "{} z"),
    *same(r"\imag", "function", "Im", "imaginary part", "{} z"),
    *each(r"\lim \limsup \liminf \injlim \projlim", "big", "a limit", r"{}_{x \to 0} f(x)"),
    *same(r"\varlimsup", "big", "limsup", "a limit", r"{}_{x \to 0} f(x)"),
    *same(r"\varliminf", "big", "liminf", "a limit", r"{}_{x \to 0} f(x)"),
    *same("lim", "big", "lim", "a limit, its name in letters", r"{}_{x \to 0} f(x)"),
    *each(r"\int \iint \iiint \oint \oiint \oiiint \idotsint", "integral", "an integral", r"{} f(x) \,dx"),
    *same(r"\smallint ∫ \intop", "integral", "int", "an integral", r"{} f(x) \,dx"),
    *same("∬", "integral", "iint", "an integral", r"{} f \,dx\,dy"),
    *same("∭", "integral", "iiint", "an integral", r"{} f \,dx\,dy\,dz"),
    *same("∮", "integral", "oint", "an integral over a closed curve", r"{} f(z) \,dz"),
    *same(
        r"\ointctrclockwise \varointclockwise",
        "integral",
        "oint",
        "an integral over a closed curve",
        r"{} f(z) \,dz",
    ),
    *same(r"\fint", "integral", "fint", "a mean value", r"{} f(x) \,dx"),
    *same(r"\partial ∂", "prefix", "partial", "partial derivative", r"\frac{{} f}{{} x}"),
    *same(r"\nabla ∇ \triangledown \grad \gradient", "prefix", "nabla", "gradient", "{} f"),
    *same(r"\divergence", "prefix", "nabla cdot", "divergence", "{} f"),
    *same(r"\curl", "prefix", "nabla times", "curl", "{} f"),
    *same("grad", "prefix", "nabla", "gradient, its name in letters", "{} f"),
    *same("div", "prefix", "nabla cdot", "divergence, its name in letters", "{} F"),
    *same("curl rot", "prefix", "nabla times", "curl, its name in letters", "{} F"),
    *same(r"\laplacian", "prefix", "Delta", "Laplacian", "{} f"),
    *same(r"\dd \differential", "command", "dd", "differential", r"\int f {} x"),
    *same(r"\dv \derivative", "command", "dv", "derivative", "{}{f}{x}"),
    *same(r"\odv", "command", "dv", "derivative", "{}{f}{x}"),
    *same(r"\pdv \partialderivative \pderivative", "command", "pdv", "partial derivative", "{}{f}{x}"),
    *same(r"\prime ′", "prime", "1", "derivative, or another of its kind", "f^{}"),
    *same("' ’", "prime", "1", "derivative, or another of its kind", "f{}"),
    *same("″", "prime", "2", "second derivative", "f{}"),
    *same(r"\dprime", "prime", "2", "second derivative", "f^{}"),
    *each(r"\mapsto \longmapsto", "relation", "is mapped to", "x {} x^2"),
    *same("↦", "relation", "mapsto", "is mapped to", "x {} x^2"),
    *same(r"\to \rightarrow \longrightarrow → ⟶", "relation", "to", "tends to, maps into", "x {} 0"),
    *same(r"\leftarrow \gets \longleftarrow ←", "relation", "gets", "is assigned", "x {} 0"),
    *same(r"\nearrow ↗", "relation", "nearrow", "increases to", "x {} 0"),
    *same(r"\searrow ↘", "relation", "searrow", "decreases to", "x {} 0"),
    *same(
        r"\leadsto \rightsquigarrow ⇝ \rightharpoonup \hookrightarrow \twoheadrightarrow",
        "relation",
        "leadsto",
        "leads to",
        "x {} y",
    ),
    *same(r"\rightleftharpoons \leftrightarrow ↔", "relation", "leftrightarrow", "corresponds to", "x {} y"),
)
