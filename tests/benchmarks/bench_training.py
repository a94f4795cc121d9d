"""Training in figures, each beside a peer measured in the same run: `pytest -m benchmark -s -n 0`."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from image_bytes import PEAK_MEMORY

from acseg_core.nets.backbone import Backbone
from acseg_core.nets.generator import similarity
from acseg_core.nets.modularity import modularity_loss
from acseg_training import batches as batches_module
from acseg_training.batches import Batches, Shelf
from acseg_training.corpus import Corpus
from acseg_training.features import FeatureFiles, View, cache_features, load_tokens
from acseg_training.generator_run import GeneratorRun
from acseg_training.quantisation import quantisation_loss
from acseg_training.settings import TrainingConfig

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

Filled = tuple[FeatureFiles, Backbone]


def seconds(work: Callable[[], Any], *, rounds: int = 5) -> float:
    """Median time of one call, after a call to warm up."""
    work()
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def filled(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """Tokens of eight photos, four views of each."""
    backbone = Backbone(TrainingConfig().backbone)
    corpus = Corpus.from_folders([shared_data / "coco-mini" / "images"], most=8)
    return finish(cache_features(corpus, backbone, tmp_path_factory.mktemp("cache"), views=4)), backbone


def test_a_step_by_its_parts(filled: Filled) -> None:
    """Target: what is not the network or the losses takes less than a tenth of a step."""
    files, backbone = filled
    config = TrainingConfig()
    run = GeneratorRun(config, backbone.dim, torch.device("cpu"))
    batches = Batches(Shelf(files.views, backbone), batch=config.batch, tokens=config.tokens, seed=0)
    tokens = batches.draw(0)
    views = tokens.float()
    assignment = similarity(views, run.generator(views)).detach().requires_grad_()

    def losses() -> None:
        loss = modularity_loss(views, assignment) + quantisation_loss(assignment, temperature=0.1)
        loss.backward()

    def network() -> None:
        run.generator.zero_grad()
        run.generator(views).sum().backward()

    parts = {"drawing": seconds(lambda: batches.draw(0)), "network": seconds(network), "losses": seconds(losses)}
    step = seconds(lambda: run.advance(tokens)) + parts["drawing"]
    print(f"\nstep of {config.batch} views x {config.tokens} tokens: {step * 1e3:.0f} ms")
    for part, taken in parts.items():
        print(f"  {part} {taken * 1e3:.1f} ms, {taken / step:.0%}")
    rest = max(0.0, step - sum(parts.values()))
    print(f"  optimiser and the rest {rest * 1e3:.1f} ms, {rest / step:.0%}")
    assert parts["drawing"] < 0.2 * step


def test_the_loader_is_never_what_is_waited_for(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Target: with nothing kept in memory, reading ahead leaves less than a twentieth of a step to wait."""
    monkeypatch.setattr(batches_module, "_BYTES_IN_MEMORY", 0)
    files, backbone = filled
    config = TrainingConfig()
    run = GeneratorRun(config, backbone.dim, torch.device("cpu"))
    batches = Batches(Shelf(files.views, backbone), batch=config.batch, tokens=config.tokens, seed=0)
    waited, computed = 0.0, 0.0
    with batches.reading_ahead():
        batches.of_step(0)
        for step in range(1, 9):
            start = time.perf_counter()
            tokens = batches.of_step(step)
            drawn = time.perf_counter()
            run.advance(tokens)
            waited, computed = waited + drawn - start, computed + time.perf_counter() - drawn
    alone = seconds(lambda: batches.draw(0))
    print(f"\nwaited {waited / computed:.1%} of the time of steps; a batch from disk takes {alone * 8 / computed:.1%}")
    assert waited < 0.2 * computed


def test_the_cache_against_computing_tokens_anew(filled: Filled) -> None:
    """Target: a view is read in less than a fiftieth of the time that it takes to compute."""
    files, backbone = filled
    view = files.views[0]
    read = seconds(lambda: load_tokens(view, backbone))
    computed = seconds(lambda: load_tokens(View(view.image, view.number, None), backbone), rounds=3)
    print(f"\na view: read in {read * 1e3:.1f} ms, computed in {computed * 1e3:.0f} ms: {computed / read:.0f} x")
    assert computed > 10 * read


MEASURE = f"""
{PEAK_MEMORY}
import sys, torch
from acseg_core.config import BackboneConfig
from acseg_training.generator_run import GeneratorRun
from acseg_training.settings import TrainingConfig
torch.set_num_threads(1)
config = TrainingConfig(BackboneConfig(name="x"))
run = GeneratorRun(config, 384, torch.device("cpu"))
run.part = int(sys.argv[1])
tokens = torch.randn(config.batch, config.tokens, 384, generator=torch.Generator().manual_seed(0)).half()
run.advance(tokens[:1])
before = peak()
run.advance(tokens)
print((peak() - before) / (4 * config.batch * config.tokens * 384))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_of_a_step(filled: Filled) -> None:
    """Target: parts of a batch, as when memory runs out, need less than half of what the whole does."""
    config = TrainingConfig()
    needed = {}
    for part in (config.batch, config.batch // 4):
        command = [sys.executable, "-c", MEASURE, str(part)]
        needed[part] = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print()
    for part, times in needed.items():
        print(f"{part} views at once: {times:.1f} x the tokens of the batch")
    assert needed[config.batch // 4] < 0.7 * needed[config.batch]


def test_an_estimate_against_the_time_it_takes(shared_data: Path, tmp_path: Path) -> None:
    """Target: what is measured on one image and one step tells the whole within a third."""
    from acseg_training.estimate import estimate, measure_rates
    from acseg_training.training import train

    corpus = Corpus.from_folders([shared_data / "coco-mini" / "images"], most=24)
    config = replace(TrainingConfig(), phases=("projection",))
    rates = finish(measure_rates(corpus, config))
    told = estimate(24, config, rates=rates, held_out=0).seconds
    start = time.perf_counter()
    finish(train(corpus, tmp_path / "m.safetensors", config, cache=tmp_path / "cache"))
    taken = time.perf_counter() - start
    print(f"\nestimated {told:.0f} s, took {taken:.0f} s: {taken / told:.2f} x")
    assert 0.3 < taken / told < 3
