"""Images that are told apart by their ending only."""

from acseg_core.formats.file_names import distinct_names


def test_images_of_one_stem_have_their_ending_twice():
    paths = {1: "a/x.jpg", 2: "a/x.png", 3: "b/x.jpg", 4: "a/X.tif", 5: "a/y.jpg"}
    assert distinct_names(paths) == {1: "a/x.jpg.jpg", 2: "a/x.png.png", 4: "a/X.tif.tif"}


def test_a_new_name_is_no_other_images_name():
    paths = {1: "x.jpg", 2: "x.png", 3: "x.jpg.png", 4: "x"}
    names = {**paths, **distinct_names(paths)}
    stems = [name.rpartition(".")[0].casefold() or name for name in names.values()]
    assert len(set(stems)) == 4, names
