"""The trainer: from a corpus to a model file with its card, phase by phase, resumable at any point."""

from __future__ import annotations

import math
import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from acseg_core.config import SegmenterConfig
from acseg_core.errors import AcsegError, ImagesNotFoundError, WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.model_card import ModelCard
from acseg_core.types import Progress, SkippedFile
from acseg_training.accepted import Accepted, AcceptedInProject
from acseg_training.batches import Batches, Shelf
from acseg_training.cards import TrainedParts, card_of, write_parts
from acseg_training.checkpoint import checkpoint_path
from acseg_training.comparing import Comparison, compare
from acseg_training.corpus import Corpus
from acseg_training.dividing import fitting_projection
from acseg_training.estimate import Rates, keep_rates, last_rates, phase_units, rates_of
from acseg_training.features import FeatureFiles, cache_features
from acseg_training.generator_run import GeneratorRun
from acseg_training.merges import ChosenMerges, MergeTrial, chosen_from, describer_of, places_to_weigh, try_merges
from acseg_training.processes import ALONE, Processes
from acseg_training.progress import Clock, CurvePoint, TrainingTick
from acseg_training.projection import Fitted, Scatter, description_width, fit_projection, projection_from
from acseg_training.run_state import RunState
from acseg_training.settings import TrainingConfig

_MOST_SAMPLED, _TOKENS_SAMPLED = 500, 40
"""Views, and tokens of each, that the generator's start is found from."""

_LOOKED_AT, _TOKENS_LOOKED_AT = 32, 256
"""Images held out, at most, and tokens of each, that the generator's training is judged by."""

_FIRST_INTERIM = 8
"""Images after which what was learned so far is first shown; then after twice as many, and so on."""

Ticks = Generator[TrainingTick, None, None]


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came of it.

    Attributes:
        path: The model file.
        card: Its card.
        skipped: Images that could not be read, and why.
        comparison: With the bundled model, on the images held out; None where none were.
        steps: Of the generator's training, those before a resume included.
        loss: Of the generator, mean over its last tenth; NaN where none was trained.
        projected: How many images the projection was fitted to; 0 where the model holds none.
        merges: What the accepted images say of the weights of merges; None where too little was accepted.
    """

    path: Path
    card: ModelCard
    skipped: tuple[SkippedFile, ...]
    comparison: Comparison | None
    steps: int
    loss: float
    projected: int
    merges: ChosenMerges | None = None


def train(
    corpus: Corpus,
    out: Path,
    config: TrainingConfig,
    *,
    cache: Path,
    resume: bool = False,
    held_out: Corpus | None = None,
    name: str = "",
    interim: Path | None = None,
    processes: Processes = ALONE,
    accepted: Accepted | None = None,
) -> Generator[TrainingTick, None, TrainingReport]:
    """Train a model and write it to ``out``; stopping it, or a fault on the way, leaves a checkpoint beside ``out``.

    A run that goes on from a checkpoint gives the same weights as one that was never stopped. One that is stopped while
    it compares has written its model already, without figures.

    Args:
        corpus: The images.
        out: The model file to write; its folder exists.
        config: The settings.
        cache: Folder of the feature cache; what is there is used.
        resume: Go on from the checkpoint of an earlier run with the same settings and images, if there is one.
        held_out: Images that the model is judged by and not trained on (`Corpus.hold_out`); None judges it by none.
        name: Of the model; by default that of its file.
        interim: Where to write models of what was learned so far, for `preview`, now and then (`TrainingTick.interim`);
            several processes write none.
        processes: That train together.
        accepted: What people accepted in the images; if left out, what the project says that they are images of.

    Yields:
        What was done, how long it will still take, and what the curves gained.

    Raises:
        ImagesNotFoundError: No image can be read, or there are too few to learn anything from.
        ModelError: The backbone cannot be had, or the checkpoint does not fit the settings.
        StorageError: ``out`` or the cache cannot be written; of ``out`` that is known before anything is computed.
    """
    checkpoint = checkpoint_path(out)
    judged_by = held_out or Corpus(())
    for path in (out, checkpoint, *filter(None, [interim])):
        for images in (corpus, judged_by):
            images.check_output(path, weights=config.backbone.weights)
    training = _Training(corpus, judged_by, out, config, Backbone(config.backbone), processes, cache)
    training.name, training.interim = name or out.stem, interim
    if accepted is None and corpus.project is not None:
        accepted = AcceptedInProject(corpus.project)
    training.accepted = accepted
    if resume and processes.of_first(checkpoint.exists()):
        training.state.restore()
    try:
        return (yield from training.to_end())
    except (GeneratorExit, AcsegError):
        training.state.keep()
        raise


class _Training:
    """One run.

    Attributes:
        state: What it knows.
        name: Of the model.
        interim: Where models of what was learned so far go, if anywhere.
        accepted: What people accepted in the images, if that is known.
    """

    def __init__(
        self,
        corpus: Corpus,
        held_out: Corpus,
        out: Path,
        config: TrainingConfig,
        backbone: Backbone,
        processes: Processes,
        cache: Path,
    ) -> None:
        self.state = RunState(corpus, held_out, out, config, backbone, processes)
        self.name = ""
        self.interim: Path | None = None
        self.accepted: Accepted | None = None
        self._corpus, self._held_out, self._out, self._config = corpus, held_out, out, config
        self._backbone, self._processes, self._cache = backbone, processes, cache
        self._clock = Clock({}, {})

    def to_end(self) -> Generator[TrainingTick, None, TrainingReport]:
        """All phases that are not done yet, and the model file."""
        state, config = self.state, self._config
        projected = self._corpus.sample(config.projected, seed=config.seed) if config.projected else Corpus(())
        fits = config.trains("projection") and len(projected) >= config.fewest
        if state.trial is None:
            places = self._processes.of_first(places_to_weigh(self._corpus, self.accepted, config))
            state.trial = MergeTrial(places) if places else None
        if not fits and state.generator is None and state.trial is None:
            raise ImagesNotFoundError(
                f"{len(projected)} images are too few to fit a projection to, which takes {config.fewest}; add images, "
                "or hold out fewer"
            )
        yield from self._start_clock(fits=fits)
        yield from self._tell_earlier()
        if fits and state.fitted is None:
            yield from self._fit(projected)
        merges = None if state.trial is None else (yield from self._choose_merges(state.trial))
        if state.generator is not None:
            yield from self._train_generator(state.generator)
        generator = state.generator.trained() if state.generator else None
        parts = TrainedParts(state.fitted, merges.weights if merges else None, generator)
        if not any((parts.projection, parts.merges, parts.generator)):
            raise self._nothing_learned(len(projected), merges)
        state.keep()
        card = self._write(parts, merges, None)
        comparison = None
        if len(self._held_out) and config.compared and self._processes.is_first:
            comparison = yield from self._compare()
            card = self._write(parts, merges, comparison)
        if self._processes.is_first:
            keep_rates(self._cache, config, Rates(self._clock.rates(), self._rates.view_bytes))
            checkpoint_path(self._out).unlink(missing_ok=True)
        state.has_begun = False
        steps, loss = (state.generator.step, state.curves.last_tenth("loss")) if state.generator else (0, math.nan)
        images = state.fitted.images if state.fitted else 0
        return TrainingReport(self._out, card, tuple(state.skipped.values()), comparison, steps, loss, images, merges)

    def _start_clock(self, *, fits: bool) -> Ticks:
        found = self._processes.of_first(last_rates(self._cache, self._config))  # so that all tick alike
        if found is None:
            yield TrainingTick(0, 0, "measuring the speed of this machine", phase=self._config.phases[0])
            found = rates_of(self._corpus, self._config, self._backbone)
        self._rates = found
        trial = self.state.trial
        accepted = len(trial.places) if trial else 0
        units = phase_units(len(self._corpus), len(self._held_out), self._config, accepted=accepted)
        for phase in ("features", "projection"):
            if phase in units:
                units[phase] = self._processes.rounds(units[phase])
        if not fits or self.state.fitted is not None:
            units.pop("projection", None)
        done = {"merges": len(trial.scores)} if trial else {}
        if self.state.generator is not None:
            done["generator"] = self.state.generator.step
        self._clock = Clock(units, found.seconds, done=done)

    def _tell_earlier(self) -> Ticks:
        """What a run that goes on had learned before: whoever watches may not have been there."""
        state, points = self.state, self.state.curves.points()
        learned = state.fitted
        if learned is None and state.scatter is not None and state.scatter.images >= _FIRST_INTERIM:
            learned = Fitted(projection_from(state.scatter, self._backbone), {})
        shows = learned is not None and self.interim is not None and self._processes.count == 1
        if learned is not None and shows:
            self._show(learned)
        if points or shows:
            yield from self._tick(Progress(0, 0, "going on"), "", points, interim=shows)

    def _tick(self, tick: Progress, phase: str, points: tuple[CurvePoint, ...] = (), *, interim: bool = False) -> Ticks:
        """Tell how far it is; what whoever is told does meanwhile, or a pause, is no time of the training."""
        left = self._clock.seconds_left()
        shown = self.interim if interim else None
        told = time.monotonic()
        yield TrainingTick(tick.done, tick.total, tick.message, phase, left, points, shown)
        self._clock.go_on()
        self.state.was_paused(time.monotonic() - told)

    def _fit(self, images: Corpus) -> Ticks:
        """Fit the projection."""
        state, processes = self.state, self._processes
        scatter = state.scatter = state.scatter or Scatter.empty(description_width(self._backbone))
        rounds, place = processes.rounds(len(images)), scatter.place // processes.count
        self._clock.enter("projection", units=rounds, done=place)
        shown = max(_FIRST_INTERIM, 2 * scatter.images)
        work = fit_projection(images, self._backbone, found=scatter, processes=processes)
        while True:
            try:
                tick = next(work)
            except StopIteration as end:
                state.fitted, state.scatter = end.value, None
                break
            if scatter.place // processes.count > place:
                place += 1
                self._clock.advance()
            state.has_begun = state.has_begun or (processes.count == 1 and scatter.place > 0)
            state.keep_now_and_then()
            interim = self.interim is not None and processes.count == 1 and scatter.images >= shown
            if interim:
                shown = 2 * scatter.images
                self._show(Fitted(projection_from(scatter, self._backbone), {}))
            yield from self._tick(tick, "projection", interim=interim)
        assert state.fitted is not None
        state.note(state.fitted.skipped)
        state.has_begun = True
        if self.interim is not None and processes.count == 1:
            self._show(state.fitted)
            yield from self._tick(Progress(len(images), len(images), "projection"), "projection", interim=True)

    def _show(self, fitted: Fitted | None, merges: ChosenMerges | None = None) -> None:
        """Write a model of what was learned so far."""
        assert self.interim is not None
        card = card_of(self._corpus, self._config, self._backbone, name=self.name)
        write_parts(self.interim, TrainedParts(fitted, merges.weights if merges else None), card)

    def _choose_merges(self, trial: MergeTrial) -> Generator[TrainingTick, None, ChosenMerges]:
        """Choose the weights of merges; several processes do the same, each by itself."""
        state, config = self.state, self._config
        if not trial.is_complete and self.accepted is not None:
            projection = state.fitted.projection if state.fitted else None
            if projection is None:
                projection = fitting_projection(None, self._backbone, SegmenterConfig(config.backbone))
            describer, count, done = describer_of(config.backbone, projection), len(trial.places), len(trial.scores)
            self._clock.enter("merges", units=count, done=done)
            for tick in try_merges(self._corpus, self.accepted, trial, describer, self._backbone):
                points: tuple[CurvePoint, ...] = ()
                if len(trial.scores) > done:
                    done = len(trial.scores)
                    self._clock.advance()
                    points = state.curves.add_all(done, trial.best_so_far())
                    state.has_begun = True
                    state.keep_now_and_then()
                yield from self._tick(tick, "merges", points)
        state.note(tuple(trial.skipped))
        chosen = chosen_from(trial, fewest=config.fewest_accepted)
        if self.interim is not None and self._processes.count == 1 and chosen.weights:
            self._show(state.fitted, chosen)
            yield from self._tick(Progress(len(trial.places), len(trial.places), chosen.told), "merges", interim=True)
        return chosen

    def _nothing_learned(self, count: int, merges: ChosenMerges | None) -> ImagesNotFoundError:
        """The error of a run that has nothing to write; its checkpoint is of no use either."""
        self.state.has_begun = False
        if self._processes.is_first:
            checkpoint_path(self._out).unlink(missing_ok=True)
        told = "" if merges is None else f", and {merges.told}"
        return ImagesNotFoundError(
            f"no model is written: {count} images are too few to fit a projection to, which takes "
            f"{self._config.fewest}{told}; keep the bundled model, or add images"
        )

    def _train_generator(self, run: GeneratorRun) -> Ticks:
        state, config = self.state, self._config
        if run.has_ended():  # and only the comparison is left
            return
        files = yield from self._features(self._corpus, config.views)
        if state.views not in (0, len(files.views)):
            raise WeightsMismatchError(
                f"{checkpoint_path(self._out)}: this run was begun on {state.views} views of the images, and "
                f"{len(files.views)} are left; put back the images, or start the training again without --resume"
            )
        state.views = len(files.views)
        looked_at: list[Tensor] = []
        if len(self._held_out):
            held = self._held_out.sample(_LOOKED_AT, seed=config.seed)
            seen = yield from self._features(held, 1)
            looked_at = Shelf(seen.views, self._backbone).few_of_each(_TOKENS_LOOKED_AT, config.seed)
        shelf = Shelf(files.views, self._backbone)
        if run.step == 0 and config.start == "soft-kmeans":
            run.begin(shelf.sample(views=_MOST_SAMPLED, tokens=_TOKENS_SAMPLED, seed=config.seed))
        batches = Batches(shelf, batch=config.batch, tokens=config.tokens, seed=config.seed, processes=self._processes)
        state.has_begun = True
        self._clock.enter("generator", units=config.steps, done=run.step)
        with batches.reading_ahead():
            while not run.has_ended():
                loss = run.advance(batches.of_step(run.step))
                points = state.curves.add("loss", run.step, loss)
                if looked_at and (run.step % config.validate_every == 0 or run.step == config.steps):
                    held_loss, modularity = run.look(looked_at)
                    values = {"validation loss": held_loss, "validation modularity": modularity}
                    points += state.curves.add_all(run.step, values)
                self._clock.advance()
                state.keep_now_and_then()
                yield from self._tick(Progress(run.step, config.steps, f"loss {loss:.4f}"), "generator", points)
        if run.step < config.steps:
            self._clock.enter("generator", units=0)
            told = f"ended after {run.step} steps, as the images held out gain no more"
            yield from self._tick(Progress(run.step, config.steps, told), "generator")

    def _features(self, images: Corpus, views: int) -> Generator[TrainingTick, None, FeatureFiles]:
        """Tokens of some images."""
        size, budget = self._config.backbone.input_size, self._config.cache_budget
        work = cache_features(
            images,
            self._backbone,
            self._cache,
            views=views,
            input_size=size,
            budget=budget,
            processes=self._processes,
        )
        while True:
            try:
                tick = next(work)
            except StopIteration as end:
                files: FeatureFiles = end.value
                self.state.note(files.skipped)
                return files
            if tick.done == 0:
                self._clock.enter("features", units=tick.absent)
            elif tick.computed:
                self._clock.advance(tick.computed)
            yield from self._tick(tick, "features")

    def _compare(self) -> Generator[TrainingTick, None, Comparison]:
        """Compare with the bundled model on the images held out."""
        self._clock.enter("comparing", units=min(len(self._held_out), self._config.compared))
        work = compare(self._held_out, None, self._out, config=self._config)
        while True:
            try:
                tick = next(work)
            except StopIteration as end:
                comparison: Comparison = end.value
                return comparison
            if tick.done:
                self._clock.advance()
            yield from self._tick(tick, "comparing")

    def _write(self, parts: TrainedParts, merges: ChosenMerges | None, comparison: Comparison | None) -> ModelCard:
        """Write the model file; returns its card."""
        card = card_of(
            self._corpus,
            self._config,
            self._backbone,
            name=self.name,
            held_out=len(self._held_out),
            curves=self.state.curves.told(),
            figures={**(merges.figures() if merges else {}), **(comparison.figures() if comparison else {})},
            verdict="" if comparison is None else comparison.verdict,
            seconds=self.state.seconds,
        )
        return write_parts(self._out, parts, card) if self._processes.is_first else card
