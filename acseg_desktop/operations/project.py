"""User verbs on the project as a whole: create, restore, rescan, relocate, take a changed file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images.files import inspect_image
from acseg_core.images.finding import find_images
from acseg_core.images.scenes.choosing import Tiles
from acseg_core.reports import ScanReport
from acseg_core.store import Project, create_project, open_project, queries, restore_backup, restoring
from acseg_core.store.edits import ingest
from acseg_core.store.edits.moving import move_images
from acseg_core.store.edits.renderings import choice_for_new_images
from acseg_core.types import OpChanges, Progress
from acseg_core.verbs import Verb
from acseg_core.workflows import adding, scanning
from acseg_core.workflows.adding import CopyPlan
from acseg_core.workflows.image_folder import require_reader, take_only
from acseg_core.workflows.scenes import tile_now
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.samples import add_scene, copy_samples, copy_scene
from acseg_desktop.session import Session

if TYPE_CHECKING:
    pass

tr = Words("Work")


def create(
    session: Session,
    folder: Path,
    *,
    image_root: Path,
    name: str,
    label_maps: bool = False,
    prepare: Callable[[], None] | None = None,
) -> None:
    """Make a project of the images in a folder, or of one file, and open it.

    Args:
        session: Which opens it.
        folder: Of the project.
        image_root: The folder with the images; or a file, and then no other one is taken.
        name: Of the project.
        label_maps: Take label maps, too.
        prepare: What goes first.
    """

    def work() -> Generator[Progress, None, Project]:
        yield Progress(0, 0, "looking for images")
        if prepare is not None:
            prepare()
        is_file = image_root.is_file()
        if is_file:
            require_reader(image_root, Tiles.AUTO)
        else:
            find_images(image_root)
        is_ours = not folder.exists()
        project = create_project(folder, image_root=image_root.parent if is_file else image_root, name=name)
        try:
            if is_file:
                take_only(project, [image_root.name])
            yield from scanning.scan_images(project, label_maps=label_maps or None)
        except BaseException as error:
            project.close()
            if is_ours and isinstance(error, ImagesNotFoundError):
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return project

    session.open_by(work, folder=folder, title=tr("Reading the images"))


def create_sample(session: Session, place: Path) -> None:
    """Copy the bundled photos into ``place``, and make a project of them beside."""
    photos = place / "photos"
    create(
        session,
        place / "project",
        image_root=photos,
        name="Sample photos",
        prepare=lambda: copy_samples(photos),
    )


def create_sample_scene(session: Session, place: Path) -> None:
    """Copy the bundled scene into ``place``, and make a project of its tiles beside."""
    folder = place / "project"

    def work() -> Generator[Progress, None, Project]:
        yield Progress(0, 0, "looking for images")
        copy_scene(place / "scene")
        is_ours = not folder.exists()
        project = create_project(folder, image_root=place / "scene", name="Sample scene")
        try:
            add_scene(project)
        except BaseException:
            project.close()
            if is_ours:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return project

    session.open_by(work, folder=folder, title=tr("Reading the images"))


def restore(session: Session, folder: Path, *, source: Path | None = None) -> None:
    """Put the newest good backup in place, or a file that was kept, and open it.

    Whoever asks was told that the database is damaged, by checks that need not be those of restoring, or that it is
    another one than was open: so it is replaced whatever is thought of it. The project's notice says what it is called
    from now on, and how many edits are only there.
    """

    def work() -> Project:
        taken = restoring.chosen_backup(folder) if source is None else source
        lost = restoring.loss(folder, taken)
        restored = restore_backup(folder, source=taken, force=True)
        project = open_project(folder)
        if restored is not None and restored.aside is not None:
            project.notice = _told(restored.aside, lost.edits if lost is not None else 0)
        return project

    session.open_by(work, folder=folder, title=tr("Restoring the backup"))


def _told(aside: Path, edits: int) -> str:
    kept = tr("The file that was there before is kept as {file}.").format(file=aside.name)
    return f"{kept} {tr('%Ln edit(s) (is,are) only there.', edits)}" if edits else kept


def scan(session: Session, *, label_maps: bool | None = None) -> Job:
    """Look through the image folder again; label maps are taken if it is said, or if the project has some already."""
    return _long(
        session,
        Lane.DISK,
        tr("Reading the images"),
        lambda project: scanning.scan_images(project, label_maps=label_maps),
    )


def add_images(session: Session, plan: CopyPlan) -> Job:
    """Copy photos into the folder of photos, and take them into the project."""
    return _long(session, Lane.DISK, tr("Adding photos"), lambda project: adding.add_images(project, plan))


def relocate(session: Session, new_root: Path) -> Job:
    """Tell the project where its images are now; every one is checked by its hash."""
    return _long(
        session, Lane.DISK, tr("Checking the images"), lambda project: scanning.relocate_images(project, new_root)
    )


def adopt_changed(session: Session, image_id: int) -> Job:
    """Take the new content of a file that changed; its old regions are dropped, which can be undone."""

    def work(project: Project) -> OpChanges:
        record = queries.image(project, image_id)
        if record.info.tile is not None:
            info = tile_now(project, record)
        else:
            choice = choice_for_new_images(project)
            info = inspect_image(project.image_root, record.path, thumbnails=project.thumbnails_dir, choice=choice)
        return ingest.adopt_changed(project, [image_id], [info])

    return session.edit(work)


def move_image(session: Session, path: str, now: str) -> Job:
    """Let the image of that path have the file of another one, which holds the same picture."""

    def work(project: Project) -> OpChanges:
        info = inspect_image(project.image_root, now, thumbnails=project.thumbnails_dir)
        move_images(project, {path: info})
        return OpChanges(verb=Verb.MOVE_IMAGES, images=True)  # of all images: one may have gone

    return session.edit(work)


def _long(
    session: Session, lane: Lane, title: str, start: Callable[[Project], Generator[Progress, None, ScanReport]]
) -> Job:
    project = session.require()

    def work() -> Generator[Progress, None, ScanReport]:
        try:
            return (yield from start(project))
        finally:
            session.note_changes(project, OpChanges(images=True))

    return session.jobs.submit(lane, work, title=title)
