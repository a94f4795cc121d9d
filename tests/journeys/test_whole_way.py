"""From a folder of photos to a COCO file, by keys and mouse, with a real but tiny model."""

import json

from PySide6.QtCore import Qt

from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.dialogs.propose_form import ProposeForm
from acseg_desktop.preferences import Preferences

CTRL = Qt.KeyboardModifier.ControlModifier


def test_folder_to_coco(hands, photos, tmp_path, tiny):
    window = hands.window
    hands.press(Qt.Key.Key_N, CTRL)
    form = hands.dialog(NewProjectForm)
    form.images.field.setFocus()
    hands.qtbot.keyClicks(form.images.field, str(photos))
    hands.wait(form.confirm.isEnabled)
    assert form.found.text() == "4 images found"
    folder = form.folder.path
    assert folder.parent == photos.parent
    hands.click(form.confirm)
    hands.wait(lambda: window.viewer.record is not None)
    hands.rest()
    assert window.images.rowCount() == 4
    assert Preferences().recent_projects == [folder]

    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    assert form.local.isChecked()
    assert form.confirm.isEnabled(), form.error.text()
    hands.click(form.confirm)
    hands.wait(lambda: window.commands.propose.is_running)
    hands.wait(lambda: not window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    assert window.viewer.regions, "the current image shows its regions without being asked"
    assert "4 images" in window.status.currentMessage()

    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_Slash)
    hands.type("thing")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert window.viewer.record.path == "a2.png"

    hands.press(Qt.Key.Key_E, CTRL)
    form = hands.dialog(ExportForm)
    out = tmp_path / "out" / "coco.json"
    out.parent.mkdir()
    form.out.field.selectAll()
    hands.qtbot.keyClicks(form.out.field, str(out))
    hands.wait(lambda: form.images.preview is not None)
    assert form.images.counts.text().startswith("1 image, "), "only done images leave unless one asks for others"
    hands.click(form.images.everything)
    hands.wait(lambda: form.images.preview is not None)
    assert form.images.counts.text().startswith("4 images, ")
    hands.click(form.confirm)
    hands.wait(lambda: form.outcome.isVisible() or form.error.text())
    assert out.is_file(), form.error.text()
    coco = json.loads(out.read_text())
    assert len(coco["images"]) == 4
    assert {image["file_name"] for image in coco["images"]} == {"a1.png", "a2.png", "a10.jpg", "sub/b.png"}
    assert [category["name"] for category in coco["categories"]] == ["thing"]
    assert coco["annotations"]

    form.all_regions.setChecked(True)
    hands.wait(lambda: form.images.preview is not None)
    hands.click(form.confirm)
    hands.wait(lambda: form.outcome.isVisible() or form.error.text())
    if "there already" in form.error.text():
        hands.click(form.confirm)
        hands.wait(form.outcome.isVisible)
    coco = json.loads(out.read_text())
    for image in coco["images"]:
        areas = [a["area"] for a in coco["annotations"] if a["image_id"] == image["id"]]
        assert sum(areas) == image["width"] * image["height"]
    form.reject()
