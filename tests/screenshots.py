"""Takes pictures of the window with projects of the bundled photos and scene; run it by hand, it is no test.

    QT_QPA_PLATFORM=offscreen python tests/screenshots.py [--out DIR] [--only NAME ...] [--language de] [--scale 2]

Those that documents show go to docs/screenshots, the rest (and all in another language or scale) to build/screenshots;
a file that shows just the same already is left alone. `--only scenes` takes those of docs/scenes.md.
It drives the real window and the bundled model, so it takes a minute or two. It never waits in QTest, which would hold
Python's lock and starve the worker threads.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PARSER = argparse.ArgumentParser(description="Pictures of the window, in docs/screenshots and build/screenshots.")
PARSER.add_argument("--out", type=Path, help="one folder for all of them")
PARSER.add_argument("--only", nargs="*", default=[], help="names of pictures, without .png; or scenes")
PARSER.add_argument("--language", default="en")
PARSER.add_argument("--scale", default="1", help="device pixels for each pixel")
ARGUMENTS = PARSER.parse_args() if __name__ == "__main__" else PARSER.parse_args([])

HOME = Path(tempfile.mkdtemp(prefix="acseg-screenshots-"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = ARGUMENTS.scale
for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
    os.environ[name] = str(HOME)

import numpy as np  # noqa: E402
import pictures  # noqa: E402
import rasterio  # noqa: E402
from PIL import Image, ImageQt  # noqa: E402
from PySide6.QtCore import QPoint, Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog, QWidget  # noqa: E402

from acseg_core.config import SegmenterConfig  # noqa: E402
from acseg_core.formats.format import format_called  # noqa: E402
from acseg_core.shapes import masks  # noqa: E402
from acseg_core.store import Project, create_project, queries  # noqa: E402
from acseg_core.store.edits import cuts, review  # noqa: E402
from acseg_core.store.edits.labels import create_label  # noqa: E402
from acseg_core.store.upkeep import timings  # noqa: E402
from acseg_core.workflows import pipeline, scanning  # noqa: E402
from acseg_core.workflows.exporting import ExportSettings, export_labels  # noqa: E402
from acseg_desktop import app  # noqa: E402
from acseg_desktop.appearance.theme import Theme  # noqa: E402
from acseg_desktop.language import words  # noqa: E402
from acseg_desktop.main_window import MainWindow  # noqa: E402
from acseg_desktop.preferences import Preferences  # noqa: E402
from acseg_desktop.samples import SAMPLE_SCENE, add_scene, copy_samples, copy_scene  # noqa: E402

NAMES = {
    "astronaut.jpg": {"person": (0.22, 0.7), "flag": (0.06, 0.4), "face": (0.43, 0.24)},
    "cat.jpg": {"cat": (0.5, 0.5), "blanket": (0.95, 0.6)},
    "coffee.jpg": {"table": (0.05, 0.1), "saucer": (0.2, 0.6), "coffee": (0.47, 0.36), "cup": (0.37, 0.2)},
    "dahlia.jpg": {"flower": (0.4, 0.4), "leaves": (0.05, 0.9)},
    "photographer.jpg": {"person": (0.43, 0.45), "sky": (0.8, 0.15), "grass": (0.8, 0.93)},
}
"""What some photos show, and at which place, as shares of width and height: so that there is something to see."""

NAMES_OF_SCENE = {
    "water": ((42, 245), (204, 302), (300, 323), (480, 357)),
    "road": ((100, 105), (297, 165), (394, 274), (316, 59), (407, 73), (456, 98)),
    "woodland": ((47, 349), (484, 235), (238, 278), (155, 310), (107, 114), (402, 308)),
    "building": ((278, 104), (197, 168), (403, 59), (306, 192), (197, 196), (483, 58), (394, 150), (366, 98)),
    "grassland": ((361, 129), (255, 118), (60, 232), (226, 323), (476, 36), (319, 307)),
    "field": (
        (64, 39), (123, 20), (144, 59), (15, 31), (55, 118), (121, 139), (40, 180), (136, 204), (225, 90), (225, 27),
        (238, 243), (327, 270), (420, 274), (28, 294), (85, 313), (155, 345), (222, 340), (488, 306), (160, 110),
    ),
}  # fmt: skip
COLOURS_OF_SCENE = {
    "water": "#3b7dd8", "road": "#8c8c8c", "woodland": "#1b7837", "building": "#d7301f", "grassland": "#a6d96a",
    "field": "#fdcb58",
}  # fmt: skip
"""What the sample scene shows, and where, in metres to the right and down."""
SCENES = "scenes"
CORNER, METRES = (552_000, 5_402_000), 0.25
"""Where the sample scene begins, and what a pixel of it is."""


def run_all(work: object) -> object:
    """Run a generator of the core to its end."""
    try:
        while True:
            next(work)  # type: ignore[call-overload]
    except StopIteration as stop:
        return stop.value


def make_demo(folder: Path) -> Path:
    """A project of the bundled photos with proposals, some names, two images done, and a week of work."""
    from datetime import UTC, datetime, timedelta

    photos = folder / "photos"
    copy_samples(photos)
    with create_project(folder / "project", image_root=photos, name="Sample photos") as project:
        run_all(scanning.scan_images(project))
        run_all(pipeline.propose(project, SegmenterConfig()))
        name_some(project)
        now, ids = datetime.now(UTC), queries.image_ids(project)
        review_of = timings.Activity.REVIEW
        spans = [
            timings.WorkSpan(image_id, review_of, now - timedelta(days=day), 18 + 9 * day + 7 * place, 6 + place)
            for day in (0, 1, 2, 5, 6)
            for place, image_id in enumerate(ids[:5])
        ]
        browse = timings.Activity.BROWSE
        spans += [timings.WorkSpan(None, browse, now - timedelta(days=day), 50 + 12 * day, 9) for day in (0, 2, 5)]
        timings.record_work(project, spans)
    return folder / "project"


def name_some(project: Project) -> None:
    """Name what some photos show; the first two are done."""
    done = 0
    for image_id in queries.image_ids(project):
        record = queries.image(project, image_id)
        regions = queries.regions(project, image_id)
        owner = masks.paint_label_map([region.mask for region in regions], height=record.height, width=record.width)
        for label, (x, y) in NAMES.get(record.path, {}).items():
            found = owner[int(y * record.height), int(x * record.width)]
            review.name_regions_as(project, [regions[found].id], label)
        if record.path in NAMES and done < 2:
            review.accept_image(project, image_id)
            done += 1


def make_scene_project(folder: Path) -> Path:
    """A project of the bundled scene with proposals."""
    copy_scene(folder / "scene")
    with create_project(folder / "project", image_root=folder / "scene", name="Sample scene") as project:
        add_scene(project)
        run_all(pipeline.propose(project, SegmenterConfig()))
    return folder / "project"


def name_scene(project: Project) -> None:
    """Cut finer, and name what the scene shows."""
    run_all(cuts.recut_images(project, 0.62))
    for label, color in COLOURS_OF_SCENE.items():
        create_label(project, label, color=color)
    for record in queries.images(project):
        regions, tile = queries.regions(project, record.id), record.info.tile
        assert tile is not None
        owner = masks.paint_label_map([region.mask for region in regions], height=record.height, width=record.width)
        named: set[int] = set()
        for label, places in NAMES_OF_SCENE.items():
            inside = [(round(x / METRES) - tile.left, round(y / METRES) - tile.top) for x, y in places]
            found = {owner[y, x] for x, y in inside if 0 <= x < record.width and 0 <= y < record.height} - named
            if found:
                review.name_regions_as(project, [regions[number].id for number in found], label)
                named |= found


class Studio:
    """A window, and a camera."""

    def __init__(self, out: Path | None) -> None:
        self.out = out
        self.application = app.make_application()
        words.use(self.application, ARGUMENTS.language)
        self.theme = Theme(self.application)
        self.theme.choose("light")
        self.window = MainWindow(self.theme, Preferences())
        self.window.resize(1280, 820)
        self.window.show()
        self.window.activateWindow()

    def wait(self, condition: Callable[[], object], *, timeout: float = 120.0) -> None:
        """Let the window work until something is so, and for a while after."""
        deadline, quiet = time.monotonic() + timeout, 0
        while quiet < 15:
            if time.monotonic() > deadline:
                raise SystemExit("the window did not come to rest")
            self.application.processEvents()
            time.sleep(0.01)
            quiet = quiet + 1 if condition() else 0

    def rest(self) -> None:
        """Wait until nothing is read, counted or computed."""
        window = self.window
        self.wait(
            lambda: (
                not window.jobs.running()
                and not window.session.is_counting
                and not window.commands.statistics.is_busy
                and not window.refresher.is_busy
            )
        )

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Save a picture."""
        self.rest()
        self.window.status.clearMessage()
        self.application.processEvents()
        self.save(name, ImageQt.fromqimage((widget or self.window).grab().toImage()))

    def save(self, name: str, picture: Image.Image) -> None:
        """Write a picture, if it is wanted."""
        path = self.out / f"{name}.png" if self.out is not None else pictures.file_of(name)
        if not ARGUMENTS.only or name in ARGUMENTS.only or (name.startswith("scene-") and SCENES in ARGUMENTS.only):
            written = pictures.save(picture, path, small=path.parent == pictures.TRACKED)
            print(path, "written" if written else "as before")

    def open(self, folder: Path) -> None:
        """Open a project and wait for its first image."""
        self.window.open(folder)
        self.wait(lambda: self.window.session.is_open and self.window.viewer.record is not None)
        self.rest()

    def go_to(self, path: str) -> None:
        """Show an image."""
        project = self.window.session.require()
        image_id = next(i for i in queries.image_ids(project) if queries.image(project, i).path == path)
        self.window.commands.browse.show(image_id)
        self.rest()

    def dialog(self, show: Callable[[], object]) -> QDialog:
        """Open a dialog."""
        show()
        self.rest()
        found = [each for each in self.window.findChildren(QDialog) if each.isVisible()]
        return found[-1]

    def at(self, x: float, y: float) -> QPoint:
        """A place on the canvas, 0..1 of the image each way."""
        canvas, record = self.window.canvas, self.window.viewer.record
        assert record is not None
        return canvas.widget_point(x * record.width, y * record.height).toPoint()

    def move(self, x: float, y: float) -> None:
        """Move the mouse over the canvas."""
        QTest.mouseMove(self.window.canvas, self.at(x, y))
        self.application.processEvents()

    def press(self, x: float, y: float) -> None:
        """Press the left button."""
        QTest.mousePress(self.window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.at(x, y))

    def release(self, x: float, y: float) -> None:
        """Let it go."""
        QTest.mouseRelease(self.window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, self.at(x, y))

    def click(self, x: float, y: float) -> None:
        """Press and let go."""
        self.press(x, y)
        self.release(x, y)
        self.rest()

    def trigger(self, action_id: str) -> None:
        """Do what an action does."""
        self.window.actions_[action_id].trigger()
        self.rest()


def start_states(studio: Studio) -> None:
    """Nothing is open."""
    studio.take("start")


def main_window(studio: Studio) -> None:
    """The window as one works, in all its looks."""
    window = studio.window
    studio.go_to("coffee.jpg")
    studio.click(0.5, 0.5)
    studio.take("window")
    studio.theme.choose("dark")
    studio.take("window-dark")
    studio.theme.choose("light")
    window.commands.settings.choose_text_size(200)
    studio.take("window-large-text")
    window.commands.settings.choose_text_size(100)
    window.resize(1280, 820)
    window.commands.first_steps.begin()
    studio.take("first-steps")
    window.first_steps_panel.cross.click()


def tools(studio: Studio) -> None:
    """Every tool, in the middle of what it does."""
    window = studio.window
    studio.go_to("cat.jpg")
    paths = {
        "brush": ((0.7, 0.5), (0.78, 0.52), (0.86, 0.48), (0.94, 0.54)),
        "eraser": ((0.3, 0.6), (0.4, 0.62), (0.5, 0.58)),
    }
    for tool, path in paths.items():
        studio.click(*path[0])
        studio.trigger(f"tool.{tool}")
        studio.press(*path[0])
        for place in path:
            studio.move(*place)
        studio.take(f"tool-{tool}")
        studio.trigger("tool.cancel")
        studio.release(*path[-1])
        studio.trigger("tool.select")
    studio.click(0.5, 0.5)
    studio.trigger("tool.polygon")
    for place in ((0.3, 0.3), (0.6, 0.25), (0.7, 0.5), (0.5, 0.7)):
        studio.click(*place)
    studio.move(0.35, 0.6)
    studio.take("tool-polygon")
    studio.trigger("tool.cancel")
    studio.trigger("tool.select")
    studio.click(0.5, 0.5)
    studio.trigger("tool.line")
    studio.press(0.5, 0.02)
    for step in range(1, 10):
        studio.move(0.5 + 0.02 * (step % 3), 0.02 + step * 0.1)
    studio.take("tool-line")
    studio.trigger("tool.cancel")
    studio.release(0.5, 0.95)
    studio.trigger("tool.select")
    studio.click(0.5, 0.5)
    studio.trigger("tool.clicks")
    studio.click(0.45, 0.4)
    studio.take("tool-clicks")
    for _ in range(3):
        if window.commands.tools.action_id != "tool.select":
            studio.trigger("tool.cancel")
    studio.trigger("tool.select")


def looks(studio: Studio) -> None:
    """Near the pixels, and in loud colours."""
    window = studio.window
    studio.trigger("looks.strong")
    studio.trigger("looks.tone")
    studio.take("tone-and-contrast")
    studio.trigger("looks.tone")
    studio.trigger("looks.soft")
    window.canvas.zoom_by(24)
    studio.take("pixels")
    studio.trigger("view.fit")


def browser(studio: Studio) -> None:
    """Before and after grouping, and regions like one."""
    window = studio.window
    studio.trigger("clusters.browse")
    studio.take("browser-empty")
    studio.trigger("clusters.group")
    studio.take("browser")
    studio.theme.choose("dark")
    studio.take("browser-dark")
    studio.theme.choose("light")
    window.commands.clusters.toggle()
    studio.rest()


def panels(studio: Studio) -> None:
    """Statistics and dialogs."""
    window = studio.window
    window.commands.statistics.toggle()
    studio.rest()
    studio.take("statistics-docked")
    window.docks.statistics.setFloating(True)
    window.docks.statistics.resize(1040, 700)
    studio.rest()
    studio.take("statistics", window.docks.statistics)
    studio.theme.choose("dark")
    studio.take("statistics-dark", window.docks.statistics)
    studio.theme.choose("light")
    window.docks.statistics.setFloating(False)
    window.commands.statistics.toggle()
    editor = studio.dialog(window.commands.keyboard.edit_shortcuts)
    editor.list.choose("region.split")  # type: ignore[attr-defined]
    editor.add.captured.emit("M")  # type: ignore[attr-defined]
    studio.take("shortcut-editor", editor)
    editor.reject()
    for name, show in (
        ("shortcuts", window.commands.keyboard.show_shortcuts),
        ("preferences", window.commands.settings.show),
        ("export", window.commands.project.export),
        ("propose", window.commands.propose.choose),
        ("new-project", window.commands.project.new),
    ):
        dialog = studio.dialog(show)
        studio.take(name, dialog)
        dialog.reject()
        studio.rest()


def faults(studio: Studio, folder: Path) -> None:
    """What the window says when something is wrong, or when there is nothing."""
    window = studio.window
    photo = folder.parent / "photos" / "hopper.jpg"
    photo.rename(photo.with_suffix(".away"))
    studio.trigger("project.rescan")
    studio.go_to("hopper.jpg")
    studio.take("image-missing")
    photo.with_suffix(".away").rename(photo)
    window.session.close()
    studio.wait(lambda: not window.session.is_open)
    studio.take("start-recent")
    broken = folder.parent / "broken"
    broken.mkdir()
    (broken / "project.db").write_bytes(b"this is no database" * 99)
    window.open(broken)
    studio.wait(lambda: any(each.isVisible() for each in window.findChildren(QDialog)))
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    studio.take("project-damaged", dialog)
    dialog.reject()


def scenes(studio: Studio) -> None:
    """From the sample scene to polygons on the map, as docs/scenes.md tells it."""
    window = studio.window
    folder = make_scene_project(HOME / "scene-demo")
    with Image.open(folder.parent / "scene" / SAMPLE_SCENE) as orthophoto:
        ground = orthophoto.convert("RGB")
    studio.save("scene-orthophoto", ground.resize(smaller(ground), Image.Resampling.LANCZOS))
    studio.open(folder)
    window.resize(1080, 680)
    studio.go_to("village#r2c2.tif")
    studio.take("scene-proposals")
    studio.trigger("clusters.browse")
    studio.trigger("clusters.group")
    studio.take("scene-clusters")
    window.commands.clusters.toggle()
    studio.rest()
    name_scene(window.session.require())
    window.session.close()
    studio.wait(lambda: not window.session.is_open)
    studio.open(folder)
    studio.go_to("village#r2c2.tif")
    studio.take("scene-named")
    dialog = studio.dialog(window.commands.project.export)
    studio.take("scene-export", dialog)
    dialog.reject()
    studio.rest()
    studio.save("scene-map", scene_map(window.session.require(), ground))
    window.session.close()
    studio.wait(lambda: not window.session.is_open)
    window.resize(1280, 820)


def scene_map(project: Project, ground: Image.Image) -> Image.Image:
    """The class map that an export writes, in the colours of its labels, over the ground."""
    out = HOME / "scene-classes"
    run_all(export_labels(project, out, format_called("geotiff"), ExportSettings(images="named", status="any")))
    colours = np.asarray(ground).copy()
    for file in sorted(out.glob("*.tif")):
        with rasterio.open(file) as classes:
            table = np.array([classes.colormap(1)[value][:3] for value in range(256)], np.uint8)
            values, (x, _, _, y, _, _) = classes.read(1), classes.transform.to_gdal()
        left, top = round((x - CORNER[0]) / METRES), round((CORNER[1] - y) / METRES)
        part = colours[top : top + values.shape[0], left : left + values.shape[1]]
        part[values > 0] = table[values[values > 0]]
    mixed = Image.blend(ground, Image.fromarray(colours), 0.6)
    return mixed.resize(smaller(ground), Image.Resampling.LANCZOS)


def smaller(ground: Image.Image) -> tuple[int, int]:
    """Width and height of the whole scene in a document."""
    return ground.width * 3 // 10, ground.height * 3 // 10


def photos(studio: Studio) -> None:
    """Everything that the sample photos are posed for."""
    start_states(studio)
    folder = make_demo(HOME / "demo")
    studio.open(folder)
    for scene in (main_window, tools, looks, browser, panels):
        scene(studio)
    faults(studio, folder)


def main() -> int:
    """Make the projects, pose, and take all pictures."""
    is_usual = ARGUMENTS.language == "en" and ARGUMENTS.scale == "1"
    studio = Studio(ARGUMENTS.out or (None if is_usual else pictures.REST))
    if ARGUMENTS.only != [SCENES]:
        photos(studio)
    if not ARGUMENTS.only or any(name.startswith("scene") for name in ARGUMENTS.only):
        scenes(studio)
    studio.window.close()
    studio.wait(lambda: studio.window.session.has_ended)
    return 0


if __name__ == "__main__":
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    sys.exit(main())
