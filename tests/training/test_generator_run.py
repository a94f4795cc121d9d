"""Steps of the generator's training: memory that runs out, images held out, early ends, exact state."""

from dataclasses import replace

import pytest
import torch

from acseg_core.config import BackboneConfig
from acseg_core.errors import ModelError
from acseg_core.nets.modularity import modularity_loss
from acseg_training import generator_run
from acseg_training.generator_run import GeneratorRun
from acseg_training.settings import TrainingConfig

CPU = torch.device("cpu")


@pytest.fixture
def config() -> TrainingConfig:
    return TrainingConfig(BackboneConfig(name="x"), prototypes=3, blocks=1, steps=30, batch=8, tokens=16, warmup=2)


def batches(count: int) -> list[torch.Tensor]:
    random = torch.Generator().manual_seed(0)
    return [torch.randn(8, 16, 12, generator=random).half() for _ in range(count)]


def weights(run: GeneratorRun) -> torch.Tensor:
    return torch.cat([each.detach().flatten() for each in run.generator.parameters()])


def test_memory_that_runs_out_halves_what_is_computed_at_once_and_changes_no_result(
    config: TrainingConfig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    roomy, tight = GeneratorRun(config, 12, CPU), GeneratorRun(config, 12, CPU)
    losses = [roomy.advance(batch) for batch in batches(6)]
    seen = []

    def small_memory(tokens: torch.Tensor, assignment: torch.Tensor, *, gamma: float) -> torch.Tensor:
        seen.append(len(tokens))
        if len(tokens) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return modularity_loss(tokens, assignment, gamma=gamma)

    monkeypatch.setattr(generator_run, "modularity_loss", small_memory)
    assert [tight.advance(batch) for batch in batches(6)] == pytest.approx(losses, rel=1e-5)
    assert tight.part == 2
    assert seen[:6] == [8, 4, 2, 2, 2, 2]
    assert torch.allclose(weights(roomy), weights(tight), atol=1e-5)
    assert "going on with 4 views at once, the batch stays 8" in caplog.text
    assert tight.facts()["part"] == 2, "a resumed run goes on with it"


def test_memory_too_small_for_one_view_is_told(config: TrainingConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object, **__: object) -> torch.Tensor:
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(generator_run, "modularity_loss", no_memory)
    with pytest.raises(ModelError, match="cpu does not have enough memory for a single view of 16 tokens; train"):
        GeneratorRun(config, 12, CPU).advance(batches(1)[0])
    monkeypatch.setattr(generator_run, "modularity_loss", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        GeneratorRun(config, 12, CPU).advance(batches(1)[0])


def test_it_ends_early_with_the_weights_that_were_best_on_images_held_out(config: TrainingConfig) -> None:
    run = GeneratorRun(replace(config, patience=3, steps=1000, learning_rate=0.3), 12, CPU)
    held = [torch.randn(20, 12, generator=torch.Generator().manual_seed(9)).half() for _ in range(2)]
    looks = []
    while not run.has_ended():
        run.advance(batches(1)[0])
        looks.append(run.look(held)[0])
    assert run.step < 1000
    assert run.waited == 3
    assert run.best_loss == pytest.approx(min(looks), abs=1e-3)
    last = weights(run)
    run.trained()
    assert not torch.equal(weights(run), last)
    run.best = {}
    assert run.look(held)[0] == pytest.approx(run.best_loss, abs=1e-6)


def test_a_look_changes_nothing_that_is_trained(config: TrainingConfig) -> None:
    looked, blind = GeneratorRun(config, 12, CPU), GeneratorRun(config, 12, CPU)
    for batch in batches(3):
        looked.advance(batch)
        looked.look([torch.ones(4, 12).half()])
        blind.advance(batch)
    assert torch.equal(weights(looked), weights(blind))


def test_state_is_exact(config: TrainingConfig) -> None:
    whole, first, second = (GeneratorRun(config, 12, CPU) for _ in range(3))
    held = [torch.randn(20, 12, generator=torch.Generator().manual_seed(9)).half()]
    for number, batch in enumerate(batches(10)):
        whole.advance(batch)
        whole.look(held)
        if number == 4:  # what was stopped goes on
            second.restore(first.tensors(), first.facts())
        part = first if number < 4 else second
        part.advance(batch)
        part.look(held)
    assert torch.equal(weights(whole), weights(second))
    assert whole.facts() == second.facts()
    for name, tensor in whole.best.items():
        assert torch.equal(tensor, second.best[name])
    other = GeneratorRun(replace(config, prototypes=4), 12, CPU)
    with pytest.raises(RuntimeError):
        other.restore(first.tensors(), first.facts())
