"""Exports as Label Studio writes them: which annotation of a task counts, and which image it is of."""

import base64
import json
import time
import tracemalloc
from urllib.parse import quote

import numpy as np
import pytest
from label_studio_results import SQUARE, box, brush, polygon

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats.label_studio_reader import looks_like_label_studio, open_label_studio
from acseg_core.formats.matching import match_images


def _annotation(*results, updated="2024-05-01T10:00:00.000000Z", **more):
    return {
        "id": 3,
        "completed_by": 1,
        "result": list(results),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": "2024-01-01T00:00:00.000000Z",
        "updated_at": updated,
        "lead_time": 4.5,
        **more,
    }


def _task(*annotations, image="/data/upload/1/0a1b2c3d-a.jpg", **more):
    task = {"id": 1, "annotations": list(annotations), "drafts": [], "predictions": [], "data": {"image": image}}
    return {**task, "meta": {}, "project": 1, **more}


def _write(tmp_path, *tasks):
    path = tmp_path / "project-1.json"
    path.write_text(json.dumps(tasks))
    return path


def _read(path):
    with open_label_studio(path) as files:
        return list(files.images()), files


def _cat(**more):
    return _annotation(polygon(*SQUARE), **more)


def _dog(**more):
    return _annotation(polygon(*SQUARE, labels=("dog",)), **more)


def test_a_task_has_its_image_its_size_and_its_shapes(tmp_path):
    path = _write(tmp_path, _task(_annotation(polygon(*SQUARE), brush(np.ones((6, 8), bool), labels=("گربه",)))))
    (image,), files = _read(path)
    assert looks_like_label_studio(path)
    assert [label.name for label in files.labels] == ["cat", "گربه"]
    assert (image.size, [shape.label for shape in image.shapes]) == ((6, 8), ["cat", "گربه"])
    assert files.names == (image.name,) == ("/data/upload/1/0a1b2c3d-a.jpg",)
    assert match_images(files.names, ["sub/a.jpg"]).paths == {image.name: "sub/a.jpg"}


@pytest.mark.parametrize(
    ("annotations", "label"),
    [
        ((_cat(), _dog(updated="2024-06-01")), "dog"),
        ((_cat(updated="2024-06-01"), _dog()), "cat"),
        ((_cat(), _dog()), "dog"),  # changed at one time: the later one in the file
        ((_cat(ground_truth=True), _dog(updated="2024-06-01")), "cat"),
        ((_cat(ground_truth=True), _dog(ground_truth=True, updated="2024-06-01")), "dog"),
        ((_cat(), _dog(updated="2024-06-01", was_cancelled=True)), "cat"),
        ((_cat(), _dog(ground_truth=True, was_cancelled=True)), "cat"),
        ((_cat(updated=None), _dog(updated=None, created_at="2023-01-01")), "cat"),
    ],
)
def test_one_of_several_annotations_counts(tmp_path, annotations, label):
    (image,), files = _read(_write(tmp_path, _task(*annotations)))
    assert [shape.label for shape in image.shapes] == [label]
    assert [each.name for each in files.labels] == [label]
    several = "1 tasks with several annotations, of which one counts: task 1"
    assert files.left_out.lines() == [several] * (not any(each["was_cancelled"] for each in annotations))


def test_nothing_to_see_is_another_thing_than_not_labelled(tmp_path):
    images, _ = _read(
        _write(
            tmp_path,
            _task(_annotation(), image="empty.jpg"),
            _task(image="new.jpg"),
            _task(_annotation(was_cancelled=True), image="skipped.jpg"),
            _task(_annotation({"type": "choices", "value": {"choices": ["good"]}}), image="judged.jpg"),
        )
    )
    assert {image.name: image.is_negative for image in images} == {
        "empty.jpg": True,
        "new.jpg": False,
        "skipped.jpg": False,
        "judged.jpg": False,
    }


def test_predictions_and_drafts_are_counted_not_taken(tmp_path):
    tasks = [
        _task(predictions=[{"result": [box(1, 1, 2, 2)], "model_version": "m"}], drafts=[{"result": []}]),
        _task(_cat(), image="b.jpg"),
    ]
    images, files = _read(_write(tmp_path, *tasks))
    assert [len(image.shapes) for image in images] == [0, 1]
    assert files.left_out.lines() == [
        "1 tasks with predictions, which are not taken: task 1",
        "1 tasks with drafts, which are not taken: task 1",
    ]


CLOUD = "s3://bucket/set/a b.jpg"


@pytest.mark.parametrize(
    ("image", "path"),
    [
        ("https://example.org/set/a%20b.jpg?token=1", "set/a b.jpg"),
        (CLOUD, "set/a b.jpg"),
        ("/data/local-files/?d=photos/set/a%20b.jpg", "set/a b.jpg"),
        ("http://localhost:8080/data/local-files/?d=set%2Fa%20b.jpg", "set/a b.jpg"),
        (f"/tasks/7/presign/?fileuri={base64.b64encode(CLOUD.encode()).decode()}", "set/a b.jpg"),
        (f"/tasks/7/resolve/?fileuri={quote(CLOUD)}", "set/a b.jpg"),
        ("/data/upload/12/1a2b3c4d-a b.jpg", "set/a b.jpg"),
        ("upload/12/1a2b3c4d-a b.jpg", "set/a b.jpg"),
        ("/data/local-files/?d=../../etc/a b.jpg", "set/a b.jpg"),
        ("C:\\photos\\set\\a b.jpg", "set/a b.jpg"),
    ],
)
def test_however_the_image_is_named_it_is_found(tmp_path, image, path):
    _, files = _read(_write(tmp_path, _task(_cat(), image=image)))
    assert list(match_images(files.names, ["set/a b.jpg", "c.jpg"]).paths.values()) == [path]
    assert list(tmp_path.iterdir()) == [tmp_path / "project-1.json"]


@pytest.mark.parametrize(
    ("task", "name"),
    [
        ({"data": {"img": "a.jpg", "text": "a cat"}}, "a.jpg"),
        ({"data": {"whatever": "http://example.org/7"}}, "http://example.org/7"),
        ({"data": {"one": "a.jpg", "two": "b.jpg"}, "file_upload": "0a1b2c3d-c.jpg"}, "0a1b2c3d-c.jpg"),
        ({"data": {"one": "a.jpg", "two": "b.jpg"}}, None),
        ({"data": {"images": ["a.jpg", "b.jpg"]}}, None),
        ({"data": {"image": "data:image/png;base64,AAAA"}}, None),
        ({"data": {"image": " "}}, None),
        ({"data": {}}, None),
    ],
)
def test_the_image_is_found_in_the_data_under_any_name(tmp_path, task, name):
    other = _task(_cat(), image="other.jpg")
    _, files = _read(_write(tmp_path, {**_task(_cat()), **task}, other))
    assert files.names == (*([name] if name else []), "other.jpg")
    assert files.left_out.lines() == ([] if name else ["1 tasks without the name of one image: task 1"])


def test_a_second_task_of_an_image_is_told(tmp_path):
    images, files = _read(_write(tmp_path, _task(_cat()), _task(_dog())))
    assert [[shape.label for shape in image.shapes] for image in images] == [["cat"]]
    assert files.left_out.lines() == ["1 tasks of an image that came before: task 2"]


def test_what_was_called_completions_is_read(tmp_path):
    task = _task(completions=[_cat()])
    del task["annotations"]
    path = _write(tmp_path, task)
    assert looks_like_label_studio(path)
    assert [len(image.shapes) for image in _read(path)[0]] == [1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "there is no task with an image in it"),
        ("{}", "there is no task with an image in it"),
        ("", "this is not valid JSON"),
        ("[3]", "task 1 has no data"),
        ('[{"id": 1, "image": "a.jpg", "label": []}]', "task 1 has no data; export the project from Label"),
        (json.dumps([_task(3)]), "task 1 has an annotation that is none"),
        (json.dumps([_task(_annotation() | {"result": "x"})]), "task 1 has an annotation that is none"),
        (json.dumps([_task() | {"annotations": {"a": 1}}]), "task 1 has annotations that are no list"),
        (json.dumps([_task(_cat())])[:-20], "this is not valid JSON"),
        (json.dumps([_task(_cat())]).replace("12.5", "NaN", 1), "this is not valid JSON"),
        (json.dumps([_task(_cat())]).replace("12.5", "1e999", 1), "this is not valid JSON"),
        (json.dumps([_task(_cat())]).replace("12.5", "1e300", 1), "task 1, result 1 has a point"),
        (json.dumps([_task(_cat())]).replace("12.5", "9" * 10_000_000, 1), ""),
        ("[" * 100_000, ""),
    ],
)  # fmt: skip
def test_bad_input_is_one_line(tmp_path, content, message):
    path = tmp_path / "a.json"
    path.write_text(content)
    began = time.process_time()
    with pytest.raises(LabelFileError) as error:
        _read(path)
    assert str(error.value).startswith(f"{path}: {message}")
    assert len(str(error.value).splitlines()) == 1
    assert len(str(error.value)) < 300
    assert time.process_time() - began < 20


def test_other_json_is_not_taken_for_it(tmp_path):
    path = tmp_path / "a.json"
    for content in ("", "[]", "{}", '{"data": {}, "annotations": []}', "[3]", '[{"annotations": []}]', "\0"):
        path.write_text(content)
        assert not looks_like_label_studio(path)
    with pytest.raises(StorageError):
        _read(tmp_path / "none.json")


def test_memory_stays_flat(tmp_path):
    def peak(count):
        results = [polygon(*SQUARE * 10) for _ in range(20)]
        path = _write(tmp_path, *(_task(_annotation(*results), image=f"{n}.jpg") for n in range(count)))
        tracemalloc.start()
        with open_label_studio(path) as files:
            assert sum(len(image.shapes) for image in files.images()) == 20 * count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(10), peak(60)
    assert many < 1.3 * few
