"""Dense propagation over a project: pixels of named regions become new partitions of other images."""

import hashlib
import shutil

import numpy as np
import pytest
from coloured_photos import COLORS, accuracy, finish, name_truly, picture, truth
from PIL import Image

from acseg_core.images.files import load_image
from acseg_core.names import dense, dense_training
from acseg_core.names.patch_classifier import PatchClassifier
from acseg_core.names.pixel_classifier import PixelClassifier
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import history, label_list, labels, review
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus
from acseg_core.workflows import propagation, scanning


def test_with_nothing_named_there_is_nothing_to_suggest(project, config, segmenter):
    report = finish(propagation.propagate(project, config, segmenter=segmenter))
    assert (report.regions, report.images, report.changes.verb, report.learned) == (0, 0, "", False)


def test_pixels_spread_to_other_images(project, config, segmenter):
    name_truly(project, 1)
    review.accept_image(project, 1)
    before = [queries.regions(project, image_id) for image_id in range(1, 6)]
    ticks = list(propagation.propagate(project, config, segmenter=segmenter))
    # There are three views of the labelled image.
    assert [tick.message for tick in ticks] == ["loading the model", *3 * ["0.png"], "1.png", "2.png", "3.png", "4.png"]
    assert [tick.done for tick in ticks] == [0, 0, 0, 1, 2, 3, 4, 5]
    assert queries.regions(project, 1) == before[0]
    for image_id in (2, 3, 4, 5):
        found = queries.regions(project, image_id)
        assert {(region.origin, region.status) for region in found} == {
            (RegionOrigin.PREDICTED, RegionStatus.SUGGESTED)
        }
        assert len({region.suggestion_id for region in found}) == len(found)
        assert sum(masks.decode(region.mask).astype(int) for region in found).min() == 1
        assert sum(region.area for region in found) == 96 * 128
        assert accuracy(project, image_id) > 0.8
        assert all(0 <= region.confidence <= 1 for region in found)
    for image_id in (5, 4, 3, 2):
        assert history.undo(project).verb == "Suggest partition"
        assert queries.regions(project, image_id) == before[image_id - 1]
    assert history.state(project).undo == "Accept image"


def test_what_was_made_of_an_image_is_reported(project, config, segmenter):
    name_truly(project, 1)
    name_truly(project, 2)
    report = finish(propagation.propagate(project, config, image_ids=[2, 3], segmenter=segmenter))
    assert (report.images, report.kept, report.skipped, report.learned) == (1, 1, (), True)
    assert report.changes.image_ids == {3}
    assert (report.regions, len(queries.regions(project, 4)) > 0) == (len(queries.regions(project, 3)), True)
    again = finish(propagation.propagate(project, config, image_ids=[2, 3], segmenter=segmenter))
    assert (again.images, again.changes.verb) == (1, "")


def test_from_the_named_part_of_an_image_the_rest_is_learned(project, config, segmenter):
    for image_id in (1, 2):
        name_truly(project, image_id)
    free = [region.id for region in queries.regions(project, 2)][::2]
    review.name_regions(project, free, None)
    kept = {region.id: region for region in queries.regions(project, 2) if region.id not in free}
    finish(propagation.propagate(project, config, image_ids=[2], segmenter=segmenter))
    found = {region.id: region for region in queries.regions(project, 2)}
    assert {id_: found[id_] for id_ in kept} == kept
    assert accuracy(project, 2, of=lambda region: region.label_id or region.suggestion_id) > 0.8


def test_images_without_regions_and_images_that_are_gone(project, config, segmenter, photos):
    name_truly(project, 1)
    history_length = len(history.operations(project, limit=10_000))
    Image.fromarray(picture(2, np.random.default_rng(7))).save(photos / "new.png")
    finish(scanning.scan_images(project))
    (photos / "4.png").unlink()
    report = finish(propagation.propagate(project, config, segmenter=segmenter))
    assert [(file.path, file.reason) for file in report.skipped] == [("4.png", scanning.MISSING)]
    new = queries.image_by_path(project, "new.png")
    assert new.status is ImageStatus.PROPOSED
    assert queries.regions(project, new.id)
    assert queries.image_by_path(project, "4.png").problem == scanning.MISSING
    assert len(history.operations(project, limit=10_000)) == history_length + 4


def test_tokens_are_computed_once(project, config, segmenter, monkeypatch, photos):
    name_truly(project, 1)
    finish(propagation.propagate(project, config, segmenter=segmenter))
    after = [region.mask for region in queries.regions(project, 3)]
    history.undo(project)
    with monkeypatch.context() as patched:
        patched.setattr(segmenter.backbone, "features", lambda _images, **_grids: pytest.fail("computed again"))
        finish(propagation.propagate(project, config, segmenter=segmenter))
    assert [region.mask for region in queries.regions(project, 3)] == after
    assert len(list((project.cache_dir / "tokens").iterdir())) == 5 + 2


def test_without_multi_crop_views_each_image_is_computed_once_as_a_whole(project, config, segmenter, monkeypatch):
    """Whether or not multi-crop views lie in the cache already."""
    seen, features = [], segmenter.backbone.features
    monkeypatch.setattr(
        segmenter.backbone, "features", lambda images, **grids: seen.append(len(images)) or features(images, **grids)
    )
    shutil.rmtree(project.cache_dir / "tokens")
    name_truly(project, 1)
    finish(propagation.propagate(project, config, multi_crop=False, segmenter=segmenter))
    assert sum(seen) == 5
    assert accuracy(project, 3) > 0.8
    quick = [region.mask for region in queries.regions(project, 3)]
    finish(propagation.propagate(project, config, segmenter=segmenter))
    assert sum(seen) == 5 + 4 * 5 + 2 * 5, "the labelled one has two augmented views"
    finish(propagation.propagate(project, config, multi_crop=False, segmenter=segmenter))
    assert sum(seen) == 35
    assert [region.mask for region in queries.regions(project, 3)] == quick


def test_labelled_images_are_learned_from_in_augmented_views_too(project, config, segmenter, monkeypatch):
    """The classifier gets each view with the labels where they lie in it, and the limit of such views holds."""
    name_truly(project, 1)
    name_truly(project, 2)
    learned, add = [], PatchClassifier.add
    monkeypatch.setattr(PatchClassifier, "add", lambda self, *seen: learned.append(seen) or add(self, *seen))
    monkeypatch.setattr(dense, "MOST_AUGMENTED", 1)
    monkeypatch.setattr(dense_training, "MOST_WITH_PIXELS", 0)
    finish(propagation.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert len(learned) == 3 + 1
    plain = learned[0]
    for augmentation, (tokens, label_map) in zip(dense.AUGMENTATIONS, learned[1:3], strict=True):
        np.testing.assert_array_equal(label_map, augmentation.align(plain[1]))
        assert not np.allclose(tokens, augmentation.align(plain[0]), atol=0.02)
    finish(propagation.propagate(project, config, image_ids=[4], multi_crop=False, segmenter=segmenter))
    assert len(learned) == 4 + 2, "without multi-crop views there is one view"


def test_pixels_of_labelled_images_are_learned_from_where_there_are_two(
    project, config, segmenter, photos, monkeypatch
):
    """With the labels that lie under them; of an image that is gone only what the cache has of its patches."""
    learned, add = [], PixelClassifier.add
    monkeypatch.setattr(PixelClassifier, "add", lambda self, *seen: learned.append(seen) or add(self, *seen))
    name_truly(project, 1)
    finish(propagation.propagate(project, config, image_ids=[4], segmenter=segmenter))
    assert not learned
    for image_id in (2, 3):
        name_truly(project, image_id)
    (photos / "1.png").unlink()
    finish(propagation.propagate(project, config, image_ids=[4], segmenter=segmenter))
    assert accuracy(project, 4) > 0.8
    for (image, logits, known, label_map), record_id in zip(learned, (1, 3), strict=True):
        np.testing.assert_array_equal(image, load_image(photos / f"{record_id - 1}.png"))
        assert logits.shape == (*label_map.shape, len(known))
        named = [region for region in queries.regions(project, record_id) if region.label_id is not None]
        for region in named:
            assert set(label_map[masks.decode(region.mask)]) == {region.label_id}


def test_images_without_names_get_pseudo_labels_before_they_are_predicted(project, config, segmenter, monkeypatch):
    """Not labelled ones, though they wait for names in part, and not where many are labelled."""
    name_truly(project, 1)
    region = queries.regions(project, 2)[0]
    review.name_regions_as(project, [region.id], next(iter(COLORS)))
    monkeypatch.setattr(dense, "FEWEST_PSEUDO_LABELLED", 2)
    monkeypatch.setattr(dense_training, "MOST_WITH_PIXELS", 0)
    done, add, predict = [], PatchClassifier.add_pseudo_labelled, PatchClassifier.predict
    monkeypatch.setattr(
        PatchClassifier, "add_pseudo_labelled", lambda self, some: done.append("add") or add(self, some)
    )
    monkeypatch.setattr(PatchClassifier, "predict", lambda self, seen: done.append("predict") or predict(self, seen))
    ticks = list(propagation.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter))
    assert done == ["add"] * 2 + ["predict"] * 3
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    assert [tick.message for tick in ticks[-5:-3]] == [queries.image(project, id_).path for id_ in (3, 4)]
    done.clear()
    monkeypatch.setattr(dense, "MOST_LABELLED_WITH_PSEUDO_LABELS", 1)
    finish(propagation.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter))
    assert "add" not in done


def test_an_image_that_is_gone_is_reported_once_though_it_was_read_twice(
    project, config, segmenter, photos, monkeypatch
):
    monkeypatch.setattr(dense, "FEWEST_PSEUDO_LABELLED", 2)
    name_truly(project, 1)
    (photos / "2.png").unlink()
    shutil.rmtree(project.cache_dir / "tokens")
    report = finish(propagation.propagate(project, config, segmenter=segmenter))
    assert [file.path for file in report.skipped] == ["2.png"]
    assert report.images == 3


def test_of_a_labelled_image_that_is_gone_what_the_cache_has_is_learned(project, config, segmenter, photos):
    name_truly(project, 1)
    finish(propagation.propagate(project, config, image_ids=[2], segmenter=segmenter))
    for augmentation in dense.AUGMENTATIONS[1:]:
        suffix = segmenter.token_identity + " " + augmentation.key
        (kept,) = (project.cache_dir / "tokens").glob(f"*{hashlib.sha256(suffix.encode()).hexdigest()[:16]}.tokens")
        kept.unlink()
    (photos / "0.png").unlink()
    report = finish(propagation.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert [file.path for file in report.skipped] == ["0.png"]
    assert accuracy(project, 3) > 0.8


def test_an_image_edited_meanwhile_is_left_to_the_person(project, config, segmenter, monkeypatch):
    name_truly(project, 1)
    name_truly(project, 2)
    first = queries.regions(project, 2)[0]
    review.name_regions(project, [first.id], None)
    predicted = propagation._predicted_regions

    def edited_meanwhile(*arguments):
        found = predicted(*arguments)
        review.name_regions(project, [region.id for region in queries.regions(project, 2)], None)
        return found

    monkeypatch.setattr(propagation, "_predicted_regions", edited_meanwhile)
    report = finish(propagation.propagate(project, config, image_ids=[2], segmenter=segmenter))
    assert (report.images, report.kept) == (0, 1)
    assert first.mask in [region.mask for region in queries.regions(project, 2)]


def test_after_a_label_is_deleted_the_other_names_spread_on(project, config, segmenter):
    """What was suggested by then keeps its other names, and no image is left out."""
    for image_id in (1, 2):
        name_truly(project, image_id)
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    work = propagation.propagate(project, config, image_ids=[3, 4, 5], segmenter=segmenter)
    while (tick := next(work)).done < 3:
        pass
    label_list.delete_labels(project, [green])
    ticks, report = [tick], None
    while report is None:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            report = end.value
    assert (report.images, report.kept, report.forgotten, report.learned) == (3, 0, ("green",), True)
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    names = {label.id for label in queries.labels(project)}
    assert any(region.suggestion_id in names for region in queries.regions(project, 3))
    for image_id in (4, 5):
        assert {region.suggestion_id for region in queries.regions(project, image_id)} == names
    assert report.changes.image_ids == {3, 4, 5}


def test_a_label_that_goes_while_others_get_pseudo_labels_is_unlearned(project, config, segmenter, monkeypatch):
    monkeypatch.setattr(dense, "FEWEST_PSEUDO_LABELLED", 2)
    name_truly(project, 1)
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    add = PatchClassifier.add_pseudo_labelled

    def gone_meanwhile(classifier, tokens):
        monkeypatch.setattr(PatchClassifier, "add_pseudo_labelled", add)
        label_list.delete_labels(project, [green])
        add(classifier, tokens)

    monkeypatch.setattr(PatchClassifier, "add_pseudo_labelled", gone_meanwhile)
    report = finish(propagation.propagate(project, config, image_ids=[3, 4], segmenter=segmenter))
    assert (report.images, report.forgotten) == (2, ("green",))
    names = {label.id for label in queries.labels(project)}
    for image_id in (3, 4):
        assert {region.suggestion_id for region in queries.regions(project, image_id)} == names


@pytest.mark.parametrize("kind", ["deleted", "merged"])
def test_a_label_that_goes_while_an_image_is_predicted(project, config, segmenter, monkeypatch, kind):
    for image_id in (1, 2):
        name_truly(project, image_id)
    by_name = {label.name: label.id for label in queries.labels(project)}
    predicted = propagation._predicted_regions

    def gone_meanwhile(*arguments):
        monkeypatch.setattr(propagation, "_predicted_regions", predicted)
        found = predicted(*arguments)
        if kind == "deleted":
            label_list.delete_labels(project, [by_name["green"]])
        else:
            labels.merge_labels(project, [by_name["green"]], target_id=by_name["red"])
        return found

    monkeypatch.setattr(propagation, "_predicted_regions", gone_meanwhile)
    report = finish(propagation.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert (report.images, report.kept, report.forgotten) == (1, 0, ("green",))
    found = {region.suggestion_id: masks.decode(region.mask) for region in queries.regions(project, 3)}
    assert found.keys() == {by_name["red"], by_name["blue"]}
    if kind == "merged":
        assert (found[by_name["red"]] == (truth(2) < 2)).mean() > 0.8, "what was green is an example of red now"


def test_without_any_label_left_the_rest_is_left_alone(project, config, segmenter):
    name_truly(project, 1)
    work = propagation.propagate(project, config, image_ids=[3, 4, 5], segmenter=segmenter)
    while next(work).done < 2:
        pass
    before = [queries.regions(project, image_id) for image_id in (4, 5)]
    label_list.delete_labels(project, [label.id for label in queries.labels(project)])
    report = finish(work)
    assert (report.images, report.kept) == (1, 2)
    assert sorted(report.forgotten) == sorted(COLORS)
    assert [queries.regions(project, image_id) for image_id in (4, 5)] == before


def test_many_images_are_learned_from_label_by_label(project, monkeypatch):
    monkeypatch.setattr(propagation, "MOST_LABELLED", 2)
    for image_id in (1, 2, 3):
        review.name_regions_as(project, [queries.regions(project, image_id)[0].id], "common")
    review.name_regions_as(project, [queries.regions(project, 4)[0].id], "rare")
    labelled = [record.id for record in propagation._labelled_images(project)]
    assert len(labelled) == 2
    assert 4 in labelled


def test_a_stopped_propagation_keeps_what_is_finished(project, config, segmenter):
    name_truly(project, 1)
    work = propagation.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter)
    ticks = [next(work) for _ in range(5)]
    work.close()
    assert (ticks[-1].done, ticks[-1].message) == (2, "1.png")
    assert {region.origin for region in queries.regions(project, 2)} == {RegionOrigin.PREDICTED}
    assert RegionOrigin.PREDICTED not in {region.origin for region in queries.regions(project, 4)}
