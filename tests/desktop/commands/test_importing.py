"""Labels come into the window: what is dropped on it, what is said of it all, and what happens when it fails."""

import json

import pytest
from desktop.labelled import write_coco, write_covered
from desktop.panels.test_start_page import drop
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from acseg_core.store import queries
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.import_findings import FindingList
from acseg_desktop.dialogs.import_form import ImportForm
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.jobs import Lane

PHOTOS = ["a1.png", "a2.png", "a10.jpg", "sub/b.png"]
COPY, LEFT, NO_KEY = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at(hands, project_folder):
    hands.open(project_folder)
    return hands


def dropped_form(at, path):
    drop(at.window, path)
    form = at.dialog(ImportForm)
    at.wait(lambda: not form.is_looking and (form.preview is not None or form.error.isVisible()))
    return form


def import_(at, path):
    form = dropped_form(at, path)
    at.click(form.confirm)
    at.rest()


def named(at):
    project = at.window.session.project
    return {
        record.path: sum(region.label_id is not None for region in regions)
        for record, regions in queries.image_regions(project)
    }


def test_a_dropped_file_with_labels_opens_the_form(at, tmp_path):
    form = dropped_form(at, write_coco(tmp_path / "labels.json", PHOTOS))
    assert form.source.path == tmp_path / "labels.json"
    assert form.format.key == "coco"
    form.reject()


def test_crowds_are_told_before_and_after(at, tmp_path):
    """On the code of before, they came in without a word."""
    path = write_coco(tmp_path / "labels.json", PHOTOS)
    content = json.loads(path.read_text())
    content["annotations"][0]["iscrowd"] = 1
    path.write_text(json.dumps(content))
    told = "1 crowd annotation comes in as an ordinary region: annotation 1"
    form = dropped_form(at, path)
    assert told in [label.text() for label in form.findChildren(PlainLabel)]
    at.click(form.confirm)
    at.rest()
    assert any(told in label.text() for label in at.window.findChildren(PlainLabel) if label.isVisible())


def test_a_dropped_folder_with_labels_opens_the_form_and_another_a_new_project(at, tmp_path, write_photo):
    data = tmp_path / "yolo"
    (data / "labels").mkdir(parents=True)
    (data / "labels" / "a1.txt").write_text("0 0.1 0.1 0.4 0.1 0.4 0.4\n")
    (data / "data.yaml").write_text("names: [cat]\n")
    form = dropped_form(at, data)
    assert form.format.key == "yolo"
    form.reject()
    (tmp_path / "more").mkdir()
    write_photo(tmp_path / "more" / "x.png", seed=1)
    drop(at.window, tmp_path / "more")
    at.dialog(NewProjectForm).reject()
    at.rest()


def test_dropped_photos_are_added(at, tmp_path, write_photo):
    write_photo(tmp_path / "x.png", seed=1)
    write_photo(tmp_path / "y.jpg", seed=2)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("x.png", "y.jpg")])
    entering = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEY)
    at.window.dragEnterEvent(entering)
    assert entering.isAccepted()
    at.window.dropEvent(QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NO_KEY))
    message = at.dialog(Message)
    assert message.windowTitle() == "Add 2 photos?"
    at.click(at.button(message, "Copy and add"))
    at.rest()
    at.wait(lambda: at.window.images.rowCount() == 6)


def test_without_a_project_files_are_not_taken(hands, tmp_path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(write_coco(tmp_path / "labels.json", PHOTOS)))])
    entering = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NO_KEY)
    hands.window.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_what_is_dropped_and_nothing_known_is_said_in_the_form(at, tmp_path):
    (tmp_path / "notes.bin").write_bytes(b"\xff\x00")
    form = dropped_form(at, tmp_path / "notes.bin")
    assert "notes.bin is not in a known format" in form.error.text()
    form.reject()


def test_what_did_not_come_in_is_listed(at, tmp_path):
    import_(at, write_coco(tmp_path / "labels.json", [*PHOTOS, "else.png"], boxes=1))
    banner = at.window.banners.project
    assert banner.text.text() == "labels.json: some of it was not imported."
    at.click(at.button(banner, "Show…"))
    listed = at.dialog(FindingList)
    rows = [(listed.table.item(row, 0).text(), listed.table.item(row, 1).text()) for row in range(2)]
    assert rows == [("annotation 16", "1 with a box but no outline"), ("else.png", "not in this project")]
    listed.reject()
    import_(at, tmp_path / "labels.json")
    assert at.window.status.currentMessage() == "labels.json: nothing that is not there already"


def test_shapes_under_others_are_listed_with_what_to_do(at, tmp_path):
    import_(at, write_covered(tmp_path / "labels.json", PHOTOS[0]))
    at.click(at.button(at.window.banners.project, "Show…"))
    listed = at.dialog(FindingList)
    assert listed.table.item(0, 0).text() == "1 shape"
    assert listed.table.item(0, 1).text() == (
        "completely under others. Undo this import first. To keep them, set “Where shapes overlap” to “The smaller "
        "one is on top”."
    )
    listed.reject()


def test_an_import_is_cancelled_in_the_usual_place_and_goes_on(at, tmp_path):
    form = dropped_form(at, write_coco(tmp_path / "labels.json", PHOTOS))
    seen = []
    at.window.jobs.started.connect(lambda job: (seen.append(job.title), at.window.status.jobs.cancel.click()))
    at.click(form.confirm)
    at.wait(lambda: not at.window.jobs.running(Lane.COMPUTE))
    at.rest()
    assert seen == ["Importing labels"]
    assert at.window.status.currentMessage() == "Cancelled; what was imported is kept. Import again to continue."
    at.window.jobs.started.disconnect()
    import_(at, tmp_path / "labels.json")
    assert named(at) == dict.fromkeys(sorted(PHOTOS), 3)


def test_a_file_that_changed_meanwhile_brings_the_form_back_with_what_is_wrong(at, tmp_path):
    file = write_coco(tmp_path / "labels.json", PHOTOS)
    form = dropped_form(at, file)
    model = form.names.model
    model.setData(model.index(0, 2), "cat")
    file.write_text(file.read_text()[:-10])
    at.click(form.confirm)
    again = at.dialog(ImportForm)
    at.wait(lambda: not again.is_looking and again.error.isVisible())
    assert f"{file}: this is not valid JSON" in again.error.text()
    assert not again.confirm.isEnabled()
    write_coco(file, PHOTOS)
    again.source.changed.emit()
    at.wait(lambda: again.preview is not None and not again.is_looking)
    assert again.names.model.names == {"kitty": "cat"}
    at.click(again.confirm)
    at.rest()
    assert named(at) == dict.fromkeys(sorted(PHOTOS), 3)


def test_the_form_is_not_to_be_had_read_only(make_window, project_folder, tmp_path):
    window = make_window()
    window.window.session.open(project_folder, read_only=True)
    window.wait(lambda: window.window.session.is_open)
    window.rest()
    assert not window.window.actions_["project.import"].isEnabled()
    drop(window.window, write_coco(tmp_path / "labels.json", PHOTOS))
    window.rest()
    assert not window.window.findChildren(ImportForm)


def test_the_colour_of_a_list_is_that_of_the_labels(at, tmp_path):
    file = tmp_path / "labels.json"
    labels = [{"name": "cat", "color": "#123456", "key": "4"}, {"name": "Cat", "color": "odd"}]
    file.write_text(json.dumps({"format": "acseg-labels", "labels": labels}))
    import_(at, file)
    (label,) = at.window.session.labels.values()
    assert (label.color, label.hotkey) == ("#123456", "4")
    assert "named more than once" in at.window.banners.project.text.text()
