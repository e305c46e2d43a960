"""The two text formats."""

from sample_report import finding, report

from derive.model import FileReport, Report, Source, Span
from derive.report import concise, full


def test_concise_is_one_line_a_finding() -> None:
    rows = concise.render(report()).splitlines()
    assert rows[0] == "notes/a b.md:1:3: info DRV000 document: something odd"
    assert rows[1] == (
        "notes/a b.md:5:17: error DRV101 missing-factor: the factor 1/2 was lost [write \\frac{1}{2}x]"
    )


def test_full_underlines_the_faulty_part() -> None:
    rows = full.render(report()).splitlines()
    at = rows.index(r"5 | $$\frac{1}{2} + x = y^2$$")
    assert rows[at - 3] == "error[DRV101] missing-factor: the factor 1/2 was lost"
    assert rows[at - 2] == " --> notes/a b.md:5:17"
    assert rows[at + 1] == "  |                 ^^^^^^^"
    assert rows[at + 3] == "3 | When $y = 0$:"
    assert rows[at + 4] == "  |       ----- this case"
    assert "  = counterexample: at x = 1, \\hat{y} = 1/2 the left side is 1.5, the right side 0.25" in rows
    assert "  = note: true only for x = 0" in rows
    assert "  = help: put the factor back: `\\frac{1}{2}x`" in rows


def test_full_lists_what_was_not_read_and_ends_with_coverage() -> None:
    rows = full.render(report()).splitlines()
    assert "notes/a b.md:7:6: unread: unknown command \\oops: \\oops" in rows
    assert rows[-3:] == [
        "1 file, 3 formulas, 3 claims: 0 proved, 0 holds, 1 refuted, 0 ill-formed, 0 undecided, 1 given, 1 unread",
        "coverage: read 2/3 (66 %); relations 1: 1 tried, 1 decided; given by rule: given/states-nothing 1",
        "found: 1 error, 0 warnings; second reader: no",
    ]


def test_wide_characters_keep_the_underline_in_place() -> None:
    text = "公式 $a = b$"
    rows = full.render(report(_at(text, "a = b"), text=text)).splitlines()
    at = rows.index("1 | 公式 $a = b$")
    assert rows[at + 1] == "  | " + " " * 6 + "^^^^^"


def test_long_lines_are_shown_around_the_finding() -> None:
    text = "word " * 300 + "$a = b$" + " word" * 300
    rows = full.render(report(_at(text, "a = b"), text=text)).splitlines()
    shown = next(row for row in rows if "$a = b$" in row)
    under = rows[rows.index(shown) + 1]
    assert len(shown) < 250
    assert shown[under.index("^") : under.rindex("^") + 1] == "a = b"


def test_a_finding_over_many_lines() -> None:
    text = "$$\n" + "a\n" * 20 + "$$"
    rows = full.render(report(_at(text, text[3:-3]), text=text)).splitlines()
    assert sum("^" in row for row in rows) == 3
    assert any(row.strip() == "... |" or row.strip().startswith("...") for row in rows)


def test_messages_hold_no_control_characters() -> None:
    shown = concise.render(report(finding("bad \x1b[31m red\r\nnext")))
    assert "\x1b" not in shown and "\r" not in shown


def test_an_empty_run() -> None:
    empty = Report((FileReport(Source("a.md", ""), "markdown", (), ()),), (), ("b: no documents",))
    assert full.render(empty).startswith("derive: b: no documents\n1 file, 0 formulas, 0 claims")


def _at(text: str, part: str):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    start = text.index(part)
    return replace(finding(), span=Span(start, start + len(part)), labels=(), fix=None)
