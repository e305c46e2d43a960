"""What one function's documentation has says nothing of how another function is written."""

from __future__ import annotations

import pytest

from derive.form.cause import Survey
from derive.form.lone import lone_power, lone_sign
from derive.front.document import check_source
from derive.model import Source


def found(source: Source) -> set[str]:
    report, faults = check_source(source)
    assert not faults
    return {d.name for d in report.diagnostics}


@pytest.mark.parametrize("survey", [lone_sign.CAUSE, lone_power.CAUSE])
def test_the_page_tells_and_docstrings_do_not(survey: Survey) -> None:
    text = survey.invalid[0]
    assert survey.name in found(Source("one.py", f'def f():\n    r"""{text}"""'))
    parts = [p for p in text.split("\n\n") if p.strip()]
    code = "\n\n".join(f'def f{k}():\n    r"""{part.strip()}"""' for k, part in enumerate(parts))
    assert survey.name not in found(Source("page.py", code))
