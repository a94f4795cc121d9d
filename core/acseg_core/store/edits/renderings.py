"""Images that are shown otherwise: other bands, other values black and white. Their regions stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from acseg_core.images import band_choice, rendering
from acseg_core.images.band_choice import BandChoice
from acseg_core.store.edits.recorder import edit
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE
from acseg_core.store.settings import NEW_IMAGES_SHOWN, read_setting, write_setting
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb


def set_renderings(project: Project, renderings: Mapping[int, str]) -> OpChanges:
    """Show images otherwise, as one undoable operation.

    Args:
        project: Open for writing.
        renderings: By the id of the image, as `ImageInfo.rendering`; "" for what its file's kind says.

    Raises:
        ValueError: A text is no rendering.
    """
    for text in renderings.values():
        if text and rendering.from_text(text) is None:
            raise ValueError(f"{text!r} does not say how an image is shown")
    with edit(project, Verb.CHANGE_BANDS) as recording:
        recording.update_each(IMAGE, "rendering", renderings)
        return recording.result() if recording.changed else OpChanges()


def choice_for_new_images(project: Project) -> BandChoice | None:
    """How the project wants images to be shown that are added; None for what their files' kind says."""
    return band_choice.from_text(read_setting(project, NEW_IMAGES_SHOWN))


def choose_for_new_images(project: Project, choice: BandChoice | None) -> None:
    """Say so; outside the history.

    Raises:
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or failed.
    """
    write_setting(project, NEW_IMAGES_SHOWN, "" if choice is None else choice.to_text())
