"""Thumbnails of the list: made again when an image is back, and with the regions over them on demand."""

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.store.edits.labels import update_label
from acseg_desktop.operations.project import scan


def test_the_thumbnail_of_an_image_that_is_back_is_made_again(hands, project_folder, photos):
    photo = (photos / "a1.png").read_bytes()
    (photos / "a1.png").unlink()
    with open_project(project_folder) as project:
        for path in project.thumbnails_dir.rglob("*.jpg"):
            path.unlink()
        record = queries.image_by_path(project, "a1.png")
    thumbnails = hands.window.thumbnails
    hands.open(project_folder)
    hands.wait(lambda: thumbnails.get(record) is not None)
    assert thumbnails.get(record).isNull()
    (photos / "a1.png").write_bytes(photo)
    scan(hands.window.session)
    hands.rest()
    hands.wait(lambda: thumbnails.get(record) is not None)
    assert not thumbnails.get(record).isNull()


def test_regions_are_drawn_over_thumbnails_and_follow_edits(desk):
    window = desk.window
    images = window.images

    def color(row=0):
        pixmap = images.thumbnail(images.row(row))
        return None if pixmap is None or pixmap.isNull() else pixmap.toImage().pixelColor(20, 20).name()

    desk.wait(lambda: images.row(0) is not None and color() is not None)
    bare, other = color(), color(2)
    desk.click(window.strip.overlays)
    desk.wait(lambda: color() not in (None, bare))
    tinted = color()
    region = window.viewer.regions[0].id
    window.session.edit(lambda project: review.name_regions_as(project, [region], "red"))
    desk.rest()
    label = next(iter(window.session.labels.values()))
    window.session.edit(lambda project: update_label(project, label.id, color="#ff0000"))
    desk.wait(lambda: color() is not None and int(color()[1:3], 16) > int(color()[3:5], 16) + 60)
    red = color()
    window.session.edit(lambda project: update_label(project, label.id, color="#0000ff"))
    desk.wait(lambda: color() != red and int(color()[5:7], 16) > int(color()[3:5], 16) + 60)
    for _ in range(3):
        window.session.edit(history.undo)
    desk.wait(lambda: color() == tinted)
    assert color(2) == other, "an image without regions looks as before"
    desk.click(window.strip.overlays)
    desk.wait(lambda: color() == bare)
    desk.rest()


def test_thumbnails_arrive(hands, project_folder):
    hands.open(project_folder)
    images = hands.window.images
    for row in range(4):
        hands.wait(lambda row=row: images.thumbnail(images.row(row)) is not None)
        assert not images.thumbnail(images.row(row)).isNull()
