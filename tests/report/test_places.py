from derive.report.places import Place, Places


def test_lines_and_columns_count_from_one() -> None:
    places = Places.of("ab\r\ncd\ne\rf")
    assert [places.place(k) for k in (0, 1, 2)] == [Place(1, 1), Place(1, 2), Place(1, 3)]
    assert places.place(4) == Place(2, 1)
    assert places.place(7) == Place(3, 1)
    assert places.place(9) == Place(4, 1)
    assert places.place(10) == Place(4, 2)
    assert [places.line(k) for k in (1, 2, 3, 4)] == ["ab", "cd", "e", "f"]


def test_an_offset_beyond_the_end_is_the_end() -> None:
    assert Places.of("a\n").place(99) == Place(2, 1)
    assert Places.of("").place(0) == Place(1, 1)


def test_places_of_a_notebook_carry_cell_and_line() -> None:
    text = '{"cells": [{"cell_type": "code", "source": "a"}, {"cell_type": "markdown", "source": "b\\n$x$"}]}'
    places = Places.of(text, "jupyter")
    at = places.place(text.index("x$"))
    assert (at.line, at.cell, at.cell_line, at.in_cell) == (1, 2, 2, " (cell 2, line 2)")
    assert places.place(0).cell is None and Places.of(text).place(text.index("x$")).in_cell == ""
