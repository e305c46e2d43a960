"""The bench's claims as data: read from the tables in `claims/`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

CLAIMS = Path(__file__).parent / "claims"

SOUND = {True: ("proved", "holds"), False: ("refuted",)}


@dataclass(frozen=True)
class BenchClaim:
    """truth is None for an adversarial claim; `verdicts` are the right ones, the best first."""

    field: str
    latex: str
    given: tuple[str, ...]
    truth: bool | None
    verdicts: tuple[str, ...]
    conditions: bool = False

    @property
    def wrong(self) -> frozenset[str]:
        """Verdicts that break a promise, whatever else may be excused."""
        if self.truth is True:
            return frozenset({"refuted"})
        if self.truth is False:
            return frozenset({"proved"})
        return frozenset({"proved", "refuted"}) - set(self.verdicts)


def read_claims() -> list[BenchClaim]:
    claims: list[BenchClaim] = []
    for path in sorted(CLAIMS.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for true, false, *given in table.get("pairs", ()):
            claims.append(BenchClaim(table["field"], true, tuple(given), True, SOUND[True]))
            claims.append(BenchClaim(table["field"], false, tuple(given), False, SOUND[False]))
        for row in table.get("claims", ()):
            claims.append(
                BenchClaim(
                    table["field"],
                    row["latex"],
                    tuple(row.get("given", ())),
                    None,
                    tuple(row["verdicts"]),
                    row.get("conditions", False),
                )
            )
    return claims
