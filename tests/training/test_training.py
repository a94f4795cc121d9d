"""Training on real images with the tiny backbone: it learns, resumes exactly, and skips what it cannot read.

Covers: run_state.
"""

import json
import signal
from collections import Counter
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors import safe_open
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import ImagesNotFoundError, StorageError, WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.generator import ConceptGenerator
from acseg_core.proposals.model_card import read_model
from acseg_core.proposals.projection import Projection
from acseg_core.proposals.segmenter import Segmenter
from acseg_training.__main__ import main
from acseg_training.corpus import Corpus
from acseg_training.features import View, load_tokens
from acseg_training.progress import TrainingTick
from acseg_training.settings import TrainingConfig
from acseg_training.training import TrainingReport, train

Training = Generator[TrainingTick, None, TrainingReport]


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_weights(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(4):
        image = np.zeros((96, 128, 3), np.uint8)
        image[:, : 20 + 25 * number] = random.integers(0, 256, 3)
        image[48:, 64:] = random.integers(0, 256, 3)
        cv2.imwrite(str(folder / f"{number}.png"), image)
    return folder


@pytest.fixture
def config(weights: Path) -> TrainingConfig:
    backbone = BackboneConfig(name=TINY_BACKBONE, weights=weights, input_size=128, device="cpu", precision="float32")
    tiny = TrainingConfig(backbone=backbone, prototypes=3, blocks=1, steps=40, batch=4, tokens=24, warmup=4, views=3)
    return replace(tiny, phases=("generator",))


def finish(work: Training) -> tuple[list[TrainingTick], TrainingReport]:
    ticks = []
    while True:
        try:
            ticks.append(next(work))
        except StopIteration as end:
            return ticks, end.value


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    with safe_open(path, framework="pt") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict


def assert_same_weights(one: Path, other: Path) -> None:
    first, second = weights_of(one), weights_of(other)
    assert set(first) == set(second)
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name


def test_training_lowers_the_loss_and_writes_a_generator(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    out = tmp_path / "generator.safetensors"
    longer = replace(config, steps=120, learning_rate=1e-3)
    ticks, report = finish(train(Corpus.from_folders([photos]), out, longer, cache=tmp_path / "cache"))
    losses = [point.value for tick in ticks for point in tick.points if point.curve == "loss"]
    assert len(losses) == 120
    assert np.mean(losses[-10:]) < np.mean(losses[:10]) - 0.01
    assert report.steps == 120
    card = read_model(out).card
    assert card is not None
    assert (card.name, card.images, card.holds, card.backbone) == ("generator", 4, ("generator",), TINY_BACKBONE)
    assert card.data_sha256 == Corpus.from_folders([photos]).data_sha256
    assert [value for _, value in card.curves["loss"]] == losses
    assert card.settings["steps"] == 120
    assert ConceptGenerator.load(out).config.backbone == TINY_BACKBONE
    assert [tick.total for tick in ticks if tick.phase == "features"][-1] == 4
    assert not out.with_name("generator.safetensors.checkpoint").exists()


def test_concepts_start_apart(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    """Random blocks would make all concepts of an image alike, and modularity alone does not part them again."""
    out = tmp_path / "generator.safetensors"
    deep = replace(config, blocks=6, prototypes=5, quantisation=0, modularity=1, steps=1)
    finish(train(Corpus.from_folders([photos]), out, deep, cache=tmp_path / "cache"))
    generator = ConceptGenerator.load(out)
    torch.manual_seed(0)
    concepts = generator(torch.randn(1, 24, generator.config.dim))[0]
    unit = torch.nn.functional.normalize(concepts, dim=-1)
    assert (unit @ unit.T - torch.eye(5)).abs().mean() < 0.2


def test_a_start_as_soft_kmeans_comes_from_the_corpus(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    out, other = tmp_path / "generator.safetensors", tmp_path / "other.safetensors"
    wanted = replace(config, start="soft-kmeans", steps=1, learning_rate=1e-9)
    corpus, cache = Corpus.from_folders([photos]), tmp_path / "cache"
    finish(train(corpus, out, wanted, cache=cache))
    prototypes = ConceptGenerator.load(out).prototypes
    tokens = torch.cat([torch.from_numpy(np.load(path)).flatten(0, 1) for path in cache.glob("*.npy")]).float()
    nearest = torch.nn.functional.cosine_similarity(prototypes[:, None], tokens[None], dim=2).amax(dim=1)
    assert (nearest > 0.7).all(), "the centres of its tokens"
    finish(train(corpus, other, wanted, cache=cache))
    assert torch.equal(ConceptGenerator.load(other).prototypes, prototypes)
    with pytest.raises(ValueError, match="start must be"):
        replace(config, start="kmeans")


def test_enough_images_get_a_projection_of_their_own(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    """It lies in the model file, and proposals with that file use it instead of the bundled one."""
    few, own = tmp_path / "few.safetensors", tmp_path / "own.safetensors"
    quick = replace(config, steps=2, views=1, phases=("projection", "generator"), fewest=6)
    _, report = finish(train(Corpus.from_folders([photos]), few, quick, cache=tmp_path / "cache"))
    assert report.projected == 0
    assert read_model(few).holds == ("generator",)
    random = np.random.default_rng(1)
    for number in range(4, 8):
        cv2.imwrite(str(photos / f"{number}.png"), random.integers(0, 256, (48, 64, 3), np.uint8))
    (photos / "torn.png").write_bytes((photos / "0.png").read_bytes()[:100])
    ticks, report = finish(train(Corpus.from_folders([photos]), own, quick, cache=tmp_path / "cache"))
    assert report.projected == 8
    assert [Path(each.path).name for each in report.skipped] == ["torn.png"]
    assert sum(tick.message.startswith("projection: ") for tick in ticks) == 9
    assert read_model(own).holds == ("projection", "generator")
    fitted = Projection.load(own)
    segmenter = Segmenter(SegmenterConfig(backbone=config.backbone, generator=own))
    assert segmenter.projection is not None
    np.testing.assert_array_equal(segmenter.projection.matrix, fitted.matrix)
    assert Segmenter(SegmenterConfig(backbone=config.backbone, generator=few)).projection is None


def test_too_few_images_are_refused_where_there_is_nothing_else_to_train(
    photos: Path, config: TrainingConfig, tmp_path: Path
) -> None:
    quick = replace(config, phases=("projection",))
    with pytest.raises(ImagesNotFoundError, match="4 images are too few to fit a projection to, which takes 20"):
        finish(train(Corpus.from_folders([photos]), tmp_path / "g", quick, cache=tmp_path / "cache"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photos"]


def test_a_stopped_run_resumes_to_the_same_weights(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    corpus, cache = Corpus.from_folders([photos]), tmp_path / "cache"
    whole, parts = tmp_path / "whole.safetensors", tmp_path / "parts.safetensors"
    finish(train(corpus, whole, config, cache=cache))
    work = train(corpus, parts, config, cache=cache)
    while "loss" not in (tick := next(work)).message or tick.done < 17:
        pass
    work.close()
    assert not parts.exists()
    ticks, _ = finish(train(corpus, parts, config, cache=cache, resume=True))
    assert [tick.done for tick in ticks if "loss" in tick.message] == list(range(18, 41)), "from where it was stopped"
    assert_same_weights(whole, parts)


def test_whoever_watches_a_run_that_goes_on_learns_what_it_had_learned_before(
    photos: Path, config: TrainingConfig, tmp_path: Path
) -> None:
    """On the code of before, its curves began where it went on, and there was no picture of what it had learned."""
    corpus, cache, interim = Corpus.from_folders([photos]), tmp_path / "cache", tmp_path / "interim.safetensors"
    both, out = replace(config, phases=("projection", "generator"), fewest=4), tmp_path / "out.safetensors"
    seen = []
    work = train(corpus, out, both, cache=cache, interim=interim)
    while len(seen) < 17:
        seen += [point for point in next(work).points if point.curve == "loss"]
    work.close()
    interim.unlink()
    ticks, report = finish(train(corpus, out, both, cache=cache, interim=interim, resume=True))
    told = [point for tick in ticks for point in tick.points if point.curve == "loss"]
    assert told[:17] == seen
    assert [[point.step, point.value] for point in told] == report.card.curves["loss"]
    shown = [tick.interim for tick in ticks if tick.interim is not None]
    assert shown == [interim]
    learned = weights_of(interim)
    assert learned
    assert all(torch.equal(tensor, weights_of(out)[name]) for name, tensor in learned.items())


def test_a_projection_goes_on_to_the_same_numbers(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    (photos / "2b.png").write_bytes(b"torn")
    corpus, cache = Corpus.from_folders([photos]), tmp_path / "cache"
    quick = replace(config, phases=("projection",), fewest=4)
    whole, parts = tmp_path / "whole.safetensors", tmp_path / "parts.safetensors"
    _, report = finish(train(corpus, whole, quick, cache=cache))
    for done in (1, 3):
        work = train(corpus, parts, quick, cache=cache, resume=True)
        while (tick := next(work)).phase != "projection" or tick.done < done or not tick.total:
            pass
        work.close()
        assert not parts.exists()
    ticks, resumed = finish(train(corpus, parts, quick, cache=cache, resume=True))
    assert [tick.done for tick in ticks] == [3, 4, 5], "the first three images are not looked at again"
    assert (resumed.projected, resumed.skipped) == (4, report.skipped)
    assert [Path(each.path).name for each in report.skipped] == ["2b.png"]
    assert_same_weights(whole, parts)


def test_a_checkpoint_of_other_settings_is_refused(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    corpus, out = Corpus.from_folders([photos]), tmp_path / "out.safetensors"
    work = train(corpus, out, config, cache=tmp_path / "cache")
    while "loss" not in next(work).message:
        pass
    work.close()
    other = replace(config, gamma=2.0)
    with pytest.raises(WeightsMismatchError, match="without --resume"):
        finish(train(corpus, out, other, cache=tmp_path / "cache", resume=True))
    out.with_name("out.safetensors.checkpoint").write_bytes(b"broken")
    with pytest.raises(WeightsMismatchError, match="without --resume"):
        finish(train(corpus, out, config, cache=tmp_path / "cache", resume=True))


def test_cached_features_are_not_computed_again(
    photos: Path, config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = Corpus.from_folders([photos])
    finish(train(corpus, tmp_path / "a.safetensors", config, cache=tmp_path / "cache"))
    monkeypatch.setattr("acseg_core.nets.backbone.Backbone.features", lambda *_: pytest.fail("computed again"))
    _, report = finish(train(corpus, tmp_path / "b.safetensors", config, cache=tmp_path / "cache"))
    assert report.steps == config.steps


def test_unreadable_images_are_listed_and_the_rest_is_used(
    photos: Path, config: TrainingConfig, tmp_path: Path
) -> None:
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    corpus = Corpus.from_folders([photos])
    _, report = finish(train(corpus, tmp_path / "g", config, cache=tmp_path / "cache"))
    assert [Path(skipped.path).name for skipped in report.skipped] == ["broken.jpg"]
    assert len(list((tmp_path / "cache").glob("*.npy"))) == 12


@pytest.mark.parametrize("name", ["folder", ".", "missing/g", "file/g", "x" * 250, "/sys/g"])
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    photos: Path, config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("acseg_training.training.Backbone", lambda *_: pytest.fail("too late"))
    with pytest.raises(StorageError):
        next(train(Corpus.from_folders([photos]), Path(name), config, cache=tmp_path / "cache"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "photos"]


def test_a_checkpoint_that_does_not_fit_is_refused_before_tokens_are_computed(
    photos: Path, config: TrainingConfig, tmp_path: Path
) -> None:
    (tmp_path / "g.checkpoint").write_bytes(b"broken")
    work = train(Corpus.from_folders([photos]), tmp_path / "g", config, cache=tmp_path / "cache", resume=True)
    with pytest.raises(WeightsMismatchError):
        next(work)


def test_a_run_that_finds_its_memory_full_reads_the_rest_from_disk(
    photos: Path, config: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: Counter[str] = Counter()

    def load(view: View, backbone: Backbone) -> np.ndarray:
        assert view.file is not None
        loaded[view.file.name] += 1
        return load_tokens(view, backbone)

    monkeypatch.setattr("acseg_training.batches.load_tokens", load)
    corpus, cache = Corpus.from_folders([photos]), tmp_path / "cache"
    finish(train(corpus, tmp_path / "all", config, cache=cache))
    assert set(loaded.values()) == {1}
    sizes = {path.name: np.load(path).nbytes for path in cache.glob("*.npy")}
    room = sum(sizes.values()) // 2
    monkeypatch.setattr("acseg_training.batches._BYTES_IN_MEMORY", room)
    loaded.clear()
    finish(train(corpus, tmp_path / "half", config, cache=cache))
    kept = sum(sizes[name] for name, times in loaded.items() if times == 1)
    assert room - max(sizes.values()) < kept <= room
    assert_same_weights(tmp_path / "all", tmp_path / "half")


def test_files_of_the_cache_that_vanish_while_training_are_computed_again(
    photos: Path, config: TrainingConfig, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    corpus = Corpus.from_folders([photos])
    finish(train(corpus, tmp_path / "whole", config, cache=tmp_path / "cache"))
    work = train(corpus, tmp_path / "g", config, cache=tmp_path / "cache")
    while next(work).done < 4:
        pass
    paths = sorted((tmp_path / "cache").glob("*.npy"))
    for path in paths:
        path.write_bytes(b"")
    paths[0].unlink()
    finish(work)
    assert_same_weights(tmp_path / "whole", tmp_path / "g")
    assert "gone or damaged, computed again" in caplog.text


def test_folders_without_images_are_refused(tmp_path: Path, config: TrainingConfig) -> None:
    with pytest.raises(ImagesNotFoundError):
        Corpus.from_folders([tmp_path])
    with pytest.raises(ImagesNotFoundError):
        Corpus.from_folders([tmp_path / "missing"])
    (tmp_path / "only.jpg").write_bytes(b"not a photo")
    with pytest.raises(ImagesNotFoundError, match=r"only\.jpg"):
        finish(train(Corpus.from_folders([tmp_path]), tmp_path / "g", config, cache=tmp_path / "cache"))


def test_a_corpus_can_be_a_sample(photos: Path) -> None:
    sample = Corpus.from_folders([photos], most=2, seed=1)
    assert len(sample.paths) == 2
    assert sample == Corpus.from_folders([photos], most=2, seed=1)
    assert set(sample.paths) < set(Corpus.from_folders([photos]).paths)
    for most in (0, -1):
        with pytest.raises(ValueError, match=f"must be 1 or more, got {most}"):
            Corpus.from_folders([photos], most=most)


@pytest.fixture
def arguments(photos: Path, weights: Path, tmp_path: Path) -> list[str]:
    """Of the module, all but --out."""
    chosen = ["--steps", "8", "--views", "1", "--cache", str(tmp_path / "cache"), "--paper", "--input-size", "96"]
    return [str(photos), *chosen, "--backbone", TINY_BACKBONE, "--weights", str(weights), "--device", "cpu"]


def test_module_trains_from_the_shell(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "shell.safetensors"
    assert main([*arguments, "--out", str(out)]) == 0
    assert ConceptGenerator.load(out).config.prototypes == 5
    printed = capsys.readouterr()
    assert "8 steps" in printed.out
    assert "GB of disk" in printed.err
    assert main([str(tmp_path / "missing"), "--out", str(out)]) == 1
    assert "missing" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--images", "0"], ["--prototypes", "257"], ["--seed", "-1"], ["--seed", "9" * 20]])
def test_module_says_in_one_line_what_is_out_of_range(
    arguments: list[str], wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--out", str(tmp_path / "g"), *wrong]) == 1
    error = capsys.readouterr().err
    assert " must be " in error
    assert wrong[1] in error
    assert error.count("\n") == 1


def send_during(monkeypatch: pytest.MonkeyPatch, target: str, number: int, *, call: int) -> None:
    """Raise signal ``number`` inside the ``call``-th call of the function ``target``."""
    module, _, name = target.rpartition(".")
    function = getattr(__import__(module, fromlist=[name]), name)
    calls = Counter[str]()

    def interrupted(*args: object, **kwargs: object) -> object:
        calls[target] += 1
        if calls[target] == call:
            signal.raise_signal(number)
        return function(*args, **kwargs)

    monkeypatch.setattr(target, interrupted)


@pytest.fixture
def handlers() -> Generator[None, None, None]:
    """Signals do nothing unless the code under test handles them, and it gives the handlers back."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    yield
    now = [signal.signal(number, handler) for number, handler in zip(numbers, before, strict=True)]
    assert now == [signal.SIG_IGN, signal.SIG_IGN]


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_between_two_steps_and_the_run_goes_on(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert main([*arguments, "--out", str(whole)]) == 0
    with pytest.MonkeyPatch.context() as monkeypatch:
        send_during(monkeypatch, "acseg_training.generator_run.modularity_loss", number, call=4)
        assert main([*arguments, "--out", str(parts)]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"stopped; --resume continues from {parts}.checkpoint"
    with safe_open(f"{parts}.checkpoint", framework="pt") as file:
        assert json.loads(file.metadata()["acseg_checkpoint"])["facts"]["generator"]["step"] == 4
    assert main([*arguments, "--out", str(parts), "--resume"]) == 0
    assert_same_weights(whole, parts)


@pytest.mark.usefixtures("handlers")
def test_a_signal_before_the_first_step_names_no_checkpoint(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    send_during(monkeypatch, "acseg_training.corpus.load_image", signal.SIGINT, call=3)
    assert main([*arguments, "--out", str(tmp_path / "g")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "stopped"
    assert len(list((tmp_path / "cache").glob("*.npy"))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 0},
        {"tokens": 1},
        {"temperature": (0.0, 0.1)},
        {"prototypes": 0},
        {"prototypes": 257},
        {"seed": -1},
        {"seed": 2**31},
        {"hold_out": 1.0},
        {"phases": ()},
        {"phases": ("merges of no kind",)},
        {"cache_budget": -1},
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must be"):
        TrainingConfig(**wrong)


def test_the_largest_seed_is_used(photos: Path, config: TrainingConfig, tmp_path: Path) -> None:
    largest = replace(config, seed=2**31 - 1, steps=2, prototypes=256)
    _, report = finish(train(Corpus.from_folders([photos]), tmp_path / "g", largest, cache=tmp_path / "cache"))
    assert report.steps == 2
