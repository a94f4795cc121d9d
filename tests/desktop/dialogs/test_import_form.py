"""The form for an import: it says what a file would bring, takes other names for its labels, and imports.

Covers: dialogs.import_findings, dialogs.import_name_delegate, dialogs.import_name_model, dialogs.import_names,
dialogs.import_options, dialogs.import_pictures, dialogs.import_source.
"""

import pytest
import shapely
from desktop.labelled import write_coco, write_covered
from desktop.panels.label_desk import add_labels
from map_label_files import write_layer
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog

from acseg_core.formats.format import FORMATS
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, queries
from acseg_core.types import ImageStatus, RegionStatus
from acseg_core.workflows.scanning import scan_images
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.dialogs.import_findings import FindingList
from acseg_desktop.dialogs.import_form import ImportForm
from acseg_desktop.dialogs.import_name_model import FATE, NAME, SHAPES, TARGET
from acseg_desktop.language.words import use

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PHOTOS = ["a1.png", "a2.png", "a10.jpg", "sub/b.png"]


@pytest.fixture
def at(hands, project_folder):
    """A window with a project of four photos, two of them with proposals."""
    hands.open(project_folder)
    return hands


def open_form(at, path=None):
    """The form as the keys open it, with a file as the dialog for files gives it."""
    at.press(Qt.Key.Key_I, CTRL | SHIFT)
    form = at.dialog(ImportForm)
    if path is not None:
        form.source.take(path)
        at.wait(lambda: not form.is_looking)
    return form


def close(at, form):
    at.click(form.leave)
    at.rest()


def table(form, column):
    model = form.names.view.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def shown_at(form, row, column):
    view = form.names.view
    return view.visualRect(view.model().index(row, column))


def write_target(at, form, row, text):
    """Click a name's cell, write another name over it, and press Enter."""
    view = form.names.view
    box = shown_at(form, row, TARGET)
    at.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(12, box.height() // 2))
    finish_edit(at, view, text)


def editors(view):
    return [each for each in view.viewport().findChildren(QComboBox) if each.isVisible()]


def finish_edit(at, view, text):
    at.wait(lambda: editors(view))
    (editor,) = editors(view)
    at.wait(lambda: editor.lineEdit().hasSelectedText())
    if text.isprintable():
        at.qtbot.keyClicks(editor.lineEdit(), text)
    else:
        editor.lineEdit().insert(text)  # as it is pasted
    at.qtbot.keyClick(editor, Qt.Key.Key_Return)
    at.wait(lambda: not editors(view) and QApplication.activePopupWidget() is None)
    at.wait(lambda: not view.window().is_looking)


def named(at):
    project = at.window.session.project
    names = {label.id: label.name for label in queries.labels(project)}
    return {
        record.path: sorted(names[region.label_id] for region in regions if region.label_id)
        for record, regions in queries.image_regions(project)
    }


def test_an_empty_form_says_what_is_read_and_cannot_import(at):
    form = open_form(at)
    assert form._empty.isVisible()
    assert not form.confirm.isEnabled()
    assert not form.options.isVisible()
    offered = [form.choice.itemData(row) for row in range(form.choice.count())]
    assert {each.key for each in FORMATS if each.opener} == set(offered) - {None}, "the choice is made from the table"
    heading = form.choice.findText("Labels only")
    assert not form.choice.model().item(heading).isEnabled()
    assert {form.choice.itemData(row) for row in range(heading + 1, form.choice.count())} == {
        each.key for each in FORMATS if each.labels_only
    }
    close(at, form)


def test_what_a_file_brings_is_shown_before_anything_is_changed(at, tmp_path):
    add_labels(at, "Person")
    file = write_coco(tmp_path / "labels.json", [*PHOTOS, "else.png"], ("kitty", "person", "sky"), boxes=2)
    form = open_form(at, file)
    assert form.choice.currentText() == "Recognised: COCO instances"
    assert table(form, NAME) == ["kitty", "person", "sky"]
    assert table(form, SHAPES) == ["4", "4", "4"]
    assert table(form, TARGET) == ["kitty", "person", "sky"]
    assert table(form, FATE) == ["new thing", "there already", "new thing"]
    assert form.findings.texts() == [
        "5 images in the file, 4 of them in this project",
        "1 image of the file not in this project",
        "Not used: 2 with a box but no outline: annotation 16, annotation 17",
    ]
    assert named(at) == {path: [] for path in sorted(PHOTOS)}
    assert not form.error.isVisible()
    assert form.confirm.isEnabled()
    close(at, form)


def test_the_list_behind_a_line_opens(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", ["a1.png", "x.png", "y.png"]))
    at.click(form.findings.lines[1])
    listed = at.dialog(FindingList)
    assert [listed.table.item(row, 0).text() for row in range(2)] == ["x.png", "y.png"]
    listed.reject()
    close(at, form)


def test_pictures_show_the_shapes_that_would_come(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, ("kitty",)))
    cells = form.pictures.cells
    assert [cell.name.text() for cell in cells] == PHOTOS[:3]
    bare, kitty = QPoint(140, 100), QPoint(30, 30)

    def color(cell, place):
        picture = cell.picture.pixmap()
        ratio = picture.devicePixelRatio()
        left = (cell.picture.width() - picture.width() / ratio) / 2
        top = (cell.picture.height() - picture.height() / ratio) / 2
        return picture.toImage().pixelColor(int((place.x() - left) * ratio), int((place.y() - top) * ratio))

    with_shape, without = color(cells[0], kitty), color(cells[0], bare)
    at.click(form.names.none)
    at.wait(lambda: not form.is_looking)
    assert color(cells[0], kitty) != with_shape, "what is left out is not drawn"
    assert color(cells[0], bare) == without
    assert not form.confirm.isEnabled(), "nothing is left to import"
    at.click(form.names.all)
    at.wait(lambda: not form.is_looking)
    assert color(cells[0], kitty) == with_shape
    at.click(form.pictures.forth)
    at.wait(lambda: not form.is_looking)
    assert [cell.name.text() for cell in cells if cell.isVisible()] == ["sub/b.png"]
    assert form.pictures.place.text() == "4–4 of 4"
    assert not form.pictures.forth.isEnabled()
    close(at, form)


def test_names_become_other_labels_and_the_import_is_one_step(at, tmp_path):
    add_labels(at, "cat")
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, ("kitty", "dirt", "dog")))
    write_target(at, form, 0, "cat")
    assert table(form, FATE)[0] == "there already"
    write_target(at, form, 1, "Leave out")
    assert (table(form, TARGET)[1], table(form, FATE)[1]) == ("Leave out", "")
    at.click(form.confirm)
    at.rest()
    assert named(at) == {path: ["cat", "dog"] for path in sorted(PHOTOS)}
    assert at.window.status.currentMessage() == "labels.json: 8 regions in 4 images, 1 new label"
    assert {record.status for record in queries.images(at.window.session.project)} == {ImageStatus.DONE}
    at.window.canvas.setFocus()
    at.press(Qt.Key.Key_Z, CTRL)
    at.rest()
    assert named(at) == {path: [] for path in sorted(PHOTOS)}
    assert [label.name for label in at.window.session.labels.values()] == ["cat"]


def test_the_arrow_of_a_name_opens_the_list(at, tmp_path):
    add_labels(at, "cat", "dog")
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, ("kitty",)))
    view, box = form.names.view, shown_at(form, 0, TARGET)
    at.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 12, box.center().y()))
    at.wait(lambda: QApplication.activePopupWidget() is not None)
    editor = view.viewport().findChildren(QComboBox)[-1]
    assert [editor.itemText(row) for row in range(editor.count())] == ["Leave out", "", "kitty", "cat", "dog"]
    at.qtbot.keyClick(editor.view(), Qt.Key.Key_Down)
    at.qtbot.keyClick(editor.view(), Qt.Key.Key_Return)
    at.wait(lambda: table(form, TARGET) == ["cat"])
    close(at, form)


def test_a_name_that_is_none_is_refused_and_said(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, ("kitty",)))
    write_target(at, form, 0, "\u200b\u200b")
    assert form.error.text() == "a label needs a name"
    assert table(form, TARGET) == ["kitty"]
    close(at, form)


def test_keys_edit_and_leave_out_names(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, ("kitty", "dog", "cow")))
    view = form.names.view
    at.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=shown_at(form, 1, NAME).center())
    at.qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert table(form, TARGET) == ["kitty", "Leave out", "cow"]
    at.qtbot.keyClick(view, Qt.Key.Key_Up)
    at.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert form.isVisible(), "Enter edits the name and does not import"
    finish_edit(at, view, "cat")
    at.wait(lambda: table(form, TARGET)[0] == "cat")
    assert form.isVisible()
    close(at, form)


def test_300_names_are_filtered_and_left_out_together(at, tmp_path):
    labels = tuple(f"{'cow' if number % 3 else 'sheep'} {number:03}" for number in range(300))
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, labels))
    assert form.names.filter.isVisible()
    at.qtbot.keyClicks(form.names.filter, "sheep")
    assert len(table(form, NAME)) == 100
    assert form.names.none.text() == "Leave these out"
    at.click(form.names.none)
    form.names.filter.clear()
    assert table(form, TARGET).count("Leave out") == 100
    assert form.names.model.taken == 200
    at.click(form.confirm)
    at.rest()
    assert len(at.window.session.labels) == 200


def test_suggestions_keep_what_is_there_open(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS[:1], ("kitty",)))
    form.options.as_.setFocus()
    at.qtbot.keyClick(form.options.as_, Qt.Key.Key_Down)
    assert not form.options.in_review.isEnabled()
    at.click(form.confirm)
    at.rest()
    project = at.window.session.project
    regions = queries.regions(project, 1)
    (label,) = queries.labels(project)
    assert sum(region.suggestion_id == label.id for region in regions) == 3
    assert not any(region.status is RegionStatus.ACCEPTED for region in regions)


def test_shapes_wholly_under_others_are_told_with_the_field_to_change(at, tmp_path):
    form = open_form(at, write_covered(tmp_path / "labels.json", PHOTOS[0]))
    hint = (
        "1 shape of the first images lies completely under others. To keep them, set “Where shapes overlap” to "
        "“The smaller one is on top”."
    )
    assert hint in form.findings.texts()
    form.options.overlaps.setFocus()
    at.qtbot.keyClick(form.options.overlaps, Qt.Key.Key_Down)
    assert hint not in form.findings.texts()
    at.qtbot.keyClick(form.options.overlaps, Qt.Key.Key_Up)
    assert hint in form.findings.texts()
    close(at, form)


def test_images_stay_in_review_if_one_asks_for_it_and_choices_are_remembered(at, tmp_path):
    file = write_coco(tmp_path / "labels.json", PHOTOS[:1], ("kitty", "dog"))
    form = open_form(at, file)
    form.options.in_review.setFocus()
    at.qtbot.keyClick(form.options.in_review, Qt.Key.Key_Space)
    form.options.overlaps.setFocus()
    at.qtbot.keyClick(form.options.overlaps, Qt.Key.Key_Down)
    write_target(at, form, 0, "cat")
    at.click(form.confirm)
    at.rest()
    assert queries.images(at.window.session.project)[0].status is ImageStatus.IN_REVIEW
    form = open_form(at, file)
    assert form.options.in_review.isChecked()
    assert form.options.overlaps.currentText() == "The smaller one is on top"
    assert table(form, TARGET) == ["cat", "dog"], "what is imported again goes on as it began"
    assert "1 of these images already has work of yours" in form.findings.texts()
    assert form.pictures.cells[0].remark.text() == "3 shapes, your work stays"
    close(at, form)
    form = open_form(at, write_coco(tmp_path / "other.json", PHOTOS[:1], ("kitty",)))
    assert table(form, TARGET) == ["kitty"], "of another file, nothing is taken for granted"
    close(at, form)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.bin", b"\xff\x00", "notes.bin is not in a known format. Choose its format above."),
        ("labels.json", b"{\n,}", "labels.json:2: this is not JSON"),
        ("table.csv", b"id,name\n1,cat\n", "table.csv: this is a table, not a list of labels; keep only the names"),
        ("gone.json", None, "gone.json: no such file or folder"),
    ],
)
def test_a_file_that_is_none_is_said_in_one_line(at, tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    form = open_form(at, tmp_path / name)
    assert said in form.error.text()
    assert "\n" not in form.error.text()
    assert not form.confirm.isEnabled()
    form.source.field.clear()
    at.qtbot.keyClicks(form.source.field, str(write_coco(tmp_path / "sound.json", PHOTOS)))
    at.wait(lambda: form.preview is not None and not form.is_looking)
    assert not form.error.isVisible()
    close(at, form)


def test_a_file_of_other_images_is_said_and_not_imported(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", ["x.png", "y.png"]))
    assert "labels.json: none of its images is in the project: the file names" in form.error.text()
    assert form.findings.texts()[1] == "2 images of the file not in this project"
    assert not form.confirm.isEnabled()
    close(at, form)


def test_what_could_mean_two_images_is_said_until_images_are_found_another_way(at, tmp_path, photos, write_photo):
    (photos / "more").mkdir()
    write_photo(photos / "more" / "b.png", seed=9)
    at.press(Qt.Key.Key_F5)
    at.rest()
    form = open_form(at, write_coco(tmp_path / "labels.json", ["images/b.png", "a2.png"]))
    assert '"images/b.png" could be "more/b.png", "sub/b.png"; match by path' in form.error.text()
    assert "1 name could mean several images" in form.findings.texts()
    assert not form.confirm.isEnabled()
    form.options.match.setFocus()
    at.qtbot.keyClick(form.options.match, Qt.Key.Key_Down)
    at.wait(lambda: not form.is_looking)
    assert form.options.match.currentText() == "Path with its folders"
    assert not form.error.isVisible()
    assert form.findings.texts()[1] == "1 image of the file not in this project"
    assert form.confirm.isEnabled()
    close(at, form)


def test_another_format_can_be_chosen(at, tmp_path):
    file = write_coco(tmp_path / "labels.json", PHOTOS)
    form = open_form(at, file)
    form.choice.setFocus()
    at.qtbot.keyClick(form.choice, Qt.Key.Key_End)
    at.wait(lambda: not form.is_looking)
    assert form.choice.key == FORMATS[-1].key
    assert form.findings.texts()[0] == "Labels only: 1 name, 0 are there already"
    at.qtbot.keyClick(form.choice, Qt.Key.Key_Home)
    at.wait(lambda: not form.is_looking)
    assert form.choice.currentText() == "Recognised: COCO instances"
    assert not form.error.isVisible()
    while form.choice.key != "labels-coco":
        at.qtbot.keyClick(form.choice, Qt.Key.Key_Down)
    at.wait(lambda: not form.is_looking)
    assert form.findings.texts()[0] == "Labels only: 2 names, 0 are there already"
    assert not form.options.isVisible()
    close(at, form)


def test_a_list_of_labels_has_names_only(at, tmp_path):
    add_labels(at, "cat", "dog", "Person")
    file = tmp_path / "labels.csv"
    file.write_text("\n".join(["person", "cat", "sky", "dog", *(f"thing {number}" for number in range(8))]))
    form = open_form(at, file)
    assert form.findings.texts()[0] == "Labels only: 12 names, 3 are there already"
    assert form.names.view.isColumnHidden(SHAPES)
    assert table(form, FATE)[:4] == ["there already", "there already", "new stuff", "there already"]
    at.click(form.confirm)
    at.rest()
    assert len(at.window.session.labels) == 12
    assert at.window.status.currentMessage() == "labels.csv: 9 labels added"


def test_a_file_is_chosen_or_dropped(at, tmp_path):
    file = write_coco(tmp_path / "labels.json", PHOTOS)
    form = open_form(at)
    at.click(form.source.file)
    dialog = at.dialog(QFileDialog)
    assert "*.json" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    at.wait(lambda: form.preview is not None and not form.is_looking)
    close(at, form)
    form = open_form(at)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    form.dragEnterEvent(entering)
    assert entering.isAccepted()
    assert form._empty.property("hot")
    form.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    at.wait(lambda: form.preview is not None and not form.is_looking)
    assert table(form, NAME) == ["kitty", "person"]
    close(at, form)


def test_an_image_of_another_size_is_left_alone_and_named(at, tmp_path):
    form = open_form(at, write_coco(tmp_path / "labels.json", PHOTOS, size=(64, 96)))
    assert "4 images would be left alone" in form.findings.texts()
    at.click(form.findings.lines[1])
    listed = at.dialog(FindingList)
    assert listed.table.item(0, 1).text() == "made for 64 x 96 pixels, but the photo has 96 x 64"
    listed.reject()
    close(at, form)


def test_in_german_dark_and_at_twice_the_size_all_is_in_the_form(at, qapp, tmp_path):
    file = write_coco(tmp_path / "labels.json", [*PHOTOS, "else.png"], boxes=1)
    theme = Theme(qapp)
    try:
        use(qapp, "de")
        theme.choose("dark")
        theme.set_text_size(200)
        form = open_form(at, file)
        assert form.windowTitle() == "Labels importieren"
        assert form.findings.texts()[1] == "1 Bild der Datei ist nicht in diesem Projekt"
        for widget in (form.confirm, form.leave, form.source, form.choice):
            corner = widget.mapTo(form, widget.rect().bottomRight())
            assert form.rect().contains(corner), widget
            assert widget.height() >= widget.fontMetrics().height()
        assert form.height() <= form.screen().availableGeometry().height()
        close(at, form)
    finally:
        use(qapp, "en")
        theme.set_text_size(100)
        theme.choose("light")


def test_the_field_of_labels_on_a_map_is_chosen(hands, tmp_path, photos):
    """Images are found by where they lie; the rule for their names is not shown."""
    (photos / "a1.pgw").write_text("1\n0\n0\n-1\n1000.5\n1999.5")
    with create_project(tmp_path / "project", image_root=photos) as project:
        run_to_end(scan_images(project), lambda tick: None)
    hands.open(tmp_path / "project")
    shapes = [shapely.box(1002, 1990, 1010, 1995), shapely.box(1020, 1990, 1030, 1995)]
    path = write_layer(tmp_path / "labels.gpkg", shapes, None, a=["road", "roof"], b=["x", "x"])
    form = open_form(hands, path)
    assert form.choice.currentText() == "Recognised: GeoPackage"
    assert "several fields could say the labels (a, b)" in form.error.text()
    assert not form.confirm.isEnabled()
    assert form.options.field.isVisible()
    assert not form.options.match.isVisible()
    assert [form.options.field.itemText(row) for row in range(form.options.field.count())] == ["a", "b"]
    for field, names in ((1, ["x"]), (0, ["road", "roof"])):
        form.options.field.setCurrentIndex(field)
        form.options.field.activated.emit(field)
        hands.wait(lambda: not form.is_looking)
        assert table(form, NAME) == names
        assert form.options.field.currentIndex() == field
    assert form.findings.texts()[0] == "Labels on 1 image of this project"
    assert not form.error.isVisible()
    hands.click(form.confirm)
    hands.wait(lambda: named(hands)["a1.png"] == ["road", "roof"])
    hands.rest()
    file = write_coco(tmp_path / "labels.json", PHOTOS, ("kitty",))
    form = open_form(hands, file)
    assert not form.options.field.isVisible()
    assert form.options.match.isVisible()
    close(hands, form)
