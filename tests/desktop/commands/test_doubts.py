"""A person looks again at names that the others speak against: by keys and mouse, in the concept browser.

Covers: browser.doubts, dialogs.doubts_form.
"""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from acseg_core.images.files import inspect_image
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import confirming, history, ingest, review, runs
from acseg_core.types import RegionProposal, RegionStatus, RunInfo
from acseg_desktop.browser.doubts import DoubtList
from acseg_desktop.browser.layout import IN_HEADER, Spot
from acseg_desktop.dialogs.doubts_form import CorrectNamesForm
from acseg_desktop.language.words import use

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
RUN = RunInfo("test_vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0")
LOOKS, STRIPES = ("sky", "road", "tree"), 12


def look_of(region_id):
    """What a region shows: stripes of each image show sky, road and trees in turn."""
    return LOOKS[(region_id - 1) % STRIPES % 3]


WRONG = {region_id: LOOKS[(LOOKS.index(look_of(region_id)) + 1) % 3] for region_id in (5, 9, 22, 40)}


def descriptor(look, random):
    made = random.normal(0, 0.08, 16)
    made[look] += 1
    return (made / np.linalg.norm(made)).astype(np.float16)


@pytest.fixture
def named(tmp_path, photos):
    """A closed project: four images of twelve regions, 1..48, each name given to all of its regions; four are wrong."""
    folder = tmp_path / "named"
    random = np.random.default_rng(0)
    stripes = masks.encode_label_map(np.tile(np.repeat(np.arange(STRIPES, dtype=np.uint8), 8), (64, 1)))
    with create_project(folder, image_root=photos, name="Named") as project:
        paths = sorted(path.relative_to(photos).as_posix() for path in photos.rglob("*") if path.is_file())
        ingest.add_images(project, [inspect_image(photos, path, thumbnails=project.thumbnails_dir) for path in paths])
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor(node % 3, random))
                for node, mask in stripes.items()
            ]
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
        given = {id_: look_of(id_) for id_ in range(1, 4 * STRIPES + 1)} | WRONG
        for look in LOOKS:
            review.name_regions_as(project, [id_ for id_, name in given.items() if name == look], look)
    return folder


@pytest.fixture
def doubting(hands, named):
    """The doubtful names are shown; the first one is selected."""
    hands.open(named)
    press(hands, Qt.Key.Key_G, SHIFT)
    hands.wait(lambda: hands.window.browser.model.sections)
    hands.rest()
    return hands


def press(hands, key, modifier=NONE):
    hands.press(key, modifier)
    hands.rest()


def page(hands):
    return hands.window.browser


def shown(hands):
    """Ids of the regions that are shown, in order."""
    return [region.id for region in page(hands).model.doubts.regions]


def name_of(hands, region_id):
    project = hands.window.session.project
    region = queries.regions_by_id(project, [region_id])[region_id]
    return hands.window.session.labels[region.label_id].name if region.label_id else None


def undo_verb(hands):
    return history.state(hands.window.session.project).undo


def click(hands, cell, modifier=NONE, *, double=False):
    box = page(hands).grid.spot_rect(Spot(0, cell))
    act = hands.qtbot.mouseDClick if double else hands.qtbot.mouseClick
    place = QPoint(box.left() + 40, box.center().y())
    act(page(hands).grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    hands.rest()


def test_a_key_shows_them_the_surest_first_and_the_key_leads_back(doubting):
    window = doubting.window
    assert set(shown(doubting)) == set(WRONG)
    sure = [window.browser.model.doubts.of(id_).confidence for id_ in shown(doubting)]
    assert sure == sorted(sure, reverse=True)
    assert window.browser.title.text() == "Doubtful names"
    assert window.browser.facts.text() == "4 doubtful names"
    assert window.browser.grid.regions == {shown(doubting)[0]}
    first = window.browser.model.doubts.of(shown(doubting)[0])
    names = {label.id: label.name for label in window.session.labels.values()}
    told = window.browser.grid.accessibleDescription()
    assert f"{names[first.label_id]}, or rather {names[first.other_id]}?" in told
    press(doubting, Qt.Key.Key_G, SHIFT)
    assert window.canvas.isVisible()


def test_the_filter_of_the_browser_leads_to_them_and_back_to_the_clusters(hands, named):
    with open_project(named) as project:
        from acseg_core.workflows import clustering

        for _ in clustering.cluster_regions(project, count=3):
            pass
    hands.open(named)
    press(hands, Qt.Key.Key_G)
    box = page(hands).filters.label
    row = box.findText("Doubtful names")
    box.setFocus()
    box.showPopup()
    for _ in range(row):
        hands.qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    hands.qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    hands.rest()
    assert set(shown(hands)) == set(WRONG)
    assert page(hands).title.text() == "Doubtful names"
    assert not page(hands).filters.isVisible()
    press(hands, Qt.Key.Key_Escape)
    assert len(page(hands).model.sections) == 3
    assert box.currentText() == "Label: any"
    assert page(hands).isVisible()


def test_each_crop_tells_the_name_and_what_it_may_be(doubting):
    from acseg_desktop.browser.crop_texts import cell_text

    model, labels = page(doubting).model, doubting.window.session.labels
    for region in model.doubts.regions:
        text = cell_text(region, labels, doubt=model.doubts.of(region.id))
        assert (text.text, text.other) == (WRONG[region.id], f"{look_of(region.id)}?")
        assert text.note.endswith("%")
        assert text.color != text.other_color


def test_y_takes_the_other_name_and_goes_on_to_the_next(doubting):
    first, second, *_ = shown(doubting)
    press(doubting, Qt.Key.Key_Y)
    assert name_of(doubting, first) == look_of(first)
    assert page(doubting).grid.regions == {second}
    assert first not in shown(doubting)
    assert doubting.window.status.currentMessage() == "1 name corrected"
    press(doubting, Qt.Key.Key_Z, CTRL)
    assert name_of(doubting, first) == WRONG[first]
    doubting.wait(lambda: first in shown(doubting))


def test_n_keeps_the_name_for_good_and_undo_asks_again(doubting, make_window, named):
    first, *rest = shown(doubting)
    press(doubting, Qt.Key.Key_N)
    assert name_of(doubting, first) == WRONG[first]
    assert undo_verb(doubting) == "Keep names"
    assert shown(doubting) == rest
    doubting.close()
    again = make_window()
    again.open(named)
    press(again, Qt.Key.Key_G, SHIFT)
    again.wait(lambda: shown(again))
    again.rest()
    assert set(shown(again)) == set(rest)
    press(again, Qt.Key.Key_Z, CTRL)
    again.wait(lambda: first in shown(again))


def test_several_are_taken_at_once_with_the_mouse_and_are_one_undo(doubting):
    ids = shown(doubting)
    click(doubting, 0)
    click(doubting, 2, CTRL)
    assert page(doubting).grid.regions == {ids[0], ids[2]}
    button = next(b for b in page(doubting)._buttons if b.defaultAction().objectName() == "doubts.take")
    doubting.click(button)
    doubting.rest()
    assert [name_of(doubting, id_) == look_of(id_) for id_ in ids] == [True, False, True, False]
    assert undo_verb(doubting) == "Correct names"
    press(doubting, Qt.Key.Key_Z, CTRL)
    assert [name_of(doubting, id_) for id_ in ids] == [WRONG[id_] for id_ in ids]


def test_all_are_kept_with_the_keyboard_alone_and_then_none_is_left(doubting):
    press(doubting, Qt.Key.Key_A, CTRL)
    assert page(doubting).grid.regions == set(WRONG)
    press(doubting, Qt.Key.Key_N)
    doubting.wait(lambda: page(doubting).empty.title.text() == "No doubtful names")
    assert page(doubting).empty.isVisible()
    assert not page(doubting).verbs.isVisible()
    assert {name_of(doubting, id_) for id_ in WRONG} == set(WRONG.values())
    press(doubting, Qt.Key.Key_Escape)
    assert doubting.window.canvas.isVisible()


def test_what_is_sure_is_taken_by_a_form_as_one_undo(doubting):
    sure = sorted(page(doubting).model.doubts.of(id_).confidence for id_ in shown(doubting))
    press(doubting, Qt.Key.Key_Y, SHIFT)
    form = doubting.dialog(CorrectNamesForm)
    form.confidence.slider.setValue(0)
    assert form.corrected_count == 4
    least = int(100 * sure[1]) + 1
    form.confidence.slider.setValue(least)
    expected = sum(each >= least / 100 for each in sure)
    assert form.count.text() == f"{expected} name{'s' if expected != 1 else ''} of 4 will be corrected"
    form.confidence.slider.setValue(0)
    doubting.click(form.confirm)
    doubting.rest()
    assert [name_of(doubting, id_) for id_ in WRONG] == [look_of(id_) for id_ in WRONG]
    assert not confirming.named_regions(doubting.window.session.project).confirmed.any()
    press(doubting, Qt.Key.Key_Z, CTRL)
    assert [name_of(doubting, id_) for id_ in WRONG] == list(WRONG.values())


def test_the_form_cannot_be_confirmed_where_nothing_is_that_sure(doubting):
    press(doubting, Qt.Key.Key_Y, SHIFT)
    form = doubting.dialog(CorrectNamesForm)
    form.confidence.slider.setValue(100)
    assert not form.confirm.isEnabled()
    doubting.qtbot.keyClick(form, Qt.Key.Key_Escape)


def test_another_name_altogether_is_given_as_to_any_crop(doubting):
    first, second, *_ = shown(doubting)
    press(doubting, Qt.Key.Key_Slash)
    doubting.type("wall")
    press(doubting, Qt.Key.Key_Return)
    assert name_of(doubting, first) == "wall"
    assert page(doubting).grid.regions == {second}
    assert first not in shown(doubting)


def test_the_same_name_given_again_is_kept(doubting):
    ids = shown(doubting)
    for label in doubting.window.session.labels.values():
        if label.name == WRONG[ids[0]]:
            press(doubting, Qt.Key(Qt.Key.Key_0 + int(label.hotkey)))
    named = confirming.named_regions(doubting.window.session.project)
    assert named.table.region_ids[named.confirmed].tolist() == [ids[0]]
    assert shown(doubting) == ids[1:]


def test_a_rejected_one_is_shown_no_more(doubting):
    first, second, *_ = shown(doubting)
    press(doubting, Qt.Key.Key_Delete)
    assert page(doubting).grid.regions == {second}
    region = queries.regions_by_id(doubting.window.session.project, [first])[first]
    assert region.status is RegionStatus.REJECTED
    assert len(shown(doubting)) == 3
    press(doubting, Qt.Key.Key_Backspace)
    assert name_of(doubting, second) is None
    assert len(shown(doubting)) == 2
    press(doubting, Qt.Key.Key_Z, CTRL)
    press(doubting, Qt.Key.Key_Z, CTRL)
    doubting.wait(lambda: len(shown(doubting)) == 4)


def test_enter_leads_to_the_image_and_escape_back_to_where_one_was(doubting):
    press(doubting, Qt.Key.Key_Right)
    second = shown(doubting)[1]
    press(doubting, Qt.Key.Key_Return)
    window = doubting.window
    assert window.canvas.isVisible()
    assert window.canvas.selection == {second}
    press(doubting, Qt.Key.Key_Escape)
    assert window.browser.title.text() == "Doubtful names"
    assert window.browser.grid.place == Spot(0, 1)
    assert window.browser.grid.regions == {second}
    click(doubting, 2, double=True)
    assert window.canvas.selection == {shown(doubting)[2]}


def test_a_name_given_on_the_canvas_meanwhile_is_not_doubted_when_one_comes_back(doubting):
    first = shown(doubting)[0]
    press(doubting, Qt.Key.Key_Return)
    label = next(each for each in doubting.window.session.labels.values() if each.name == look_of(first))
    press(doubting, Qt.Key(Qt.Key.Key_0 + int(label.hotkey)))
    assert name_of(doubting, first) == look_of(first)
    press(doubting, Qt.Key.Key_Escape)
    doubting.wait(lambda: first not in shown(doubting) and not page(doubting).model.doubts.is_busy)
    assert len(shown(doubting)) == 3


def test_find_alike_and_back(doubting):
    press(doubting, Qt.Key.Key_F)
    doubting.wait(lambda: page(doubting).model.likeness is not None)
    doubting.rest()
    assert page(doubting).title.text() == "Similar regions"
    press(doubting, Qt.Key.Key_N)  # among these, nothing is in doubt
    assert undo_verb(doubting) == "Name regions"
    press(doubting, Qt.Key.Key_Escape)
    assert page(doubting).title.text() == "Doubtful names"
    assert len(shown(doubting)) == 4


def test_nothing_moves_under_the_hand_while_one_decides(doubting, monkeypatch):
    """One look for all decisions, when the list is at its end; edits elsewhere make it anew."""
    looked = []
    monkeypatch.setattr(DoubtList, "look", lambda self, real=DoubtList.look: (looked.append(1), real(self)))
    ids = shown(doubting)
    for left in (3, 2, 1):
        press(doubting, Qt.Key.Key_N)
        assert shown(doubting) == ids[-left:]
    assert looked == []
    press(doubting, Qt.Key.Key_N)
    doubting.wait(lambda: page(doubting).empty.title.text() == "No doubtful names")
    assert len(looked) == 1


def test_at_the_end_of_what_is_shown_the_rest_comes_even_if_there_was_nothing_left_to_save(doubting, monkeypatch):
    from acseg_desktop.browser import doubts as module

    monkeypatch.setattr(module, "SHOWN", 3)
    label = next(each for each in doubting.window.session.labels.values() if each.name == "sky")
    doubting.window.session.edit(lambda project: review.name_regions(project, [1], label.id))
    doubting.wait(lambda: len(shown(doubting)) == 3 and not page(doubting).model.doubts.is_busy)
    (rest,) = set(WRONG) - set(shown(doubting))
    confirming.keep_names(doubting.window.session.project, shown(doubting))  # the window does not hear of it
    press(doubting, Qt.Key.Key_A, CTRL)
    doubting.press(Qt.Key.Key_N)
    assert page(doubting).empty.title.text() == "Looking for doubtful names…"
    doubting.wait(lambda: shown(doubting) == [rest])
    doubting.rest()


def test_quick_keys_decide_one_each(doubting):
    ids = shown(doubting)
    for key in (Qt.Key.Key_Y, Qt.Key.Key_N, Qt.Key.Key_Y, Qt.Key.Key_N):
        doubting.press(key)
    doubting.rest()
    assert [name_of(doubting, id_) == look_of(id_) for id_ in ids] == [True, False, True, False]
    assert len(history.operations(doubting.window.session.project)) >= 4


def test_what_cannot_be_saved_comes_back(doubting, monkeypatch):
    from acseg_core.errors import EditError
    from acseg_desktop.dialogs.message import Message

    def broken(*_arguments, **_options):
        raise EditError("the disk is full")

    ids = shown(doubting)
    monkeypatch.setattr(confirming, "keep_names", broken)
    doubting.press(Qt.Key.Key_N)
    doubting.dialog(Message).accept()
    doubting.wait(lambda: shown(doubting) == ids)
    doubting.rest()


def test_a_read_only_project_can_be_looked_at(hands, named):
    with open_project(named):
        hands.window.session.open(named, read_only=True)
        hands.wait(lambda: hands.window.session.is_open)
        hands.rest()
        press(hands, Qt.Key.Key_G, SHIFT)
        hands.wait(lambda: shown(hands))
        press(hands, Qt.Key.Key_Y)
        press(hands, Qt.Key.Key_N)
        assert len(shown(hands)) == 4
        assert page(hands).grid.place.cell != IN_HEADER


def test_without_names_it_says_so(hands, project_folder):
    hands.open(project_folder)
    press(hands, Qt.Key.Key_G, SHIFT)
    hands.wait(lambda: page(hands).empty.title.text() == "No doubtful names")
    assert "many regions at once" in page(hands).empty.text.text()


def test_while_it_looks_it_says_that_and_the_window_goes_on(hands, named, monkeypatch):
    import threading

    import acseg_desktop.browser.doubts as module

    release, real = threading.Event(), module.find_doubtful_names
    monkeypatch.setattr(module, "find_doubtful_names", lambda project: (release.wait(10), real(project))[1])
    hands.open(named)
    hands.press(Qt.Key.Key_G, SHIFT)
    hands.wait(lambda: page(hands).empty.title.text() == "Looking for doubtful names…")
    hands.press(Qt.Key.Key_Escape)
    hands.wait(hands.window.canvas.isVisible)
    hands.press(Qt.Key.Key_G, SHIFT)
    release.set()
    hands.wait(lambda: len(shown(hands)) == 4)
    hands.rest()


def test_closing_the_project_forgets_them(doubting, project_folder):
    doubting.open(project_folder)
    assert shown(doubting) == []
    assert not page(doubting).model.doubts.is_open
    press(doubting, Qt.Key.Key_G)
    assert page(doubting).title.text() == "Concept browser"


def test_escape_from_the_browsers_filter_leads_to_the_clusters_whatever_was_open_before(doubting, named):
    """One had looked at a crop's image when the project was closed: that is no way back for the next one."""
    press(doubting, Qt.Key.Key_Return)
    assert doubting.window.canvas.isVisible()
    doubting.open(named)
    press(doubting, Qt.Key.Key_G)
    page(doubting).filters.doubtful_names_requested.emit()
    doubting.wait(lambda: shown(doubting))
    press(doubting, Qt.Key.Key_Escape)
    assert page(doubting).isVisible()
    assert page(doubting).title.text() == "Concept browser"


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_buttons_are_those_for_doubts_and_have_words(make_window, qapp, named, language):
    use(qapp, language)
    try:
        hands = make_window()
        hands.window.resize(1500, 900)
        hands.open(named)
        press(hands, Qt.Key.Key_G, SHIFT)
        hands.wait(lambda: shown(hands))
        hands.rest()
        words = [button.text() for button in page(hands)._buttons if button.isVisible()]
        expected = {
            "en": ["Use suggestion", "Keep name", "Use all above…"],
            "de": ["Vorschlag verwenden", "Namen behalten", "Alle sicheren verwenden…"],
        }
        assert words[:3] == expected[language]
        assert len(words) == 7
    finally:
        use(qapp, "en")
