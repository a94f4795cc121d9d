"""Names that spread over a project: regions, pixels, and which image teaches most."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import tiny_config

from acseg_core.names import dense
from acseg_core.names.classify import TokenMemory
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history, label_list, labels, review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus
from acseg_core.workflows import agenda, pipeline, suggesting

COLORS = {"red": (200, 30, 30), "green": (30, 180, 40), "blue": (30, 40, 210)}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory):
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def segmenter(config):
    return pipeline.load_segmenter(config)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Five photos of three coloured fields whose borders differ."""
    folder = tmp_path / "photos"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(5):
        Image.fromarray(picture(number, random)).save(folder / f"{number}.png")
    return folder


def truth(number):
    """(96, 128) index of the colour of every pixel."""
    fields = np.zeros((96, 128), int)
    fields[40 + 4 * number :] = 1
    fields[:, 80 - 6 * number :] = 2
    return fields


def picture(number, random):
    pixels = np.array(list(COLORS.values()))[truth(number)] + random.normal(0, 6, (96, 128, 3))
    return np.clip(pixels, 0, 255).astype(np.uint8)


@pytest.fixture
def project(tmp_path, photos, config, segmenter):
    with create_project(tmp_path / "project", image_root=photos) as opened:
        finish(pipeline.scan_images(opened))
        finish(pipeline.propose(opened, config, segmenter=segmenter, granularity=1))
        yield opened


def finish(work):
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def name_truly(project, image_id):
    """Give every region of an image the name of its commonest colour."""
    fields = truth(int(Path(queries.image(project, image_id).path).stem))
    for region in queries.regions(project, image_id):
        colour = np.bincount(fields[masks.decode(region.mask)]).argmax()
        review.name_regions_as(project, [region.id], list(COLORS)[colour])


def accuracy(project, image_id, *, of=lambda region: region.suggestion_id):
    """Share of an image's pixels whose suggested label is that of its colour."""
    names = {label.id: list(COLORS).index(label.name) for label in queries.labels(project)}
    fields = truth(int(Path(queries.image(project, image_id).path).stem))
    right = sum(
        int((fields[masks.decode(region.mask)] == names.get(of(region), -1)).sum())
        for region in queries.regions(project, image_id)
    )
    return right / fields.size


def test_with_nothing_named_there_is_nothing_to_suggest(project, config, segmenter):
    for work in (suggesting.suggest_for_all(project), suggesting.propagate(project, config, segmenter=segmenter)):
        report = finish(work)
        assert (report.regions, report.images, report.changes.verb, report.learned) == (0, 0, "", False)


def test_names_spread_to_regions_that_look_alike(project):
    name_truly(project, 1)
    operations = history.operations(project)
    report = finish(suggesting.suggest_for_all(project))
    assert report.changes.verb == "Suggest names"
    assert report.changes.image_ids == {2, 3, 4, 5}
    assert (report.images, report.regions) == (4, queries.summary(project).regions_by_status["suggested"])
    assert np.mean([accuracy(project, image_id) for image_id in (2, 3, 4, 5)]) > 0.7
    assert history.operations(project) == operations
    assert finish(suggesting.suggest_for_all(project)).changes.verb == ""


def test_with_everything_named_there_is_nothing_to_suggest(project):
    for image_id in range(1, 6):
        review.name_regions_as(project, [region.id for region in queries.regions(project, image_id)], "all")
    report = finish(suggesting.suggest_for_all(project))
    assert (report.regions, report.images, report.changes.verb, report.learned) == (0, 0, "", True)


def test_suggestions_are_taken_back_when_no_name_is_left(project):
    name_truly(project, 1)
    finish(suggesting.suggest_for_all(project))
    review.name_regions(project, [region.id for region in queries.regions(project, 1)], None)
    report = finish(suggesting.suggest_for_all(project))
    assert (report.regions, report.changes.verb) == (0, "Clear suggestions")
    assert queries.summary(project).regions_by_status["suggested"] == 0


def test_images_that_are_done_and_what_a_person_decided_are_left_alone(project):
    name_truly(project, 1)
    review.accept_image(project, 2)
    rejected, declined, *_ = (region.id for region in queries.regions(project, 3))
    finish(suggesting.suggest_for_all(project))
    review.reject_regions(project, [rejected])
    suggestions.decline_suggestions(project, [declined])
    finish(suggesting.suggest_for_all(project))
    assert all(region.suggestion_id is None for region in queries.regions(project, 2))
    found = {region.id: region for region in queries.regions(project, 3)}
    assert found[rejected].status is RegionStatus.REJECTED
    assert (found[declined].status, found[declined].suggestion_id) == (RegionStatus.PROPOSED, None)


def test_stopped_suggestions_keep_what_is_finished(project, monkeypatch):
    monkeypatch.setattr(suggesting, "_REGIONS_AT_ONCE", 3)
    name_truly(project, 1)
    work = suggesting.suggest_for_all(project)
    assert next(work).done == 3
    work.close()
    assert 0 < queries.summary(project).regions_by_status["suggested"] <= 3


def test_pixels_spread_to_other_images(project, config, segmenter):
    name_truly(project, 1)
    review.accept_image(project, 1)
    before = [queries.regions(project, image_id) for image_id in range(1, 6)]
    ticks = list(suggesting.propagate(project, config, segmenter=segmenter))
    # The image that teaches is seen three times.
    assert [tick.message for tick in ticks] == ["loading the model", *3 * ["0.png"], "1.png", "2.png", "3.png", "4.png"]
    assert [tick.done for tick in ticks] == [0, 0, 0, 1, 2, 3, 4, 5]
    assert queries.regions(project, 1) == before[0]
    for image_id in (2, 3, 4, 5):
        found = queries.regions(project, image_id)
        assert {region.origin for region in found} == {RegionOrigin.PREDICTED}
        assert {region.status for region in found} == {RegionStatus.SUGGESTED}
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
    report = finish(suggesting.propagate(project, config, image_ids=[2, 3], segmenter=segmenter))
    assert (report.images, report.kept, report.skipped, report.learned) == (1, 1, (), True)
    assert report.changes.image_ids == {3}
    assert (report.regions, len(queries.regions(project, 4)) > 0) == (len(queries.regions(project, 3)), True)
    again = finish(suggesting.propagate(project, config, image_ids=[2, 3], segmenter=segmenter))
    assert (again.images, again.changes.verb) == (1, "")


def test_the_named_part_of_an_image_teaches_its_rest(project, config, segmenter):
    for image_id in (1, 2):
        name_truly(project, image_id)
    free = [region.id for region in queries.regions(project, 2)][::2]
    review.name_regions(project, free, None)
    kept = {region.id: region for region in queries.regions(project, 2) if region.id not in free}
    finish(suggesting.propagate(project, config, image_ids=[2], segmenter=segmenter))
    found = {region.id: region for region in queries.regions(project, 2)}
    assert {id_: found[id_] for id_ in kept} == kept
    assert accuracy(project, 2, of=lambda region: region.label_id or region.suggestion_id) > 0.8


def test_images_without_regions_and_images_that_are_gone(project, config, segmenter, photos):
    name_truly(project, 1)
    history_length = len(history.operations(project))
    Image.fromarray(picture(2, np.random.default_rng(7))).save(photos / "new.png")
    finish(pipeline.scan_images(project))
    (photos / "4.png").unlink()
    report = finish(suggesting.propagate(project, config, segmenter=segmenter))
    assert [(file.path, file.reason) for file in report.skipped] == [("4.png", pipeline.MISSING)]
    new = queries.image_by_path(project, "new.png")
    assert new.status is ImageStatus.PROPOSED
    assert queries.regions(project, new.id)
    assert queries.image_by_path(project, "4.png").problem == pipeline.MISSING
    assert len(history.operations(project)) == history_length + 4


def test_tokens_are_computed_once(project, config, segmenter, monkeypatch, photos):
    name_truly(project, 1)
    finish(suggesting.propagate(project, config, segmenter=segmenter))
    after = [region.mask for region in queries.regions(project, 3)]
    history.undo(project)
    with monkeypatch.context() as patched:
        patched.setattr(segmenter.backbone, "features", lambda _images: pytest.fail("computed again"))
        finish(suggesting.propagate(project, config, segmenter=segmenter))
    assert [region.mask for region in queries.regions(project, 3)] == after
    assert len(list((project.cache_dir / "tokens").iterdir())) == 5 + 2


def test_without_the_closer_look_each_image_is_seen_once_as_a_whole(project, config, segmenter, monkeypatch):
    """Whether or not what quarters showed lies in the cache already."""
    seen, features = [], segmenter.backbone.features
    monkeypatch.setattr(segmenter.backbone, "features", lambda images: seen.append(len(images)) or features(images))
    shutil.rmtree(project.cache_dir / "tokens")
    name_truly(project, 1)
    finish(suggesting.propagate(project, config, closer=False, segmenter=segmenter))
    assert sum(seen) == 5
    assert accuracy(project, 3) > 0.8
    quick = [region.mask for region in queries.regions(project, 3)]
    finish(suggesting.propagate(project, config, segmenter=segmenter))
    assert sum(seen) == 5 + 4 * 5 + 2 * 5, "the one that teaches is seen in two other lights"
    finish(suggesting.propagate(project, config, closer=False, segmenter=segmenter))
    assert sum(seen) == 35
    assert [region.mask for region in queries.regions(project, 3)] == quick


def test_what_teaches_is_learned_in_other_light_too(project, config, segmenter, monkeypatch):
    """The memory gets each look with the labels where they lie in it, and the limit of such looks holds."""
    name_truly(project, 1)
    name_truly(project, 2)
    taught, add = [], TokenMemory.add
    monkeypatch.setattr(TokenMemory, "add", lambda self, *seen: taught.append(seen) or add(self, *seen))
    monkeypatch.setattr(dense, "MOST_AGAIN", 1)
    finish(suggesting.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert len(taught) == 3 + 1
    plain = taught[0]
    for light, (tokens, label_map) in zip(dense.LIGHTS, taught[1:3], strict=True):
        np.testing.assert_array_equal(label_map, light.place(plain[1]))
        assert not np.allclose(tokens, light.place(plain[0]), atol=0.02)
    finish(suggesting.propagate(project, config, image_ids=[4], closer=False, segmenter=segmenter))
    assert len(taught) == 4 + 2, "a quick look is one look"


def test_what_images_without_names_show_is_guessed_before_they_are_predicted(project, config, segmenter, monkeypatch):
    """Not of those that teach, though they wait for names in part, and not where many teach."""
    name_truly(project, 1)
    region = queries.regions(project, 2)[0]
    review.name_regions_as(project, [region.id], next(iter(COLORS)))
    monkeypatch.setattr(dense, "FEWEST_GUESSED", 2)
    done, guess, predict = [], TokenMemory.guess, TokenMemory.predict
    monkeypatch.setattr(TokenMemory, "guess", lambda self, seen: done.append("guess") or guess(self, seen))
    monkeypatch.setattr(TokenMemory, "predict", lambda self, seen: done.append("predict") or predict(self, seen))
    ticks = list(suggesting.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter))
    assert done == ["guess"] * 2 + ["predict"] * 3
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    assert [tick.message for tick in ticks[-5:-3]] == [queries.image(project, id_).path for id_ in (3, 4)]
    done.clear()
    monkeypatch.setattr(dense, "FEW_TEACHERS", 1)
    finish(suggesting.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter))
    assert "guess" not in done


def test_an_image_that_is_gone_is_told_once_though_it_was_looked_for_twice(
    project, config, segmenter, photos, monkeypatch
):
    monkeypatch.setattr(dense, "FEWEST_GUESSED", 2)
    name_truly(project, 1)
    (photos / "2.png").unlink()
    shutil.rmtree(project.cache_dir / "tokens")
    report = finish(suggesting.propagate(project, config, segmenter=segmenter))
    assert [file.path for file in report.skipped] == ["2.png"]
    assert report.images == 3


def test_a_teacher_that_is_gone_teaches_what_the_cache_knows(project, config, segmenter, photos):
    name_truly(project, 1)
    finish(suggesting.propagate(project, config, image_ids=[2], segmenter=segmenter))
    for light in dense.LIGHTS[1:]:
        suffix = segmenter.token_identity + " " + light.key
        (kept,) = (project.cache_dir / "tokens").glob(f"*{hashlib.sha256(suffix.encode()).hexdigest()[:16]}.tokens")
        kept.unlink()
    (photos / "0.png").unlink()
    report = finish(suggesting.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert [file.path for file in report.skipped] == ["0.png"]
    assert accuracy(project, 3) > 0.8


def test_an_image_edited_meanwhile_is_left_to_the_person(project, config, segmenter, monkeypatch):
    name_truly(project, 1)
    name_truly(project, 2)
    first = queries.regions(project, 2)[0]
    review.name_regions(project, [first.id], None)
    predicted = suggesting._predicted_regions

    def edited_meanwhile(*arguments):
        found = predicted(*arguments)
        review.name_regions(project, [region.id for region in queries.regions(project, 2)], None)
        return found

    monkeypatch.setattr(suggesting, "_predicted_regions", edited_meanwhile)
    report = finish(suggesting.propagate(project, config, image_ids=[2], segmenter=segmenter))
    assert (report.images, report.kept) == (0, 1)
    assert first.mask in [region.mask for region in queries.regions(project, 2)]


def test_after_a_label_is_deleted_the_other_names_spread_on(project, config, segmenter):
    """What was suggested by then keeps its other names, and no image is left out."""
    for image_id in (1, 2):
        name_truly(project, image_id)
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    work = suggesting.propagate(project, config, image_ids=[3, 4, 5], segmenter=segmenter)
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


def test_a_label_that_goes_while_others_are_guessed_about_is_unlearned(project, config, segmenter, monkeypatch):
    monkeypatch.setattr(dense, "FEWEST_GUESSED", 2)
    name_truly(project, 1)
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    guess = TokenMemory.guess

    def gone_meanwhile(memory, seen):
        monkeypatch.setattr(TokenMemory, "guess", guess)
        label_list.delete_labels(project, [green])
        guess(memory, seen)

    monkeypatch.setattr(TokenMemory, "guess", gone_meanwhile)
    report = finish(suggesting.propagate(project, config, image_ids=[3, 4], segmenter=segmenter))
    assert (report.images, report.forgotten) == (2, ("green",))
    names = {label.id for label in queries.labels(project)}
    for image_id in (3, 4):
        assert {region.suggestion_id for region in queries.regions(project, image_id)} == names


@pytest.mark.parametrize("kind", ["deleted", "merged"])
def test_a_label_that_goes_while_an_image_is_looked_at(project, config, segmenter, monkeypatch, kind):
    for image_id in (1, 2):
        name_truly(project, image_id)
    by_name = {label.name: label.id for label in queries.labels(project)}
    predicted = suggesting._predicted_regions

    def gone_meanwhile(*arguments):
        monkeypatch.setattr(suggesting, "_predicted_regions", predicted)
        found = predicted(*arguments)
        if kind == "deleted":
            label_list.delete_labels(project, [by_name["green"]])
        else:
            labels.merge_labels(project, [by_name["green"]], target_id=by_name["red"])
        return found

    monkeypatch.setattr(suggesting, "_predicted_regions", gone_meanwhile)
    report = finish(suggesting.propagate(project, config, image_ids=[3], segmenter=segmenter))
    assert (report.images, report.kept, report.forgotten) == (1, 0, ("green",))
    found = {region.suggestion_id: masks.decode(region.mask) for region in queries.regions(project, 3)}
    assert found.keys() == {by_name["red"], by_name["blue"]}
    if kind == "merged":
        assert (found[by_name["red"]] == (truth(2) < 2)).mean() > 0.8, "what was green teaches what red is now"


def test_without_any_label_left_the_rest_is_left_alone(project, config, segmenter):
    name_truly(project, 1)
    work = suggesting.propagate(project, config, image_ids=[3, 4, 5], segmenter=segmenter)
    while next(work).done < 2:
        pass
    before = [queries.regions(project, image_id) for image_id in (4, 5)]
    label_list.delete_labels(project, [label.id for label in queries.labels(project)])
    report = finish(work)
    assert (report.images, report.kept) == (1, 2)
    assert sorted(report.forgotten) == sorted(COLORS)
    assert [queries.regions(project, image_id) for image_id in (4, 5)] == before


def test_a_label_that_goes_while_names_are_suggested_is_told(project, monkeypatch):
    name_truly(project, 1)
    assert finish(suggesting.suggest_for_all(project)).forgotten == ()
    green = next(label.id for label in queries.labels(project) if label.name == "green")
    saved = suggestions.save_suggestions

    def gone_meanwhile(*arguments):
        label_list.delete_labels(project, [green])
        return saved(*arguments)

    monkeypatch.setattr(suggestions, "save_suggestions", gone_meanwhile)
    report = finish(suggesting.suggest_for_all(project))
    there = [region for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]
    assert report.forgotten == ("green",)
    assert report.regions == sum(region.suggestion_id is not None for region in there) > 0


def test_many_images_are_learned_from_label_by_label(project, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_TEACHERS", 2)
    for image_id in (1, 2, 3):
        review.name_regions_as(project, [queries.regions(project, image_id)[0].id], "common")
    review.name_regions_as(project, [queries.regions(project, 4)[0].id], "rare")
    teachers = [record.id for record in suggesting._teachers(project)]
    assert len(teachers) == 2
    assert 4 in teachers


def test_a_stopped_propagation_keeps_what_is_finished(project, config, segmenter):
    name_truly(project, 1)
    work = suggesting.propagate(project, config, image_ids=[2, 3, 4], segmenter=segmenter)
    ticks = [next(work) for _ in range(5)]
    work.close()
    assert (ticks[-1].done, ticks[-1].message) == (2, "1.png")
    assert {region.origin for region in queries.regions(project, 2)} == {RegionOrigin.PREDICTED}
    assert RegionOrigin.PREDICTED not in {region.origin for region in queries.regions(project, 4)}


def set_clusters(project, by_region):
    """Put regions into clusters behind the store's back."""
    with project.write() as connection:
        for cluster_id in set(by_region.values()):
            connection.exec_driver_sql(
                "INSERT INTO cluster (id, rank, size, created_at) VALUES (?, 0, 1, '')", (cluster_id,)
            )
        for region_id, cluster_id in by_region.items():
            connection.exec_driver_sql("UPDATE region SET cluster_id = ? WHERE id = ?", (cluster_id, region_id))


def test_big_clusters_are_reviewed_first_and_repeated_ones_later(project):
    regions = {image_id: [region.id for region in queries.regions(project, image_id)] for image_id in range(1, 6)}
    by_region = {}
    for image_id, ids in regions.items():
        for id_ in ids:
            by_region[id_] = 1 if image_id in (2, 3) else 10 + image_id
    by_region |= dict.fromkeys(regions[5][:1], 1)
    set_clusters(project, by_region)
    order = agenda.review_order(project)
    assert sorted(order) == [1, 2, 3, 4, 5]
    assert order[0] in (2, 3, 5), "it shows the biggest cluster"
    assert {2, 3} - {order[0]} != {order[1]} or order[0] == 5, "the same cluster again teaches less"


def test_unsure_images_come_before_sure_ones_and_done_ones_not_at_all(project):
    create_label(project, "red")
    for image_id, sure in ((1, 0.9), (2, 0.99), (3, 0.1), (4, 0.5)):
        ids = [region.id for region in queries.regions(project, image_id)]
        suggestions.save_suggestions(project, ids, [1] * len(ids), [sure] * len(ids))
    review.accept_image(project, 5)
    order = agenda.review_order(project)
    assert (order[0], order[-1]) == (3, 2)
    assert 5 not in order
    assert agenda.next_to_review(project, 5) == 3
    assert agenda.next_to_review(project, 3) == order[1]
    assert agenda.next_to_review(project, 2) is None
    for image_id in order:
        review.accept_image(project, image_id)
    assert (agenda.review_order(project), agenda.next_to_review(project, 1)) == ([], None)
