"""COCO instances: one JSON file with images, categories, and an annotation for each region or each part of a thing.

Ids count from 1: images by their row in the project (so they stay the same when images are added later), categories
by the number that stays with their label for ever, annotations as they come. Masks are compressed RLE or polygons with
``iscrowd`` 0; areas and boxes are taken from the mask. Categories have the extra key ``isthing``, as in COCO panoptic.
Which images are in it, `acseg_core.formats.selection` says; those without annotations are among them. The same project
gives the same bytes. An image that has a comment, or that a second person found right, says so in the extra keys
``comment`` and ``reviewed``.

Void labels follow the convention of COCO-Stuff and COCO panoptic, where void is what no segment covers: they are no
categories, and their regions no annotations. (``iscrowd`` would not do: COCO's evaluation ignores a crowd for one
category only, and void means that nothing is known.)
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Generator, Mapping
from pathlib import Path
from typing import Any, Literal

from acseg_core.formats.instances import InstanceRule, InstanceWriter, ShapeOptions, category_keys
from acseg_core.formats.selection import ImageChoice, select_images
from acseg_core.output.protected import write_output
from acseg_core.reports import ExportReport
from acseg_core.store import Project, queries
from acseg_core.store.inputs import refuse_inputs
from acseg_core.store.records import name_key
from acseg_core.types import ImageRecord, Label, Progress, Region, RegionStatus
from acseg_core.version import __version__

UNNAMED = "region"
"""Category of regions without a name when all regions are exported."""

_SPOOL_BYTES = 16 * 1024**2


def export_coco(
    project: Project,
    out: Path,
    *,
    all_regions: bool = False,
    status: Literal["accepted", "any"] = "accepted",
    instances: InstanceRule | None = None,
    polygons: bool = False,
    images: ImageChoice | None = None,
    tolerance: float = 0,
    fill_holes: float = 0,
    image_ids: Collection[int] | None = None,
    with_problems: bool = False,
) -> Generator[Progress, None, ExportReport]:
    """Write the named regions of a project as a COCO file; memory stays flat however many images there are.

    Closing the generator before its end leaves ``out`` as it was.

    Args:
        project: May be read-only.
        out: The JSON file; replaced when it is there.
        all_regions: Take every region, so that each image is covered exactly once, but for what is void. Those that
            are not exported by name (unnamed, rejected and void ones, ones without the status asked for) get category
            "region", whose id is one above those of all labels, and every annotation has the extra keys ``region_id``
            and ``cluster_id``. A label that is itself named "region" is that category.
        status: "accepted" exports regions whose name was accepted; "any" every named region that is not rejected.
        instances: "parts" writes an annotation for each part of a thing's region (`acseg_core.shapes.parts`), and one
            for each region of stuff; "region" one for every region. If left out, parts, but regions with
            ``all_regions``.
        polygons: Write polygons; holes are cut open by bridges of no width.
        tolerance: Pixels that the outline of a polygon may be away from the true one, to have fewer points. With 0
            polygons are exactly the masks; with more, neighbours may overlap or leave gaps of that width.
        fill_holes: Holes of polygons with fewer pixels are filled.
        images: Which images; if left out, those that are done, or all with ``all_regions`` or ``image_ids``.
        image_ids: Only some of these images; their ids in the file are those they have among all.
        with_problems: Images whose files are missing or changed, too (see `acseg_core.formats.selection`).

    Yields:
        Progress after each image; its message is the image's path.

    Raises:
        NothingToExportError: No image is left; ``out`` is as it was.
        StorageError: The file cannot be written, or something precious is there.
    """
    labels = queries.labels(project)
    by_id = {label.id: label for label in labels}
    rule: InstanceRule = instances or ("region" if all_regions else "parts")
    writer = InstanceWriter(ShapeOptions(instances=rule, polygons=polygons, tolerance=tolerance, fill_holes=fill_holes))
    refuse_inputs(out, project)
    choice = images or (ImageChoice.DONE if image_ids is None and not all_regions else ImageChoice.ALL)
    selection = yield from select_images(project, choice, image_ids=image_ids, with_problems=with_problems)
    selection.require_images(project)
    categories, category_ids = _categories(labels, all_regions=all_regions)
    total = len(selection.image_ids)
    written = annotations = exported = negatives = 0
    yield Progress(0, total)
    with write_output(out) as file, tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as image_lines:
        head = {"description": project.name, "version": __version__, "contributor": "ACSeg Desktop"}
        file.write(b'{"info": ' + _line(head) + b',\n"licenses": [],\n"categories": [')
        file.write(b",".join(b"\n" + _line(category) for category in categories))
        file.write(b'],\n"annotations": [')
        for record, regions in queries.image_regions(project, selection.image_ids):
            before = annotations
            for region in regions:
                named = region.label_id in category_ids and _is_exported(region, status=status)
                if not (named or all_regions):
                    continue
                label = by_id.get(region.label_id or 0) if named else None
                for shape in writer.annotations(region, label, path=record.path):
                    annotation = {
                        "id": annotations + 1,
                        "image_id": record.id,
                        "category_id": category_ids[region.label_id if named else None],
                        **shape,
                        "iscrowd": 0,
                    }
                    if all_regions:
                        annotation |= {"region_id": region.id, "cluster_id": region.cluster_id}
                    file.write((b",\n" if annotations else b"\n") + _line(annotation))
                    annotations += 1
                exported += 1
            image_lines.write((b",\n" if written else b"\n") + _line(_image(record)))
            written += 1
            negatives += annotations == before
            yield Progress(written, total, record.path)
        # Images come last, for they are known only when all has been read from one state of the project.
        file.write(b'],\n"images": [')
        image_lines.seek(0)
        for chunk in image_lines:
            file.write(chunk)
        file.write(b"]}\n")
    return ExportReport(
        path=out,
        images=written,
        annotations=annotations,
        categories=len(categories),
        regions=exported,
        negatives=negatives,
        left_out=selection.left_out,
        shapes=writer.report,
    )


def _categories(labels: list[Label], *, all_regions: bool) -> tuple[list[dict[str, Any]], dict[int | None, int]]:
    """The categories in the order of the list, and the category id of each label id (None: of the unnamed)."""
    named = [label for label in labels if not label.is_void]
    ids: dict[int | None, int] = {label.id: label.category_id for label in named if label.category_id is not None}
    categories: list[dict[str, Any]] = [{"id": ids[label.id], **category_keys(label)} for label in named]
    if all_regions:
        namesakes = [label for label in named if name_key(label.name) == UNNAMED]
        highest = max((label.category_id or 0 for label in labels), default=0)
        ids[None] = ids[namesakes[0].id] if namesakes else highest + 1
        others = [category for category in categories if category["id"] != ids[None]]
        categories = [{"id": ids[None], "name": UNNAMED, "supercategory": ""}, *others]
    return categories, ids


def _is_exported(region: Region, *, status: Literal["accepted", "any"]) -> bool:
    if region.label_id is None or region.status is RegionStatus.REJECTED:
        return False
    return status == "any" or region.status is RegionStatus.ACCEPTED


def _image(record: ImageRecord) -> dict[str, Any]:
    """An entry of ``images``; what people remarked is in extra keys, where they did."""
    entry: dict[str, Any] = {"id": record.id, "file_name": record.path, "width": record.width, "height": record.height}
    if record.comment:
        entry["comment"] = record.comment
    if record.is_reviewed:
        entry["reviewed"] = True
    return entry


def _line(value: Mapping[str, Any]) -> bytes:
    """One line of JSON; plain ASCII, since pycocotools opens files in whatever encoding the platform has."""
    return json.dumps(value).encode("ascii")
