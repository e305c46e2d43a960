"""Letters: Greek, other symbols, alphabets and accents."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

_GREEK = (
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota "
    r"\kappa \varkappa \lambda \mu "
    r"\nu \xi \omicron \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi \omega "
    r"\Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega "
    r"\varGamma \varDelta \varTheta \varLambda \varXi \varPi \varSigma \varUpsilon \varPhi \varPsi \varOmega "
    r"\Alpha \Beta \Epsilon \Zeta \Eta \Iota \Kappa \Mu \Nu \Omicron \Rho \Tau \Chi \digamma"
)
_UNICODE = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ϑ": "vartheta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon",
    "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "∆": "Delta",
    "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi",
    "Ω": "Omega",
}  # fmt: skip
_DOUBLE = {"ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℚ": "Q", "ℂ": "C", "𝔼": "E", "ℙ": "P", "𝟙": "1"}

#: one-character names with a font of their own
STYLED: dict[str, tuple[str, str]] = {
    **{char: (name, "blackboard") for char, name in _DOUBLE.items()},
    "ℒ": ("L", "script"),
    "ℋ": ("H", "script"),
    "ℱ": ("F", "script"),
    r"\imaginaryunit": ("i", "roman"),
    r"\imaginaryI": ("i", "roman"),
    r"\exponentialE": ("e", "roman"),
}

ENTRIES: tuple[Entry, ...] = (
    *each(_GREEK, "symbol", "a Greek letter"),
    *(Entry(char, "symbol", name, "a Greek letter", char) for char, name in _UNICODE.items()),
    *(
        Entry(sign, "symbol", name, "a number set or a letter of an alphabet", sign)
        for sign, (name, _) in STYLED.items()
    ),
    *each(
        r"\clubsuit \diamondsuit \heartsuit \spadesuit \checkmark \flat \natural \sharp \Diamond \lozenge "
        r"\bigstar \angle \measuredangle \sphericalangle \S \P \surd \blacktriangle \blacktriangledown "
        r"\blacklozenge \circledS \circledR \Finv \Game \daleth \gimel \backprime \diagup \diagdown",
        "symbol",
        "a symbol",
    ),
    *same("∠", "symbol", "angle", "an angle", "{}"),
    *same(r"\mathrm \mathup \symup", "font", "roman", "an upright name", "{}{MSE}"),
    Entry(r"\mathnormal", "font", "", "a letter", r"\mathnormal{x}"),
    *same(r"\mathit \symit", "font", "italic", "a word", "{}{size}"),
    *same(r"\mathcal \symcal", "font", "calligraphic", "a letter of another alphabet", "{}{L}"),
    *same(r"\mathscr \symscr", "font", "script", "a letter of another alphabet", "{}{L}"),
    *same(
        r"\mathbb \mathds \mathbbm \Bbb \symbb", "font", "blackboard", "a number set, an operator", "{}{R}"
    ),
    *same(r"\mathfrak \frak \symfrak", "font", "fraktur", "a letter of another alphabet", "{}{g}"),
    *same(r"\mathsf \symsf", "font", "sans", "a name", "{}{T}"),
    *same(r"\mathtt \symtt", "font", "typewriter", "a name", "{}{len}"),
    *same(r"\rm", "switch", "roman", "upright from here on", "{{} max}"),
    *same(r"\bf \bfseries \boldmath", "switch", "bold", "bold from here on", "{{} x}"),
    *same(r"\it", "switch", "italic", "italic from here on", "{{} x}"),
    *same(r"\cal", "switch", "calligraphic", "calligraphic from here on", "{{} L}"),
    *same(r"\sf", "switch", "sans", "sans from here on", "{{} T}"),
    *same(r"\tt", "switch", "typewriter", "typewriter from here on", "{{} T}"),
    *each(
        r"\hat \bar \tilde \vec \dot \ddot \dddot \ddddot \check \breve \acute \grave \mathring \underline "
        r"\overline \overrightarrow \overleftarrow \overleftrightarrow \underrightarrow "
        r"\overbrace \underbrace "
        r"\overbracket \underbracket \cancel \bcancel \xcancel \undertilde \utilde",
        "accent",
        "an accent",
        "{}{x}",
    ),
    *same(r"\sout \st \xout", "accent", "cancel", "struck out", "{}{x}"),
    *same(r"\widehat", "accent", "hat", "an accent", "{}{x}"),
    *same(r"\widetilde", "accent", "tilde", "an accent", "{}{x}"),
    *same(r"\widebar", "accent", "bar", "an accent", "{}{x}"),
    *same(
        r"\operatorname \operatornamewithlimits \mathop",
        "command",
        "operatorname",
        "a function or a name of several letters",
        r"{}{softmax}(x)",
    ),
    *same(
        r"\boxed \fbox \mathclap \mathllap \mathrlap \smash \mathord \ensuremath "
        r"\mathinner \bbox",
        "command",
        "plain",
        "its content",
        "{}{x}",
    ),
    *same(r"\overset \stackrel", "command", "overset", "a note over a sign", r"a {}{!}{=} b"),
    *same(r"\underset", "command", "underset", "a bound or a note under a sign", r"{}{x}{\max} f(x)"),
    *same(r"\mathrel \mathbin", "command", "mathrel", "its content, as a sign", r"a {}{=} b"),
    *same(r"\xrightarrow", "command", "xrightarrow", "an arrow with a note", r"a {}{n} b"),
    *same(r"\xleftarrow", "command", "xleftarrow", "an arrow with a note", r"a {}{n} b"),
)
