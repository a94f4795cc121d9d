"""Batches of tokens for the generator's steps: drawn by seed and step alone, one step ahead of the optimiser."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import torch
from torch import Tensor

from acseg_core.nets.backbone import Backbone
from acseg_training.features import View, load_tokens
from acseg_training.processes import ALONE, Processes

_BYTES_IN_MEMORY = 2 * 1024**3


class Shelf:
    """Views by number; up to two gigabytes of them stay in memory, the rest is read or computed when drawn."""

    def __init__(self, views: Sequence[View], backbone: Backbone) -> None:
        self._views = views
        self._backbone = backbone
        self._kept: dict[int, Tensor] = {}
        self._room = _BYTES_IN_MEMORY

    def __len__(self) -> int:
        return len(self._views)

    def holds(self, number: int) -> bool:
        """Whether the tokens of a view are in memory."""
        return number in self._kept

    def tokens(self, number: int) -> Tensor:
        """(N, D) float16 tokens of one view.

        Raises:
            ImageError: They have to be computed, and the image cannot be read any more.
        """
        if number in self._kept:
            return self._kept[number]
        tokens = torch.from_numpy(load_tokens(self._views[number], self._backbone)).flatten(0, 1)
        if tokens.nbytes <= self._room:
            self._room -= tokens.nbytes
            self._kept[number] = tokens
        return tokens

    def sample(self, *, views: int, tokens: int, seed: int) -> Tensor:
        """(T, D) float16: so many random tokens of each of so many random views, or of all."""
        random = torch.Generator().manual_seed(seed)
        drawn = [self.tokens(view) for view in torch.randperm(len(self), generator=random)[:views].tolist()]
        return torch.cat([each[torch.randperm(len(each), generator=random)[:tokens]] for each in drawn])

    def few_of_each(self, most: int, seed: int) -> list[Tensor]:
        """Some tokens of each view, (N, D) float16, N at most ``most``; the same for the same seed."""
        random = torch.Generator().manual_seed(seed)
        shown = (self.tokens(number) for number in range(len(self)))
        return [tokens[drawn_from(len(tokens), most, random)] for tokens in shown]


class Batches:
    """What each step is trained on.

    A step's views and tokens depend on the seed and its number, and each view's tokens on its place in the batch, too:
    so a resumed run is the same run, and several processes draw the batch of one.
    """

    def __init__(self, shelf: Shelf, *, batch: int, tokens: int, seed: int, processes: Processes = ALONE) -> None:
        self._shelf = shelf
        self._batch, self._tokens, self._seed = batch, tokens, seed
        self._processes = processes
        self._reader: ThreadPoolExecutor | None = None
        self._ahead: tuple[int, Future[Tensor]] | None = None

    @contextmanager
    def reading_ahead(self) -> Iterator[None]:
        """While a step is computed, read what the next one needs."""
        with ThreadPoolExecutor(1, "batches") as reader:
            self._reader = reader
            try:
                yield
            finally:
                self._reader = self._ahead = None

    def of_step(self, step: int) -> Tensor:
        """(b, N, D) float16: this process's part of the batch of a step.

        Raises:
            ImageError: Tokens have to be computed, and their image cannot be read any more.
        """
        ahead, self._ahead = self._ahead, None
        batch = ahead[1].result() if ahead is not None and ahead[0] == step else self.draw(step)
        if self._reader is not None and not all(map(self._shelf.holds, self._views(step + 1))):
            self._ahead = step + 1, self._reader.submit(self.draw, step + 1)
        return batch

    def draw(self, step: int) -> Tensor:
        """The same, now and here."""
        views = self._views(step)
        drawn = []
        for place in self._processes.share(range(self._batch)):
            tokens = self._shelf.tokens(views[place])
            drawn.append(tokens[drawn_from(len(tokens), self._tokens, self._random(step, place))])
        if not drawn:  # more processes than views in a batch
            return self._shelf.tokens(views[0]).new_zeros((0, self._tokens, self._shelf.tokens(views[0]).shape[1]))
        return torch.stack(drawn)

    def _views(self, step: int) -> list[int]:
        """Of the whole batch."""
        found: list[int] = torch.randint(len(self._shelf), (self._batch,), generator=self._random(step, -1)).tolist()
        return found

    def _random(self, step: int, place: int) -> torch.Generator:
        key = hashlib.blake2b(f"{self._seed}|{step}|{place}".encode(), digest_size=8).digest()
        return torch.Generator().manual_seed(int.from_bytes(key) >> 1)


def drawn_from(count: int, wanted: int, random: torch.Generator) -> Tensor:
    """(wanted,) int64: that many of the first ``count`` numbers, none twice unless there are too few."""
    indices = torch.randperm(count, generator=random)
    if count < wanted:  # a tiny or very long image: draw again from what there is
        indices = indices.repeat(-(-wanted // count))
    return indices[:wanted]
