"""From the start page to the sample photos, and to the same project again; and to the sample orthophoto."""


def test_sample_photos_become_a_project(hands):
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() >= 4
    assert hands.window.first_steps_panel.isVisible()
    assert hands.window.banners.hint.is_wanted, "it comes when the steps are closed"
    folder = hands.window.session.project.folder
    hands.window.session.close()
    hands.wait(hands.window.start.isVisible)
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.session.project.folder == folder


def test_the_sample_orthophoto_becomes_a_project(hands):
    hands.click(hands.window.start.scene_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() == 4
    assert hands.window.viewer.record.path == "village#r1c1.tif"
