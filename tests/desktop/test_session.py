"""The session: one project is open at a time."""


def test_opening_another_project_closes_the_first(hands, project_folder, many_images):
    hands.open(project_folder)
    hands.window.open(many_images)
    hands.wait(lambda: hands.window.images.rowCount() == 24)
    hands.rest()
    assert hands.window.session.project.folder == many_images
    assert hands.window.viewer.record.path == "0.png"
    hands.window.open(project_folder)
    hands.window.open(many_images)
    hands.wait(lambda: hands.window.images.rowCount() == 24)
    hands.rest()
    assert hands.window.session.project.folder == many_images
