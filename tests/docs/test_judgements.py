"""The judgements of findings in public documents: one a finding, each with its reason."""

import json
import re
from pathlib import Path

LEDGER = Path(__file__).parents[1] / "corpus" / "judged.jsonl"


def test_each_finding_is_judged_once_and_says_why() -> None:
    rows = [json.loads(line) for line in LEDGER.read_text(encoding="utf-8").splitlines()]
    assert len({row["key"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"[0-9a-f]{12}", row["key"]), row
        assert row["judgement"] in ("real", "false", "doubtful") and row["why"].strip(), row
