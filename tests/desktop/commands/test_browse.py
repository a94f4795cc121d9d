"""From image to image, and to the region whose name is most informative."""

from desktop.browser.browsing import KINDS, press, said, type_name
from PySide6.QtCore import Qt


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
