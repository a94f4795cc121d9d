"""Folders that appear whole or not at all."""

import pytest

from acseg_core.errors import StorageError
from acseg_core.output import folders
from acseg_core.output.folders import check_folder, others_in, write_folder
from acseg_core.output.leftovers import folder_aside


def write(path, content, **options):
    with write_folder(path, **options) as folder:
        for name, text in content.items() if isinstance(content, dict) else content:
            with folder.open(name) as file:
                file.write(text.encode())


def names_in(path):
    return sorted(each.name for each in path.iterdir())


def content_of(path):
    return {p.relative_to(path).as_posix(): p.read_text() for p in path.rglob("*") if p.is_file() and p.name[0] != "."}


def test_a_folder_is_replaced_by_a_later_export_but_not_when_others_put_files_there(tmp_path):
    out = tmp_path / "deep" / "out"
    write(out, {"a.txt": "1", "b/c.txt": "2"})
    write(out, {"a.txt": "3"})
    assert content_of(out) == {"a.txt": "3"}
    (out / "mine.txt").write_text("mine")
    with pytest.raises(StorageError, match="there are other files in that folder"):
        write(out, {"a.txt": "4"})
    assert content_of(out) == {"a.txt": "3", "mine.txt": "mine"}
    write(out, {"d.txt": "5"}, into=True)
    assert content_of(out) == {"d.txt": "5", "mine.txt": "mine"}, "what the export before wrote goes"
    assert others_in(out) == ("mine.txt",)
    with pytest.raises(StorageError, match=r"mine.txt: this file was not made by an export"):
        write(out, {"a.txt": "6", "mine.txt": "theirs"}, into=True)
    assert content_of(out) == {"d.txt": "5", "mine.txt": "mine"}, "nothing is replaced when one cannot be"
    assert names_in(out.parent) == ["out"], "no litter"


@pytest.mark.parametrize("is_there", [False, True])
def test_an_error_leaves_what_was(tmp_path, is_there):
    out = tmp_path / "out"
    if is_there:
        write(out, {"a.txt": "1"})

    def stopped():
        yield "a.txt", "2"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(out, stopped())
    assert (content_of(out) if is_there else out.exists()) == ({"a.txt": "1"} if is_there else False)
    assert names_in(tmp_path) == (["out"] if is_there else [])


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "C:/x", "x\0y"])
def test_nothing_is_written_outside(tmp_path, name):
    with pytest.raises(StorageError, match="outside the folder"):
        write(tmp_path / "out", {name: "!"})
    assert not names_in(tmp_path)


def test_a_list_of_files_that_leads_out_takes_nothing_away(tmp_path):
    out = tmp_path / "out"
    write(out, {"a.txt": "1"})
    (tmp_path / "precious.txt").write_text("precious")
    (out / folders.LIST_NAME).write_text('{"files": ["../precious.txt", "/etc/hosts", 7]}')
    (out / "mine.txt").write_text("mine")
    write(out, {"b.txt": "2"}, into=True)
    assert (tmp_path / "precious.txt").read_text() == "precious"


def test_what_a_killed_run_left_goes_and_what_it_moved_away_comes_back(tmp_path):
    out = tmp_path / "out"
    write(out, {"a.txt": "1"})
    with folder_aside(out) as half:
        (half / "b.txt").write_text("2")
        kept = half.with_name(half.name[:-1] + "0")
        half.rename(kept)
    kept.with_name(kept.name + ".lock").touch()  # as a killed run leaves it: there, but not locked
    with folder_aside(out) as old:
        old.rmdir()
        out.rename(old)
        moved = old.with_name(old.name[:-1] + "1")
        old.rename(moved)
    moved.with_name(moved.name + ".lock").touch()
    assert not out.exists()
    with pytest.raises(RuntimeError), write_folder(out):
        raise RuntimeError
    assert content_of(out) == {"a.txt": "1"}
    assert names_in(tmp_path) == ["out"]


def test_a_folder_that_another_run_writes_is_left_alone(tmp_path):
    out = tmp_path / "out"
    with folder_aside(out) as theirs:
        write(out, {"a.txt": "1"})
        assert theirs.is_dir()
    assert content_of(out) == {"a.txt": "1"}


def test_a_copy_or_a_link(tmp_path):
    source = tmp_path / "photo.jpg"
    source.write_text("photo")
    with write_folder(tmp_path / "out") as folder:
        assert not folder.copy("images/a.jpg", source)
        assert folder.copy("images/b.jpg", source, link=True)
        with pytest.raises(StorageError, match="two images would have this name"):
            folder.copy("images/b.jpg", source)
    out = tmp_path / "out" / "images"
    assert (out / "b.jpg").is_symlink()
    assert not (out / "a.jpg").is_symlink()
    assert content_of(out) == {"a.jpg": "photo", "b.jpg": "photo"}


def test_places_that_are_no_place_for_a_folder(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="this is a file"):
        check_folder(tmp_path / "file")
    with pytest.raises(StorageError, match="a part of that path is a file"):
        check_folder(tmp_path / "file" / "below")


def test_a_link_to_a_folder_is_somebody_elses_too(tmp_path):
    """It would go with the folder that is replaced; what it leads to is not walked into."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    write(out, {"a.txt": "1"})
    elsewhere.mkdir()
    (out / "mine").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(StorageError, match="there are other files in that folder"):
        write(out, {"a.txt": "2"})
    assert (out / "mine").is_symlink()
    assert others_in(out) == ("mine",)
