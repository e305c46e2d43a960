"""Expectations, variances, probabilities, densities, divergences."""

from __future__ import annotations

from typing import Any

from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning import structure
from derive.meaning.arguments import arguments, unlisted
from derive.meaning.letters.scripts import operate
from derive.meaning.letters.superscripts import plain_superscript
from derive.meaning.reader import Reader, fail
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Call, Expectation, Pow, Probability, Symbol, Term

MOMENTS = {
    "E": "E",
    "Exp": "E",
    "Var": "Var",
    "var": "Var",
    "V": "Var",
    "Cov": "Cov",
    "cov": "Cov",
    "Std": "Std",
    "std": "Std",
    "SD": "Std",
    "sd": "Std",
    "Corr": "Corr",
    "corr": "Corr",
    "KL": "KL",
    "H": "H",
    "I": "I",
    "MI": "I",
}
DENSITY_LETTERS = frozenset(["p", "q", "P", "Q", "\\pi", "\\mathbb{P}", "\\mathcal{N}", "\\rho", "\\mu"])


def _base(node: Any) -> Any:
    return node.base if isinstance(node, s.Scripts) else node


def _moment(r: Reader, node: Any, fence: Any) -> str | None:
    """The operator that a head stands for: by its font or word, or by its brackets."""
    base = _base(node)
    if not isinstance(base, s.Name) or base.accents:
        return None
    op = MOMENTS.get(base.name)
    if op is None:
        if (
            base.name == "D"
            and isinstance(node, s.Scripts)
            and _is_kl(node.sub)
            and isinstance(fence, s.Fence)
        ):
            return "KL"
        return None
    name = spell(base)
    numbered = isinstance(node, s.Scripts) and isinstance(node.sub, s.Number)
    if base.name == "E" and base.font == "roman" and numbered:
        return None  # the exponential integral
    if base.name in ("E", "V") and base.font == "blackboard":
        return op
    if base.name in ("E", "V") and base.font in ("roman", "sans"):
        # E(X) = np says what an expectation is, E(x) = x + 1 what a function is
        return None if r.role(name) == "function" and not _random(r, fence) else op
    if base.name == "E" and not base.font:
        if r.role(name) == "function" and "E" not in r.scope.definitions and _random(r, fence):
            pass  # E(x) = … somewhere is no word on E(X)
        elif r.role(name) is not None:
            return op if r.role(name) == "operator" else None
        if isinstance(fence, s.Fence) and fence.open in ("[", "{"):
            return op  # nobody multiplies by a set
        chance = base.word or r.evidence.chance
        if (
            isinstance(fence, s.Fence)
            and fence.open == "("
            and (chance or (not isinstance(fence.body, s.Bar) and _some_random(r, fence.body)))
        ):
            options = (
                ("expectation", Choice(Chosen.E_EXPECTATION)),
                ("function", Choice(Chosen.E_FUNCTION_OF_DOCUMENT)),
            )
            return op if r.ask("E", options) == "expectation" else None
        return None
    if base.name in ("H", "I"):
        if not isinstance(fence, s.Fence) or fence.open != "(":
            return None
        if r.role(name) is not None:
            return None
        divided = isinstance(fence.body, s.Sequence) and fence.body.separator == ";"
        if base.name == "I":
            return op if divided and _random(r, fence.body) else None
        if base.font == "blackboard" or _random(r, fence.body):
            if base.font == "blackboard":
                return op
            options = (
                ("entropy", Choice(Chosen.H_ENTROPY)),
                ("function", Choice(Chosen.H_FUNCTION_OF_DOCUMENT)),
            )
            return op if r.ask("H", options) == "entropy" else None
        return None
    return op if base.word or base.font in ("roman", "blackboard", "sans") else None


def _is_kl(sub: Any) -> bool:
    if isinstance(sub, s.Name):
        return sub.name == "KL"
    if isinstance(sub, s.Text):
        return sub.text.strip() == "KL"
    return (
        isinstance(sub, s.Juxtaposition)
        and len(sub.factors) == 2
        and [f.name if isinstance(f, s.Name) else "" for f in sub.factors] == ["K", "L"]
    )


def _random(r: Reader, body: Any) -> bool:
    """Every letter in it is written as a random variable: upper case, or declared random."""
    scripts = {
        id(n)
        for node in walk((body,))
        if isinstance(node, s.Scripts)
        for script in (node.sub, node.sup)
        if script is not None
        for n in walk((script,))
    }
    letters = [
        n for n in walk((body,)) if isinstance(n, s.Name) and len(n.name) == 1 and id(n) not in scripts
    ]
    return bool(letters) and all(
        r.role(spell(n)) == "random" or (n.name.isupper() and r.role(spell(n)) is None) for n in letters
    )


def _some_random(r: Reader, body: Any) -> bool:
    """A random variable stands in it, `aX + b`; scalars beside it are small letters."""
    return any(_random(r, n) for n in walk((body,)) if isinstance(n, s.Name) and len(n.name) == 1)


def operator(r: Reader, factors: tuple[Any, ...], k: int) -> tuple[int, Term] | None:
    """An expectation, variance, … or probability at factor k with its argument; None where there is none."""
    head = factors[k]
    following = factors[k + 1] if k + 1 < len(factors) else None
    base = _base(head)
    if not isinstance(base, s.Name) or following is None:
        return None
    if (
        isinstance(following, s.Scripts)
        and isinstance(following.base, s.Fence)
        and following.sup is not None
        and following.sub is None
        and not following.primes
    ):
        # E[X]^2 is the square of the expectation
        bare = operator(r, (head, following.base), 0)
        if bare is None:
            return None
        whole = s.Scripts(head.span.cover(following.span), following.base, None, following.sup)
        return bare[0], operate(r, whole, bare[1], plain_superscript(r, following))
    if _is_probability(r, base, following):
        return 2, _probability(r, head, following)
    if _chance_over(r, head, base) and not isinstance(following, s.Fence):
        raise fail(head, "a probability without its parenthesis")
    op = _moment(r, head, following)
    if op is None:
        return None
    span = head.span.cover(following.span)
    sub = head.sub if isinstance(head, s.Scripts) and not (base.name == "D" and op == "KL") else None
    sup = head.sup if isinstance(head, s.Scripts) else None
    under = None if sub is None else r.term(sub)
    if isinstance(following, s.Fence) and following.open in ("(", "[", "{"):
        args, given = contents(r, following, op)
        taken = 2
    elif op in ("E", "Var"):
        square = _of_the_letter_alone(r, op, following)
        if square is not None:
            return 2, square
        args, given, taken = (r.term(following),), None, 2
    else:
        return None
    if sup is not None and isinstance(sup, s.Name) and len(sup.name) == 1 and (sup.name.isalpha()):
        under, sup = (r.term(sup) if under is None else under), None  # E^\pi: under the policy or measure
    term: Term = Expectation(op, args, under, given, span=span)
    if sup is not None:
        term = Pow(term, r.term(sup), span=span)
    return taken, term


def _of_the_letter_alone(r: Reader, op: str, following: Any) -> Term | None:
    """`\\mathbb{E}X^2` where the square of the expectation is meant: the custom takes it for the other."""
    match following:
        case s.Scripts(base=s.Name() as letter, sup=s.Number() as power, sub=None):
            options = (
                ("inside", Choice(Chosen.POWER_INSIDE_EXPECTATION)),
                ("outside", Choice(Chosen.POWER_OF_EXPECTATION)),
            )
            if r.ask(f"moment:{following.span.start}", options) == "outside":
                return Pow(Expectation(op, (r.term(letter),)), r.term(power), span=following.span)
    return None


def contents(r: Reader, fence: s.Fence, op: str) -> tuple[tuple[Term, ...], Term | None]:
    body = fence.body
    if body is None:
        raise fail(fence, "an expectation of nothing")
    if isinstance(body, s.Bar):
        if body.kind in ("‖", "||") or op == "KL":
            return (r.term(body.left), r.term(body.right)), None
        return _items(r, body.left), _given(r, body.right)
    if op == "KL" and not isinstance(body, s.Sequence):
        raise fail(fence, "a divergence of one distribution")
    return _items(r, body), None


def _items(r: Reader, node: Any) -> tuple[Term, ...]:
    node = unlisted(node)
    if isinstance(node, s.Fence) and node.open == "{" and isinstance(node.body, s.Chain):
        node = node.body  # the event `\\{X \\le x\\}`
    if isinstance(node, s.Sequence):
        return tuple(x for i in node.items for x in _items(r, i))
    if isinstance(node, s.Text) and not node.parts:
        return (structure.words(node.text, node),)  # `P(A_n \\text{ i.o.})`
    return (r.term(node),)


def _given(r: Reader, node: Any) -> Term:
    items = _items(r, node)
    return items[0] if len(items) == 1 else Apply("and", items, span=node.span)


def _chance_over(r: Reader, head: Any, base: s.Name) -> bool:
    """`P_{x \\in D}`: what follows happens with a probability, it is no factor."""
    if base.name not in ("P", "Pr") or not isinstance(head, s.Scripts) or not isinstance(head.sub, s.Chain):
        return False
    return head.sub.links[0].relation in ("in", "sim") and r.role(spell(base)) != "variable"


_SAID = frozenset({"forall", "exists", "neg", "lnot"})
"""What makes a statement, and so an event, of what follows it."""


def _is_probability(r: Reader, base: s.Name, fence: Any) -> bool:
    if not isinstance(fence, s.Fence) or fence.open not in ("(", "[", "{") or base.accents:
        return False
    if base.name == "Pr" or (base.name == "P" and base.font in ("blackboard", "roman", "sans")):
        return True
    if base.name not in ("P", "Prob") or base.font in ("calligraphic", "script", "fraktur"):
        return False
    if base.word and base.name == "Prob":
        return True
    if isinstance(fence.body, s.Text) or (isinstance(fence.body, s.Name) and fence.body.word):
        return r.role(spell(base)) in (None, "function", "distribution")  # P(\text{rain})
    role = r.role(spell(base))
    if role == "function" and "bar" in r.evidence.applied.get(spell(base), ()):
        role = None  # beside P(A | B) a P(B) is a probability, be there a polynomial P(x) elsewhere
    if role == "function" and spell(base) not in r.scope.definitions and _events(fence.body):
        # nothing says what P(x) is
        if any(isinstance(n, s.Infix) and n.op in ("cap", "cup") for n in walk(r.nodes)):
            return True
        options = (
            ("probability", Choice(Chosen.P_OF_CAPITAL_LETTERS_PROBABILITY_OF_EVENTS)),
            ("function", Choice(Chosen.P_OF_CAPITAL_LETTERS_FUNCTION_OF_DOCUMENT)),
        )
        return r.ask(f"events:{spell(base)}", options) == "probability"
    if role == "distribution" or role is None:
        body = fence.body
        parts = [body.left, body.right] if isinstance(body, s.Bar) else [body]
        events = [x for p in parts for x in (p.items if isinstance(p, s.Sequence) else (p,))]
        if any(
            isinstance(e, s.Chain)
            or (isinstance(e, s.Fence) and e.open == "{")
            or (isinstance(e, s.Prefix) and isinstance(e.operator, s.Name) and e.operator.name in _SAID)
            or (isinstance(e, s.Infix) and e.op in ("cap", "cup", "setminus", "wedge", "vee", "mid"))
            for e in events
        ):
            return True
        return role is None and body is not None and _random(r, body) and fence.open == "("
    return False


def _events(body: Any) -> bool:
    """Capital letters only, in bold or plain, and what makes events of events."""
    items = body.items if isinstance(body, s.Sequence) else (body,)
    for item in items:
        event = item.base if isinstance(item, s.Scripts) else item
        if _without(event) is not None:
            continue
        if isinstance(event, s.Infix) and event.op in ("cap", "cup", "setminus"):
            return _events(event.left) and _events(event.right)
        if not (isinstance(event, s.Name) and event.name.isupper() and len(event.name) == 1):
            return False
        if event.font not in ("", "bold") or event.accents:
            return False
    return True


def _probability(r: Reader, head: Any, fence: s.Fence) -> Term:
    span = head.span.cover(fence.span)
    function: Term | None = None
    if isinstance(head, s.Scripts):
        if head.primes or (head.sup is not None and head.sub is None and not isinstance(head.sup, s.Name)):
            raise fail(head, "this probability")
        name = symbol_name(head)
        if name is None:
            if head.sub is not None and head.sup is None:
                function = r.term(head.sub)
            else:
                raise fail(head, "this probability")
        else:
            function = r.symbol(name, head.span)
    return _conditional(r, fence, function, span)


def _conditional(r: Reader, fence: s.Fence, function: Term | None, span: Any) -> Term:
    body = fence.body
    if body is None:
        raise fail(fence, "a probability of nothing")
    parameters: tuple[Term, ...] = ()
    if isinstance(body, s.Bar) and body.kind == ":" and fence.open == "{":
        return Probability((r.term(fence),), (), (), function, span=span)  # the event {ω : X(ω) = x}
    if isinstance(body, s.Bar) and body.kind == ":" and isinstance(body.left, s.Chain):
        # P(h \\in H : E(h) > c), the event that there is one such: nothing is a condition here
        event = Apply("set_builder", (r.term(body.left), r.term(body.right)), span=body.span)
        return Probability((event,), (), (), function, span=span)
    if isinstance(body, s.Sequence) and body.separator == ";":
        body_node: Any = body.items[0]
        parameters = tuple(x for i in body.items[1:] for x in _items(r, i))
    else:
        body_node = body
    given: tuple[Term, ...] = ()
    if isinstance(body_node, s.Bar):
        right: Any = body_node.right
        if isinstance(right, s.Sequence) and right.separator == ";":
            parameters = parameters + tuple(x for i in right.items[1:] for x in _items(r, i))
            right = right.items[0]
        given = _items(r, right)
        body_node = body_node.left
    rest = _without(body_node)
    if rest is not None:
        event = Apply("set_difference", (r.term(rest[0]), r.term(rest[1])), span=body_node.span)
        return Probability((event,), given, parameters, function, span=span)
    return Probability(_items(r, body_node), given, parameters, function, span=span)


def _without(node: Any) -> tuple[Any, Any] | None:
    """`\\Omega - A`: one event without another."""
    if not isinstance(node, s.Sum) or [sign for sign, _ in node.parts] != ["+", "-"]:
        return None
    first, last = (part for _, part in node.parts)
    capitals = all(
        isinstance(p, s.Name) and not p.accents and (p.name in ("Omega", "S") or p.name in "ABCDEFG")
        for p in (first, last)
    )
    return (first, last) if capitals else None


def call(r: Reader, function: Term, fence: s.Fence, span: Any) -> Term:
    """A function on its arguments; a density where a bar or a semicolon stands among them."""
    body = fence.body
    bar = isinstance(body, s.Bar)
    divided = isinstance(body, s.Sequence) and body.separator == ";"
    distribution = isinstance(function, Symbol) and (
        r.role(function.name) == "distribution"
        or ("bar" in r.evidence.applied.get(function.name, ()) and r.role(function.name) is None)
    )
    density = isinstance(function, Symbol) and (
        function.name in DENSITY_LETTERS or function.name.split("_")[0] in DENSITY_LETTERS
    )
    relation = isinstance(body, s.Chain) or (
        isinstance(body, s.Sequence) and isinstance(body.items[0], s.Chain)
    )
    if bar or distribution or (relation and density) or (divided and density):
        return _conditional(r, fence, function, span)
    return Call(function, arguments(r, fence), span=span)
