"""Look-alikes come forward after proposing: grouped by themselves, with a bar that leads to them."""

from desktop.browser.browsing import grid, sections, stored
from PySide6.QtCore import Qt

from acseg_core.store.queries import cluster_queries
from acseg_desktop.dialogs.propose_form import ProposeForm

CTRL = Qt.KeyboardModifier.ControlModifier


def propose_all(hands):
    hands.press(Qt.Key.Key_B, CTRL)
    hands.click(hands.dialog(ProposeForm).confirm)
    hands.wait(lambda: hands.window.commands.propose.is_running)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()


def clustered_regions(hands):
    return sum(record.size for record in cluster_queries.clusters(hands.window.session.project))


def test_after_proposing_a_bar_leads_to_the_clusters_which_are_there(hands, many_images, tiny):
    hands.open(many_images)
    window = hands.window
    hands.wait(window.first_steps_panel.isVisible)
    hands.click(window.first_steps_panel.cross)  # while they are shown, the bar waits: they lead to the clusters, too
    propose_all(hands)
    hint = window.banners.hint
    hands.wait(hint.isVisible)
    regions = len(stored(hands))
    assert hint.text.text() == f"{regions} regions in 24 photos: name look-alikes at once"
    assert clustered_regions(hands) == regions
    assert window.session.history.undo.value == "Propose", "what nobody asked for is no step to undo"
    hands.activate()
    hands.click(hands.button(hint, "Name look-alikes"))
    hands.rest()
    assert grid(hands).hasFocus()
    assert sections(hands)
    assert not hint.isVisible()
