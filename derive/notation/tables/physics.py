"""Physics: the commands of the physics package and of siunitx that stand for plain notation."""

from __future__ import annotations

from derive.notation.entries import Entry, each, same

ENTRIES: tuple[Entry, ...] = (
    *same(r"\qty \quantity", "command", "qty", "fences that grow", "{}(x)"),
    *same(r"\pqty", "command", "pqty", "parenthesis", "{}{x}"),
    *same(r"\bqty", "command", "bqty", "bracket", "{}{x}"),
    *same(r"\Bqty", "command", "Bqty", "brace", "{}{x}"),
    *same(r"\order", "command", "order", "order of magnitude", "{}{x}"),
    *same(r"\ket", "command", "ket", "ket", r"{}{\psi}"),
    *same(r"\bra", "command", "bra", "bra", r"{}{\psi}"),
    *same(r"\braket \ip \innerproduct", "command", "braket", "inner product", r"{}{\psi}"),
    *same(r"\expval \ev", "command", "expval", "mean value", "{}{A}"),
    *same(r"\comm \commutator", "command", "comm", "commutator", "{}{A}{B}"),
    *same(r"\acomm", "command", "acomm", "anticommutator", "{}{A}{B}"),
    *same(r"\num", "command", "num", "a number", "{}{3.5e-4}"),
    *each(r"\hbar \hslash \ell \wp \aleph \beth \imath \jmath \mho \eth", "symbol", "a symbol"),
    *same("ℏ", "symbol", "hbar", "the reduced Planck constant", "{}"),
    *same("ℓ", "symbol", "ell", "a symbol", "{}"),
    *same("£", "symbol", "pound", "a currency", "{}5"),
    *same("€", "symbol", "euro", "a currency", "{}5"),
    *same("Å \\AA", "symbol", "angstrom", "a unit", "5 {}"),
    *same(r"\Box \square □", "symbol", "Box", "d'Alembertian, a box", "{}"),
)
