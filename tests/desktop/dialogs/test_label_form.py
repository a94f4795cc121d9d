"""Forms about labels: what one is, its key, and into which one several are merged."""

from desktop.panels.label_desk import add_labels, labels, make_label, select, tool
from PySide6.QtCore import Qt

from acseg_desktop.dialogs.label_form import LabelForm, MergeLabelsForm


def test_create_edit_and_refuse_a_name_twice(desk):
    make_label(desk, "Cat")
    assert labels(desk)["Cat"].hotkey == "1"
    assert labels(desk)["Cat"].is_thing
    desk.click(tool(desk, "create"))
    form = desk.dialog(LabelForm)
    desk.qtbot.keyClicks(form.name, "cAT")
    assert not form.confirm.isEnabled()
    assert "Another label already has that name" in form.error.text()
    form.reject()
    select(desk, 0)
    desk.click(tool(desk, "edit"))
    form = desk.dialog(LabelForm)
    form.name.selectAll()
    desk.qtbot.keyClicks(form.name, "Grass")
    desk.click(form.stuff)
    form.stuff.setChecked(True)
    desk.qtbot.keyClicks(form.group, "plant")
    form.key.setCurrentIndex(4)
    desk.click(form.confirm)
    desk.rest()
    grass = labels(desk)["Grass"]
    assert (grass.is_thing, grass.supercategory, grass.hotkey) == (False, "plant", "4")


def test_a_new_label_is_what_its_name_sounds_like_until_somebody_chooses(desk):
    desk.click(tool(desk, "create"))
    form = desk.dialog(LabelForm)
    desk.qtbot.keyClicks(form.name, "Straße")
    assert form.stuff.isChecked()
    desk.qtbot.keyClicks(form.name, "nschild")
    assert form.thing.isChecked()
    form.stuff.setFocus()
    desk.qtbot.keyClick(form.stuff, Qt.Key.Key_Space)
    desk.qtbot.keyClicks(form.name, "er")
    assert form.stuff.isChecked()
    desk.click(form.confirm)
    desk.rest()
    assert not labels(desk)["Straßenschilder"].is_thing


def test_merge_labels_moves_their_regions(desk):
    make_label(desk, "Cat")
    make_label(desk, "Kitten")
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    desk.click_region(80, 10)
    desk.press(Qt.Key.Key_2)
    desk.rest()
    select(desk, 0, 1)
    desk.click(tool(desk, "merge"))
    form = desk.dialog(MergeLabelsForm)
    desk.click(form.confirm)
    desk.rest()
    assert list(labels(desk)) == ["Cat"]
    named = [region for region in desk.window.viewer.regions if region.label_id]
    assert {region.label_id for region in named} == {labels(desk)["Cat"].id}
    assert len(named) == 2
    cat = labels(desk)["Cat"].id
    desk.wait(lambda: (usage := desk.window.session.usage.get(cat)) is not None and usage.regions == 2)


def test_renaming_to_the_name_of_another_offers_to_merge(desk):
    make_label(desk, "Cat")
    make_label(desk, "Dog")
    desk.window.commands.labels.rename(labels(desk)["Dog"].id, "cat")
    form = desk.dialog(MergeLabelsForm)
    form.reject()
    desk.rest()
    assert set(labels(desk)) == {"Cat", "Dog"}


def test_a_label_that_is_void(desk):
    desk.click(tool(desk, "create"))
    form = desk.dialog(LabelForm)
    desk.qtbot.keyClicks(form.name, "lens dirt")
    form.void.setFocus()
    desk.qtbot.keyClick(form.void, Qt.Key.Key_Space)
    desk.click(form.confirm)
    desk.rest()
    assert labels(desk)["lens dirt"].is_void
    select(desk, 0)
    desk.click(tool(desk, "edit"))
    form = desk.dialog(LabelForm)
    assert form.void.isChecked()
    form.void.setFocus()
    desk.qtbot.keyClick(form.void, Qt.Key.Key_Space)
    desk.click(form.confirm)
    desk.rest()
    assert not labels(desk)["lens dirt"].is_void


def test_a_key_that_changes_hands_is_said(desk):
    add_labels(desk, "cat", "dog")
    select(desk, 1)
    desk.click(tool(desk, "edit"))
    form = desk.dialog(LabelForm)
    assert not form.note.isVisible()
    form.key.setFocus()
    desk.qtbot.keyClick(form.key, Qt.Key.Key_1)
    assert form.note.isVisible()
    assert form.note.text() == "“cat” loses this key."
    desk.click(form.confirm)
    desk.rest()
    assert {name: label.hotkey for name, label in labels(desk).items()} == {"cat": None, "dog": "1"}
