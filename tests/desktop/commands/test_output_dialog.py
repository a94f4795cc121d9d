"""Where what a command writes goes: the ending of its kind, and nothing that is there is lost unasked."""

import pytest
from PySide6.QtWidgets import QFileDialog

from acseg_desktop.commands.output_dialog import choose_output
from acseg_desktop.dialogs.message import Message

KINDS = {"Tables (*.csv)": ".csv", "Pictures (*.png)": ".png"}


@pytest.fixture
def asked(hands, project_folder, tmp_path):
    hands.open(project_folder)
    chosen = []

    def ask():
        start = tmp_path / "start.csv"
        return choose_output(hands.window.context, title="Save", start=start, on_chosen=chosen.append, kinds=KINDS)

    return ask, chosen


def test_a_name_gets_the_ending_of_what_is_chosen(asked, tmp_path):
    ask, chosen = asked
    for kind, ending in KINDS.items():
        dialog = ask()
        dialog.selectNameFilter(kind)
        dialog.fileSelected.emit(str(tmp_path / "flowers.v2"))
        dialog.reject()
        assert chosen.pop() == tmp_path / f"flowers.v2{ending}"


def test_the_dialog_asks_before_a_file_is_lost(hands, asked, tmp_path):
    ask, chosen = asked
    (tmp_path / "flowers.v2.csv").write_text("mine")
    dialog = ask()
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.fileSelected.emit(str(tmp_path / "flowers.v2"))  # it asked about that name, and there is none
    assert chosen == []
    told = "flowers.v2.csv already exists; choose that name to replace it"
    assert hands.window.status.currentMessage() == told
    dialog.fileSelected.emit(str(tmp_path / "flowers.v2.csv"))
    assert chosen == [tmp_path / "flowers.v2.csv"]
    dialog.reject()


def test_photos_are_not_written_over_by_statistics_or_labels(hands, project_folder):
    from acseg_core.formats.label_files import LabelFormat

    hands.open(project_folder)
    photo = next(hands.window.session.project.image_root.rglob("*.png"))
    before = photo.read_bytes()
    hands.window.commands.statistics.toggle()
    hands.wait(lambda: hands.window.statistics_panel.statistics is not None)
    for write in (
        lambda: hands.window.commands.statistics.save_table_to(photo),
        lambda: hands.window.commands.statistics.save_picture_to(photo),
        lambda: hands.window.commands.labels.export_to(photo, LabelFormat.TEXT),
    ):
        write()
        message = hands.dialog(Message)
        assert "this is a photo of the project; choose another file" in message.text.text()
        message.reject()
        hands.rest()
        assert photo.read_bytes() == before
