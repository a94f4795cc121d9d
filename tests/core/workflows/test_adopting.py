"""Adopting a model: anew where nobody has worked, names carried over, one undo step, whole whenever it stops.

Covers: store.edits.adoption.
"""

import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from coloured_photos import finish, write_photos
from tiny_model import tiny_config, tiny_model

from acseg_core.config import SegmenterConfig
from acseg_core.errors import EditError, WeightsMismatchError, WeightsMissingError
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits import adoption, clusters, cuts, history, painting, remarks, review
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.store.edits.models import add_model, delete_model
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.shape_import import ImportedAs, ImportedShape, Onto, import_shapes
from acseg_core.store.queries import cluster_queries
from acseg_core.types import ImageStatus, PixelPatch, RegionOrigin
from acseg_core.verbs import Verb
from acseg_core.workflows import local_engine, pipeline, scanning
from acseg_core.workflows.adopting import adopt, carry_names, unfinished
from acseg_core.workflows.clustering import cluster_regions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="module")
def coarse(folder: Path) -> Path:
    return tiny_model(folder, name="coarse", merges={"count": 8})


@pytest.fixture(scope="module")
def template(folder: Path, coarse: Path) -> Path:
    """Five photos of three coloured fields, in four clusters, with the model "coarse" added."""
    write_photos(folder / "photos", 5)
    config = tiny_config(folder)
    with create_project(folder / "template", image_root=folder / "photos") as opened:
        finish(scanning.scan_images(opened))
        finish(pipeline.propose(opened, replace(config, generator=None), segmenter=bundled(config)))
        finish(cluster_regions(opened, count=4))
        add_model(opened, coarse)
    return folder / "template"


def bundled(config: SegmenterConfig):
    """The tiny model in the place of the bundled one, which is for another backbone."""
    made = local_engine.load_segmenter(config)
    made.run_info = replace(made.run_info, model="", model_sha256="")
    return made


@pytest.fixture(scope="module")
def usual(folder: Path):
    return bundled(tiny_config(folder))


@pytest.fixture(scope="module")
def segmenter(folder: Path, coarse: Path):
    return local_engine.load_segmenter(replace(tiny_config(folder), generator=coarse))


@pytest.fixture
def project(tmp_path: Path, template: Path) -> Generator[Project, None, None]:
    shutil.copytree(template, tmp_path / "project")
    with open_project(tmp_path / "project") as opened:
        yield opened


def mine(project: Project) -> int:
    found = queries.model_called(project, "coarse")
    assert found is not None
    return found.id


def snapshot(project: Project) -> list[object]:
    """Everything that undo has to bring back."""
    images = [(each.id, each.status, each.granularity) for each in queries.images(project)]
    regions = [
        sorted((each.id, each.mask.counts, each.label_id, each.status, each.cluster_id) for each in found)
        for found in (queries.regions(project, image.id) for image in queries.images(project))
    ]
    adopted = [record.id for record in queries.models(project) if record.adopted]
    return [images, regions, adopted]


def name_a_cluster(project: Project, name: str = "field") -> int:
    """Name the largest cluster; returns its id."""
    chosen = max(cluster_queries.clusters(project), key=lambda each: each.size)
    clusters.name_cluster(project, chosen.id, name)
    return chosen.id


def named_pixels(project: Project, image_id: int, label_id: int):
    rles = [each.mask for each in queries.regions(project, image_id) if each.label_id == label_id]
    return masks.area(masks.union(rles)) if rles else 0


def assert_partition(project: Project) -> None:
    for image in queries.images(project):
        regions = queries.regions(project, image.id)
        assert sum(each.area for each in regions) == image.width * image.height
        whole = masks.union([each.mask for each in regions])
        assert masks.area(whole) == image.width * image.height


def assert_left_alone(project: Project, before, status) -> None:
    """All but the clusters of the regions is as it was."""
    for image_id, regions in before.items():
        now = queries.regions(project, image_id)
        assert [replace(each, cluster_id=None) for each in now] == [replace(each, cluster_id=None) for each in regions]
        assert queries.image(project, image_id).status is status[image_id]


def test_images_are_proposed_anew_names_are_carried_over_and_one_undo_brings_all_back(
    project: Project, segmenter, tmp_path: Path
) -> None:
    cluster = name_a_cluster(project)
    label = queries.labels(project)[0]
    before = snapshot(project)
    undoable = len(history.operations(project))
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    assert (report.images, report.kept, report.skipped) == (5, 0, ())
    assert len(history.operations(project)) == undoable + 1
    assert history.state(project).undo is Verb.ADOPT_MODEL
    assert snapshot(project) != before
    assert_partition(project)
    record = queries.model(project, mine(project))
    assert record is not None
    assert (record.adopted, record.images, record.regions) == (True, 5, report.regions)
    assert report.clusters == len(cluster_queries.clusters(project))
    named = {
        each.id for image in queries.images(project) for each in queries.regions(project, image.id) if each.label_id
    }
    assert named, "most fields are the same things as before"
    assert named == {region for name in report.names for region in name.region_ids}
    for name in report.names:
        assert name.label_id == label.id
        assert name.old_cluster == cluster
        assert 0.5 < name.agreement <= 1
        assert name.regions == len(name.region_ids)
        assert {each.cluster_id for each in queries.regions_by_id(project, name.region_ids).values()} == {
            name.new_cluster
        }
    assert unfinished(project) is None
    after = snapshot(project)
    project.close()
    with open_project(tmp_path / "project") as again:
        changes = history.undo(again)
        assert changes is not None
        assert changes.verb is Verb.ADOPT_MODEL
        assert snapshot(again) == before
        history.redo(again)
        assert snapshot(again) == after


def test_the_adopted_model_proposes_where_none_is_named_and_an_earlier_one_or_the_bundled_comes_back(
    project: Project, segmenter, usual, folder: Path
) -> None:
    first = snapshot(project)
    finish(adopt(project, mine(project), segmenter=segmenter))
    config = replace(tiny_config(folder), generator=None)
    finish(pipeline.propose(project, config))
    last = queries.summary(project).last_run
    assert last is not None
    assert (last.model, last.model_sha256) == ("coarse", segmenter.run_info.model_sha256)
    report = finish(adopt(project, 0, segmenter=usual))
    assert report.images == 5
    assert queries.models(project)[0].adopted
    again, then = snapshot(project), first
    assert [[row[1] for row in rows] for rows in again[1]] == [[row[1] for row in rows] for rows in then[1]]
    assert finish(adopt(project, 0, segmenter=usual)).images == 0, "they are its own already"
    assert len([each for each in history.operations(project) if each.verb is Verb.ADOPT_MODEL]) == 3


def test_work_stays_and_what_is_done_to_the_whole_set_is_no_work(project: Project, segmenter) -> None:
    """One image for each: named by hand, rejected, done, cut by the tree; the fifth is only in a named cluster."""
    label, _ = create_label(project, "thing")
    name_a_cluster(project)
    one, two, three, four, five = (each.id for each in queries.images(project))
    review.name_regions(project, [queries.regions(project, one)[0].id], label.id)
    review.reject_regions(project, [queries.regions(project, two)[-1].id])
    review.set_image_status(project, three, ImageStatus.DONE)
    divisible = [each.id for each in queries.regions(project, four)]
    for region in divisible:
        try:
            cuts.split_by_tree(project, region)
            break
        except EditError:
            continue
    update_label(project, label.id, color="#123456")
    remarks.write_comment(project, five, "a comment is no work on regions")
    before = {each: queries.regions(project, each) for each in (one, two, three, four)}
    status = {each.id: each.status for each in queries.images(project)}
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    assert (report.images, report.kept) == (1, 4)
    assert_left_alone(project, before, status)
    assert queries.image(project, five).comment == "a comment is no work on regions"


def test_what_was_painted_drawn_erased_or_imported_stays_as_it_is(project: Project, segmenter) -> None:
    """One image for each; the fifth is nobody's. Of the first three, no region has a name: pixels alone are work."""
    painted, drawn, erased, imported, free = (each.id for each in queries.images(project))
    patch = PixelPatch(10, 10, np.ones((12, 20), bool))

    def there(image_id: int) -> list[bool]:
        return [bool(masks.decode(each.mask)[15, 20]) for each in queries.regions(project, image_id)]

    def region(image_id: int, *, is_there: bool) -> int:
        return queries.regions(project, image_id)[there(image_id).index(is_there)].id

    painting.paint(project, painted, patch, region_id=region(painted, is_there=False))
    painting.paint_new(project, drawn, patch, label_id=None)
    painting.erase(project, patch, region_id=region(erased, is_there=True))
    inside = np.zeros((96, 128), bool)
    inside[30:60, 40:90] = True
    label, _ = create_label(project, "thing")
    shapes = [ImportedShape(masks.encode(inside), label.id)]
    with edit(project, Verb.IMPORT_SHAPES) as recording:
        import_shapes(project, recording, imported, shapes, as_=ImportedAs.ACCEPTED, onto=Onto.REST, done=False)
    before = {each: queries.regions(project, each) for each in (painted, drawn, erased, imported)}
    assert RegionOrigin.IMPORTED in {each.origin for each in before[imported]}
    status = {each.id: each.status for each in queries.images(project)}
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    assert (report.images, report.kept) == (1, 4)
    assert_left_alone(project, before, status)
    assert {each.run_id for each in queries.regions(project, free)} != {each.run_id for each in before[drawn]}


def test_what_was_taken_back_by_undo_is_no_work(project: Project, segmenter) -> None:
    image = queries.images(project)[0].id
    review.reject_regions(project, [queries.regions(project, image)[0].id])
    history.undo(project)
    assert finish(adopt(project, mine(project), segmenter=segmenter)).images == 5


def test_an_image_that_somebody_cut_otherwise_is_cut_there_again(project: Project, segmenter) -> None:
    image = queries.images(project)[1]
    cuts.recut_image(project, image.id, 1.0)
    finish(adopt(project, mine(project), segmenter=segmenter))
    assert queries.image(project, image.id).granularity == 1.0
    assert_partition(project)
    tree = cuts.image_tree(project, image.id)
    assert len(queries.regions(project, image.id)) == len(set(tree.tree.cut(0.0).tolist()))


def test_stopped_it_goes_on_and_ends_like_one_that_was_not_stopped(
    project: Project, segmenter, tmp_path: Path, template: Path
) -> None:
    name_a_cluster(project)
    before = snapshot(project)
    work = adopt(project, mine(project), segmenter=segmenter)
    for tick in work:
        if tick.done == 2:
            break
    work.close()
    assert_partition(project)
    record = unfinished(project)
    assert record is not None
    assert record.id == mine(project)
    with pytest.raises(EditError, match=r'adopting "coarse" was stopped .* finish that, or undo it first'):
        finish(adopt(project, 0))
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    assert unfinished(project) is None
    assert report.images == 5
    shutil.copytree(template, tmp_path / "other")
    with open_project(tmp_path / "other") as other:
        name_a_cluster(other)
        expected = finish(adopt(other, mine(other), segmenter=segmenter))
        assert replace(report, seconds=0) == replace(expected, seconds=0)
        assert snapshot(project) == snapshot(other)
    history.undo(project)
    assert snapshot(project) == before


def test_killed_it_is_whole_and_goes_on_or_is_undone(project: Project, segmenter, folder: Path, tmp_path: Path) -> None:
    name_a_cluster(project)
    before = snapshot(project)
    model = mine(project)
    project.close()
    code = (
        "import os, sys; from pathlib import Path; from dataclasses import replace\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from tiny_model import tiny_config\n"
        "from acseg_core.store import open_project\n"
        "from acseg_core.workflows.adopting import adopt\n"
        f"project = open_project(Path({str(tmp_path / 'project')!r}))\n"
        f"for tick in adopt(project, {model}, config=tiny_config(Path({str(folder)!r}))):\n"
        "    if tick.done == 2: os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    with open_project(tmp_path / "project") as opened:
        assert_partition(opened)
        record = unfinished(opened)
        assert record is not None
        assert record.adopted
        half = snapshot(opened)
        assert half != before
        history.undo(opened)
        assert snapshot(opened) == before
        assert unfinished(opened) is None
        history.redo(opened)
        assert snapshot(opened) == half
        report = finish(adopt(opened, model, segmenter=segmenter))
        assert report.images == 5
        assert report.names
        history.undo(opened)
        assert snapshot(opened) == before


def test_names_that_are_not_approved_go_and_come_within_the_same_step(project: Project, segmenter) -> None:
    name_a_cluster(project, "first")
    others = [each for each in cluster_queries.clusters(project) if each.unnamed]
    clusters.name_cluster(project, others[0].id, "second")
    before = snapshot(project)
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    after = snapshot(project)
    kept, *dropped = report.names
    assert dropped
    changes = carry_names(project, [kept])
    assert changes.verb is Verb.ADOPT_MODEL
    for name in dropped:
        assert {each.label_id for each in queries.regions_by_id(project, name.region_ids).values()} == {None}
    assert {each.label_id for each in queries.regions_by_id(project, kept.region_ids).values()} == {kept.label_id}
    carry_names(project, report.names)
    assert snapshot(project) == after
    carry_names(project, [])
    assert not any(each.label_id for image in queries.images(project) for each in queries.regions(project, image.id))
    assert {each.status for each in queries.images(project)} == {ImageStatus.PROPOSED}
    carry_names(project, [kept])
    history.undo(project)
    assert snapshot(project) == before


def test_names_are_taken_back_in_a_step_of_their_own_once_something_else_was_done(project: Project, segmenter) -> None:
    name_a_cluster(project)
    report = finish(adopt(project, mine(project), segmenter=segmenter))
    touched = report.names[0].region_ids[0]
    label, _ = create_label(project, "other")
    review.name_regions(project, [touched], label.id)
    changes = carry_names(project, [])
    assert changes.verb is Verb.REMOVE_NAME
    assert queries.regions_by_id(project, [touched])[touched].label_id == label.id, "somebody said so since"
    history.undo(project)
    history.undo(project)
    history.undo(project)
    assert history.state(project).undo is Verb.ADOPT_MODEL
    history.undo(project)
    with pytest.raises(EditError, match="no model was adopted"):
        carry_names(project, [])


def test_work_while_it_goes_on_is_left_alone_and_undone_first(project: Project, segmenter) -> None:
    name_a_cluster(project)
    before = snapshot(project)
    last = queries.images(project)[-1].id
    regions = [each.id for each in queries.regions(project, last)]
    for tick in adopt(project, mine(project), segmenter=segmenter):
        if tick.done == 1 and regions:
            review.reject_regions(project, regions[:1])
            regions = []
    assert queries.image(project, last).status is ImageStatus.IN_REVIEW
    assert {each.status.value for each in queries.regions(project, last)} >= {"rejected"}
    assert history.undo(project).verb is Verb.REJECT_REGIONS
    assert history.undo(project).verb is Verb.ADOPT_MODEL
    assert [row[:4] for rows in snapshot(project)[1] for row in rows] == [row[:4] for rows in before[1] for row in rows]


def test_a_model_that_is_gone_damaged_deleted_or_for_another_backbone_is_refused_and_nothing_changes(
    project: Project, folder: Path
) -> None:
    before, steps = snapshot(project), history.operations(project)
    model = mine(project)
    record = queries.model(project, model)
    assert record is not None
    with pytest.raises(WeightsMismatchError, match="was trained for test_vit, not for vit_small_patch14_dinov2"):
        finish(adopt(project, model, config=SegmenterConfig()))
    whole = record.path.read_bytes()
    record.path.write_bytes(whole[:-1])
    with pytest.raises(WeightsMismatchError, match="damaged"):
        finish(adopt(project, model))
    record.path.write_bytes(tiny_model(folder, name="another", merges={"count": 9}).read_bytes())
    with pytest.raises(
        WeightsMismatchError, match='not the file that was added as "coarse", or damaged; add the model'
    ):
        finish(adopt(project, model))
    record.path.unlink()
    with pytest.raises(WeightsMissingError, match='the file of "coarse" is missing; put it back'):
        finish(adopt(project, model))
    delete_model(project, model)
    with pytest.raises(EditError, match="is not in the project, or was deleted; add its file again"):
        finish(adopt(project, model))
    assert snapshot(project) == before
    assert history.operations(project) == steps
    assert adoption.unfinished_adoption(project) is None


def test_in_a_project_without_proposals_only_the_model_is_chosen(
    tmp_path: Path, folder: Path, coarse, segmenter
) -> None:
    with create_project(tmp_path / "fresh", image_root=folder / "photos") as fresh:
        finish(scanning.scan_images(fresh))
        record = add_model(fresh, coarse)
        report = finish(adopt(fresh, record.id, segmenter=segmenter))
        assert (report.images, report.regions, report.clusters, report.names) == (0, 0, 0, ())
        assert queries.model(fresh, record.id).adopted
        history.undo(fresh)
        assert queries.models(fresh)[0].adopted
        history.redo(fresh)
        finish(pipeline.propose(fresh, replace(tiny_config(folder), generator=None)))
        assert queries.summary(fresh).last_run.model == "coarse"
