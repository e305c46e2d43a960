"""What one elaboration has in hand: the scope, the evidence in the pieces, the open questions.

A construct that the notation leaves open is asked about by a key; the first
option is preferred. `derive.meaning.elaborate` runs once with every preference and
again with the alternatives, so that all pieces read together share the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

from derive.expressions import regex
from derive.facts.formula import Facts
from derive.facts.pieces import INDEX_LETTERS
from derive.model import Span, Step
from derive.notation import syntax as s
from derive.reasons.choices import Choice
from derive.rules import Answer
from derive.term.nodes import Symbol, Term, Type
from derive.term.scope import Scope

_T = TypeVar("_T")
Options: TypeAlias = tuple[tuple[str, Choice], ...]
"""(answer, the choice that it is) pairs, the preferred one first."""


Asked: TypeAlias = tuple[tuple[str, Options], ...]


class Reader:
    """One pass over the pieces with a fixed set of answers.

    What a pass before it found out is shared: a term whose elaboration asked nothing
    that is answered otherwise now, and what the pieces tell as a whole.
    """

    def __init__(
        self,
        nodes: Sequence[s.Syntax],
        scope: Scope,
        dispatch: Callable[[Reader, s.Syntax], Term],
        answers: dict[str, str],
        evidence: Facts,
        before: Reader | None = None,
    ) -> None:
        self.nodes = tuple(nodes)
        self.scope = scope
        self.evidence = evidence
        self.answers = answers
        self.bound: list[str] = []
        self.inferred: list[Choice] = []
        self._asked: list[tuple[str, Options]] = []
        self._steps: list[Step] = []
        self._dispatch = dispatch
        # by the node and what is bound around it; the node is kept so that its identity stays its own
        self._terms: dict[
            tuple[int, tuple[str, ...]], tuple[s.Syntax, Term, Asked, list[Choice], list[Step]]
        ] = before._terms if before is not None else {}
        self._facts: dict[tuple[str, ...], Any] = before._facts if before is not None else {}

    def term(self, node: s.Syntax) -> Term:
        if isinstance(node, s.Name | s.Number):
            return self._dispatch(self, node)
        key = id(node), tuple(self.bound)
        known = self._terms.get(key)
        if known is not None and (not self.answers or all(k not in self.answers for k, _ in known[2])):
            self._asked += known[2]
            self.inferred += known[3]
            self._steps += known[4]
            return known[1]
        start, told, stepped = len(self._asked), len(self.inferred), len(self._steps)
        term = self._dispatch(self, node)
        asked = tuple(self._asked[start:])
        if not self.answers or all(k not in self.answers for k, _ in asked):
            self._terms[key] = node, term, asked, self.inferred[told:], self._steps[stepped:]
        return term

    def infer(self, meaning: Choice) -> None:
        """Keep what was made out of dots and the like, to be shown with the verdict."""
        self.inferred.append(meaning)

    def ask(self, key: str, options: Options) -> str:
        """The answer to an open question for which custom alone gives the order."""
        chosen = self._chosen(key, options)
        kind, _, _ = key.partition(":")
        self._steps.append(Step(key, chosen, f"{kind}/custom", "the notation leaves it open"))
        return chosen

    def settle(self, key: str, answer: Answer[Any], options: Options, span: Span) -> str:
        """What a table of rules answered; unless the rule is sure, the other options stay open."""
        if answer.sure:
            chosen: str = answer.value
            self._steps.append(Step(key, chosen, answer.rule, answer.because, True, span))
            return chosen
        preferred = sorted(options, key=lambda option: option[0] != answer.value)
        chosen = self._chosen(key, tuple(preferred))
        because = answer.because if chosen == answer.value else f"not surely so: {answer.because}"
        self._steps.append(Step(key, chosen, answer.rule, because, False, span))
        return chosen

    def _chosen(self, key: str, options: Options) -> str:
        self._asked.append((key, options))
        return self.answers.get(key, options[0][0])

    def fact(self, key: tuple[str, ...], find: Callable[[], _T]) -> _T:
        """What a walk over all pieces tells, found out once."""
        if key not in self._facts:
            self._facts[key] = find()
        known: _T = self._facts[key]
        return known

    @property
    def questions(self) -> dict[str, Options]:
        """What was asked, in the order in which it came up."""
        found: dict[str, Options] = {}
        for key, options in self._asked:
            found.setdefault(key, options)
        return found

    @property
    def choices(self) -> tuple[Choice, ...]:
        asked = (
            dict(options)[self.answers.get(key, options[0][0])] for key, options in self.questions.items()
        )
        return (*asked, *dict.fromkeys(self.inferred))

    @property
    def trail(self) -> tuple[Step, ...]:
        """How every question was answered, each once; spans are offsets into the formula."""
        return tuple(dict.fromkeys(self._steps))

    @contextmanager
    def binding(self, names: Sequence[str]) -> Iterator[None]:
        self.bound.extend(names)
        try:
            yield
        finally:
            del self.bound[len(self.bound) - len(names) :]

    def declared(self, name: str) -> bool:
        """The scope knows the symbol: a declaration, a definition, or a binder around here."""
        return name in self.bound or name in self.scope.symbols or name in self.scope.definitions

    def role(self, name: str) -> str | None:
        """The symbol's role by the scope; None when the scope does not know it."""
        if name in self.bound and _PLAIN_LETTER.fullmatch(name):
            return "index"
        known = self.scope.symbols.get(name)
        if known is not None:
            return known.role
        definition = self.scope.definitions.get(name)
        if definition is None:
            return None
        return {"function": "function", "element": "sequence"}.get(definition.kind, "variable")

    def used(self, name: str, way: str) -> bool:
        """The document uses the letter so somewhere: `applied`, a `factor`, `sampled`."""
        return way in self.scope.usage.get(name, ())

    def symbol(self, name: str, span: Span | None = None) -> Symbol:
        known = self.scope.symbols.get(name)
        if known is not None:
            return Symbol(name, known, span=span)
        if (
            len(name) == 1
            and name not in self.bound
            and name not in self.evidence.bound
            and name not in self.evidence.arrays
        ):
            return Symbol(name, span=span)
        if (name in self.bound or name in self.evidence.bound) and (
            name in INDEX_LETTERS or name in self.evidence.counted
        ):
            return Symbol(name, INDEX, span=span)
        if name.startswith(("\\mathbf{", "\\boldsymbol{", "\\vec{")) or name in self.evidence.arrays:
            return Symbol(name, ARRAY, span=span)
        return Symbol(name, span=span)

    def is_array(self, name: str) -> bool:
        """Known, or written like, a vector or matrix."""
        known = self.scope.symbols.get(name)
        if known is not None:
            return known.shape is not None and known.shape != ()
        return name.startswith(("\\mathbf{", "\\boldsymbol{", "\\vec{")) or name in self.evidence.arrays

    def is_matrix(self, name: str) -> bool:
        known = self.scope.symbols.get(name)
        if known is not None:
            return known.shape is not None and len(known.shape) == 2
        bold = name.startswith("\\mathbf{") and name[8:9].isupper()
        return bold or (name in self.evidence.arrays and name[:1].isupper())


_PLAIN_LETTER = regex(r"[a-z]|\\[a-z]+")
INDEX = Type(domain="integer", role="index")
ARRAY = Type(shape=None)


def fail(node: s.Syntax, what: str) -> s.NotationError:
    return s.NotationError(node.span, what)
