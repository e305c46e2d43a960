"""What the words of its sentence say of a relation: one table, asked of each.

A rule looks at the clause that governs the relation, or at the whole sentence for what denies or asks. Its
examples are sentences in which the last formula is the relation asked about.
"""

from __future__ import annotations

import re

from derive.context.stance.patterns import CLAUSE, WordRule, clause, sentence
from derive.context.stance.set_aside import SET_ASIDE
from derive.context.stance.speech import MARK, Speech
from derive.expressions import regex
from derive.model import Stance
from derive.rules import Rule

_COMES_OF_IT = r"\b(?:(?:we|one|you)(?: \w+)? (?:get|obtain|find|have|see|arrive)|gives?|yields?)\b"
"""What follows a participle in its own clause: `taking logarithms we get`."""

ASSERTED: tuple[WordRule, ...] = (
    Rule(
        "asserted/so",
        "the sentence draws it as a consequence",
        clause(
            "asserted/so",
            r"^(?:and\s+)?(?:so|hence|thus|therefore|then|consequently|accordingly|finally|whence|equivalently|that is|indeed|"
            r"in other words)\b|\b(?:it follows|follows that|conclude|implies|implying|consequence)\b",
            Stance.ASSERTED,
        ),
        holds=("Let $x = 1$, so that $x + x = 2$", "Hence $x + x = 2x$", "If $x > 0$, then $x + x = 2x$"),
        fails=("Let $x = 1$", "Now $x = 1$"),
    ),
    Rule(
        "asserted/we-have",
        "the sentence states it: we have, we get, this gives",
        clause(
            "asserted/we-have",
            r"\b(?:we|one|this|these|it|which|that|you|they|i)(?: (?!must|should|need)\w+){0,2}? (?:have|has|get|gets|obtain|obtains|find|finds|"
            r"see|gives?|yields?|shows?|mean|means|conclude|arrive)\b|\b(?:gives|giving|yields|yielding|gave|get|"
            r"obtain(?:s|ed)?|results? in|leads? to|becomes|equals|reduces to|turns? into|shows? that|find(?:s)? that)\b",
            Stance.ASSERTED,
        ),
        holds=("We get, with the binomial formula, $x + x = 2x$", "This gives $x + x = 2x$"),
        fails=("The weights have $x = 1$", "Given $x = 1$"),
    ),
    Rule(
        "asserted/recall",
        "the sentence reminds of it as known",
        clause(
            "asserted/recall",
            r"\b(?:recall|note|notice|observe|remember|forgets?|it is (?:well )?known|well[- ]known|known (?:that|fact)|"
            r"identity|identities|fact|clearly|obviously|of course)\b",
            Stance.ASSERTED,
        ),
        holds=(
            "Recall that $x + x = 2x$",
            "One never forgets that $x + x = 2x$",
            "By the identity $x + x = 2x$",
        ),
        fails=("The notes say nothing of $x = 1$",),
    ),
    Rule(
        "asserted/because",
        "it is given as a reason",
        clause("asserted/because", r"^(?:because|since|as)\b", Stance.ASSERTED, open_only=True),
        holds=("It is even because $x + x = 2x$",),
        fails=("Since the day is long, $x = 1$",),
    ),
    Rule(
        "asserted/show-that",
        "it is to be shown, so it is said to be true",
        clause(
            "asserted/show-that",
            r"\b(?:show(?:s|ed|n)? that|prove[sdn]?|verif(?:y|ies)|check|demonstrate[sd]?|confirms?|establish(?:es|ed)?)\b",
            Stance.ASSERTED,
        ),
        holds=("Show that $x + x = 2x$", "Verify $x + x = 2x$"),
        fails=("The show begins with $x = 1$",),
    ),
    Rule(
        "asserted/for-all",
        "it is said of all values that a quantifier or a condition names",
        lambda s: Stance.ASSERTED if s.clause.after_condition and not s.clause.text else None,
        holds=("For all real $x$, $x + x = 2x$", "If $x$ is large, $x + x = 2x$"),
        fails=("If $x = 1$", "For $x = 1$"),
    ),
    Rule(
        "asserted/worked-out",
        "the sentence says that something is worked out",
        clause(
            "asserted/worked-out",
            r"\b(?:simplif(?:y|ies|ied|ying)|derivatives?|gradients?|comput(?:e|es|ed|ing)|calculat(?:e|es|ed|ing)|"
            r"expand(?:s|ed|ing)?|expansion|rewrit(?:e|es|ing|ten)|(?:can|may) be written|can write|"
            r"evaluat(?:e|es|ed|ing)|factor(?:s|ed|ing|i[sz](?:e|es|ed|ing))?|multiply(?:ing)? out|"
            r"differentiat(?:e|es|ed|ing)|integrat(?:e|es|ed|ing))\b",
            Stance.ASSERTED,
        ),
        holds=("Expanding gives $x + x = 2x$", "It simplifies to $x + x = 2x$"),
        fails=("The simple case is $x = 1$",),
    ),
)

DEFINES: tuple[WordRule, ...] = (
    Rule(
        "defines/let",
        "the sentence lets it be so",
        clause(
            "defines/let",
            r"^(?!(?:\w+\s+)?tak(?:e|ing)\s+(?:\w+\s+){0,3}?(?:derivatives?|gradients?|differentials?|logs?|logarithms?|traces?|"
            r"transposes?|determinants?|expectations?|inverses?|norms?)\b)"  # an operation, no choice
            r"(?:and\s+|now\s+|also\s+|next,?\s+|then\s+|again\s+|instead\s+|finally,?\s+|we\s+(?:\w+\s+)?)?(?:let|set|put|define|denote|write|introduce|call|choose|take|pick|"
            r"fix|consider|substitute|model|parametri[sz]e|replace|"
            r"(?:letting|setting|putting|defining|denoting|writing|taking|choosing|"
            rf"introducing|considering|substituting|replacing)(?!.*{_COMES_OF_IT}))\b",
            Stance.DEFINES,
        ),
        holds=("Let $x = 1$", "We define $f(x) = x^2$", "Setting $u = x^2$"),
        fails=(
            "The let was long: $x + x = 2x$",
            "We have set theory, so $x + x = 2x$",
            "Taking the gradient by $x$ we obtain $x + x = 2x$",
            "Substituting it back yields $x + x = 2x$",
        ),
    ),
    Rule(
        "defines/where",
        "it explains what stands in the formula before",
        clause("defines/where", r"^(?:and\s+)?(?:where|wherein|with)\b(?! respect)", Stance.DEFINES),
        holds=("The loss is $L$, where $L = x^2$", "where, by symmetry, $x = 1$"),
        fails=("We get, with the binomial formula, $x + x = 2x$",),
    ),
    Rule(
        "defines/subject",
        "the sentence goes on with what it has: it names what it speaks of",
        sentence(
            "",
            r"^(?:\([^()]*\)\s*)?(?:, which )?(?:will have|would have|has|have|satisfies)\b(?! (?:been|to)\b)"
            rf"|^(?:(?:\s*,|\s*,?\s*and)\s*{MARK})*\s*(?:is|are)(?: \w+){{0,3}} solutions?\b",
            Stance.DEFINES,
        ),
        holds=(
            "It is known that $F(x) = x^2$ has a slope",
            "We know that $f(x) = x$ will have one",
            "Then $f(x) = x$ and $g(x) = 2x$ are two solutions",
        ),
        fails=("We have $x + x = 2x$ and the root has order one", "We have $x + x = 2x$, as has been said"),
    ),
    Rule(
        "defines/is-defined",
        "the sentence says that it is a definition or a notation",
        clause(
            "defines/is-defined",
            r"\b(?:defin(?:e|es|ed|ing|ition)|denot(?:e|es|ed|ing)|given by|notation|stands? for|called|named|namely|"
            r"modell?ed (?:by|as)|model is|parametri[sz]\w+|represent(?:s|ed) (?:by|as)|for (?:example|instance))\b",
            Stance.DEFINES,
        ),
        holds=("The loss is defined by $L = x^2$", "given by $x = 1$"),
        fails=("The indefinite article is $x = 1$",),
    ),
)

PROPERTIES: tuple[WordRule, ...] = (
    Rule(
        "defines/property",
        "it says in formulas what a word means",
        sentence(
            r"\bis the (?:property|condition|requirement|statement) (?:that|of)\b[^.]*$"
            r"|\b(?:is|are) (?:called|said to be|termed|known as)\b[^.]*\b(?:if|when|whenever|provided)\b[^.]*$"
            r"|^\W*(?:an?|any|every|each)(?: \w+){0,2} (?:function|map|mapping|operator|operation|relation|matrix|metric|norm|"
            rf"form|process|kernel|transformation|measure|group|ring|sequence|filter|system)\b[^.{MARK}]*\b(?:satisf(?:y|ies)|obeys)\W*(?:the \w+)?\W*$"
            r"|^\W*(?!(?:this|that|which|it|so|what)\b)(?:\w+ )?\w+ means(?: that)?\W*$"
            r"|\b(?:is|are) (?:\w+ )?\w+ (?:if and only if|iff|precisely when|exactly when)\W*$",
            r"^\W*(?:for all|for every|for any)[^.]*\b(?:is|are) (?:called|said to be)\b",
            Stance.DEFINES,
        ),
        holds=(
            "Homogeneity is the property that $f(2x) = 2 f(x)$",
            "A map is called additive if $f(x + y) = f(x) + f(y)$",
            "An even function satisfies $f(-x) = f(x)$",
            "Commutative means $ab = ba$",
        ),
        fails=(
            "This means that $x + x = 2x$",
            "Every solution satisfies the equation, so $x + x = 2x$",
            "It is called linear. We get $x + x = 2x$",
        ),
    ),
)

ASSUMES: tuple[WordRule, ...] = (
    Rule(
        "assumes/one-place",
        "it says which place a value marks",
        lambda s: (
            Stance.ASSUMES
            if (re.search(r"\bwhere\W*$", s.lead, re.IGNORECASE) and MARK not in s.lead)
            or (
                re.search(r"\b(?:where|so that|with|and|that|at)\W*$", s.lead, re.IGNORECASE)
                and re.match(
                    r"\s*(?:is|denotes|corresponds to|marks|represents|means|refers to|stands for|being|meaning|as)\s+"
                    r"(?:the|an?|our|its|at|where|when|sea|ground|noon|midnight|today)\b",
                    s.tail,
                    re.IGNORECASE,
                )
            )
            else None
        ),
        holds=("The place is $x$, where $x = 0$ is the gate", "Problems arise where $x = 0$"),
        fails=("The loss is $L$, where $L = x^2$ is large",),
    ),
    Rule(
        "assumes/spelled-out",
        "it spells out the condition that stands before it",
        sentence(
            rf"^\W*(?:\w+ )?(?:for|if|when|in case)\b[^.{MARK}]*{MARK}(?: (?:is |be )?(?:even|odd))?\W*"
            r"(?:that is|i\.e\.?|meaning|namely|or|viz\.?|say)\W*$",
            "",
            Stance.ASSUMES,
        ),
        holds=("For even $k$, that is, $k = 2n$", "If $k$ is odd, say $k = 2n + 1$"),
        fails=("For all $k$ we have it, that is, $x + x = 2x$",),
    ),
    Rule(
        "assumes/if",
        "it is a condition of the sentence",
        clause(
            "assumes/if",
            r"^(?:and\s+)?(?:if|when|whenever|suppose|supposing|assum(?:e|es|ed|ing)|provided|given(?! by)|such that|unless|until|"
            r"in (?:the |this )?case|cases?)\b|^(?:we|let us|us|now|also)\s+(?:\w+\s+)?(?:suppose|assume)\b",
            Stance.ASSUMES,
            open_only=True,
        ),
        holds=("If $x = 1$", "Suppose that $x = 1$", "such that $x = 1$"),
        fails=("If the day is long, we have $x + x = 2x$",),
    ),
    Rule(
        "assumes/right-before",
        "the word right before it puts it as a condition",
        clause(
            "assumes/right-before",
            r"\b(?:for|if|when|whenever|given|assuming|such that|subject to|s\.?t\.?|provided(?: that)?|until|unless|"
            r"suppos(?:e|ing)(?: that)?|assum(?:e|es|ed|ing)(?: that)?|only if|hypothesis|assumption|in the case(?: of)?|"
            r"case|conditioned on|condition)"
            r"(?:\s+(?:all|any|every|each|some|the|an?|both|fixed|given|real|complex|positive|negative|nonzero|large|small|"
            r"integers?|numbers?|values?|of))*$",
            Stance.ASSUMES,
            open_only=True,
        ),
        holds=("It is zero for $x = 1$", "the minimum subject to $x = 1$"),
        fails=("The formula for the area is $A = x^2$",),
    ),
)

CONDITION: tuple[WordRule, ...] = (
    Rule(
        "condition/task",
        "it is part of a problem that the reader is to solve",
        clause(
            "condition/task",
            r"^(?:(?:then|now|also|next|and)\s+)?(?:find|solve|determine|seek|look for)\b",
            Stance.CONDITION,
        ),
        holds=("Find the solution of $y(0) = 1$", "Now solve $x^2 = 4$"),
        fails=("We find $x + x = 2x$", "To solve it, note that $x + x = 2x$"),
    ),
    Rule(
        "condition/solve",
        "it is an equation to be solved, a constraint or a model",
        clause(
            "condition/solve",
            r"\b(?:solv(?:e|es|ed|ing)|solutions?|roots?|equations?|system|constraints?|(?:initial|boundary) (?:condition|value)s?|"
            r"satisf(?:y|ies|ied|ying)|obeys?|fulfil(?:s|ls|ling)?|minimi[sz](?:e|es|ing)|maximi[sz](?:e|es|ing)|find|"
            r"want|wants|require(?:s|d)?|optimum|approximat(?:e|es|ely|ion))\b",
            Stance.CONDITION,
        ),
        holds=("Solve $x^2 = 4$", "The solution satisfies $x^2 = 4$", "Find $x$ with $x^2 = 4$"),
        fails=("The solvent is $x = 1$",),
    ),
    Rule(
        "condition/must",
        "it must or should be so: a requirement",
        clause(
            "condition/must",
            r"\b(?:must|should|need(?:s)? to|has to|have to)\s+(?:\w+\s+)?(?:have|be|hold|equal|satisfy)?\W*$",
            Stance.CONDITION,
            open_only=True,
        ),
        holds=("At the optimum we must have $x = 1$",),
        fails=("The result, which must be right, is $x + x = 2x$",),
    ),
)

PURPOSE: tuple[WordRule, ...] = (
    Rule(
        "condition/purpose",
        "it is what something is chosen for: without a comma, so that names a purpose",
        sentence(
            r"\b(?:choos(?:e|es|ing)|chosen|pick(?:s|ed)?|select(?:s|ed)?|adjust(?:s|ed)?|tuned?|determined?|find|seek|"
            r"look for|design(?:s|ed)?)\b[^.,;:]*\bso that\b[^.;:]*$",
            "",
            Stance.CONDITION,
        ),
        holds=("Choose $a$ so that for all $x$, $x + a = 2x$", "The weight is chosen so that $x = 1$"),
        fails=("Choose $a = x$, so that $x + a = 2x$", "Hence $x + x = 2x$"),
    ),
)

_DIFFERENTIATE = regex(
    r"\bdifferentiat(?:e|es|ed|ing)(?:\s+(?:implicitly|both|each|sides?|of|the|this|equation|relation|constraint))*$",
    re.IGNORECASE,
)
_AND_GET = regex(
    r"^\W*(?:(?:implicitly|with respect to #|by #|twice|again|both sides)\W*)*"
    r"(?:and|to|then|we|gives?|gave|yields?|results? in|leads? to|produces?|shows?)\b",
    re.IGNORECASE,
)


def _is_differentiated(speech: Speech) -> Stance | None:
    """The verb stands right before it, and what comes of it behind."""
    lead, tail = (" ".join(words.split()) for words in (speech.lead, speech.tail))
    return Stance.CONDITION if _DIFFERENTIATE.search(lead) and _AND_GET.search(tail) else None


OPERATED: tuple[WordRule, ...] = (
    Rule(
        "asserted/what-is-set",
        "it tells the slope that is set to zero",
        sentence(
            r"\b(?:set|sets|setting|put|puts|putting|equate|equates|equating)\s+(?:\w+\s+){0,3}?(?:derivatives?|gradients?|slopes?)"
            rf"\b(?![^{MARK}]*\b(?:zero|null|equals?|be)\b)[^.,;:{MARK}]*$",
            "",
            Stance.ASSERTED,
        ),
        holds=(
            "Setting the derivative with respect to the mean $x + x = 2x$ to zero",
            "We set the gradient $x = 1$",
        ),
        fails=(
            "Setting $x = 1$ gives this",
            "Setting the derivative to zero, $x = 1$",
            "Setting the gradient equal to zero gives $x = 1$",
        ),
    ),
    Rule(
        "condition/differentiated",
        "it is what is differentiated, not what comes of it",
        _is_differentiated,
        holds=(
            "Differentiating $x^2 + y^2 = 1$ gives this",
            "We differentiate both sides of $x = y^2$ to get this",
        ),
        fails=("Differentiating gives $x + x = 2x$", "We differentiate, $x + x = 2x$"),
    ),
)

WORDS: tuple[WordRule, ...] = (
    *SET_ASIDE,
    *PROPERTIES,
    *PURPOSE,
    *OPERATED,
    *ASSERTED,
    *DEFINES,
    *ASSUMES,
    *CONDITION,
)


def nearness(name: str, speech: Speech) -> int:
    """Where the last match of a rule about the governing clause ends."""
    pattern = CLAUSE.get(name)
    ends = [m.end() for m in pattern.finditer(speech.clause.text)] if pattern is not None else []
    return max(ends, default=-1)
