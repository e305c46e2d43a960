"""`pytest --derive`: each claim of a document is a test."""

from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

RIGHT = "# Squares\n\nFor all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2.$$\n"
WRONG = "# Squares\n\nFor all $x$ and $y$,\n\n$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + 3xy + y^2.$$\n"
#: where the package is installed the entry point loads the plugin
INSTALLED = any(e.name == "derive" for e in entry_points(group="pytest11"))
PLUGIN = () if INSTALLED else ("-p", "derive.plugins.pytest_plugin")


def run(pytester: pytest.Pytester, *argv: str) -> pytest.RunResult:
    return pytester.runpytest(*PLUGIN, "-p", "no:hypothesispytest", *argv)


def ids(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "::" in line and not line.startswith(("FAILED", "ERROR"))]


def test_nothing_happens_unless_asked(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(WRONG)
    pytester.makepyfile(test_own="def test_one(): pass")
    assert ids(run(pytester, "--collect-only", "-q")) == ["test_own.py::test_one"]
    run(pytester).assert_outcomes(passed=1)


def test_each_claim_is_an_item_with_a_stable_id(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(WRONG)
    pytester.path.joinpath("notes.csv").write_text("$1 = 2$")
    assert ids(run(pytester, "--derive", "--collect-only", "-q")) == [
        "a.md::document",
        "a.md::line 5 col 3",
        "a.md::line 5 col 31",
    ]


def test_a_failure_shows_the_finding_as_the_command_does(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(WRONG)
    result = run(pytester, "--derive", "a.md")
    result.assert_outcomes(passed=2, failed=1)
    assert result.ret == 1
    result.stdout.fnmatch_lines(
        [
            "error[[]DRV*",
            " --> a.md:5:*",
            "*|  *^",
            "*= counterexample: *",
            "*= help: *",
            "FAILED a.md::line 5 col 31*",
        ]
    )


def test_a_right_document_passes(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(RIGHT)
    result = run(pytester, "--derive", "a.md")
    result.assert_outcomes(passed=2)
    assert result.ret == 0


def test_what_was_not_decided_or_read_is_skipped_with_the_reason(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(RIGHT + "\nThen $\\nobodyknows x = 2$.\n")
    pytester.path.joinpath("empty.md").write_text("# Words alone\n")
    result = run(pytester, "--derive", "-rs")
    result.assert_outcomes(passed=2, skipped=2)
    result.stdout.fnmatch_lines(["SKIPPED*a.md:7*unread: *nobodyknows*", "SKIPPED*empty.md*no formulas*"])


def test_what_the_settings_leave_out_is_no_test(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("derive.toml").write_text('exclude = ["drafts", "old-*.md"]\n')
    pytester.mkdir("drafts")
    for name in ("drafts/a.md", "old-b.md", "c.md"):
        pytester.path.joinpath(name).write_text(RIGHT)
    collected = ids(run(pytester, "--derive", "--collect-only", "-q"))
    assert collected and all(name.startswith("c.md::") for name in collected)
    named = ids(run(pytester, "--derive", "--collect-only", "-q", "old-b.md"))  # who names it means it
    assert named and all(name.startswith("old-b.md::") for name in named)


def test_a_broken_file_is_one_failing_item(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_bytes(b"\0\xff$1 = 2$")
    pytester.path.joinpath("b.md").write_text(RIGHT)
    result = run(pytester, "--derive")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["FAILED a.md::document*"])


def test_settings_that_cannot_be_read_fail(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("derive.toml").write_text("macros = 3\n")
    pytester.path.joinpath("b.md").write_text(RIGHT)
    run(pytester, "--derive").assert_outcomes(passed=1, failed=1)


def test_items_are_selected_by_text_and_by_code(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(
        WRONG + "\nFor all $t$ we have $\\sin(2t) = 2 \\sin t \\cos t$.\n"
    )
    pytester.path.joinpath("b.md").write_text(RIGHT)
    run(pytester, "--derive", "-k", "sin").assert_outcomes(passed=1, deselected=5)
    by_code = run(pytester, "--derive", "-k", "DRV", "-q")
    by_code.assert_outcomes(failed=1, deselected=5)


def test_last_failed(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(WRONG)
    run(pytester, "--derive").assert_outcomes(passed=2, failed=1)
    run(pytester, "--derive", "--lf").assert_outcomes(failed=1)


def test_with_xdist(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("a.md").write_text(WRONG)
    pytester.path.joinpath("b.md").write_text(RIGHT)
    run(pytester, "--derive", "-n", "2", "--dist", "loadfile").assert_outcomes(passed=4, failed=1)


def test_warnings_fail_only_when_asked(pytester: pytest.Pytester) -> None:
    text = "The total is\n\n$$S = \\sum_{i=1}^{n} a_j.$$\n"
    pytester.path.joinpath("a.md").write_text(text)
    assert run(pytester, "--derive").ret == 0
    assert run(pytester, "--derive", "--derive-fail-on", "warning").ret == 1


def test_a_place_in_a_notebook_names_its_cell(pytester: pytest.Pytester) -> None:
    import json

    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["For all $x$:\n", "$$(x+1)^2 = x^2 + 1$$"]}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    pytester.path.joinpath("a.ipynb").write_text(json.dumps(notebook))
    result = run(pytester, "--derive")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*(cell 1, line 2)*"])
