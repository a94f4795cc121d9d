"""From image to image, and to the region whose name is most informative."""

import pytest
from desktop.browser.browsing import KINDS, press, said, type_name
from desktop.image_list.desk import CTRL, SHIFT, paths, search
from PySide6.QtCore import Qt

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus
from acseg_desktop.operations import history, images
from acseg_desktop.operations.images import set_status


def test_r_leads_to_one_region_of_each_cluster_and_selects_it(hands, clustered):
    hands.open(clustered)
    kinds = []
    for _ in range(KINDS):
        press(hands, Qt.Key.Key_R)
        (chosen,) = hands.window.canvas.selection
        region = hands.window.viewer.region(chosen)
        assert region.label_id is None
        kinds.append(region.node)
        type_name(hands, f"kind {region.node}")
    assert sorted(kinds) == list(range(KINDS))
    hands.rest()
    for _ in range(4 * KINDS - KINDS):
        press(hands, Qt.Key.Key_R)
    press(hands, Qt.Key.Key_R)
    assert "starts again" in said(hands)
    press(hands, Qt.Key.Key_R)
    assert len(hands.window.canvas.selection) == 1


def test_the_keys_follow_the_filtered_list(many):
    many.accept_unasked()
    window = many.window
    done = [3, 12, 13]
    window.session.edit(lambda project: review.set_image_statuses(project, done, ImageStatus.DONE))
    many.rest()
    search(many, "1", 12)
    listed = paths(many)
    assert listed == ["1.png", *(f"{n}.png" for n in range(10, 20)), "21.png"]
    names = {queries.image(window.session.project, image_id).path for image_id in done}
    assert names & set(listed)

    def press(*key):
        many.press(*key)
        many.rest()
        return window.viewer.record.path

    assert press(Qt.Key.Key_D) == "1.png", "0.png is not in the list: one begins at its start"
    assert press(Qt.Key.Key_D) == "10.png"
    following = [path for path in listed[2:] if path not in names]
    assert press(Qt.Key.Key_D, CTRL | SHIFT) == following[0]
    assert press(Qt.Key.Key_Return) == following[1], "Enter accepts and goes on in the list"
    assert press(Qt.Key.Key_D, CTRL | SHIFT) == following[2]
    assert press(Qt.Key.Key_A, CTRL | SHIFT) == following[1]
    for _ in range(12):
        press(Qt.Key.Key_D, CTRL | SHIFT)
    assert window.viewer.record.path == following[-1]
    assert "some before it are not" in window.status.currentMessage()
    set_status(window.session, window.images.ids[:-1], ImageStatus.DONE)
    many.rest()
    press(Qt.Key.Key_D, CTRL | SHIFT)
    assert "clear the search" in window.status.currentMessage()


def test_accept_goes_on_to_next_not_done(desk):
    desk.accept_unasked()
    window = desk.window
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert window.viewer.record.path == "a2.png"
    desk.press(Qt.Key.Key_A)
    desk.rest()
    assert window.viewer.record.path == "a1.png"
    assert window.viewer.record.status is ImageStatus.DONE
    desk.press(Qt.Key.Key_D, CTRL | SHIFT)
    desk.rest()
    assert window.viewer.record.path == "a2.png"
    assert window.status.counts.text().startswith("1 of 4 images done")


def test_at_the_end_one_is_told_of_open_images_on_the_other_side(desk):
    window = desk.window

    def told(*, at, key):
        window.commands.browse.show(
            next(i for i in window.images.ids if queries.image(window.session.project, i).path == at)
        )
        desk.rest()
        desk.press(key, CTRL | SHIFT)
        desk.rest()
        assert window.viewer.record.path == at
        return window.status.currentMessage()

    assert "some before it are not (Ctrl+Shift+A)" in told(at="sub/b.png", key=Qt.Key.Key_D)
    assert "some after it are not (Ctrl+Shift+D)" in told(at="a1.png", key=Qt.Key.Key_A)
    others = [image_id for image_id in window.images.ids if image_id != window.viewer.image_id]
    images.set_status(window.session, others, ImageStatus.DONE)
    desk.rest()
    assert told(at="a1.png", key=Qt.Key.Key_D) == "No other image is unfinished"


def test_next_and_previous_stop_at_the_ends(desk):
    window = desk.window
    desk.press(Qt.Key.Key_A)
    assert "first" in window.status.currentMessage()
    for path in ("a2.png", "a10.jpg", "sub/b.png"):
        desk.press(Qt.Key.Key_D)
        desk.rest()
        assert window.viewer.record.path == path
    desk.press(Qt.Key.Key_D)
    assert "last" in window.status.currentMessage()


def test_the_end_is_told_from_everything_done(desk):
    desk.accept_unasked()
    window = desk.window
    for _ in range(3):
        desk.press(Qt.Key.Key_D)
        desk.rest()
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert "Ctrl+Shift+A" in window.status.currentMessage()
    for _ in range(3):
        desk.press(Qt.Key.Key_A, CTRL | SHIFT)
        desk.rest()
        desk.press(Qt.Key.Key_Return)
        desk.rest()
    assert window.status.currentMessage() == "Every image is done"


@pytest.mark.parametrize("row", [0, 2, 3])
def test_the_image_beside_one_that_is_removed_is_shown(desk, row):
    """Whether the list without it is read before or after: what was beside it then counts."""
    window = desk.window
    ids = list(window.images.ids)
    window.commands.browse.show(ids[row])
    desk.rest()
    images.remove(window.session, [ids[row]])
    desk.rest()
    assert window.viewer.record.id == (ids[row + 1] if row < 3 else ids[2])
    history.undo(window.session)
    desk.rest()
    assert list(window.images.ids) == ids
    history.redo(window.session)
    desk.rest()
    assert window.images.rowCount() == 3
