"""The line of a value in a TOML text."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_backprop.course.lines import KeyPath, find_line

TEXT = '''\
# a comment with [brackets] and key = 1
top = """
many
lines"""
"quoted key" = 'x # no comment' # a comment
a.b = { c = 1, "d->e" = [1,
  2] }

[table]
list = [ # first
  [1, 2],
  [3, 4], "]",
]
[[rows]]
x = 1
[[rows]]
x = 2
[rows.inner]
y = 1979-05-27T07:32:00Z
[[rows.deep]]
z = 1
[[rows.deep]]
z = 2
'''


@pytest.mark.parametrize(("path", "line"), [
    ((), None), (("nowhere",), None), (("top",), 2), (("quoted key",), 5), (("a",), 6), (("a", "b", "c"), 6),
    (("a", "b", "d->e", 0), 6), (("a", "b", "d->e", 1), 7), (("table",), 9), (("table", "missing"), 9),
    (("table", "list", 1), 12), (("table", "list", 1, 1), 12), (("table", "list", 2), 12), (("rows", 0, "x"), 15),
    (("rows", 1), 16), (("rows", 1, "x"), 17), (("rows", 1, "inner", "y"), 19), (("rows", 1, "deep", 1, "z"), 23),
])
def test_lines(path: KeyPath, line: int | None) -> None:
    tomllib.loads(TEXT)
    assert find_line(TEXT, path) == line


keys = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=5)


@given(st.lists(st.tuples(keys, st.one_of(st.integers(), keys.map(lambda t: "#" + t))), min_size=1, max_size=6,
                unique_by=lambda pair: pair[0]))
def test_each_key_of_a_flat_file_has_its_own_line(pairs: list[tuple[str, int | str]]) -> None:
    def quoted(value: int | str) -> str:
        return str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    text = "".join(f"{quoted(key)} = {quoted(value)}\n" for key, value in pairs)
    assert tomllib.loads(text) == dict(pairs)
    assert [find_line(text, (key,)) for key, _ in pairs] == list(range(1, len(pairs) + 1))


def test_every_number_of_a_matrix_has_its_line() -> None:
    rows: list[list[float]] = [[-1.5, 2, 3e-4], [], [7], [1, 2, 3]]
    text = "m = [\n" + ",\n".join("[" + " ,\n ".join(map(str, row)) + ",\n" * bool(row) + "]" for row in rows) + "]\n"
    assert tomllib.loads(text)["m"] == rows
    places = [(row, column) for row, numbers in enumerate(rows) for column in range(len(numbers))]
    assert [find_line(text, ("m", *place)) for place in places] == [2, 3, 4, 7, 9, 10, 11]
    assert find_line(text, ("m", 3, 3)) == find_line(text, ("m", 3)) == 9
