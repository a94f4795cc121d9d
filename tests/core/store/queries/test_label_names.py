"""Names of labels in every script: what is refused, what is the same name, and that they are found by it."""

import pytest

from acseg_core.errors import EditError
from acseg_core.formats.label_files import LabelFormat, read_labels, write_labels
from acseg_core.store import queries
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.store.queries.image_search import check_labels, parse
from acseg_core.store.queries.label_queries import clean_name

WRITTEN = (
    "می‌خواهم",  # Persian, with a zero-width non-joiner
    "क्‍ष",  # Hindi, with a zero-width joiner
    "👩‍🚒",  # emoji joined to one
    "👨‍👩‍👧",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",  # a flag, of tags
    "Zu\u00adcker",  # with a soft hyphen
    "\u200fשלום\u200e",  # with marks of direction
    "❤️",
    "\ue000 private",
    "naïve",
)


@pytest.mark.parametrize("name", WRITTEN)
def test_names_of_every_script_are_names(world, tmp_path, name):
    project = world.create(images=1)
    label, _ = create_label(project, name)
    assert label.name == name
    assert queries.label_called(project, f"  {name} ") == label
    check_labels(parse(f'label:"{name}"'), [name])
    for kind in LabelFormat:
        path = tmp_path / kind
        write_labels(path, queries.labels(project), kind)
        assert name in [entry.name for entry in read_labels(path).entries]


@pytest.mark.parametrize("char", ["\0", "\a", "\x1b", "\x7f", "\x9f", "\ud800"])
def test_control_characters_and_halves_of_characters_are_refused(char):
    with pytest.raises(EditError, match="contains characters that cannot be shown; remove them"):
        clean_name(f"car{char}s")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", " \u200d\u00ad \ufeff"])
def test_a_name_that_shows_nothing_is_none(name):
    with pytest.raises(EditError, match="a label needs a name"):
        clean_name(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("car", "Car\u200b"),
        ("car", "c\u00adar"),
        ("car", "\u200ecar"),
        ("car", "car \u200b"),
        ("می‌خواهم", "میخواهم"),
        ("naïve", "nai\u0308ve"),
    ],
)
def test_names_that_differ_by_nothing_one_sees_are_the_same(world, one, other):
    """Two labels that look alike would be a trap; the first way to write it stays."""
    project = world.create(images=1)
    label, _ = create_label(project, one)
    assert queries.label_called(project, other) == label
    with pytest.raises(EditError, match=r"there is already a label"):
        create_label(project, other)
    update_label(project, label.id, name=other)
    assert queries.label_called(project, one).name == clean_name(other)
    check_labels(parse(f"label:{one}"), [other])


def test_flags_that_look_different_are_different(world):
    """They are the same black flag, with other tags."""
    project = world.create(images=1)
    for name in ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴"):
        create_label(project, name)
    assert len(queries.labels(project)) == 3
