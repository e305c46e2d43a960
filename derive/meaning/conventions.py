"""One name, several conventions: which function a name means where authors differ."""

from __future__ import annotations

from collections.abc import Sequence

from derive.functions.record import Meaning
from derive.meaning.reader import Reader
from derive.reasons.choices import Choice, Chosen
from derive.term.nodes import Apply, Term


def meant(r: Reader, name: str, meanings: Sequence[Meaning], args: tuple[Term, ...]) -> Term:
    """The function of that name at the arguments: the meaning that a word of the document chooses, else all
    are kept as readings."""
    if not meanings:
        return Apply(name, args)
    words = frozenset((r.scope.options.get("words") or "").split())
    chosen = next((m for m in meanings if words.intersection(m.words)), None)
    if chosen is None:
        answer = r.ask(
            f"convention:{name}",
            tuple((m.choice, Choice(Chosen.CONVENTION, (name, m.choice))) for m in meanings),
        )
        chosen = next(m for m in meanings if m.choice == answer)
    return chosen.of(*args)
