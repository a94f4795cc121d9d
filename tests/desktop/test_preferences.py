"""What is remembered between runs: whatever the settings file holds, values make sense."""

from pathlib import Path

from acseg_desktop.preferences import Preferences


def test_a_size_out_of_range_is_kept_within(qapp):
    preferences = Preferences()
    preferences.store("text_size", 900)
    assert preferences.text_size == 200
    preferences.store("text_size", "large")
    assert preferences.text_size == 100


def test_what_is_stored_is_read_again_by_another_run(qapp):
    Preferences().theme = "dark"
    Preferences().store("brush", 7)
    again = Preferences()
    assert (again.theme, again.number("brush", 0)) == ("dark", 7)


def test_what_makes_no_sense_reads_as_the_default(qapp):
    preferences = Preferences()
    for key, value in {"theme": "pink", "language": "tlh", "brush": "large", "outlines": "perhaps"}.items():
        preferences.store(key, value)
    assert (preferences.theme, preferences.language) == ("system", "system")
    assert preferences.number("brush", 24) == 24
    assert not preferences.flag("outlines", True)
    assert preferences.blob("theme").isEmpty()


def test_projects_are_remembered_newest_first_without_those_that_are_gone(qapp, tmp_path):
    preferences, folders = Preferences(), [tmp_path / str(number) for number in range(10)]
    for folder in folders:
        folder.mkdir()
        (folder / "project.db").touch()
        preferences.remember_project(folder)
    assert preferences.recent_projects == folders[:1:-1]
    preferences.remember_project(folders[5])
    assert preferences.recent_projects[:2] == [folders[5], folders[9]]
    (folders[9] / "project.db").unlink()
    assert folders[9] not in preferences.recent_projects
    preferences.forget_projects()
    assert preferences.recent_projects == []


def test_dialogs_start_in_the_last_folder_while_it_is_there(qapp, tmp_path):
    preferences = Preferences()
    assert preferences.last_folder() == Path.home()
    preferences.store("last_folder", str(tmp_path))
    assert preferences.last_folder() == tmp_path
    preferences.store("last_folder", str(tmp_path / "gone"))
    assert preferences.last_folder() == Path.home()
