"""Sets and logic."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *same(r"\in \isin ∈", "relation", "in", "is an element of", "x {} S"),
    *same(r"\notin ∉", "relation", "notin", "is no element of", "x {} S"),
    *same(r"\ni ∋ \owns", "relation", "ni", "contains", "S {} x"),
    *same(r"\subset ⊂", "relation", "subset", "is a subset of", "A {} B"),
    *same(r"\subseteq ⊆ \sube \subseteqq", "relation", "subseteq", "is a subset of", "A {} B"),
    *same(
        r"\subsetneq ⊊ \subsetneqq \varsubsetneq", "relation", "subsetneq", "is a proper subset of", "A {} B"
    ),
    *same(r"\supset ⊃", "relation", "supset", "holds as a subset", "A {} B"),
    *same(
        r"\supsetneq ⊋ \supsetneqq \varsupsetneq",
        "relation",
        "supsetneq",
        "holds as a proper subset",
        "A {} B",
    ),
    *same(r"\nsupseteq", "relation", "not supseteq", "does not hold as a subset", "A {} B"),
    *same(r"\supseteq ⊇ \supseteqq", "relation", "supseteq", "holds as a subset", "A {} B"),
    *same(r"\nsubseteq \nsubseteqq ⊄", "relation", "not subseteq", "is no subset of", "A {} B"),
    *same(r"\parallel", "relation", "parallel", "is parallel to", "a {} b"),
    *same(r"\nmid \nshortmid", "relation", "not divides", "does not divide", "a {} b"),
    *same(r"\cup ∪", "looser", "cup", "union", "A {} B"),
    *same(r"\cap ∩", "operator", "cap", "intersection", "A {} B"),
    *same(r"\uplus \sqcup", "looser", "cup", "disjoint union", "A {} B"),
    *same(r"\sqcap", "operator", "cap", "meet", "A {} B"),
    *same(r"\setminus \smallsetminus \backslash ∖", "looser", "setminus", "difference of sets", "A {} B"),
    *same(r"\triangle △", "looser", "triangle", "symmetric difference", "A {} B"),
    *same(r"\wedge \land ∧", "operator", "wedge", "and, wedge product", "a {} b"),
    *same(r"\vee \lor ∨", "looser", "vee", "or, join", "a {} b"),
    *same(r"\neg \lnot ¬", "prefix", "neg", "not", "{} a"),
    *each(r"\forall \exists \nexists", "quantifier", "for all, there is", r"{} x \in S: x > 0"),
    *same("∀", "quantifier", "forall", "for all", r"{} x \in S: x > 0"),
    *same("∃", "quantifier", "exists", "there is", r"{} x \in S: x > 0"),
    *same(r"\implies \Rightarrow \Longrightarrow ⇒ ⟹", "implication", "implies", "implies", "a {} b"),
    *same(r"\impliedby \Leftarrow \Longleftarrow ⇐ ⟸", "implication", "impliedby", "is implied by", "a {} b"),
    *same(r"\iff \Leftrightarrow \Longleftrightarrow ⇔ ⟺", "implication", "iff", "if and only if", "a {} b"),
    *same(r"\emptyset \varnothing \empty ∅ ⌀", "symbol", "emptyset", "the empty set", "{}"),
    *same(r"\#", "symbol", "#", "number of elements", r"{}\{x\}"),
    *same(r"\complement ∁", "symbol", "complement", "complement", "A^{}"),
    *same(r"\therefore ∴", "mark", "therefore", "hence, before a row", "{} a = b"),
    *same(r"\because ∵", "mark", "because", "since, before a row", "{} a = b"),
)
