"""How named functions are spelled: the word an author writes → the head that it stands for."""

from __future__ import annotations

from derive.functions import FUNCTIONS

WORDS: dict[str, str] = {
    **{word: f.name for f in FUNCTIONS.values() for word in f.words},
    # what acts on arrays and fields, and has a syntax of its own
    **{name: name for name in "det trace rank diag vec dim ker softmax adjugate grad div curl".split()},
    "tr": "trace",
    "Tr": "trace",
    "Trace": "trace",
    "adj": "adjugate",
    "Det": "det",
    "rk": "rank",
    "Rank": "rank",
    "Diag": "diag",
    "Ker": "ker",
    "Softmax": "softmax",
    "rot": "curl",
}
