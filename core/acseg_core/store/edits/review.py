"""The annotator's edits of regions and images; each call is one undoable operation, or nothing at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, select

from acseg_core.store.database import among
from acseg_core.store.edits.labels import add_label
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.reshaping import begin_review
from acseg_core.store.project import Project
from acseg_core.store.queries.image_queries import require_images
from acseg_core.store.queries.label_queries import find_label, require_labels
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import IMAGE, LABEL, REGION
from acseg_core.store.statuses import AS_CONFIRMED, AS_DECLINED, NAMED, OPEN, SUGGESTED, UNJUDGED, status_of
from acseg_core.types import ImageStatus, OpChanges, RegionStatus
from acseg_core.verbs import Verb

VOID, VOID_COLOR = "void", "#808080"
"""The label that `mark_void` makes."""


def name_regions(project: Project, region_ids: Collection[int], label_id: int | None) -> OpChanges:
    """Give regions a label, which accepts them; or take their label away, which makes them proposals again.

    Images not in review yet are now. A name given to regions of one image was given while looking at them: it is
    confirmed (`acseg_core.store.edits.confirming`).

    Raises:
        EditError: A region or the label is gone.
    """
    verb = Verb.NAME_REGIONS if label_id is not None else Verb.REMOVE_NAME
    with edit(project, verb) as recording:
        require_regions(recording.connection, region_ids)
        if label_id is not None:
            require_labels(recording.connection, [label_id])
        _name(recording, REGION.c.id.in_(among(region_ids)), label_id, confirmed=_in_one_image(recording, region_ids))
        return _result(recording, region_ids)


def name_regions_as(
    project: Project,
    region_ids: Collection[int],
    name: str,
    *,
    confirmed: bool | None = None,
    is_thing: bool | None = None,
) -> OpChanges:
    """Give regions the label of that name, which is made if there is none: one operation.

    Args:
        project: Open for writing.
        region_ids: The regions.
        name: Of the label.
        confirmed: Whether a person looked at each of them, so that their names are confirmed; if left out, that is so
            where all are of one image.
        is_thing: What a label that is made is; by its name if left out.

    Raises:
        EditError: A region is gone, or the name is empty.
    """
    with edit(project, Verb.NAME_REGIONS) as recording:
        require_regions(recording.connection, region_ids)
        label = find_label(recording.connection, name) or add_label(recording, name, is_thing=is_thing)
        if confirmed is None:
            confirmed = _in_one_image(recording, region_ids)
        _name(recording, REGION.c.id.in_(among(region_ids)), label.id, confirmed=confirmed)
        return _result(recording, region_ids)


def rename_label_regions(project: Project, *, old_label_id: int, new_label_name: str) -> OpChanges:
    """Give all regions of one label another label, which is made if there is none.

    Raises:
        EditError: The old label is gone, or the name is empty.
    """
    with edit(project, Verb.RENAME_REGIONS) as recording:
        require_labels(recording.connection, [old_label_id])
        label = find_label(recording.connection, new_label_name) or add_label(recording, new_label_name)
        if label.id != old_label_id:
            _name(recording, REGION.c.label_id == old_label_id, label.id)
        return _result(recording, ())


def mark_void(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Say that no training and no score shall count these regions: they get the project's first void label.

    Where there is none, the label "void" becomes one, or is made. Suggestions spread it like any other label: a car's
    bonnet is in every frame.

    Raises:
        EditError: A region is gone.
    """
    with edit(project, Verb.MARK_AS_VOID) as recording:
        require_regions(recording.connection, region_ids)
        confirmed = _in_one_image(recording, region_ids)
        _name(recording, REGION.c.id.in_(among(region_ids)), _void_label(recording), confirmed=confirmed)
        return _result(recording, region_ids)


def reject_regions(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Mark regions as nothing to label; a label they have is taken away.

    Raises:
        EditError: A region is gone.
    """
    with edit(project, Verb.REJECT_REGIONS) as recording:
        require_regions(recording.connection, region_ids)
        chosen = REGION.c.id.in_(among(region_ids))
        begin_review(recording, chosen)
        rejected = {"status": RegionStatus.REJECTED.value, "label_id": None}
        recording.update(REGION, chosen, {**rejected, **UNJUDGED})
        return _result(recording, region_ids)


def accept_image(
    project: Project,
    image_id: int,
    *,
    names: Mapping[int, int] = MappingProxyType({}),
    unnamed: Collection[int] = (),
) -> OpChanges:
    """The image is done with what was shown: its named regions, and those whose suggested names are accepted with it.

    Args:
        project: Open for writing.
        image_id: The image.
        names: The label that was shown as a suggestion, by region. Passed by are regions that a person has decided
            about meanwhile or that are gone, and labels that are gone.
        unnamed: Regions that stay without a name: what is suggested for them is declined.

    Raises:
        EditError: There is no such image.
    """
    with edit(project, Verb.ACCEPT_IMAGE) as recording:
        require_images(recording.connection, [image_id])
        here = REGION.c.image_id == image_id
        labels = set(recording.connection.execute(select(LABEL.c.id)).scalars())
        for label_id in sorted(labels.intersection(names.values())):
            shown = [region_id for region_id, shown_id in names.items() if shown_id == label_id]
            accepted = {"label_id": label_id, "status": RegionStatus.ACCEPTED.value, **UNJUDGED}
            recording.update(REGION, and_(here, OPEN, REGION.c.id.in_(among(shown))), accepted)
        recording.update(REGION, and_(here, SUGGESTED, REGION.c.id.in_(among(unnamed))), AS_DECLINED)
        recording.update(REGION, here & NAMED, {"status": RegionStatus.ACCEPTED.value})
        recording.update(IMAGE, IMAGE.c.id == image_id, {"status": ImageStatus.DONE.value})
        return _result(recording, ())


def set_image_status(project: Project, image_id: int, status: ImageStatus) -> OpChanges:
    """Say how far an image has come.

    Raises:
        EditError: There is no such image.
    """
    return set_image_statuses(project, [image_id], status)


def set_image_statuses(project: Project, image_ids: Collection[int], status: ImageStatus) -> OpChanges:
    """Say how far images have come: one operation. What is done has its named regions accepted.

    Raises:
        EditError: An image is not in the project.
    """
    with edit(project, Verb.SET_IMAGE_STATUS) as recording:
        require_images(recording.connection, image_ids)
        chosen = among(image_ids)
        if status is ImageStatus.DONE:
            named = REGION.c.image_id.in_(chosen) & NAMED
            recording.update(REGION, named, {"status": RegionStatus.ACCEPTED.value})
        recording.update(IMAGE, IMAGE.c.id.in_(chosen), {"status": ImageStatus(status).value})
        return _result(recording, ())


def _name(recording: Edit, chosen: ColumnElement[bool], label_id: int | None, *, confirmed: bool = False) -> None:
    begin_review(recording, chosen)
    values = {"label_id": label_id, "status": status_of(label_id).value}
    recording.update(REGION, chosen, {**values, **(AS_CONFIRMED if confirmed and label_id is not None else UNJUDGED)})


def _in_one_image(recording: Edit, region_ids: Collection[int]) -> bool:
    """Whether regions were seen together, and not only their crops among those of other images."""
    images = select(REGION.c.image_id).where(REGION.c.id.in_(among(region_ids))).distinct().limit(2)
    return len(recording.connection.execute(images).all()) == 1


def _void_label(recording: Edit) -> int:
    connection = recording.connection
    first = select(LABEL.c.id).where(LABEL.c.is_void).order_by(LABEL.c.position, LABEL.c.id).limit(1)
    found = connection.execute(first).scalar_one_or_none()
    if found is not None:
        return int(found)
    # No hotkey: those are for labels that are given all day, and this one has a key of its own.
    label = find_label(connection, VOID) or add_label(
        recording, VOID, color=VOID_COLOR, is_thing=False, find_hotkey=False
    )
    recording.update(LABEL, LABEL.c.id == label.id, {"is_void": True})
    return label.id


def _result(recording: Edit, region_ids: Collection[int]) -> OpChanges:
    return recording.result(region_ids=region_ids) if recording.changed else OpChanges()
