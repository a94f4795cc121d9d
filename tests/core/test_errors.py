"""The tree of errors: as its drawing shows it, and with what each carries."""

import inspect
import re
from pathlib import Path

import pytest

from acseg_core import errors
from acseg_core.errors import AcsegError, ImageError, ProjectDamagedError, SearchError, quoted

ALL = {name: each for name, each in vars(errors).items() if inspect.isclass(each) and issubclass(each, Exception)}


def drawn_tree() -> dict[str, str]:
    """The parent of every error in the drawing of the module's docstring."""
    above, parents = ["Exception"], {}
    for line in inspect.getdoc(errors).splitlines():
        found = re.match(r"    ([│├└─ ]*)(\w+Error)\b", line)
        if found is not None:
            depth = 1 + len(found[1]) // 4
            above[depth:] = [found[2]]
            parents[found[2]] = above[depth - 1]
    return parents


def test_the_drawing_is_the_tree():
    assert drawn_tree() == {name: each.__base__.__name__ for name, each in ALL.items()}


@pytest.mark.parametrize("name", ALL)
def test_every_error_is_one_of_ours_and_says_what_it_is(name):
    assert issubclass(ALL[name], AcsegError)
    assert inspect.getdoc(ALL[name])


def test_an_image_error_names_the_file_and_keeps_the_reason():
    error = ImageError(Path("a/b.jpg"), "truncated")
    assert (str(error), error.path, error.reason) == (f"{Path('a/b.jpg')}: truncated", Path("a/b.jpg"), "truncated")


def test_what_errors_carry_is_none_unless_it_is_given():
    assert ProjectDamagedError("damaged").backup is None
    assert ProjectDamagedError("damaged", backup=Path("b.db")).backup == Path("b.db")
    assert (SearchError("what?").start, SearchError("what?", start=3, end=7).end) == (0, 7)


def test_what_a_message_quotes_is_one_short_line():
    assert quoted("tree, tall") == "tree, tall"
    assert quoted("می\u200cخواهم") == "می\u200cخواهم"
    assert quoted("a\nb\x1b\u2028\ud800") == "a�b���"
    assert quoted({"x": 9**99}).splitlines() == [quoted({"x": 9**99})]
    assert quoted("x" * 100_000) == "x" * 59 + "…"
