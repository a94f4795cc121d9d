"""Training on the project's images: the work on the lane of models, and what the window is told while it runs."""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from acseg_core.config import BackboneConfig
from acseg_core.errors import EditError, ImageError, ModelError
from acseg_core.store import Project, queries
from acseg_core.types import ImageStatus, OpChanges, Progress
from acseg_desktop.canvas.partition_picture import partition_picture
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.operations.comparisons import ShownComparison, shown
from acseg_desktop.operations.unfinished_training import (
    UnfinishedTraining,
    discard_unfinished,
    forget_unfinished,
)
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_training.corpus import Corpus, CorpusImage
    from acseg_training.preview import SamplePartition
    from acseg_training.progress import TrainingTick
    from acseg_training.settings import TrainingConfig
    from acseg_training.training import TrainingReport

tr = Words("Work")

logger = logging.getLogger(__name__)

SAMPLES = 6
"""Images that are shown before and after while it runs."""
_REMEMBER_S = 5.0
"""Seconds after which is written down again how far it has come."""

QUICK, THOROUGH = "quick", "thorough"
"""Keys of the trainer's presets."""


@dataclass(frozen=True, slots=True)
class TrainRequest:
    """What to train.

    Attributes:
        name: Of the model.
        preset: `QUICK` or `THOROUGH`.
        image_ids: On these images.
        backbone: That the features come from.
    """

    name: str
    preset: str
    image_ids: tuple[int, ...]
    backbone: BackboneConfig


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training: a model of the project, which is not in use yet.

    Attributes:
        model_id: In the project.
        name: Of the model.
        comparison: With the bundled model on the images kept aside; None where there were none.
        skipped: Images that could not be read.
    """

    model_id: int
    name: str
    comparison: ShownComparison | None
    skipped: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a training takes on this computer: seconds, and bytes of disk."""

    seconds: float
    disk_bytes: int


@dataclass(frozen=True, slots=True)
class Trainable:
    """The images that a training may take.

    Attributes:
        usable: Ids of all images whose files can be used.
        done: Those of them that are done.
        selected: Those of them that are selected in the list.
        least: So many are needed.
        hold_out: Share of them that is kept aside, where there are enough.
    """

    usable: tuple[int, ...]
    done: tuple[int, ...]
    selected: tuple[int, ...]
    least: int
    hold_out: float

    def kept_aside(self, count: int) -> int:
        """How many of so many images are kept aside: none of too few to tell anything."""
        from acseg_training.holding_out import usual_share

        return round(count * usual_share(count, self.hold_out))


@dataclass(slots=True)
class News:
    """What is new of a training since one last asked."""

    share: float = 0.0
    phase: str = ""
    seconds_left: float | None = None
    points: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    before: dict[str, QImage] | None = None
    after: dict[str, QImage] | None = None


class TrainingFeed:
    """Brings what happens in a training to the window: of its ticks some are dropped on the way, of this nothing is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._news = News()

    def note(self, tick: TrainingTick, share: float) -> None:
        """A tick of the trainer."""
        with self._lock:
            self._news.share, self._news.phase, self._news.seconds_left = share, tick.phase, tick.seconds_left
            for point in tick.points:
                self._news.points.setdefault(point.curve, []).append((point.step, point.value))

    def show_before(self, pictures: dict[str, QImage]) -> None:
        """How the bundled model divides the samples."""
        with self._lock:
            self._news.before = pictures

    def show_after(self, pictures: dict[str, QImage]) -> None:
        """How what was learned so far does."""
        with self._lock:
            self._news.after = pictures

    def take(self) -> News:
        """What is new; from now on that is old."""
        with self._lock:
            taken = self._news
            self._news = News(taken.share, taken.phase, taken.seconds_left)
            return taken


def read_trainable(project: Project, selected: Sequence[int]) -> Trainable:
    """Which images may be trained on."""
    config = _preset(QUICK, BackboneConfig())
    usable = tuple(record.id for record in queries.images(project) if not record.problem)
    done = set(queries.image_ids(project, status=ImageStatus.DONE))
    chosen = set(selected)
    found = Trainable(
        usable,
        tuple(image_id for image_id in usable if image_id in done),
        tuple(image_id for image_id in usable if image_id in chosen),
        config.fewest,
        config.hold_out,
    )
    least = next(count for count in itertools.count(config.fewest) if count - found.kept_aside(count) >= config.fewest)
    return replace(found, least=least)


def estimate_costs(session: Session, backbone: BackboneConfig, images: Trainable) -> Job:
    """Find out what each preset takes for each choice of images, quietly; a `Cost` by preset and count."""
    project = session.require()
    return session.jobs.submit(Lane.COMPUTE, lambda: estimating(project, backbone, images))


def estimating(
    project: Project, backbone: BackboneConfig, images: Trainable
) -> Generator[Progress, None, Mapping[tuple[str, int], Cost]]:
    """Take the rates of the last training, or measure some.

    Raises:
        AcsegError: Nothing can be measured: no image can be read, or the backbone is missing.
    """
    from acseg_training.accepted import AcceptedInProject
    from acseg_training.corpus import Corpus
    from acseg_training.estimate import estimate, last_rates, measure_rates

    costs: dict[tuple[str, int], Cost] = {}
    if not images.usable:
        return costs
    known = Corpus.from_project(project, images.usable)
    told = {known.images[place].image_id for place in AcceptedInProject(project).places(known)}
    counts = {len(ids): len(told & set(ids)) for ids in (images.usable, images.selected, images.done) if ids}
    for preset in (QUICK, THOROUGH):
        config = _preset(preset, backbone)
        rates = last_rates(_cache(project), config)
        if rates is None:
            rates = yield from measure_rates(Corpus.from_project(project, images.usable[:8]), config)
        for count, accepted in counts.items():
            aside = images.kept_aside(count)
            found = estimate(count, config, rates=rates, held_out=aside, accepted=accepted)
            costs[preset, count] = Cost(found.seconds, found.disk_bytes)
    return costs


def train(session: Session, request: TrainRequest, feed: TrainingFeed) -> Job:
    """Begin a training; one that was begun before is thrown away."""
    project = session.require()

    def work() -> Generator[Progress, None, Trained]:
        yield Progress(0, 0, "loading the model")
        discard_unfinished(project.folder)
        begun = UnfinishedTraining.begin(
            project.folder, request.name, request.preset, backbone=request.backbone, image_ids=request.image_ids
        )
        return (yield from training(session, project, begun, feed, is_resumed=False))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Training “{name}”").format(name=request.name))


def resume(session: Session, begun: UnfinishedTraining, feed: TrainingFeed) -> Job:
    """Go on with a training that was stopped."""
    project = session.require()

    def work() -> Generator[Progress, None, Trained]:
        yield Progress(0, 0, "loading the model")
        return (yield from training(session, project, begun, feed, is_resumed=True))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Training “{name}”").format(name=begun.name))


def discard(session: Session) -> Job:
    """Throw away what a stopped training has learned."""
    project = session.require()
    return session.jobs.submit(Lane.DISK, lambda: discard_unfinished(project.folder))


def training(
    session: Session, project: Project, begun: UnfinishedTraining, feed: TrainingFeed, *, is_resumed: bool
) -> Generator[Progress, None, Trained]:
    """Train, show samples as it goes, and put the model among those of the project.

    Stopping it keeps a checkpoint, and what is needed to go on.

    Raises:
        AcsegError: It cannot be done, with the remedy.
    """
    begun.write(project.folder)
    report = yield from _followed(project, begun, feed, is_resumed=is_resumed)
    trained = _registered(session, project, begun, report)
    forget_unfinished(project.folder)
    return trained


def _followed(
    project: Project, begun: UnfinishedTraining, feed: TrainingFeed, *, is_resumed: bool
) -> Generator[Progress, None, TrainingReport]:
    from acseg_training.corpus import Corpus
    from acseg_training.holding_out import holding_out, usual_share
    from acseg_training.training import train as train_model

    config = _preset(begun.preset, begun.backbone)
    corpus = Corpus.from_project(project, begun.image_ids)
    share = usual_share(len(corpus), config.hold_out)
    learned, held_out = yield from holding_out(corpus, share, seed=config.seed)
    samples = _samples(held_out, learned)
    feed.show_before((yield from _divided_before(samples, config)))
    work = train_model(
        learned,
        begun.model_path(project.folder),
        config,
        cache=_cache(project),
        resume=is_resumed,
        held_out=held_out,
        name=begun.name,
        interim=begun.interim_path(project.folder),
    )
    started = remembered = time.monotonic()
    earlier = begun.seconds
    try:
        while True:
            tick = next(work)
            now = time.monotonic()
            spent = earlier + now - started
            if tick.seconds_left is not None:
                begun = begun.come_to(spent / max(1e-9, spent + tick.seconds_left), spent)
            feed.note(tick, begun.share)
            if tick.interim is not None:
                feed.show_after((yield from _divided(samples, tick.interim, config)))
            if now - remembered > _REMEMBER_S:
                remembered = now
                begun.write(project.folder)
            yield tick
    except StopIteration as stop:
        report: TrainingReport = stop.value
        return report
    except BaseException:
        work.close()  # now, so that its checkpoint is there when this is written down
        begun.write(project.folder)
        raise


def _divided_before(
    samples: Sequence[CorpusImage], config: TrainingConfig
) -> Generator[Progress, None, dict[str, QImage]]:
    """Pictures of the samples as the bundled model divides them; undivided where it knows nothing of the backbone."""
    try:
        return (yield from _divided(samples, None, config))
    except ModelError as error:
        logger.info("nothing to compare with: %s", error)
    pictures = {}
    for each in samples:
        with contextlib.suppress(ImageError):
            photo = each.load()
            pictures[str(each.path)] = partition_picture(photo, np.zeros(photo.shape[:2], np.uint16))
            yield Progress(len(pictures), len(samples))
    return pictures


def _divided(
    samples: Sequence[CorpusImage], model: Path | None, config: TrainingConfig
) -> Generator[Progress, None, dict[str, QImage]]:
    """Pictures of the samples as a model divides them, by path: names of files may come again in other folders."""
    from acseg_training.preview import sample_partitions

    found: tuple[SamplePartition, ...] = yield from sample_partitions(samples, model, backbone=config.backbone)
    return {str(each.image.path): partition_picture(each.picture, each.regions) for each in found}


def _samples(held_out: Corpus, learned: Corpus) -> list[CorpusImage]:
    """Images kept aside, spread over all of them; others only where there are too few."""
    images = [*held_out.images, *learned.images[: max(0, SAMPLES - len(held_out.images))]]
    step = max(1, len(images) // SAMPLES)
    return images[::step][:SAMPLES]


def _registered(session: Session, project: Project, begun: UnfinishedTraining, report: TrainingReport) -> Trained:
    from acseg_core.store.edits import models

    try:
        record = models.add_model(project, report.path, begun.name)
    except EditError:  # another model got the name while this one was trained
        record = models.add_model(project, report.path)
    session.note_changes(project, OpChanges())
    comparison = None if report.comparison is None else shown(report.comparison)
    return Trained(record.id, record.name, comparison, len(report.skipped))


def _preset(key: str, backbone: BackboneConfig) -> TrainingConfig:
    from acseg_training.settings import PRESETS

    return replace(PRESETS[key], backbone=backbone)


def _cache(project: Project) -> Path:
    return project.cache_dir / "features"
