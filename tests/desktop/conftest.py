"""Windows for tests: real ones, offscreen, with settings of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from desktop.browser.browsing import KINDS, press
from desktop.canvas.tools.painter import Painter
from desktop.hands import Hands
from PIL import Image
from PySide6.QtCore import QEvent, QSettings, Qt
from sqlalchemy import insert
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.images.files import inspect_image
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, ConceptTree, threshold_of
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits import ingest, review, runs
from acseg_core.store.schema import REGION
from acseg_core.types import RegionProposal, RunInfo
from acseg_core.workflows import clustering
from acseg_desktop.language.words import use
from acseg_desktop.preferences import Preferences

os.environ.setdefault("OMP_NUM_THREADS", "1")

RUN = RunInfo("test_vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0")


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            # Said by Qt's offscreen platform for every window with a minimum size, and for every popup.
            unsupported = r"does not support (propagateSizeHints|raise|grabbing the (keyboard|mouse))"
            item.add_marker(pytest.mark.qt_log_ignore(unsupported, extend=True))


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application, speaking English whatever the system speaks."""
    use(qapp, "en")
    return qapp


@pytest.fixture(autouse=True)
def _own_settings(tmp_path_factory, monkeypatch) -> None:
    home = tmp_path_factory.mktemp("home")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "settings"))
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def photos(tmp_path) -> Path:
    """Four small photos, one of them in a subfolder, in natural order a1, a2, a10, sub/b."""
    folder = tmp_path / "photos"
    (folder / "sub").mkdir(parents=True)
    for number, name in enumerate(("a1.png", "a2.png", "a10.jpg", "sub/b.png")):
        make_photo(folder / name, seed=number)
    return folder


def make_photo(path: Path, *, seed: int, width: int = 96, height: int = 64) -> None:
    """Coloured quarters with some noise, so that regions are where one expects them."""
    noise = np.random.default_rng(seed).integers(0, 30, (height, width, 3))
    image = np.zeros((height, width, 3), np.int64) + noise
    image[: height // 2, : width // 2] += (180, 40, 40)
    image[: height // 2, width // 2 :] += (40, 180, 40)
    image[height // 2 :, : width // 2] += (40, 40, 180)
    image[height // 2 :, width // 2 :] += (160, 160, 40)
    Image.fromarray(image.astype(np.uint8)).save(path)


def quarters(width: int, height: int) -> np.ndarray:
    """(height, width) uint8 label map of four quarters of different sizes: 0 top left is the largest."""
    label_map = np.zeros((height, width), np.uint8)
    label_map[:40, 60:] = 1
    label_map[40:, :60] = 2
    label_map[40:, 60:] = 3
    return label_map


def propose_quarters(project: Project, image_ids: list[int]) -> None:
    """Store four regions for each image, as a model would."""
    run_id = runs.begin_run(project, RUN)
    for image_id in image_ids:
        record = queries.image(project, image_id)
        encoded = masks.encode_label_map(quarters(record.width, record.height))
        descriptor = np.full(16, 0.25, np.float16)
        proposals = [
            RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor)
            for node, mask in encoded.items()
        ]
        runs.save_proposals(project, run_id, image_id, proposals)
    runs.finish_run(project, run_id)


def eight_leaves(width: int, height: int) -> ImageTree:
    """A tree of two rows of four fine concepts; the default cut is their four pairs, each left and right of another.

    Whole image at granularity 0, all eight leaves at 1.
    """
    leaf_map = np.zeros((height, width), np.uint8)
    for column, left in enumerate((0, 30, 50, 75)):
        leaf_map[:36, left:] = column
        leaf_map[36:, left:] = 4 + column
    merges = np.array([(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13)], np.int32)
    heights = np.array([0.2, 0.3, 0.6, 0.8, 1.5, 3.0, 6.0], np.float32) * np.float32(threshold_of(DEFAULT_GRANULARITY))
    tokens = np.random.default_rng(0).normal(size=(8, 16)).astype(np.float16)
    return ImageTree.of(ConceptTree(merges, heights), leaf_map, tokens)


def propose_trees(project: Project, image_ids: list[int]) -> None:
    """Store the default cut of `eight_leaves` with its tree for each image, as a model would."""
    run_id = runs.begin_run(project, RUN)
    for image_id in image_ids:
        record = queries.image(project, image_id)
        tree = eight_leaves(record.width, record.height)
        regions = tree.regions(tree.tree.cut(threshold_of(DEFAULT_GRANULARITY)))
        runs.save_proposals(project, run_id, image_id, regions, tree=tree, granularity=DEFAULT_GRANULARITY)
    runs.finish_run(project, run_id)


def make_project(folder: Path, photos: Path, *, proposed: int = 2) -> Path:
    """A project of the photos with regions in the first images; closed."""
    with create_project(folder, image_root=photos, name="Test") as project:
        paths = sorted(path.relative_to(photos).as_posix() for path in photos.rglob("*") if path.is_file())
        infos = [inspect_image(photos, path, thumbnails=project.thumbnails_dir) for path in paths]
        ingest.add_images(project, infos)
        if proposed:
            propose_quarters(project, queries.image_ids(project)[:proposed])
    return folder


@pytest.fixture
def write_photo() -> Callable[..., None]:
    """Writes one photo."""
    return make_photo


@pytest.fixture
def project_folder(tmp_path, photos) -> Path:
    """A closed project: two of four images have four regions each."""
    return make_project(tmp_path / "project", photos)


@pytest.fixture
def tree_project(tmp_path, photos) -> Path:
    """A closed project: three of four images have a stored tree of eight leaves, cut into four regions."""
    folder = make_project(tmp_path / "trees", photos, proposed=0)
    with open_project(folder) as project:
        propose_trees(project, queries.image_ids(project)[:3])
    return folder


@pytest.fixture
def many_images(tmp_path) -> Path:
    """A closed project of 24 images without regions."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(24):
        make_photo(folder / f"{number}.png", seed=number)
    return make_project(tmp_path / "many-project", folder, proposed=0)


def descriptor_of(kind, image_id):
    """Regions of one kind look alike; kinds are far apart."""
    made = np.random.default_rng([kind, image_id]).normal(0, 0.02, 16)
    made[kind] += 1
    return (made / np.linalg.norm(made)).astype(np.float16)


@pytest.fixture
def kinds(tmp_path, photos):
    """A closed project: four images, each with one region of each of four kinds; not clustered."""
    folder = tmp_path / "kinds"
    with create_project(folder, image_root=photos, name="Kinds") as project:
        paths = sorted(path.relative_to(photos).as_posix() for path in photos.rglob("*") if path.is_file())
        infos = [inspect_image(photos, path, thumbnails=project.thumbnails_dir) for path in paths]
        ingest.add_images(project, infos)
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            encoded = masks.encode_label_map(quarters(96, 64))
            proposals = [
                RegionProposal(kind, mask, masks.bounding_box(mask), masks.area(mask), descriptor_of(kind, image_id))
                for kind, mask in encoded.items()
            ]
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
    return folder


@pytest.fixture
def clustered(kinds):
    """The same, in four clusters of four regions."""
    with open_project(kinds) as project:
        for _ in clustering.cluster_regions(project, count=KINDS):
            pass
    return kinds


@pytest.fixture
def crowded(clustered):
    """One of the clusters has three thousand members more."""
    with open_project(clustered) as project:
        first = queries.regions(project, queries.image_ids(project)[0])[0]
        with project.read() as connection:
            (row,) = connection.execute(REGION.select().where(REGION.c.id == first.id)).mappings()
        with project.write() as connection:
            values = {name: value for name, value in row.items() if name != "id"}
            connection.execute(insert(REGION), [values] * 3000)
    return clustered


@pytest.fixture
def worked(project_folder):
    """A closed project with seven edits: a run and six names."""
    with open_project(project_folder) as project:
        ids = [region.id for region in queries.regions(project, queries.image_ids(project)[0])]
        for name in ("sky", "road", "car", "tree", "pole", "sign"):
            review.name_regions_as(project, [ids[0]], name)
    return project_folder


@pytest.fixture(scope="session")
def model_files(tmp_path_factory):
    """Weights and a generator so small that they propose at once."""
    folder = tmp_path_factory.mktemp("model")
    return tiny_weights(folder), tiny_generator(folder)


@pytest.fixture
def tiny(model_files):
    """The window's settings point to the tiny model."""
    preferences = Preferences()
    weights, generator = model_files
    for key, value in {
        "source": "local",
        "name": TINY_BACKBONE,
        "weights": str(weights),
        "generator": str(generator),
        "device": "cpu",
    }.items():
        preferences.store(f"model/{key}", value)


@pytest.fixture
def make_window(qtbot, qapp) -> Iterator[Callable[[], Hands]]:
    """Opens windows; all are closed at the end, and what they were doing must have ended."""
    from acseg_desktop.appearance.theme import Theme
    from acseg_desktop.main_window import MainWindow

    # The window of the test before is gone for good before another style sheet is applied: Qt walks over all widgets.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme = Theme(qapp)
    opened: list[Hands] = []

    def make() -> Hands:
        window = MainWindow(theme, Preferences())
        window.resize(1100, 760)
        window.show()
        window.activateWindow()
        qtbot.waitActive(window)
        opened.append(Hands(window, qtbot))
        return opened[-1]

    yield make
    for hands in opened:
        hands.close()
        assert not any(thread.is_alive() for thread in hands.window.jobs.threads), "a lane did not end"
        hands.window.deleteLater()
    theme.set_text_size(100)  # of the application, whatever a test made it
    theme.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def hands(make_window) -> Hands:
    """One window, nothing open."""
    return make_window()


@pytest.fixture
def desk(hands, project_folder):
    """A window with the project of four images."""
    hands.open(project_folder)
    return hands


@pytest.fixture
def many(hands, many_images):
    """A window with the project of 24 images."""
    hands.open(many_images)
    return hands


@pytest.fixture
def browser(hands, clustered):
    """The browser is open; the first cluster is selected."""
    hands.open(clustered)
    press(hands, Qt.Key.Key_G)
    return hands


@pytest.fixture
def painter(hands, project_folder) -> Painter:
    """With the first image of four quarters."""
    return Painter(hands, project_folder)


@pytest.fixture
def clicker(hands, tree_project) -> Painter:
    """Four regions in the corners of a 2 x 2 grid, each of a left and a right leaf that the stored tree knows."""
    return Painter(hands, tree_project)
