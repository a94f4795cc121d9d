"""The image strip with very many rows."""

import dataclasses
import time

import pytest

from acseg_core.images.files import inspect_image
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest, review
from acseg_core.store.queries.image_search import parse
from acseg_core.types import ImageStatus
from acseg_desktop.image_list.listing import Listing


@pytest.fixture(scope="module")
def big_project(tmp_path_factory):
    """100,000 images in the store; one file on disk."""
    from PIL import Image

    root = tmp_path_factory.mktemp("big")
    photos = root / "photos"
    photos.mkdir()
    Image.new("RGB", (32, 24), (90, 120, 60)).save(photos / "000000.png")
    info = inspect_image(photos, "000000.png")
    with create_project(root / "project", image_root=photos, name="Big") as project:
        infos = [dataclasses.replace(info, path=f"{number:06}.png") for number in range(100_000)]
        ingest.add_images(project, infos)
    return root / "project"


def test_a_hundred_thousand_images(hands, big_project):
    window = hands.window
    window.session.open(big_project, read_only=True)
    started = time.monotonic()
    hands.wait(lambda: window.viewer.record is not None, timeout=20_000)
    assert window.images.rowCount() == 100_000
    assert time.monotonic() - started < 10
    hands.rest()
    assert len(window.images._pages) < 10, "only what is looked at is read"
    window.strip.follow(window.images.image_id(99_999))
    hands.rest()
    last = window.images.index(99_999)
    hands.wait(lambda: last.data() == "099999.png")
    assert len(window.images._pages) < 10


def test_edit_refreshes_its_row(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    images = window.images
    hands.wait(lambda: images.row(0) is not None)
    hands.window.session.edit(lambda project: review.accept_image(project, 1))
    hands.wait(lambda: images.row(0).record.status is ImageStatus.DONE)
    hands.rest()


def test_quick_steps_show_only_the_last(hands, many_images):
    hands.open(many_images)
    window = hands.window
    for _ in range(15):
        window.commands.browse.next()
    hands.rest()
    assert window.viewer.record.path == "15.png"
    assert window.header.name.text() == "15.png"
    assert queries.image_ids(window.session.project)[15] == window.viewer.image_id


def test_rows_read_for_the_old_list_are_not_shown_in_the_new_one(hands, many_images):
    hands.open(many_images)
    images = hands.window.images
    for search in ("2", "", "1", "23", ""):
        # Rows are asked for and read between the wish for another list and its arrival.
        images.show(Listing(parse(search)))
        images._refresh_pages([0])
        images.row(0)
        images._read_pages()
        hands.rest()
        ids = queries.image_ids(hands.window.session.project, search=search)
        shown = [images.row(number) for number in range(images.rowCount())]
        hands.rest()
        shown = [images.row(number).record.id for number in range(len(shown))]
        assert shown == ids
