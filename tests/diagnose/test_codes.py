"""No two findings share a code or a name."""

from derive.diagnose.causes import CAUSES
from derive.form.slips import FORM, STRUCTURE
from derive.form.solving import SOLVING
from derive.form.surveys import PAGE


def test_codes_and_names_are_of_one_finding_each() -> None:
    told = {(c.code, c.name) for c in (*FORM, *STRUCTURE, *PAGE, *SOLVING, *CAUSES)}
    assert len({code for code, _ in told}) == len({name for _, name in told}) == len(told)
