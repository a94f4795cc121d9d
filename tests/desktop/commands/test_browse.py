"""From image to image, and to the region whose name is most informative."""

from desktop.browser.browsing import KINDS, press, said, type_name
from desktop.image_list.desk import CTRL, SHIFT, paths, search
from PySide6.QtCore import Qt

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus
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
    assert "begins again" in said(hands)
    press(hands, Qt.Key.Key_R)
    assert len(hands.window.canvas.selection) == 1


def test_the_keys_follow_the_filtered_list(many):
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
