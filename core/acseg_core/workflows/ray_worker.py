"""What a worker of a Ray cluster does: it loads the model once, then finds the regions of images it is handed."""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.images.files import CHANGED, load_added
from acseg_core.images.pages import located
from acseg_core.images.photos import Photo
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, RunInfo
from acseg_core.version import __version__
from acseg_core.workflows.local_engine import Decoded, load_segmenter, partitioned
from acseg_core.workflows.partitioning import Partitioned

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """What a worker is, so that one that differs is found out before it finds anything.

    Attributes:
        host: Name of its machine.
        pid: Number of its process there.
        version: Of ACSeg Desktop.
        run_info: Its model and settings.
        token_identity: What decides what its tokens are; precision, too.
    """

    host: str
    pid: int
    version: str
    run_info: RunInfo
    token_identity: str


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One image for a worker.

    Attributes:
        info: What was noted of it when it was added.
        root: The image folder, where the worker reads it itself.
        content: All bytes of its file, where they were sent.
        photo: What is seen of it, where that was sent: a tile of a scene, whose file may be of any size.
        digest: Of what was sent, or "".
    """

    info: ImageInfo
    root: str
    content: bytes | None = None
    photo: Photo | None = None
    digest: str = ""


Outcome = Partitioned | str
"""What was found in an image, or why it cannot be had."""


class RayWorker:
    """One worker; Ray makes it, in a process of its own.

    Args:
        config: Settings; the model file they name is not read.
        model: Name and bytes of the model file, or None for the bundled one.

    Raises:
        ModelError: The model cannot be had.
    """

    def __init__(self, config: SegmenterConfig, model: tuple[str, bytes] | None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="acseg-worker-")
        if model is not None:
            path = Path(self._folder.name) / "model" / model[0]
            path.parent.mkdir()
            path.write_bytes(model[1])
            config = replace(config, generator=path)
        self._segmenter = load_segmenter(config)

    def facts(self) -> WorkerFacts:
        """Which machine it is on, and what it works with."""
        segmenter = self._segmenter
        return WorkerFacts(socket.gethostname(), os.getpid(), __version__, segmenter.run_info, segmenter.token_identity)

    def find(self, tasks: Sequence[Task], granularity: float) -> list[Outcome]:
        """Find the regions of images.

        Args:
            tasks: The images.
            granularity: Where their trees are cut.

        Returns:
            One outcome an image, in order.

        Raises:
            ModelError: Memory runs out for a single image.
        """
        records = [ImageRecord(place, task.info, ImageStatus.NEW) for place, task in enumerate(tasks)]
        most = self._segmenter.backbone.batch
        chunks = (
            [(record, self._decoded(tasks[record.id])) for record in records[first : first + most]]
            for first in range(0, len(records), most)
        )
        outcomes: dict[int, Outcome] = {}
        for chunk in partitioned(self._segmenter, iter(chunks), granularity=granularity, workers=0):
            for record, found in chunk:
                outcomes[record.id] = found.reason if isinstance(found, ImageError) else found.result()
        return [outcomes[place] for place in range(len(tasks))]

    def _decoded(self, task: Task) -> Decoded:
        try:
            if task.photo is not None:
                return _checked(task, task.photo)
            if task.content is None:
                return load_added(Path(task.root), task.info, with_halo=True)
            return self._unpacked(task, task.content)
        except ImageError as error:
            logger.warning("%s", error)
            return error

    def _unpacked(self, task: Task, content: bytes) -> Photo:
        """Read an image from the bytes of its file, which are compared with its hash as any file is."""
        with tempfile.TemporaryDirectory(dir=self._folder.name) as folder:
            path = Path(folder) / file_name(Path(task.root), task.info)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            return load_added(Path(folder), task.info)


def file_name(root: Path, info: ImageInfo) -> str:
    """Path of an image's file below the image folder; that of a page's file is another than the image's."""
    return located(root, info.path)[0].relative_to(root).as_posix()


def packed(root: Path, info: ImageInfo) -> Task:
    """Make of an image what can be sent: the file's bytes, or what is seen of a tile.

    Args:
        root: The image folder.
        info: What was noted of the image when it was added.

    Raises:
        ImageError: It cannot be read.
    """
    if info.tile is not None:
        photo = load_added(root, info, with_halo=True)
        return Task(info, str(root), photo=photo, digest=_digest(photo))
    path, page = located(root, info.path)
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise ImageError(path, "missing") from error
    except OSError as error:
        raise ImageError(path, error.strerror or "cannot be read") from error
    if page == 1 and hashlib.sha256(content).hexdigest() != info.sha256:
        raise ImageError(path, CHANGED)
    return Task(info, str(root), content=content)


def _checked(task: Task, photo: Photo) -> Photo:
    if _digest(photo) != task.digest:
        raise ImageError(Path(task.info.path), "damaged on its way to the worker; propose it again")
    return photo


def _digest(photo: Photo) -> str:
    """Of all pixels that are sent."""
    digest = hashlib.sha256()
    for part in _parts(photo):
        digest.update(part)
    return digest.hexdigest()


def _parts(photo: Photo) -> Iterator[bytes]:
    yield photo.rgb.tobytes()
    if photo.valid is not None:
        yield photo.valid.tobytes()
    if photo.surroundings is not None:
        yield photo.surroundings.rgb.tobytes()
        if photo.surroundings.valid is not None:
            yield photo.surroundings.valid.tobytes()
