"""Python files: what documents the code is read, with the places in the file; nothing is executed."""

from __future__ import annotations

import time

import pytest
from documents import formulas, outline, read

from derive.model import Span


def python(text: str) -> list[str]:
    return formulas(text, "a.py")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('r"""Module :math:`a`."""\n', ["a"]),
        ('def f():\n    """Function :math:`b`.\n\n    .. math::\n\n        x = y\n    """\n', ["b", "x = y"]),
        ('class C:\n    """C :math:`c`."""\n    async def f(self):\n        """F :math:`d`."""\n', ["c", "d"]),
        ('x = 1\n"""Of an attribute :math:`e`."""\n', ["e"]),
        ('try:\n    pass\nexcept E:\n    def f():\n        """:math:`e`"""\n', ["e"]),
        ('DOC = """A template :math:`x`."""\n', ["x"]),
        ('x = "no mathematics $a = b$"\n', []),
        ("# a comment :math:`x`\nx = 1  # :math:`y`\n", []),
        ('f"""An f-string :math:`x`."""\n', []),
        ('def f():\n    "one :math:`a` " \\\n    r"two :math:`\\b`"\n', ["a", r"\b"]),
        ('"""Sum:\n\n>>> ":math:`x`"\n"""\n', []),
        ('"""With $a_1 = b$ in dollars, $5 and $6."""\n', ["a_1 = b"]),
        ('"""é :math:`x`"""\ndef f(a="é"):\n    "é :math:`y`"\n', ["x", "y"]),
        ('\ufeff"""mark :math:`x`"""\n', ["x"]),
        ('"""a\r\n\r\n.. math::\r\n\r\n   x = y\r\n   + z\r\n"""\r\n', ["x = y\n   + z"]),
        ("# %% [markdown]\n# Cell $a$ and\n# $$b$$\n\n# %%\nx = '$c$'\n", ["a", "b"]),
        ('# %% [markdown]\n"""\nCell $a$\n"""\n# %%\n', ["a"]),
        ("# %%\n# Gallery :math:`a`\n# goes on\nx = 1\n# code :math:`x`\n", ["a"]),
        ("#" * 79 + "\n# Gallery\n# .. math:: a = b\n", ["a = b"]),
    ],
)  # fmt: skip
def test_formulas(text: str, expected: list[str]) -> None:
    assert python(text) == expected


def test_escapes_are_undone_and_keep_their_places() -> None:
    text = 'def f():\n    """So :math:`\\\\frac{1}{2} \\\n= \\x79`."""\n'
    (formula,) = read(text, "a.py").formulas
    assert formula.latex == r"\frac{1}{2} = y"
    place = formula.locate(Span(len(formula.latex) - 1, len(formula.latex)))
    assert text[place.start : place.end] == "\\"  # the first character of the escape
    assert text[formula.span.start : formula.span.end] == "\\\\frac{1}{2} \\\n= \\x79"


@pytest.mark.parametrize("command", ["theta", "nabla", "frac{1}{2}", "beta", "rho", "vec x", "alpha"])
def test_a_command_that_a_plain_string_loses_is_told_and_read_as_it_was_meant(command: str) -> None:
    document = read(f'"""A letter :math:`\\{command}`."""\n', "a.py")
    assert [f.latex for f in document.formulas] == ["\\" + command]
    assert "is not raw" in document.problems[0].message
    raw = read(f'r"""A letter :math:`\\{command}`."""\n', "a.py")
    assert [f.latex for f in raw.formulas] == ["\\" + command] and not raw.problems


def test_an_escape_that_is_one_stays_one() -> None:
    document = read('"""A list:\\n\\n- one :math:`x`\\n- two :math:`y`\\tend\\n"""\n', "a.py")
    assert [b.kind for b in document.blocks] == ["paragraph", "item", "item"]
    assert not document.problems


def test_names_are_headings_and_sections_stand_below() -> None:
    text = '''class Tower:
    """Words.

    Args:
        height: The height :math:`h`
            in metres.
        width (float): The width.

    Returns:
        A number.
    """

    def area(self):
        """Area.

        Parameters
        ----------
        a : float
            The value :math:`a`.

        Notes
        -----
        More.
        """
'''
    assert outline(text, "a.py") == [
        ("heading", 1, "Tower"),
        ("paragraph", 0, "Words."),
        ("heading", 2, "Args"),
        ("item", 1, "height: The height ⟦h⟧ in metres."),
        ("item", 1, "width (float): The width."),
        ("heading", 2, "Returns"),
        ("paragraph", 0, "A number."),
        ("heading", 2, "area"),
        ("paragraph", 0, "Area."),
        ("heading", 3, "Parameters"),
        ("item", 1, "a : float"),
        ("item", 1, "The value ⟦a⟧."),
        ("heading", 3, "Notes"),
        ("paragraph", 0, "More."),
    ]


@pytest.mark.parametrize("text", ["def f(:\n", "x = (" * 500, "print 'a'", "\0", "'''open", "\\xi = '\\xi'"])
def test_a_file_that_does_not_parse_is_told(text: str) -> None:
    document = read(text, "a.py")
    assert not document.formulas
    assert "no Python that can be parsed" in document.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "-" * 100_000 + "1",
        "x" + ".y" * 50_000,
        "[" * 190 + "]" * 190,
        "1" + " + 1" * 50_000,
        "if x:\n" + "".join(" " * k + "if x:\n" for k in range(1, 90)) + " " * 90 + "pass",
        '"""' + "x" * 5_000_000 + '"""',
        '"""' + ":math:`" * 50_000 + '"""',
        '"""' + "\\\\" * 100_000 + '"""',
        '"" ' * 50_000,
        "# %%\n" * 50_000,
        "# %% [markdown]\n# $x\n" * 20_000,
        "def f():\n    ':math:`x`'\n" * 5_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_hostile_files_take_linear_time(text: str) -> None:
    begun = time.process_time()
    read(text, "a.py")
    assert time.process_time() - begun < 10
