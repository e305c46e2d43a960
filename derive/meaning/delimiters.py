"""Parentheses, brackets, braces, bars and angles: what they do to what stands inside."""

from __future__ import annotations

from typing import Any

from derive.calculus.gradient import shape_of
from derive.facts.naming import spell, symbol_name
from derive.facts.pieces import walk
from derive.meaning import structure
from derive.meaning.reader import Reader, fail
from derive.meaning.rows import cases, matrix, system
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Constant, Expectation, Interval, Matrix, SetOf, Term, Tuple


def fence(r: Reader, node: s.Fence) -> Term:
    body = node.body
    if isinstance(body, s.Fraction) and body.kind in ("genfrac", "atop"):
        return structure.stacked(r, node, body)
    if body is None:
        if node.open == "{" and node.close == "}":
            return Constant("emptyset", span=node.span)
        raise fail(node, "an empty parenthesis")
    match node.open, node.close:
        case ("(" | "[" | "]", ")" | "]" | "["):
            return _parenthesis(r, node, body)
        case ("{", "}"):
            return _braces(r, node, body)
        case ("|", "|"):
            return _bars(r, node, body)
        case ("‖", "‖"):
            return Apply("norm", (r.term(body),), span=node.span)
        case ("⟦", "⟧"):
            return Apply("denoted", (r.term(body),), span=node.span)
        case ("⌊", "⌋"):
            return Apply("floor", (r.term(body),), span=node.span)
        case ("⌈", "⌉"):
            return Apply("ceil", (r.term(body),), span=node.span)
        case ("⌊", "⌉"):
            return Apply("round", (r.term(body),), span=node.span)
        case ("⟨", "⟩"):
            return _angles(r, node, body)
        case ("{", ".") if isinstance(body, s.Matrix) and all(len(row) <= 2 for row in body.rows):
            rows = tuple((row[0], row[1] if len(row) > 1 else None) for row in body.rows)
            if all(value is not None for value, _ in rows):
                return cases(r, s.Cases(node.span, rows))  # type: ignore[arg-type]
            raise fail(node, "an empty cell")
        case ("{", ".") | (".", "}") if isinstance(body, s.Matrix) and _rows_of_relations(body):
            rows_ = tuple((row[0], None) for row in body.rows)
            return system(r, s.Cases(node.span, rows_))  # type: ignore[arg-type]
        case ("{", "."):
            raise fail(node, "a brace that is not closed")
        case ("|", "⟩"):
            from derive.meaning import states

            return states.state(r, body, node)
        case ("⟨", "|"):
            from derive.meaning import states

            return states.costate(r, body, node)
        case ("|", "⟩⟩"):  # an operator as a state
            return Apply("ket", (Apply("ket", (r.term(body),), span=body.span),), span=node.span)
        case ("⟨⟨", "|"):
            return Apply("bra", (Apply("bra", (r.term(body),), span=body.span),), span=node.span)
        case (".", ".") | ("", ""):
            return r.term(body)
        case _:
            raise fail(node, f"the delimiters {node.open} {node.close}")


def _rows_of_relations(body: s.Matrix) -> bool:
    return all(len(row) == 1 and isinstance(row[0], s.Chain) for row in body.rows)


def as_set(node: Any, term: Term) -> Term:
    """What stands where a set must: `(0, 1)` is an open interval, `1, 2, 3` a list of elements."""
    if isinstance(term, Tuple):
        if isinstance(node, s.Fence) and len(term.items) == 2:
            return Interval(term.items[0], term.items[1], True, True, span=term.span)
        if isinstance(node, s.Sequence) and node.separator == ",":
            return SetOf(term.items, span=term.span)
    return term


def indicator(r: Reader, head: Any, following: Any) -> Term | None:
    """`1\\{X = k\\}`, `\\mathbb{1}[x > 0]`, `I(x > 0)`: one where the condition holds, else zero."""
    if not isinstance(following, s.Fence):
        return None
    blackboard = isinstance(head, s.Name) and head.name == "1" and head.font == "blackboard"
    if blackboard and following.open in ("{", "[") and isinstance(following.body, s.Name | s.Scripts):
        return Apply("indicator", (r.term(following.body),), span=head.span.cover(following.span))  # an event
    if not isinstance(following.body, s.Chain):
        return None
    one = isinstance(head, s.Number) and head.text == "1" and following.open in ("{", "[", "(")
    letter = (
        isinstance(head, s.Name)
        and not head.accents
        and (
            (head.name in ("1", "I") and head.font in ("bold", "blackboard", "roman"))
            or (head.name == "I" and r.role("I") in (None, "function"))
        )
    )
    if not one and not letter:
        return None
    return Apply("indicator", (r.term(following.body),), span=head.span.cover(following.span))


def _parenthesis(r: Reader, node: s.Fence, body: Any) -> Term:
    if isinstance(body, s.Sequence):
        if body.separator == ";" and any(isinstance(i, s.Sequence) for i in body.items):
            raise fail(body, "semicolons between lists")
        items = tuple(r.term(i) for i in body.items)
        if len(items) == 2 and (node.open, node.close) != ("(", ")"):
            if (node.open, node.close) == ("[", "]") and _operators(r, body):
                return Apply("commutator", items, span=node.span)
            if (node.open, node.close) == ("[", "]") and _row(r, node):
                return Matrix((items,), span=node.span)
            left, right = node.open in ("(", "]"), node.close in (")", "[")
            return Interval(items[0], items[1], left, right, span=node.span)
        if (node.open, node.close) in (("(", ")"), ("[", "]")):
            return Tuple(items, span=node.span)
        raise fail(node, "a list in these delimiters")
    if (node.open, node.close) not in (("(", ")"), ("[", "]")):
        raise fail(node, f"the delimiters {node.open} {node.close}")
    if isinstance(body, s.Bar) and body.kind == ":" and (node.open, node.close) == ("[", "]"):
        return Apply("index_of", (r.term(body.left), r.term(body.right)), span=node.span)
    if isinstance(body, s.Bar):
        if not any(node is piece for piece in r.nodes) or body.kind != "|":
            raise fail(node, "a bar in a parenthesis that belongs to nothing")
        return structure.conditional(r, body, body.left, body.right)
    if isinstance(body, s.Matrix) and body.kind in ("matrix", "array", "smallmatrix"):
        binomial = _binomial(r, body) if (node.open, node.close) == ("(", ")") else None
        return matrix(r, body) if binomial is None else binomial
    if node.open == "[" and isinstance(body, s.Chain):
        return Apply("indicator", (r.term(body),), span=node.span)
    term = r.term(body)
    return term


def _row(r: Reader, node: s.Fence) -> bool:
    """`\\mathbf K = [1, 2]`: beside a bold letter by itself an interval or two entries."""
    if not any(isinstance(n, s.Name) and n.font == "bold" for n in r.nodes):
        return False
    options = (("interval", Choice(Chosen.PAIR_INTERVAL)), ("row", Choice(Chosen.PAIR_ROW)))
    sides = [n for n in r.nodes if n is not node]
    if len(sides) < len(r.nodes) and all(isinstance(n, s.Name) and n.font == "bold" for n in sides):
        options = (options[1], options[0])  # a side of its own, the other one bold
    return r.ask("row", options) == "row"


def _binomial(r: Reader, node: s.Matrix) -> Term | None:
    """Two entries in one column of a plain array: a binomial coefficient set by hand, or a vector."""
    if not _column_of_two(node):
        return None
    options = (
        ("vector", Choice(Chosen.TWO_ENTRIES_VECTOR)),
        ("binomial", Choice(Chosen.TWO_ENTRIES_BINOMIAL_COEFFICIENT)),
    )
    if r.fact(("columns count",), lambda: _columns_count(r)):
        options = (options[1], options[0])
    if r.ask("column", options) == "vector":
        return None
    return Apply("binomial", tuple(r.term(row[0]) for row in node.rows if row[0] is not None), span=node.span)


def _columns_count(r: Reader) -> bool:
    """Every array of the formula is two counts above each other, and nothing is written as a vector."""
    whole = list(walk(r.nodes))
    matrices = [n for n in whole if isinstance(n, s.Matrix)]
    arrays = any(isinstance(n, s.Name) and (n.font == "bold" or "vec" in n.accents) for n in whole)
    return not arrays and all(
        _column_of_two(n) and all(_countable(row[0]) for row in n.rows) for n in matrices
    )


def _column_of_two(node: s.Matrix) -> bool:
    return [len(row) for row in node.rows] == [1, 1] and all(row[0] is not None for row in node.rows)


def _countable(node: Any) -> bool:
    """A number, a letter that custom takes for integers, or a sum of such."""
    match node:
        case s.Number(text=text):
            return text.isdigit()
        case s.Name():
            return len(node.name) == 1 and node.name in "abdijklmnpqrstNMKTRSD" and not node.accents
        case s.Scripts(base=base, sup=None, primes=0):
            return _countable(base)
        case s.Sum(parts=parts):
            return all(_countable(p) for _, p in parts)
        case s.Juxtaposition(factors=factors):
            return all(_countable(f) for f in factors)
        case _:
            return False


def _operators(r: Reader, body: s.Sequence) -> bool:
    """`[A, B]` of two matrices or operators is their commutator; of numbers an interval."""
    names = [symbol_name(i) for i in body.items]
    return all(
        n is not None
        and (
            r.is_matrix(n)
            or (
                r.role(n) is None
                and (n.startswith("\\hat{") or (len(n) == 1 and n.isupper() and n not in "NTLMK"))
            )
        )
        for n in names
    )


def _braces(r: Reader, node: s.Fence, body: Any) -> Term:
    said = _worded_terms(r, body)
    if said is not None:
        return Apply("set_where", (said,), span=node.span)
    if isinstance(body, s.Sequence):
        return SetOf(tuple(r.term(i) for i in body.items), span=node.span)
    if isinstance(body, s.Bar):
        return _builder(r, node, body.left, body.right)
    if isinstance(body, s.Infix) and body.op in ("mid", "colon", ":"):
        return _builder(r, node, body.left, body.right)
    if isinstance(body, s.Name | s.Scripts | s.Number):
        return SetOf((r.term(body),), span=node.span)
    if isinstance(body, s.Chain):
        return Apply("set_where", (r.term(body),), span=node.span)
    return r.term(body)


def _builder(r: Reader, node: s.Fence, left: Any, right: Any) -> Term:
    names = []
    match left:
        case s.Name() | s.Scripts():
            names = [symbol_name(left)]
        case s.Chain(first=first) if first is not None:
            names = [symbol_name(first)]
    with r.binding([n for n in names if n is not None]):
        condition = _worded_terms(r, right) or r.term(right)
        return Apply("set_builder", (r.term(left), condition), span=node.span)


def _worded_terms(r: Reader, node: Any) -> Term | None:
    """`\\lambda \\text{ is an eigenvalue of } A`: words with formulas among them, if any."""
    items = node.items if isinstance(node, s.Sequence) else getattr(node, "factors", (node,))
    if not any(isinstance(i, s.Text) for i in items):
        return None
    said = " ".join(i.text.strip() if isinstance(i, s.Text) else "…" for i in items)
    return structure.words(said, node, tuple(r.term(i) for i in items if not isinstance(i, s.Text)))


def _bars(r: Reader, node: s.Fence, body: Any) -> Term:
    """|·|: a determinant, a cardinality or an absolute value, by what stands inside."""
    if isinstance(body, s.Sequence):
        raise fail(node, "a list between bars")
    if isinstance(body, s.Matrix):
        return Apply("abs" if body.kind == "vmatrix" else "det", (matrix(r, body),), span=node.span)
    if isinstance(body, s.Fence) and isinstance(body.body, s.Matrix):
        inner = body.open == "|"  # | |A| |: the absolute value of a determinant
        return Apply("abs" if inner else "det", (r.term(body),), span=node.span)
    between: Any = body.body if isinstance(body, s.Fence) and body.open == "|" else None
    if between is not None and _of_vectors(r, between):
        return Apply("norm", (r.term(between),), span=node.span)  # the two bars of a norm, one by one
    term = r.term(body)
    if isinstance(body, s.Fence) and body.open == "{":
        if isinstance(body.body, s.Sequence | s.Bar | s.Name):
            return Apply("cardinality", (term,), span=node.span)
    heads = _letters(body)
    if any(r.role(h) in ("set", "event") for h in heads) or (isinstance(body, s.Name) and _holds(r, body)):
        return Apply("cardinality", (term,), span=node.span)
    if any(isinstance(n, s.Infix) and n.op in ("cap", "cup", "setminus") for n in walk((body,))):
        return Apply("cardinality", (term,), span=node.span)
    if isinstance(body, s.Name) and body.font in ("calligraphic", "script") and r.role(spell(body)) is None:
        return Apply("cardinality", (term,), span=node.span)
    if heads and _matrix_product(r, body):
        known = all(r.is_matrix(h) for h in heads)
        if known:
            return Apply("det", (term,), span=node.span)
        options = (
            ("det", Choice(Chosen.BARS_OF_DETERMINANT, (heads[0],))),
            ("abs", Choice(Chosen.BARS_OF_ABSOLUTE_VALUE, (heads[0],))),
        )
        return Apply(r.ask(f"bars:{heads[0]}", options), (term,), span=node.span)
    if isinstance(body, s.Sum) and any(_outer(p) for _, p in body.parts):
        options = (("det", Choice(Chosen.BARS_DETERMINANT)), ("abs", Choice(Chosen.BARS_ABSOLUTE_VALUE)))
        return Apply(r.ask("bars:outer", options), (term,), span=node.span)
    if (
        heads
        and any(r.is_array(h) for h in heads)
        and isinstance(body, s.Name | s.Sum)
        and _vector_only(r, body)
    ):
        return Apply("norm", (term,), span=node.span)
    shape = shape_of(term)
    if shape is not None and len(shape) == 1:
        return Apply("norm", (term,), span=node.span)  # `|u \\times v|`
    return Apply("abs", (term,), span=node.span)


def _of_vectors(r: Reader, node: Any) -> bool:
    """A vector, or a sum of vectors."""
    match node:
        case s.Sum(parts=parts):
            return all(_of_vectors(r, part) for _, part in parts)
        case s.Name() | s.Scripts():
            name = symbol_name(node)
            known = r.scope.symbols.get(name) if name is not None else None
            return known is not None and known.shape is not None and len(known.shape) == 1
        case _:
            return False


def _outer(node: Any) -> bool:
    """`\\Lambda \\Lambda^T`: a capital times its transpose."""
    if not isinstance(node, s.Juxtaposition) or len(node.factors) != 2:
        return False
    first, last = node.factors
    if not isinstance(first, s.Name) or not isinstance(last, s.Scripts) or last.sub is not None:
        return False
    turned = isinstance(last.sup, s.Name) and last.sup.name in ("T", "top", "intercal")
    return turned and first.name[0].isupper() and symbol_name(last.base) == symbol_name(first)


def _holds(r: Reader, letter: s.Name) -> bool:
    """Something is said to be in it, `\\sum_{x \\in D}`."""

    def containers() -> frozenset[str]:
        return frozenset(
            spell(link.right)
            for n in walk(r.nodes)
            if isinstance(n, s.Chain)
            for link in n.links
            if link.relation in ("in", "notin") and isinstance(link.right, s.Name)
        )

    return spell(letter) in r.fact(("containers",), containers)


def _vector_only(r: Reader, body: Any) -> bool:
    atoms = [body] if isinstance(body, s.Name) else [p for _, p in body.parts]
    names = [symbol_name(a) for a in atoms]
    return all(
        n is not None
        and ((k := r.scope.symbols.get(n)) is None or (k.shape is not None and len(k.shape) == 1))
        and (
            n.startswith(("\\mathbf{", "\\boldsymbol{", "\\vec{"))
            or (k is not None and k.shape not in ((), None))
        )
        for n in names
    )


def _letters(body: Any) -> list[str]:
    """The letters that a bar's content consists of where it is a letter or a product of letters."""
    match body:
        case s.Name():
            return [spell(body)]
        case s.Scripts(base=base):
            return _letters(base)
        case s.Juxtaposition(factors=factors):
            return [n for f in factors for n in _letters(f)]
        case s.Sum(parts=parts):
            return [n for _, p in parts for n in _letters(p)]
        case _:
            return []


def _matrix_product(r: Reader, body: Any) -> bool:
    match body:
        case s.Name():
            name = spell(body)
            return r.is_matrix(name) or (
                r.role(name) not in ("index", "set", "event")
                and name in ("\\Sigma", "\\Lambda", "\\boldsymbol{\\Sigma}", "\\boldsymbol{\\Lambda}")
            )
        case s.Scripts(base=base, sup=sup):
            plain = sup is None or not isinstance(sup, s.Fence)
            return plain and _matrix_product(r, base)
        case s.Juxtaposition(factors=factors):
            return all(_matrix_product(r, f) or isinstance(f, s.Number) for f in factors)
        case s.Sum(parts=parts):
            return all(_matrix_product(r, p) for _, p in parts)
        case _:
            return False


def _angles(r: Reader, node: s.Fence, body: Any) -> Term:
    if isinstance(body, s.Sequence):
        if len(body.items) == 2 and body.separator == "," and not _components(r, body):
            return Apply("dot", (r.term(body.items[0]), r.term(body.items[1])), span=node.span)
        if not any(isinstance(i, s.Sequence) for i in body.items):
            return Tuple(tuple(r.term(i) for i in body.items), span=node.span)
        raise fail(node, "a list in angle brackets")
    if isinstance(body, s.Bar):
        parts: list[Any] = [body.right]
        left: Any = body.left
        while isinstance(left, s.Bar):
            parts.append(left.right)
            left = left.left
        if len(parts) > 2:
            raise fail(node, "a bracket of quantum states")
        from derive.meaning import states

        return states.bracket(r, (left, *reversed(parts)), node)
    return Expectation("E", (r.term(body),), span=node.span)


def _components(r: Reader, body: s.Sequence) -> bool:
    """`\\langle x(t), y(t) \\rangle`: two numbers, the components of a vector; else an inner product."""
    kinds = []
    for item in body.items:
        for part in item.factors if isinstance(item, s.Juxtaposition) else (item,):
            letter = symbol_name(part)
            if letter is not None and (r.is_array(letter) or letter[:1].isupper()):
                return False
        explicit = isinstance(item, s.Number | s.Sum | s.Fraction | s.Apply)
        at_t = isinstance(item, s.Juxtaposition) and any(isinstance(f, s.Fence) for f in item.factors)
        kinds.append("number" if explicit else "value" if at_t else "letter")
    options = (
        ("vector", Choice(Chosen.ANGLE_BRACKETS_VECTOR)),
        ("inner", Choice(Chosen.ANGLE_BRACKETS_INNER_PRODUCT)),
    )
    if "number" not in kinds and ("letter" in kinds or "\\phi" in r.evidence.applied):
        options = (options[1], options[0])
        if _arguments(r.nodes[0]) == [symbol_name(item) for item in body.items]:
            return True  # R(x, y) = ⟨x, y⟩
    return r.ask(f"angles:{body.span.start}", options) == "vector"


def _arguments(left: Any) -> list[str | None] | None:
    """The letters in the parenthesis of a left side `R(x, y)`."""
    if isinstance(left, s.Juxtaposition) and len(left.factors) == 2:
        fence = left.factors[1]
        if isinstance(fence, s.Fence) and isinstance(fence.body, s.Sequence):
            return [symbol_name(item) for item in fence.body.items]
    return None
