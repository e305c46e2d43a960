"""What the words of its sentence say of a relation: one table, asked of each.

A rule looks at the clause that governs the relation, or at the whole sentence for what denies or asks. Its
examples are sentences in which the last formula is the relation asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.context.stance.speech import MARK, Clause, Speech
from derive.model import Stance
from derive.rules import Rule

WordRule = Rule[Speech, Stance]
CLAUSE: dict[str, re.Pattern[str]] = {}
"""The pattern of each rule that looks at the governing clause: of several, the one nearest to the relation counts."""


def _clause(
    name: str, pattern: str, stance: Stance, *, open_only: bool = False
) -> Callable[[Speech], Stance | None]:
    """Answers where the governing clause has the pattern."""
    compiled = CLAUSE[name] = re.compile(pattern, re.IGNORECASE)

    def answer(speech: Speech) -> Stance | None:
        clause: Clause = speech.clause
        if open_only and not clause.open:
            return None
        return stance if compiled.search(clause.text) else None

    return answer


def _sentence(lead: str, tail: str, stance: Stance, following: str = "") -> Callable[[Speech], Stance | None]:
    """Answers where the words before, those behind, or the next sentence have a pattern (empty: not asked)."""
    patterns = [re.compile(p, re.IGNORECASE) if p else None for p in (lead, tail, following)]

    def answer(speech: Speech) -> Stance | None:
        texts = (speech.lead, speech.tail, speech.following)
        found = any(
            p is not None and p.search(" ".join(t.split())) for p, t in zip(patterns, texts, strict=True)
        )
        return stance if found else None

    return answer


_NOT = (
    r"(?:not (?:true|possible|correct|right|valid|the case|so|allowed)|wrong|false|incorrect|impossible|absurd|"
    r"untrue|invalid|nonsense|(?:a |an |clearly a )?(?:contradiction|mistake|error|fallacy|misconception)\b)"
)
_IS = r"(?:is|are|was|were|would be|will be|must be|isn't|cannot be|can't be)"

DENIED: tuple[WordRule, ...] = (
    Rule(
        "denied/called-wrong",
        "the sentence says that it is wrong or impossible",
        _sentence(
            "",
            rf"^\W*(?:(?:which|this|that|it)\s+)?(?:{_IS}\s+)(?:\w+\s+){{0,2}}?{_NOT}"
            r"|^\W*(?:which |this |that )?(?:contradicts|cannot hold|can't hold|does not hold|fails)\b",
            Stance.DENIED,
            rf"^\W*(?:but |and |however,? )?(?:this|that|it|both|neither)\s+{_IS}\s+(?:\w+\s+)?{_NOT}"
            r"|^\W*(?:but |and )?(?:this|that|which)\s+(?:contradicts|cannot)\b|^\W*(?:a )?contradiction\b",
        ),
        holds=(
            "The claim $x = 1$ is wrong.",
            "The equations give $\\cos t > 1$, which is not possible.",
            "We would get $0 = 1$. This is a contradiction.",
        ),
        fails=(
            "The claim is right: $x + 1 = 1 + x$. The last one was wrong.",
            "It is wrong to think that it is hard: $x + x = 2x$ is easy.",
        ),
    ),
    Rule(
        "denied/not-true-that",
        "the words before it deny it",
        _sentence(
            r"(?:not true|not the case|false|wrong|incorrect|impossible|not possible|absurd)\s+(?:that|to (?:say|write|"
            rf"claim|conclude)(?: that)?)\W*(?:[^.{MARK}]*)$"
            r"|\b(?:does not|doesn't|do not|don't|cannot|can't|need not|isn't|is not|are not|no longer)\s+"
            r"(?:\w+\s+){0,2}(?:equal|imply|mean|hold|conclude|say|have|be|that|true)?\W*(?:that)?\W*$"
            r"|\b(?:instead of|rather than|as opposed to|and not|but not)\W*$",
            "",
            Stance.DENIED,
        ),
        holds=(
            "It is not true that $(a + b)^2 = a^2 + b^2$",
            "We do not have $AB = BA$",
            "Write $x^2$ instead of $x = 2$",
        ),
        fails=(
            "We do not need the sign, so $(-x)^2 = x^2$",
            "It is not hard to see that $x + x = 2x$",
        ),
    ),
    Rule(
        "denied/mistake",
        "it is told as a mistake that somebody might make",
        _sentence(
            r"\b(?:(?:common|frequent|typical|usual|classic|popular) (?:mistake|error|misconception|pitfall)|"
            r"(?:one|you|we|some|students|people) (?:might|may|could|would) (?:think|expect|guess|believe|be tempted|"
            r"(?:naively|wrongly) \w+)|tempting|temptation|naively|wrongly|erroneously|incorrectly|mistakenly)\b(?!.*\b(?:indeed|but|however|in fact|actually|really)\b)",
            r"^[^.]*\b(?:common mistake|misconception)\b",
            Stance.DENIED,
        ),
        holds=(
            "A common mistake is to write $(a + b)^2 = a^2 + b^2$",
            "One might think that $\\sqrt{x^2} = x$",
        ),
        fails=("One might expect a sum, and indeed: we find $x + x = 2x$. ", "No mistake: $x + x = 2x$"),
    ),
    Rule(
        "denied/contradiction",
        "the sentence draws a contradiction from it",
        _sentence(
            r"\b(?:contradict(?:s|ing|ory)|for (?:a )?contradiction|to (?:a|the) contradiction)\b",
            r"\bcontradict(?:s|ing|ion|ory)\b|\babsurd\b|\bimpossible\b",
            Stance.DENIED,
        ),
        holds=("Then $0 = 1$, a contradiction", "This leads to the contradiction $1 = 2$"),
        fails=("There is no doubt that $x + x = 2x$",),
    ),
)

ASKED: tuple[WordRule, ...] = (
    Rule(
        "asked/question",
        "the sentence is a question",
        _sentence("", r"\?\W*$", Stance.ASKED),
        holds=("Is it true that $(a + b)^2 = a^2 + b^2$?",),
        fails=("What follows? We have $x + x = 2x$.",),
    ),
    Rule(
        "asked/prove-or-disprove",
        "the reader is to find out whether it is so",
        _sentence(
            r"\b(?:prove or (?:disprove|refute|give)|true or false|which of|determine (?:whether|if)|decide (?:whether|if)|"
            r"(?:check|find out|see|test|ask|asks|know|verify) (?:whether|if)|whether(?: or not)?)\b",
            "",
            Stance.ASKED,
        ),
        holds=("Prove or disprove: $(a + b)^2 = a^2 + b^2$", "Determine whether $A = A^T$"),
        fails=("Prove that $x + x = 2x$", "Whether it rains is open. We have $x + x = 2x$"),
    ),
)

_STOOD = re.compile(
    r"\b(?:said|says|reads?|wrote|written|printed|stated|states|typo|misprint|erratum|claims?|claimed)\W*(?:that)?\W*$",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"^[^.]*\bshould (?:have |instead )?(?:read|been|be|say|become)\b", re.IGNORECASE)
_MISPRINT = re.compile(r"^\W*(?:which |this |that )?(?:is|was) (?:a )?(?:typo|misprint)", re.IGNORECASE)


def _corrected(speech: Speech) -> Stance | None:
    tail = " ".join(speech.tail.split())
    stood = _STOOD.search(" ".join(speech.lead.split())) is not None
    return Stance.QUOTED if _MISPRINT.search(tail) or (stood and _CORRECTS.search(tail)) else None


QUOTED: tuple[WordRule, ...] = (
    Rule(
        "quoted/struck-out",
        "it is struck out",
        lambda speech: Stance.QUOTED if speech.struck else None,
        sure=True,
    ),
    Rule(
        "quoted/should-read",
        "the sentence quotes it as what stood there, and corrects it",
        _corrected,
        holds=(
            "It said $(a + b)^2 = a^2 + b^2$; it should read otherwise",
            "The line reads $x = y$, which should be the other way round",
        ),
        fails=(
            "It should read $x + x = 2x$",
            "We iterate $x = y/2$ where the start should be small",
            "It said so; it should read $x + x = 2x$",
        ),
    ),
)

ASSERTED: tuple[WordRule, ...] = (
    Rule(
        "asserted/so",
        "the sentence draws it as a consequence",
        _clause(
            "asserted/so",
            r"^(?:and\s+)?(?:so|hence|thus|therefore|then|consequently|accordingly|finally|whence|equivalently|that is|"
            r"in other words)\b|\b(?:it follows|follows that|conclude|implies|implying|consequence)\b",
            Stance.ASSERTED,
        ),
        holds=("Let $x = 1$, so that $x + x = 2$", "Hence $x + x = 2x$", "If $x > 0$, then $x + x = 2x$"),
        fails=("Let $x = 1$", "Now $x = 1$"),
    ),
    Rule(
        "asserted/we-have",
        "the sentence states it: we have, we get, this gives",
        _clause(
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
        _clause(
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
        _clause("asserted/because", r"^(?:because|since|as)\b", Stance.ASSERTED, open_only=True),
        holds=("It is even because $x + x = 2x$",),
        fails=("Since the day is long, $x = 1$",),
    ),
    Rule(
        "asserted/show-that",
        "it is to be shown, so it is said to be true",
        _clause(
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
        _clause(
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
        _clause(
            "defines/let",
            r"^(?:and\s+|now\s+|also\s+|we\s+(?:\w+\s+)?)?(?:let|set|put|define|denote|write|introduce|call|choose|take|pick|"
            r"fix|consider|substitute|model|parametri[sz]e|letting|setting|putting|defining|denoting|writing|taking|choosing|"
            r"introducing|considering|substituting|replac(?:e|ing))\b",
            Stance.DEFINES,
        ),
        holds=("Let $x = 1$", "We define $f(x) = x^2$", "Setting $u = x^2$"),
        fails=("The let was long: $x + x = 2x$", "We have set theory, so $x + x = 2x$"),
    ),
    Rule(
        "defines/where",
        "it explains what stands in the formula before",
        _clause("defines/where", r"^(?:and\s+)?(?:where|wherein|with)\b(?! respect)", Stance.DEFINES),
        holds=("The loss is $L$, where $L = x^2$", "where, by symmetry, $x = 1$"),
        fails=("We get, with the binomial formula, $x + x = 2x$",),
    ),
    Rule(
        "defines/is-defined",
        "the sentence says that it is a definition or a notation",
        _clause(
            "defines/is-defined",
            r"\b(?:defin(?:e|es|ed|ing|ition)|denot(?:e|es|ed|ing)|given by|notation|stands? for|called|named|namely|"
            r"modell?ed (?:by|as)|model is|parametri[sz]\w+|represent(?:s|ed) (?:by|as)|for (?:example|instance))\b",
            Stance.DEFINES,
        ),
        holds=("The loss is defined by $L = x^2$", "given by $x = 1$"),
        fails=("The indefinite article is $x = 1$",),
    ),
)

ASSUMES: tuple[WordRule, ...] = (
    Rule(
        "assumes/if",
        "it is a condition of the sentence",
        _clause(
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
        _clause(
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
        "condition/solve",
        "it is an equation to be solved, a constraint or a model",
        _clause(
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
        _clause(
            "condition/must",
            r"\b(?:must|should|need(?:s)? to|has to|have to)\s+(?:\w+\s+)?(?:have|be|hold|equal|satisfy)?\W*$",
            Stance.CONDITION,
            open_only=True,
        ),
        holds=("At the optimum we must have $x = 1$",),
        fails=("The result, which must be right, is $x + x = 2x$",),
    ),
)

WORDS: tuple[WordRule, ...] = (*QUOTED, *DENIED, *ASKED, *ASSERTED, *DEFINES, *ASSUMES, *CONDITION)


def nearness(name: str, speech: Speech) -> int:
    """Where the last match of a rule about the governing clause ends."""
    pattern = CLAUSE.get(name)
    ends = [m.end() for m in pattern.finditer(speech.clause.text)] if pattern is not None else []
    return max(ends, default=-1)
