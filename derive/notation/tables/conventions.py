r"""Commands that authors declare in another file, and that nearly all of them declare alike.

Each entry was compared with what public repositories declare under its name. A name that they give several
meanings is not here, however frequent: `\ind` (independence, an indicator), `\V` (variance, a space), `\1`
(an indicator, a vector of ones), `\Exp` (expectation, exp), `\iid` (a word, a relation), `\that`, `\bhat`
(of Latin or Greek letters), `\xhat`, `\rhat` (numbers or unit vectors), `\diff`, `\deriv`, `\dx` outside
an integral, `\F`, `\H`, `\P`, `\bR` (bold or blackboard). Bold upright and bold italic count as one font.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from derive.notation.entries import Convention

_SMALL = "abcdefghijklmnopqrstuvwxyz"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: no digit: `20\,\C` are degrees, `5\mA` is a unit
_NO_DIGIT = r"(?<![\d}])(?<!\d\\,)\s*\Z"
#: no parenthesis: `\N(\mu, \sigma)` is a normal distribution
_NO_ARGUMENT = r"\s*(?!\\left|\\[bB]ig+l?(?![A-Za-z])|\()"
_UNDER_INTEGRAL = r"\\i{0,2}o?int(?![A-Za-z])(?s:.*)\Z"
_GREEK = "alpha beta gamma delta epsilon eta kappa lambda xi pi sigma tau psi omega Sigma"
_LETTER = r"\s*(?:[A-Za-z]|\\[a-z]+|\^)"
_LIST = r"\s*\{[^{}]*,"
_SIGNS = r"\s*\{\s*[^\s{}]\s*[^\s{}]"
_RELATION = r"\s*\{[^{}]*(?:[=<>]|\\(?:in|leq?|geq?|neq?)(?![A-Za-z]))"


def _same(
    commands: str, body: str, known: str, example: str, arity: int = 0, **form: Any
) -> list[Convention]:
    """Several commands of one meaning, `{}` in the example being the command."""
    return [
        Convention(name, body, known, example.replace("{}", f"\\{name}"), arity, **form)
        for name in commands.split()
    ]


def _family(
    prefix: str, letters: str, font: str, alone: str, company: str, known: str, **form: Any
) -> Iterable[Convention]:
    """A prefix and a letter each, all in one font. Those of `alone` are known by themselves, the others only
    where one of `company` is used too."""
    for letter in letters:
        name = prefix + letter
        beside = frozenset[str]() if letter in alone else frozenset(company.split()) - {name}
        other = next((other for other in company.split() if other in beside), None)
        example = f"\\{name} + \\{other}" if other else f"\\{name} = 1"
        yield Convention(name, f"\\{font}{{{letter}}}", known, example, beside=beside, **form)


def _operator(names: str, known: str, example: str, most: int, join: str = ", ") -> Iterable[Convention]:
    """`\\Var(X)`, `\\Var{X}`, `\\Cov{X}{Y}`: the operator, of what its braces hold."""
    for name in names.split():
        shown = name.capitalize() if name.islower() and name in ("var", "cov") else name
        yield Convention(name, f"\\operatorname{{{shown}}}", known, f"\\{name}({example})")
        for arity in range(1, most + 1):
            inside = join.join(f"#{k}" for k in range(1, arity + 1))
            groups = f"{{{example}}}" if arity == 1 else "{x}{y}"
            body = f"\\operatorname{{{shown}}}\\left({inside}\\right)"
            yield Convention(name, body, f"{known}, of its arguments", f"\\{name}{groups}", arity)


def _marked(names: str, mark: str, known: str) -> Iterable[Convention]:
    """`\\Xbar`, `\\alphahat`: a letter and what stands over it."""
    for name in names.split():
        letter = name if len(name) == 1 else f"\\{name}"
        yield Convention(f"{name}{mark}", f"\\{mark}{{{letter}}}", known, f"\\{name}{mark} = 1")


def _differentials(letters: str) -> Iterable[Convention]:
    for x in letters:
        example = f"\\int {x} \\d{x}"
        yield Convention(
            f"d{x}", f"\\,d{x}", "a differential, under an integral", example, before=_UNDER_INTEGRAL
        )


def _sets() -> Iterable[Convention]:
    """Blackboard letters in nearly all declarations; KaTeX and physics define some of them so."""
    yield from _same("R RR reals Reals", r"\mathbb{R}", "the real numbers", r"x \in {}")
    yield from _same("Z ZZ integers ints", r"\mathbb{Z}", "the integers", r"x \in {}")
    yield from _same("QQ rationals rats", r"\mathbb{Q}", "the rational numbers", r"x \in {}")
    yield from _same("Q", r"\mathbb{Q}", "the rational numbers", r"x \in {}", before=_NO_DIGIT)
    yield from _same("CC Complex cnums", r"\mathbb{C}", "the complex numbers", r"x \in {}")
    yield from _same("C", r"\mathbb{C}", "the complex numbers", r"x \in {}", before=_NO_DIGIT)
    yield from _same("naturals nats natnums", r"\mathbb{N}", "the natural numbers", r"x \in {}")
    yield from _same("N NN", r"\mathbb{N}", "the natural numbers", r"x \in {}", after=_NO_ARGUMENT)


def _letters() -> Iterable[Convention]:
    bold = "bold in nearly all declarations"
    yield from _family("bb", _CAPITALS, "mathbb", _CAPITALS, "", "blackboard, as the prefix says")
    yield from _family("c", _CAPITALS, "mathcal", _CAPITALS, "", "calligraphic, as the prefix says")
    yield from _family("cal", _CAPITALS, "mathcal", _CAPITALS, "", "calligraphic, as the prefix says")
    yield from _family("bf", _SMALL + _CAPITALS, "mathbf", _SMALL + _CAPITALS, "", "bold, as the prefix says")
    beside = "bx bu bv bw bz bX btheta bmu"
    yield from _family("b", "cghknpqruvwxyz", "mathbf", "uvwxz", beside, bold)
    yield from _family("b", "ABDGHIJKLMOSTUVWXY", "mathbf", "X", f"{beside} by bp bq", bold)
    for name in (
        "alpha beta gamma delta epsilon zeta lambda mu nu xi pi rho sigma tau phi psi omega theta "
        "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
    ).split():
        yield Convention(f"b{name}", f"\\boldsymbol{{\\{name}}}", bold, f"\\b{name} = 1")
    known = "bold, a vector (`v`) or a matrix (`m`)"
    yield from _family("v", "dfghknqrvwxyz", "mathbf", "xw", "vx vw vy vz vh", known)
    beside = "vx vw vy vz mX mW"
    yield from _family("m", "ABCDGHIJKLMPQRSTUVWXY", "mathbf", "", beside, known, before=_NO_DIGIT)


CONVENTIONS: tuple[Convention, ...] = (
    *_sets(),
    *_letters(),
    # probability
    *_same("E EE Ex", r"\mathbb{E}", "expectation, where a bracket follows", "{}[X] = 0", argument=True),
    *_same("E EE Ex", r"\mathbb{E}\left[#1\right]", "expectation of its argument", "{}{X} = 0", 1),
    *_same("PP Prob", r"\mathbb{P}", "probability, where a bracket follows", "{}(A) = 1", argument=True),
    *_same("PP Prob", r"\mathbb{P}\left(#1\right)", "probability of its argument", "{}{A} = 1", 1),
    *_operator("Var var", "the operator's name", "X", 1),
    *_operator("Cov cov Corr", "the operator's name", "X, Y", 2),
    *_operator("KL", "the divergence's name", r"P \,\|\, Q", 2, r" \,\|\, "),
    *_operator("softmax sigmoid relu ReLU softplus logit", "the function's name", "x", 1),
    *_same("given giv", r"\mid", "the bar of a condition", "P(A {} B)"),
    *_same("indicator", r"\mathbb{1}", "an indicator", "{}[x > 0]", argument=True),
    *_same("indicator", r"\mathbb{1}\left\{#1\right\}", "of its condition", "{}{x > 0}", 1, after=_RELATION),
    # letters with something over them
    *_marked("x y z A B C D F G H Q R U V W X Y Z", "bar", "the letter with a bar"),
    *_marked("A B C F H J K M Q R U V W X Y Z", "hat", "the capital with a hat"),
    *_marked("A B C F H K M Q R U V W X Y Z", "tilde", "the capital with a tilde"),
    *_marked(_GREEK, "hat", "the Greek letter with a hat"),
    *_same("eps veps", r"\varepsilon", "the letter", "{} > 0"),
    # calculus and algebra
    *_same("pd", r"\frac{\partial #1}{\partial #2}", "a partial derivative", r"{}{f}{x} = 1", 2),
    *_differentials("rstuwxyz"),
    *_same("half", r"\frac{1}{2}", "one half", "{} x^2"),
    *_same("inner", r"\left\langle #1, #2\right\rangle", "an inner product", "{}{x}{y}", 2),
    *_same("inner", r"\left\langle #1\right\rangle", "an inner product", "{}{x, y}", 1, after=_LIST),
    *_same("trans transpose tp T", r"\top", "transpose, as a superscript", "A^{}", before=r"\^\s*\{?\s*\Z"),
    *_same("spn", r"\operatorname{span}", "the span of vectors", "{}(x, y)", argument=True),
    *_same("d", r"\mathrm{d}", "a differential, before a letter", r"\int x {} x", after=_LETTER),
    *_same("ddx", r"\frac{d}{dx}", "the derivative by x", "{} x^2 = 2x"),
    *_same("ddt", r"\frac{d}{dt}", "the derivative by t", "{} t^2 = 2t"),
    *_same("dydx", r"\frac{dy}{dx}", "the derivative of y by x", "{} = 2x"),
    *_same("answer", "#2", "its content: the class shows it as answer", "{}[given]{x = 1}", 1, option=True),
    # signs
    *_same("indep independent", "⫫", "is independent of", "X {} Y"),
    *_same("eqdef defeq", r"\triangleq", "is by definition", "a {} b"),
    *_same("imp", r"\implies", "implies", "x = 1 {} y = 2"),
    *_same("paren", r"\left(#1\right)", "a parenthesis that grows", "{}{x}", 1),
    *_same("set", r"\left\{#1\right\}", "a set in braces", "{}{x, y}", 1, after=_SIGNS),
)  # fmt: skip
