"""Batches: by seed, step and place alone, alike for one process and several, and read ahead."""

from pathlib import Path

import numpy as np
import pytest
import torch

from acseg_training import batches as module
from acseg_training.batches import Batches, Shelf, drawn_from
from acseg_training.corpus import CorpusImage
from acseg_training.features import View
from acseg_training.processes import Processes


@pytest.fixture
def views(tmp_path: Path) -> list[View]:
    random = np.random.default_rng(0)
    found = []
    for number in range(6):
        file = tmp_path / f"{number}.npy"
        np.save(file, random.random((3, 4 + number, 5)).astype(np.float16))
        found.append(View(CorpusImage(tmp_path / "a.png", "ab"), 0, file))
    return found


def batches_of(views: list[View], processes: Processes = Processes()) -> Batches:  # noqa: B008 - frozen
    shelf = Shelf(views, None)  # type: ignore[arg-type]  # nothing has to be computed
    return Batches(shelf, batch=5, tokens=14, seed=3, processes=processes)


def test_steps_can_be_drawn_in_any_order(views: list[View]) -> None:
    one, other = batches_of(views), batches_of(views)
    drawn = {step: one.draw(step) for step in (4, 1, 9)}
    assert drawn[4].shape == (5, 14, 5)
    for step in (9, 4, 1):
        assert torch.equal(other.draw(step), drawn[step])
    assert not torch.equal(drawn[4], drawn[9])


def test_several_processes_draw_the_batch_of_one(views: list[View]) -> None:
    whole = batches_of(views).draw(7)
    parts = [batches_of(views, Processes(rank, 2)).draw(7) for rank in range(2)]
    assert [len(part) for part in parts] == [3, 2]
    assert torch.equal(parts[0], whole[0::2])
    assert torch.equal(parts[1], whole[1::2])
    assert batches_of(views, Processes(7, 9)).draw(7).shape == (0, 14, 5)


def test_what_is_read_ahead_is_what_would_be_read(views: list[View], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = batches_of(views)
    monkeypatch.setattr(module, "_BYTES_IN_MEMORY", 0)
    ahead = batches_of(views)
    with ahead.reading_ahead():
        for step in (0, 1, 2, 8, 9):  # 8 is not what was read ahead after 2
            assert torch.equal(ahead.of_step(step), plain.of_step(step))


def test_some_tokens_of_each_view_are_looked_at(views: list[View]) -> None:
    shelf = Shelf(views, None)  # type: ignore[arg-type]
    found = shelf.few_of_each(14, 2)
    assert {len(each) for each in found} == {14}
    for number, tokens in enumerate(found):
        whole = {tuple(token) for token in shelf.tokens(number).tolist()}
        assert {tuple(token) for token in tokens.tolist()} <= whole
    again = shelf.few_of_each(14, 2)
    assert all(torch.equal(one, other) for one, other in zip(found, again, strict=True))


def test_too_few_tokens_are_drawn_again() -> None:
    indices = drawn_from(4, 10, torch.Generator().manual_seed(0))
    assert sorted(np.bincount(indices.numpy())) == [2, 2, 3, 3]
    assert len(set(drawn_from(10, 4, torch.Generator().manual_seed(0)).tolist())) == 4


def test_a_sample_has_tokens_of_many_views(views: list[View]) -> None:
    shelf = Shelf(views, None)  # type: ignore[arg-type]
    assert shelf.sample(views=4, tokens=2, seed=0).shape == (8, 5)
    assert torch.equal(shelf.sample(views=99, tokens=2, seed=0), Shelf(views, None).sample(views=99, tokens=2, seed=0))  # type: ignore[arg-type]
