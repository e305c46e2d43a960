"""Letters run together: a product, `mgl`, or a word set in italics, `dist(x, y)`, `A_{lin}`."""

from __future__ import annotations

import re
from typing import Any

from derive.facts.runs import opens, run, typed_letter
from derive.meaning.reader import Reader
from derive.notation import syntax as s
from derive.reasons.choices import Choice, Chosen

WORDS = frozenset(
    """
    acc act action actual area arg attn avg base bias body both bottom cand candidate cap car cell class clip
    comp cond conf const constant conv cop corr cost count cov crit current data dead dec degree dens density
    depth desired diff dim dir dist distance divergence down eff eig emp empirical enc end ent entropy env err
    error est eval even exact exp fac factor fail false final fit fixed flow freq full fun func gain gen goal
    grad grid ground group hash head heads heat height hid hidden high hit hypot image imp ind index inf
    init initial inner input ins int integral jac key kin label lag layer lcm leaf left len length lev lik
    likelihood lim lin line linear link lip load loc local log logit loss low mag mass mat match max mean med
    median mem mid min mix mod mode model mom mse neg net new noise nom norm null num number obs odd odds old
    oob open opt optimal ord orth out outer output pad pair par part path pay peak period perp pitch pix pol
    pop pos posterior pot pred predict pressure prev price prim prior prob prod prof profit proj prop quad
    radius rand random range rank rate ratio raw real rec red ref reg rel rem rep res rest reward right risk
    road roll root rot round row rows run same sample sat scale score sd sec seg sel self sem sep seq set
    shift sign sim sin size slope soft sol solve source span speed spin stab stand start stat state std stem
    step stop sub success sum sup surf sym sys tail tails tang target temp term test tot total train trans
    trap tree trial true trunc type unif unit up update upper ans val value var vec vel vol volume wave weight
    width win wind word work world
    """.split()
)
"""Words and their shortenings as they stand in formulas without an upright font."""

_CAPITALS = frozenset("MSE SSE SST SSR RSS TSS ESS RMS RMSE MAE BCE KKT GAN VAE MLE MAP LSE ELBO AUC".split())


def is_word(r: Reader, letters: str) -> bool:
    """A run of at least three letters that is a name beyond doubt."""
    if all(letter in r.bound for letter in letters) or (len(letters) < 4 and _bound(r, letters)):
        return False
    low = letters.lower()
    known = low in WORDS and (letters == low or letters == low.capitalize())
    return len(letters) > 2 and (known or letters in _CAPITALS)


def _bound(r: Reader, letters: str) -> bool:
    return any(letter in r.bound for letter in letters)


def may_be_word(letters: str) -> bool:
    """It can be spoken: vowels among its consonants, as chance seldom puts them in a product."""
    if not (letters.islower() or letters.istitle()) or len(letters) < 4 or sorted(letters) == list(letters):
        return False
    low = letters.lower()
    vowels = sum(c in "aeiou" for c in low)
    if 4 * vowels < len(low) or vowels == len(low):
        return False
    return len(low) > 6 or re.search(r"[^aeiou]{3}|[aeiou]{3}|[qxz]", low) is None


def join(r: Reader, factors: tuple[Any, ...]) -> tuple[Any, ...]:
    """The factors with every run of letters that is a word made one name."""
    joined: list[Any] = []
    k = 0
    while k < len(factors):
        if k + 1 < len(factors) and _numbered(factors[k], factors[k + 1]):
            joined.append(_with_digits(factors[k], factors[k + 1]))
            k += 2
            continue
        count, spelled = run(factors, k)
        following = factors[k + 2] if count == 2 and k + 2 < len(factors) else None
        before = following is not None and (opens(following) or _listing(spelled, following))
        if (
            (count > 2 and (is_word(r, spelled) or _asked(r, spelled)))
            or (count > 1 and _abbreviates(r, spelled))
        ) or (
            before and _called(r, spelled, isinstance(factors[k + 1], s.Name), _listing(spelled, following))
        ):
            joined.append(_named(factors[k : k + count], spelled))
        else:
            joined.extend(factors[k : k + max(count, 1)])
        k += max(count, 1)
    return tuple(joined)


def _numbered(letter: Any, number: Any) -> bool:
    """`A2`: digits right behind a capital count it; a product has its number in front."""
    return (
        (typed_letter(letter) or "").isupper()
        and isinstance(number, s.Number)
        and number.text.isdigit()
        and number.span.start == letter.span.end
        and number.span.end - number.span.start == len(number.text)
    )


def _with_digits(letter: s.Name, number: s.Number) -> s.Name:
    return s.Name(letter.span.cover(number.span), letter.name + number.text, word=True)


def _asked(r: Reader, spelled: str) -> bool:
    if not may_be_word(spelled) or _bound(r, spelled):
        return False
    options = (
        ("name", Choice(Chosen.WORD_ONE_NAME, (spelled,))),
        ("product", Choice(Chosen.WORD_PRODUCT_OF_LETTERS, (spelled,))),
    )
    return r.ask(f"word:{spelled}", options) == "name"


def _abbreviates(r: Reader, spelled: str) -> bool:
    """`TP`, `FN`: capitals side by side, a word of the prose, or of which one stands in such runs alone."""
    if not spelled.isupper() or not r.used(spelled, "capitals") or _bound(r, spelled):
        return False
    options = (
        ("name", Choice(Chosen.WORD_ONE_NAME, (spelled,))),
        ("product", Choice(Chosen.WORD_PRODUCT_OF_LETTERS, (spelled,))),
    )
    return r.ask(f"word:{spelled}", options) == "name"


def _listing(spelled: str, fence: Any) -> bool:
    """`Rm(v, w)`: a capital with a small letter before several arguments, where no product may stand."""
    return (
        isinstance(fence, s.Fence)
        and fence.open == "("
        and isinstance(fence.body, s.Sequence)
        and spelled[0].isupper()
        and spelled[-1].islower()
    )


def _called(r: Reader, spelled: str, bare: bool, listing: bool = False) -> bool:
    """`sl(x)`: a function of two letters where the document writes no other, else perhaps."""
    last = spelled[-1]
    double = bare and spelled[0] == last and spelled.isupper()  # LL(D), the log-likelihood
    if (spelled.upper() == spelled and not double) or last in _FUNCTIONS or r.role(last) == "function":
        return False
    if spelled[0] in _PREFIXES or _bound(r, spelled):
        return False
    if bare and not r.used(spelled, "together") and all(r.used(letter, "squared") for letter in spelled):
        return False  # `a^2 + b^2 + 2 ab(c + d)`: both are numbers
    options = (
        ("product", Choice(Chosen.WORD_BEFORE_PARENTHESIS_PRODUCT, (spelled,))),
        ("name", Choice(Chosen.WORD_BEFORE_PARENTHESIS_FUNCTION, (spelled,))),
    )
    if double or listing or r.used(spelled, "together"):
        options = (options[1], options[0])
    return r.ask(f"word:{spelled}", options) == "name"


_FUNCTIONS = frozenset("fghuvwpqyxFGH")
_PREFIXES = frozenset("dD")


def _named(letters: tuple[Any, ...], spelled: str) -> Any:
    last = letters[-1]
    base = last.base if isinstance(last, s.Scripts) else last
    name = s.Name(letters[0].span.cover(base.span), spelled, word=True)
    if not isinstance(last, s.Scripts):
        return name
    return s.Scripts(letters[0].span.cover(last.span), name, last.sub, last.sup, last.primes)


def word_script(r: Reader, script: Any) -> bool:
    """`A_{lin}`, `\\theta^{new}`: the script is one word."""
    if not isinstance(script, s.Juxtaposition) or isinstance(script.factors[-1], s.Scripts):
        return False
    count, spelled = run(script.factors, 0)
    return count == len(script.factors) and (is_word(r, spelled) or may_be_word(spelled))
