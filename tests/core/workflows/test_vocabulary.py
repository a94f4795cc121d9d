"""Names from a typed list: parsed, and suggested for regions or clusters, and never over a person's."""

import numpy as np
import pytest
from PIL import Image
from tiny_text_model import TINY_TEXT_MODEL, tiny_text_weights

from acseg_core.config import TextConfig
from acseg_core.errors import EditError, WeightsMissingError
from acseg_core.images.files import inspect_image
from acseg_core.names.fallback import FallbackNames
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history, ingest, label_list, labels, review, runs, suggestions
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, RegionProposal, RegionStatus, RunInfo
from acseg_core.workflows import clustering, suggesting
from acseg_core.workflows.fallback_cache import add_fallback_names, read_fallback_names
from acseg_core.workflows.vocabulary import parse_classes, suggest_from_list

pytest.importorskip("open_clip")

COLORS = {"red": (195, 55, 55), "green": (55, 195, 55), "blue": (55, 55, 195), "yellow": (175, 175, 55)}
CLASSES = parse_classes("red, green, blue, yellow")


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    weights = tiny_text_weights(tmp_path_factory.mktemp("text"))
    return TextConfig(model=TINY_TEXT_MODEL, weights=weights, device="cpu")


@pytest.fixture
def project(tmp_path):
    """Three photos of four coloured quarters: regions 1..12, in each image red, green, blue and yellow."""
    photos = tmp_path / "photos"
    photos.mkdir()
    label_map = np.zeros((64, 96), np.uint8)
    label_map[:32, 48:], label_map[32:, :48], label_map[32:, 48:] = 1, 2, 3
    colors = np.array(list(COLORS.values()), np.uint8)
    for number in range(3):
        noise = np.random.default_rng(number).integers(0, 12, (64, 96, 3))
        Image.fromarray((colors[label_map] + noise).astype(np.uint8)).save(photos / f"{number}.png")
    with create_project(tmp_path / "project", image_root=photos) as made:
        ingest.add_images(made, [inspect_image(photos, f"{number}.png", thumbnails=None) for number in range(3)])
        run_id = runs.begin_run(made, RunInfo("vit", "0" * 64, "acg", "1" * 64, "{}", "0"))
        for image_id in queries.image_ids(made):
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor(node, image_id))
                for node, mask in masks.encode_label_map(label_map).items()
            ]
            runs.save_proposals(made, run_id, image_id, proposals)
        runs.finish_run(made, run_id)
        yield made


def descriptor(node, image_id):
    """Regions of one colour look alike, each a bit different."""
    vector = np.zeros(8)
    vector[node] = 1
    vector[4 + image_id % 3] = 0.2
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def finish(work):
    ticks = []
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            return end.value, ticks


def suggest(project, config, classes=CLASSES, **options):
    return finish(suggest_from_list(project, classes, config, **options))[0]


def everything(project):
    return {region.id: region for id_ in queries.image_ids(project) for region in queries.regions(project, id_)}


def suggested(project):
    names = {label.id: label.name for label in queries.labels(project)}
    return {
        region.id: names[region.suggestion_id]
        for region in everything(project).values()
        if region.status is RegionStatus.SUGGESTED
    }


BY_COLOR = {region: list(COLORS)[(region - 1) % 4] for region in range(1, 13)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("car, road;sky\n tree ", ["car", "road", "sky", "tree"]),
        ("car|automobile, , Car ,bus stop", ["car", "bus stop"]),
        ("  traffic   light\n\n", ["traffic light"]),
    ],
)
def test_lists_are_read_as_people_write_them(text, names):
    assert [each.name for each in parse_classes(text)] == names


def test_further_words_go_with_the_name():
    assert parse_classes("car| automobile |van")[0].words == ("car", "automobile", "van")


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "the list is empty"), (" ,;\n|", "the list is empty"), (",".join(map(str, range(1001))), "at most 1,000")],
)
def test_lists_that_make_no_sense_are_refused(text, told):
    with pytest.raises(EditError, match=told):
        parse_classes(text)


def test_regions_get_the_names_of_what_they_show(project, config):
    report, ticks = finish(suggest_from_list(project, CLASSES, config))
    assert suggested(project) == BY_COLOR
    assert (report.regions, report.images, report.skipped) == (12, 3, ())
    assert [(tick.done, tick.total, tick.message) for tick in ticks[1:]] == [(n, 3, f"{n - 1}.png") for n in (1, 2, 3)]
    assert all(0.2 <= region.confidence <= 1 for region in everything(project).values())
    assert [label.name for label in queries.labels(project)] == list(COLORS)


def test_labels_are_one_undo_step_and_their_suggestions_go_with_them(project, config):
    before = len(history.operations(project))
    suggest(project, config)
    assert [each.verb for each in history.operations(project)][: len(history.operations(project)) - before] == [
        "Create labels"
    ]
    history.undo(project)
    assert queries.labels(project) == []
    assert suggested(project) == {}


def test_labels_there_are_used_whatever_their_case(project, config):
    label, _ = create_label(project, "Red")
    suggest(project, config)
    assert everything(project)[1].suggestion_id == label.id
    assert [each.name for each in queries.labels(project)] == ["Red", "green", "blue", "yellow"]


def test_what_a_person_decided_is_left_alone(project, config):
    review.name_regions_as(project, [1], "my own")
    review.reject_regions(project, [2])
    create_label(project, "red")
    suggestions.save_suggestions(project, [3], [2], [0.5])
    suggestions.decline_suggestions(project, [3])
    review.set_image_status(project, queries.image_ids(project)[1], ImageStatus.DONE)
    before = everything(project)
    report = suggest(project, config)
    after = everything(project)
    assert {id_ for id_ in after if after[id_] != before[id_]} == {4, 9, 10, 11, 12}
    assert suggested(project) == {id_: BY_COLOR[id_] for id_ in (4, 9, 10, 11, 12)}
    assert (report.regions, report.images) == (5, 2)


def test_only_the_images_asked_for(project, config):
    suggest(project, config, image_ids=[queries.image_ids(project)[2]])
    assert suggested(project) == {id_: BY_COLOR[id_] for id_ in (9, 10, 11, 12)}


def test_clusters_are_scored_by_a_few_members_and_named_whole(project, config, monkeypatch):
    monkeypatch.setattr("acseg_core.workflows.vocabulary.MEMBERS_SCORED", 1)
    finish(clustering.cluster_regions(project, count=4))
    report, ticks = finish(suggest_from_list(project, CLASSES, config, by_cluster=True))
    assert suggested(project) == BY_COLOR
    assert (report.regions, report.images) == (12, 3)
    assert ticks[-1].total < 4  # one look for each of four clusters, in as few images as they are in
    sure = {round(region.confidence, 5) for region in everything(project).values()}
    assert len(sure) == 4


def test_members_that_are_named_do_not_vote_for_a_cluster(project, config):
    finish(clustering.cluster_regions(project, count=4))
    review.name_regions_as(project, [1, 5], "blue")
    suggest(project, config, by_cluster=True)
    assert suggested(project) == {id_: BY_COLOR[id_] for id_ in range(1, 13) if id_ not in (1, 5)}


def test_without_clusters_that_is_told_and_nothing_is_made(project, config):
    with pytest.raises(EditError, match="no clusters yet"):
        suggest(project, config, by_cluster=True)
    assert queries.labels(project) == []


def test_without_a_model_nothing_is_changed(project, tmp_path):
    with pytest.raises(WeightsMissingError):
        suggest(project, TextConfig(model="ViT-B-32", weights=tmp_path / "none.pt"))
    assert queries.labels(project) == []


def test_an_image_that_cannot_be_read_is_skipped(project, config):
    (project.image_root / "1.png").write_bytes(b"broken")
    report = suggest(project, config)
    assert [each.path for each in report.skipped] == ["1.png"]
    assert set(suggested(project)) == {1, 2, 3, 4, 9, 10, 11, 12}


def test_stopped_half_way_what_was_found_stays_and_is_remembered(project, config):
    work = suggest_from_list(project, CLASSES, config)
    next(work)
    next(work)
    work.close()
    assert set(suggested(project)) == {1, 2, 3, 4}
    assert read_fallback_names(project).region_ids.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("kind", ["deleted", "merged", "undone"])
def test_labels_that_go_meanwhile_are_told_and_not_suggested(project, config, kind):
    if kind != "undone":
        create_label(project, "red")
    work = suggest_from_list(project, CLASSES, config)
    next(work)
    next(work)
    by_name = {label.name: label.id for label in queries.labels(project)}
    if kind == "deleted":
        label_list.delete_labels(project, [by_name["green"]])
    elif kind == "merged":
        labels.merge_labels(project, [by_name["green"]], target_id=by_name["red"])
    else:
        history.undo(project)
    report, _ = finish(work)
    found = {region: color for region, color in BY_COLOR.items() if color != "green"}
    if kind == "deleted":
        assert (report.regions, report.images, report.kept, report.forgotten) == (9, 3, 0, ("green",))
    elif kind == "merged":  # what was suggested by then went with the label
        assert (report.regions, report.images, report.kept, report.forgotten) == (10, 3, 0, ("green",))
        found[2] = "red"
    else:
        assert (report.regions, report.images, report.kept, report.forgotten) == (0, 0, 2, tuple(COLORS))
        found = {}
    assert suggested(project) == found


def test_labels_that_go_meanwhile_are_told_of_whole_clusters_too(project, config):
    finish(clustering.cluster_regions(project, count=4))
    work = suggest_from_list(project, CLASSES, config, by_cluster=True)
    next(work)
    next(work)
    label_list.delete_labels(project, [label.id for label in queries.labels(project) if label.name == "blue"])
    report, _ = finish(work)
    assert (report.regions, report.forgotten) == (9, ("blue",))


def test_nothing_likely_is_suggested_for_none(project, config):
    names = parse_classes(",".join(f"thing {number}" for number in range(200)))
    report = suggest(project, config, names)
    assert (report.regions, suggested(project)) == (0, {})


def test_names_of_a_list_survive_the_next_suggestions_from_named_regions(project, config):
    """Those are made anew after every image, and know nothing of what looks like no named region."""
    suggest(project, config)
    review.name_regions_as(project, [1], "red")
    report, _ = finish(suggesting.suggest_for_all(project))
    assert suggested(project) == {id_: name for id_, name in BY_COLOR.items() if id_ != 1}
    assert report.regions == 11
    assert everything(project)[5].confidence > read_fallback_names(project).confidences[4]  # likeness is surer


def test_a_name_of_the_list_that_is_deleted_makes_room_for_what_is_found_by_likeness(project, config):
    suggest(project, config)
    label = next(each for each in queries.labels(project) if each.name == "red")
    add_fallback_names(project, FallbackNames(np.array([5]), np.array([label.id]), np.ones(1, np.float32)))
    delete_label(project, label.id)
    review.name_regions_as(project, [1], "crimson")
    review.name_regions_as(project, [9], "scarlet")
    finish(suggesting.suggest_for_all(project))
    assert suggested(project)[5] in ("crimson", "scarlet")
    assert everything(project)[5].confidence < 1, "less sure than the fallback was"
    for _ in range(3):
        history.undo(project)
    finish(suggesting.suggest_for_all(project))
    assert {suggested(project).get(id_) for id_ in (1, 5, 9)} == {"red"}


def test_without_the_cache_only_names_by_likeness_are_left(project, config):
    suggest(project, config)
    (project.cache_dir / "hints.npz").unlink()
    finish(suggesting.suggest_for_all(project))
    assert suggested(project) == {}


def test_a_surer_name_by_likeness_stays_and_another_list_replaces_the_first(project, config):
    review.name_regions_as(project, [1], "crimson")
    finish(suggesting.suggest_for_all(project))
    assert suggested(project) == {5: "crimson", 9: "crimson"}
    suggest(project, config)
    assert {suggested(project)[id_] for id_ in (5, 9)} == {"crimson"}
    suggest(project, config, parse_classes("scarlet|red, green, navy|blue, yellow"))
    assert (suggested(project)[7], suggested(project)[6]) == ("navy", "green")
    assert suggested(project)[5] == "crimson"
