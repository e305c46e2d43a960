"""What a document claims, link by link."""

from derive.context import read_claims
from derive.documents import read_document
from derive.model import Claim, Decided, Role, Source, Stance, Status
from derive.reasons import Reason, Why
from derive.term.nodes import Interval, Relation


def entries(text: str) -> list[Claim | Decided]:
    return list(read_claims(read_document(Source("notes.md", text))))


def roles(text: str) -> list[str]:
    found = []
    for entry in entries(text):
        if isinstance(entry, Claim):
            found.append(entry.role.value)
        else:
            found.append("unread" if entry.verdict.status is Status.UNREAD else "given")
    return found


def test_a_fresh_symbol_is_defined_and_the_links_behind_it_are_asserted() -> None:
    assert roles("We have $$z = (x+1)^2 = x^2 + 2x + 1.$$") == ["given", "step"]


def test_a_fresh_function_is_defined_and_its_derivative_asserted() -> None:
    assert roles("Let $f(x) = x^2$. Then $f'(x) = 2x$.") == ["given", "step"]


def test_an_equation_about_an_unknown_function_is_a_model() -> None:
    (claim,) = entries("The oscillator obeys $$y'' + y = 0.$$")
    assert isinstance(claim, Claim) and claim.stance is Stance.CONDITION


def test_words_assume_and_the_assumption_reaches_the_claim() -> None:
    found = entries("When $y = 0$:\n\n$$ (x + y)^2 = x^2 + y^2 = x^2. $$")
    claims = [e for e in found if isinstance(e, Claim)]
    assert claims[-1].role is Role.STEP
    assert claims[-1].conditions == ("y = 0",)


def test_the_next_case_replaces_the_one_before_and_a_heading_ends_it() -> None:
    text = (
        "When $y = 0$:\n\n$$ a + y = b + y = 2 b + y. $$\n\n"
        "When $y = 1$:\n\n$$ a + y = b + 2 y = 3 b. $$\n\n## Next\n\n$$ a = b + y = 2 b. $$\n"
    )
    conditions = [e.conditions for e in entries(text) if isinstance(e, Claim) and e.role is Role.STEP]
    assert ("y = 1",) in conditions and conditions[-1] == ()


def test_rows_that_begin_with_a_relation_go_on_from_the_row_before() -> None:
    text = "$$\\begin{aligned} p &= (a+b)^2 \\\\ &= a^2 + 2ab + b^2 \\end{aligned}$$"
    claims = [e for e in entries(text) if isinstance(e, Claim)]
    assert len(claims) == 1
    assert claims[0].latex == "(a+b)^2  = a^2 + 2ab + b^2".replace("  ", " ")
    assert text[claims[0].span.start : claims[0].span.end] == "= a^2 + 2ab + b^2"


def test_every_formula_is_answered_for_even_when_it_cannot_be_read() -> None:
    found = entries("A $\\undefinedcommand{x}$ and a plain $x$ and $x > 0$.")
    statuses = [e.verdict.status for e in found if isinstance(e, Decided)]
    assert statuses == [Status.UNREAD, Status.GIVEN, Status.GIVEN]


def test_a_null_gradient_is_a_claim_about_the_last_gradient() -> None:
    text = (
        "Let $L = (w - y)^2$. Then $$\\frac{\\partial L}{\\partial w} = 2(w - y).$$\n"
        "If the fit is exact, $w = y$, the gradient is null."
    )
    last = [e for e in entries(text) if isinstance(e, Claim)][-1]
    assert last.latex == "2(w - y) = 0"
    assert last.conditions == ("w = y",)


def sides(text: str) -> list[str]:
    return [f"{e.left.to_latex()} | {e.right.to_latex()}" for e in entries(text) if isinstance(e, Claim)]


def test_a_row_goes_on_from_the_side_above_it_that_stands_alone() -> None:
    text = "$$3 x = 4 x$$\n\n$$\\begin{aligned} & (x + 1)^2 \\\\ &= x^2 + 1 \\end{aligned}$$"
    assert sides(text)[-1] == "\\left(x + 1\\right)^{2} | x^{2} + 1"


def test_a_display_goes_on_from_the_side_that_the_display_before_it_gave_alone() -> None:
    text = "$$3 x = 4 x$$\n\nNow\n\n$$(x + 1)^2$$\n\nwhich is\n\n$$= x^2 + 1$$"
    assert sides(text)[-1] == "\\left(x + 1\\right)^{2} | x^{2} + 1"


def test_an_implication_goes_on_from_the_whole_relation() -> None:
    found = entries("$$\\begin{aligned} 2x &= 2 \\\\ \\Rightarrow x &= 1 \\end{aligned}$$")
    last = found[-1]
    assert isinstance(last, Claim) and isinstance(last.left, Relation) and last.relation == "implies"


def test_a_row_behind_an_implication_goes_on_from_what_it_concludes() -> None:
    found = sides("$$\\begin{aligned} 2x = 2 \\implies x &= 1 \\\\ &= 5 \\end{aligned}$$")
    assert found[-1] == "1 | 5"


def test_no_row_goes_on_from_a_quantifier() -> None:
    found = entries("$$x^2 = 4$$\n\n$$\\begin{aligned} \\forall n \\in N \\\\ = 3 \\end{aligned}$$")
    assert isinstance(found[-1], Decided) and found[-1].verdict.reason == Reason(Why.GOES_ON_FROM_NOTHING)


def test_a_row_goes_on_from_the_row_above_it_though_words_bind_that_one() -> None:
    text = "So $u = 3 t$. For then $$\\begin{aligned} a b &= x + 3 \\\\ &= x + 2 \\end{aligned}$$"
    assert sides(text)[-1] == "x + 3 | x + 2"


def test_a_row_goes_on_behind_what_its_words_say_aside() -> None:
    text = "$$\\begin{aligned} a + b &= 2 c, \\text{ where } d = h \\\\ &= 3 c, \\quad x > 0 \\\\ &= 4 c \\end{aligned}$$"
    assert sides(text)[-2:] == ["2 c | 3 c", "3 c | 4 c"]


def test_what_a_symbol_is_in_is_a_set() -> None:
    entry = entries("Let $x \\in (-1, 1)$.")[0]
    claim = entry if isinstance(entry, Claim) else entry.claim
    assert claim is not None and isinstance(claim.right, Interval)


def test_a_declaration_speaks_from_its_section_on() -> None:
    found = entries(
        "# Labels\n\nWith label $y$ we get $$y^2 - 1 = (y-1)(y+1) = y^2 - 1.$$\n\n"
        "# Data\n\nLet $y \\in \\mathbb{R}^n$. $$y^\\top y = \\|y\\|^2 = y^\\top y$$"
    )
    shapes = [e.scope.symbols["y"].shape for e in found if isinstance(e, Claim) and "y" in e.scope.symbols]
    assert shapes and set(shapes) == {("n",)}
    assert len(shapes) < len([e for e in found if isinstance(e, Claim)])


def test_what_with_says_of_a_declared_thing_lasts() -> None:
    found = entries("Let $x$ be a number with $x^2 = 4 x$ and $x > 1$. Then\n\n$$x + 1 = x^2 - 3x + 1 = 5.$$")
    claims = [e for e in found if isinstance(e, Claim) and e.stance in (Stance.ASSERTED, Stance.OPEN)]
    assert claims and all(len(c.scope.hypotheses) == len(c.scope.soft) == 1 for c in claims)


def test_a_solution_gives_its_function() -> None:
    found = roles("We have $v(0) = 1$. The solution is $$v(t) = e^{-t},$$ and so $$v'(t) = -e^{-t}.$$")
    assert found == ["given", "given", "step"]


def test_the_variable_of_a_limit_counts_nothing() -> None:
    found = entries(
        "$$\\lim_{x \\to 0} \\frac{\\sin x}{x} = 1$$ So $$(x+1)^2 = x^2 + 2x + 1 = 1 + 2x + x^2.$$"
    )
    assert all(
        "x" not in e.scope.symbols or e.scope.symbols["x"].role != "index"
        for e in found
        if isinstance(e, Claim)
    )


def test_letters_that_a_condition_compares_run_over_one_range() -> None:
    (claim,) = sides("$$2 = \\sum_{i=1}^n X_i + \\sum_{i<j} C_{ij}$$")
    assert claim.endswith("\\sum_{i = 1, j = 1, i < j}^{n} C_{i,j}")
