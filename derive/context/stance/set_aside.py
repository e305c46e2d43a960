"""What takes a relation out of what the text states: it is denied, asked, quoted, offered or struck out.

These rules reach one sentence, or what its author marked off: an item, a label. Their examples are sentences
in which the last formula is the relation asked about.
"""

from __future__ import annotations

import re

from derive.context.stance.patterns import WordRule, sentence
from derive.context.stance.speech import MARK, Speech
from derive.expressions import regex
from derive.model import Stance
from derive.rules import Rule

_NOT = (
    r"(?:not (?:true|possible|correct|right|valid|the case|so|allowed)|wrong|false|incorrect|impossible|"
    r"absurd|"
    r"untrue|invalid|nonsense|(?:a |an |clearly a )?(?:contradiction|mistake|error|fallacy|misconception)\b)"
)
_IS = r"(?:is|are|was|were|would be|will be|must be|isn't|cannot be|can't be)"


def _is_question(speech: Speech) -> bool:
    """What a question asks the reason or the way of is taken for true in it."""
    return (
        re.search(r"\?\W*$", speech.tail) is not None
        and re.search(r"\b(?:why|how (?:do|can|did|does))\b", speech.lead, re.IGNORECASE) is None
    )


DENIED: tuple[WordRule, ...] = (
    Rule(
        "denied/called-wrong",
        "the sentence says that it is wrong or impossible",
        sentence(
            "",
            rf"^\W*(?:(?:which|this|that|it)\s+)?(?:{_IS}\s+)(?:\w+\s+){{0,2}}?{_NOT}"
            r"|^\W*(?:which |this |that )?(?:contradicts|cannot hold|can't hold|does not hold|fails)\b"
            r"|^\W*(?:which|this|that)\s+(?:(?:does|do|can|will) ?not|doesn't|don't|can't|won't|never)\s+"
            r"(?:exist|happen|occur|be|make (?:any )?sense)\b",
            Stance.DENIED,
            rf"^\W*(?:but |and |however,? )?(?:this|that|it|both|neither)\s+{_IS}\s+(?:\w+\s+)?{_NOT}"
            r"|^\W*(?:but |and )?(?:this|that|which)\s+(?:contradicts|cannot)\b|^\W*(?:a )?contradiction\b",
        ),
        holds=(
            "The claim $x = 1$ is wrong.",
            "Any larger value will result in $\\cos t > 1$, which doesn't exist.",
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
        sentence(
            r"(?:not true|not the case|false|wrong|incorrect|impossible|not possible|absurd)\s+(?:that|"
            r"to (?:say|write|"
            rf"claim|conclude)(?: that)?)\W*(?:[^.{MARK}]*)$"
            r"|\b(?:does not|doesn't|do not|don't|cannot|can't|need not|isn't|is not|are not|no longer)\s+"
            r"(?!(?:\w+\s+)?(?:forget|overlook|ignore|miss|doubt|stress|emphasi[sz]e|lose|"
            r"be (?:stressed|overstated|ignored)))"
            r"(?:\w+\s+){0,2}(?:equal|imply|mean|hold|conclude|say|have|be|that|true)?\W*(?:that)?\W*$"
            r"|\b(?:instead of|rather than|as opposed to|and not|but not|not the same (?:thing )?as|"
            r"not equivalent to|"
            r"(?:is|are|be) not|different from|unlike|in contrast to|never)\W*$"
            r"|\bnever (?:have|equals?|is|are|write|get|conclude|assume|true)\W*(?:that)?\W*$",
            "",
            Stance.DENIED,
        ),
        holds=(
            "It is not true that $(a + b)^2 = a^2 + b^2$",
            "We do not have $AB = BA$",
            "Write $x^2$ instead of $x = 2$",
            "This is not the same as $AB = BA$",
        ),
        fails=(
            "We do not need the sign, so $(-x)^2 = x^2$",
            "It is not hard to see that $x + x = 2x$",
            "Do not forget that $x + x = 2x$",
            "One never forgets that $x + x = 2x$",
            "This is not the same as before: $x + x = 2x$",
            "The two are different from the start, $x + x = 2x$",
        ),
    ),
    Rule(
        "denied/mistake",
        "it is told as a mistake that somebody might make",
        sentence(
            r"\b(?:(?:common|frequent|typical|usual|classic|popular) (?:mistake|error|misconception|pitfall)|"
            r"(?:one|you|we|some|students|people) (?:might|may|could|would) (?:\w+ )?(?:think|expect|"
            r"guess|believe|"
            r"hope|imagine|suspect|be tempted|(?:naively|wrongly) \w+)|tempting|temptation|naively|"
            r"wrongly|erroneously|incorrectly|mistakenly)\b(?!.*\b(?:indeed|but|however|in fact|actually|"
            r"really)\b)",
            r"^[^.]*\b(?:common mistake|misconception)\b",
            Stance.DENIED,
        ),
        holds=(
            "One might hope that $(fg)' = f'g'$",
            "A common mistake is to write $(a + b)^2 = a^2 + b^2$",
            "One might think that $\\sqrt{x^2} = x$",
        ),
        fails=("One might expect a sum, and indeed: we find $x + x = 2x$. ", "No mistake: $x + x = 2x$"),
    ),
    Rule(
        "denied/no-solution",
        "the sentence puts a value in and finds that it is no solution",
        sentence(
            "",
            r"\b(?:is|are) (?:therefore |thus |hence )?not (?:an? |the )?(?:solution|root|zero)s?\b"
            r"|\b(?:is|are) (?:an )?extraneous\b",
            Stance.DENIED,
        ),
        holds=("Putting it in we get $1 + 2 = 0$; consequently, it is not a solution.",),
        fails=("It is a solution since $1 + 1 = 2$.",),
    ),
    Rule(
        "denied/contradiction",
        "the sentence draws a contradiction from it",
        sentence(
            r"\b(?:contradict(?:s|ing|ory)|(?:for|by way of|towards?|reach|get|to|obtain|is|"
            r"arrive at) (?:an? |the )?contradiction|"
            r"(?:suppose|assume|assuming),? (?:to|on) the contrary)\b(?!.*\b(?:so|hence|thus|therefore|"
            r"instead|but|yet|however)\b)",
            r"^(?:\W|which|that|this|is|in|are|both|clearly|the|an?|and|but|desired|required|leads to|"
            r"gives)*(?:"
            r"contradict(?:s|ing|ion|ory)|absurd)\b",
            Stance.DENIED,
        ),
        holds=(
            "Then $0 = 1$, a contradiction",
            "This leads to the contradiction $1 = 2$",
            "Suppose for contradiction that $x + x = 3x$",
        ),
        fails=(
            "There is no doubt that $x + x = 2x$",
            "This contradicts what was assumed, so we have $x + x = 2x$",
            "We have $x + x = 2x$, so a loss is impossible",
        ),
    ),
    Rule(
        "denied/hypothetical",
        "it is told what would follow, were things otherwise",
        sentence(
            r"\b(?:otherwise|were|had)\b[^.;]*\bwould\b[^.;,]*$|"
            r"\bwould (?:then )?(?:imply|mean|force|contradict|result in|lead to|require|"
            r"entail)\b",
            "",
            Stance.DENIED,
        ),
        holds=(
            "Were it so, we would have $1 = 2$",
            "This would imply that $AB = BA$",
            "It would result in $1 = 2$",
        ),
        fails=(
            "Otherwise it would be large; we get $x + x = 2x$",
            "We would like to show that $x + x = 2x$",
            "It would be easy. We have $x + x = 2x$",
        ),
    ),
    Rule(
        "denied/label",
        "a label before it marks it as wrong",
        sentence(
            r"^\W*(?:wrong|incorrect|false|invalid|fallacy|mistake|not|bad|don't|fake proof|"
            r"bogus proof)(?:\s+\w+)?\s*[:|]"
            r"|^\s*(?:[-*•]\s*)?[✗✘❌🚫❎]",
            "",
            Stance.DENIED,
        ),
        holds=("Wrong: $x + x = 3x$", "✗ $x + x = 3x$", "Incorrect: we get $x + x = 3x$"),
        fails=(
            "Right: $x + x = 2x$",
            "✓ $x + x = 2x$",
            "The false alarm: $x + x = 2x$",
            "Not yet. We get $x + x = 2x$",
        ),
    ),
)

ASKED: tuple[WordRule, ...] = (
    Rule(
        "asked/question",
        "the sentence is a question",
        lambda speech: Stance.ASKED if _is_question(speech) else None,
        holds=("Is it true that $(a + b)^2 = a^2 + b^2$?", "Is $x + x = 3x$?"),
        fails=("What follows? We have $x + x = 2x$.", "Do you see why $x + x = 2x$?"),
    ),
    Rule(
        "asked/prove-or-disprove",
        "the reader is to find out whether it is so",
        sentence(
            r"\b(?:(?:dis)?prove or (?:dis)?(?:prove|refute|give)|true or false|true/false|which of|"
            r"determine (?:whether|if)|decide (?:whether|if)|"
            r"(?:check|find out|see|test|ask|asks|know|verify) (?:whether|if)|whether(?: or not)?)\b"
            r"|^\W*T\s*/\s*F\b",
            r"^\W*(?:true or false|true/false|T\s*/\s*F)\b",
            Stance.ASKED,
            r"^\W*(?:(?:dis)?prove or (?:dis)?prove|true or false|is (?:this|it|that) (?:\w+ )?(?:true|"
            r"correct|right|so|valid)|"
            r"do you agree)\b",
        ),
        holds=("Prove or disprove: $(a + b)^2 = a^2 + b^2$", "Determine whether $A = A^T$"),
        fails=("Prove that $x + x = 2x$", "Whether it rains is open. We have $x + x = 2x$"),
    ),
    Rule(
        "asked/offered",
        "it is one of the answers that a question offers",
        lambda speech: Stance.ASKED if speech.offered else None,
        sure=True,
    ),
)

_STOOD = regex(
    r"\b(?:said|says|reads?|wrote|written|printed|stated|states|typo|misprint|erratum|claims?|claimed)\W*(?:that)?\W*$",
    re.IGNORECASE,
)
_CORRECTS = regex(r"^[^.]*\bshould (?:have |instead )?(?:read|been|be|say|become)\b", re.IGNORECASE)
_MISPRINT = regex(r"^\W*(?:which |this |that |it )?(?:is|was) (?:a )?(?:typo|misprint)", re.IGNORECASE)
_NEXT = regex(r"^\W*(?:it|this|that) should (?:have )?(?:read|been|be|say)\b", re.IGNORECASE)
_OUGHT = regex(r"^\W*(?:it |which |this )?should (?:instead )?(?:be|read)\b", re.IGNORECASE)


def _corrected(speech: Speech) -> Stance | None:
    tail = " ".join(speech.tail.split())
    stood = _STOOD.search(" ".join(speech.lead.split())) is not None
    said = (
        _MISPRINT.search(tail)
        or _OUGHT.search(tail)
        or (stood and _CORRECTS.search(tail))
        or _NEXT.search(speech.following)
        or _MISPRINT.search(speech.following)
    )
    return Stance.QUOTED if said else None


QUOTED: tuple[WordRule, ...] = (
    Rule(
        "quoted/struck-out",
        "it is struck out",
        lambda speech: Stance.QUOTED if speech.struck else None,
        sure=True,
    ),
    Rule(
        "quoted/argument",
        "it belongs to an argument of somebody else's, which the text goes on to judge",
        lambda speech: Stance.QUOTED if speech.reported else None,
        sure=True,
    ),
    Rule(
        "quoted/should-read",
        "the sentence quotes it as what stood there, and corrects it",
        _corrected,
        holds=(
            "It said $(a + b)^2 = a^2 + b^2$; it should read otherwise",
            "The line reads $x = y$, which should be the other way round",
            "The book has $x + x = 3x$. It should read differently",
        ),
        fails=(
            "It should read $x + x = 2x$",
            "We iterate $x = y/2$ where the start should be small",
            "It said so; it should read $x + x = 2x$",
        ),
    ),
    Rule(
        "quoted/replaced",
        "the sentence has it replaced by something else",
        lambda speech: (
            Stance.QUOTED
            if re.search(r"\b(?:change|replace|correct)\W*$", speech.lead, re.IGNORECASE)
            and re.match(r"\W*(?:to|by|with|into)\b", speech.tail, re.IGNORECASE)
            else None
        ),
        holds=("Page 3: replace $x + x = 3x$ by what is right",),
        fails=("Replace it: $x + x = 2x$", "To replace the sum by a product, $x + x = 2x$"),
    ),
    Rule(
        "quoted/somebody",
        "it is what somebody else says",
        sentence(
            r"\b(?:student|classmate|pupil|friend|beginner|learner|colleague|candidate|"
            r"contestant)s?(?: [A-Z]\w*)?,? (?:\w+ ){0,2}?"
            r"(?:answer|wr(?:ite|ote)|claim|say|said|argue|conclude|think|thought|believe|get|got|obtain|"
            r"found|find|reason|propose|"
            rf"suggest)(?:e?s|e?d)?\b[^.{MARK}]*$|\bstudent(?:'s)? (?:answer|solution|work)\W*$",
            "",
            Stance.QUOTED,
        ),
        holds=("A student answered $x + x = 3x$", "Your classmate claims that $x + x = 3x$"),
        fails=(
            "The students know what follows. We get $x + x = 2x$",
            "For the student we note that $x + x = 2x$",
        ),
    ),
)

SET_ASIDE: tuple[WordRule, ...] = (*QUOTED, *DENIED, *ASKED)
