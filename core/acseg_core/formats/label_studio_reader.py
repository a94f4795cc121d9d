"""Label Studio read: its JSON export, a list of tasks with what people and machines said of each.

Of several annotations of a task, one counts: of those marked as ground truth, else of all that were not cancelled, the
one that was changed last. What a machine predicted is not taken. An annotation without shapes says that there is
nothing to see in its image; a task without annotations is not labelled.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from acseg_core.errors import LabelFileError
from acseg_core.formats.json_stream import check_depth, has_keys, items
from acseg_core.formats.label_studio_shapes import labels_of, shapes_of, size_of
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles, Unused

_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".jfif", ".avif")
_REMEDY = "export the project from Label Studio as JSON (not JSON-MIN)"


@contextlib.contextmanager
def open_label_studio(path: Path) -> Iterator[LabelledFiles]:
    """Read a JSON export of Label Studio.

    Raises:
        LabelFileError: It is none, or damaged; the message names the task.
        StorageError: It cannot be read.
    """
    check_depth(path)
    yield _Reading(path).files()


def looks_like_label_studio(path: Path) -> bool:
    """Whether a file is a list of tasks with annotations, judged by the first one."""
    return has_keys(path, {"data", "annotations"}, in_list=True) or has_keys(
        path, {"data", "completions"}, in_list=True
    )


class _Reading:
    """One file that is being read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left_out = Unused()
        self._labels: dict[str, FileLabel] = {}
        self._names: dict[str, int] = {}
        for number, task in self._tasks():
            self._add(number, task)
        if not self._names:
            raise LabelFileError(f"{path}: there is no task with an image in it; {_REMEDY}")

    def files(self) -> LabelledFiles:
        return LabelledFiles(tuple(self._labels.values()), tuple(self._names), self._images, self._left_out)

    def _tasks(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, task in enumerate(items(self._path), 1):
            if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
                raise self._wrong(f"task {number} has no data; {_REMEDY}")
            yield number, task

    def _add(self, number: int, task: dict[str, Any]) -> None:
        """Take note of a task's image and labels, and count what of it is not read."""
        place = f"task {number}"
        name = _image_name(task)
        if name is None:
            self._left_out.add("tasks without the name of one image", place)
            return
        if name in self._names:
            self._left_out.add("tasks of an image that came before", place)
            return
        self._names[name] = number
        for key in ("predictions", "drafts"):
            if isinstance(task.get(key), list) and task[key]:
                self._left_out.add(f"tasks with {key}, which are not taken", place)
        annotations = self._annotations(number, task)
        if len(annotations) > 1:
            self._left_out.add("tasks with several annotations, of which one counts", place)
        for result in _results(_chosen(annotations)):
            for label in labels_of(result)[:1]:
                self._labels.setdefault(label, FileLabel(label))

    def _images(self) -> Iterator[FileImage]:
        for number, task in self._tasks():
            name = _image_name(task)
            if name is None or self._names[name] != number:
                continue
            chosen = _chosen(self._annotations(number, task))
            results = _results(chosen)
            place = f"task {number}"
            shapes = list(shapes_of(results, place, f"{self._path}: {place}", self._left_out))
            size = next((size for result in results if (size := size_of(result))), None)
            yield FileImage(name, shapes, size, is_negative=chosen is not None and not results)

    def _annotations(self, number: int, task: dict[str, Any]) -> list[dict[str, Any]]:
        """The annotations that were not cancelled."""
        given = task.get("annotations", task.get("completions")) or []
        if not isinstance(given, list):
            raise self._wrong(f"task {number} has annotations that are no list; {_REMEDY}")
        for annotation in given:
            if not isinstance(annotation, dict) or not isinstance(annotation.get("result", []), list):
                raise self._wrong(f"task {number} has an annotation that is none; {_REMEDY}")
        return [annotation for annotation in given if not annotation.get("was_cancelled")]

    def _wrong(self, what: str) -> LabelFileError:
        return LabelFileError(f"{self._path}: {what}")


def _chosen(annotations: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The annotation that counts; None where there is none."""
    truths = [annotation for annotation in annotations if annotation.get("ground_truth")]
    found = None
    for annotation in truths or annotations:
        if found is None or _changed(annotation) >= _changed(found):
            found = annotation
    return found


def _changed(annotation: dict[str, Any]) -> str:
    """When it was changed last, as Label Studio writes it: later times are later texts."""
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


def _results(annotation: dict[str, Any] | None) -> list[Any]:
    return (annotation or {}).get("result") or []


def _image_name(task: dict[str, Any]) -> str | None:
    """The name of a task's image: what its data has under "image", else the one that looks like an image's name."""
    data = task["data"]
    texts = [value for value in data.values() if isinstance(value, str)]
    given = data.get("image")
    if not isinstance(given, str):
        names = [text for text in texts if _path_of(text).lower().endswith(_SUFFIXES)]
        given = names[0] if len(names) == 1 else texts[0] if len(texts) == len(data) == 1 else task.get("file_upload")
    if not isinstance(given, str) or given.startswith("data:"):
        return None
    return _path_of(given).strip() or None


def _path_of(address: str) -> str:
    """The file that an address means: `?d=` for local files, `?fileuri=` for those that Label Studio passes on."""
    if "?" not in address:
        return address
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        if parts.path.rstrip("/").endswith("/data/local-files") and asked.get("d"):
            return asked["d"][0]
        if parts.path.rstrip("/").endswith(("/resolve", "/presign")) and asked.get("fileuri"):
            return _decoded(asked["fileuri"][0])
    return address


def _decoded(address: str) -> str:
    """An address that may be packed in base64."""
    with contextlib.suppress(binascii.Error, ValueError):
        return base64.b64decode(address.replace(" ", "+"), validate=True).decode("utf-8")
    return address
