"""Trains a concept generator on batches of tokens: modularity, and beside it a quantisation term."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from acseg_core.errors import ModelError
from acseg_core.nets.generator import ConceptGenerator, GeneratorConfig, similarity
from acseg_core.nets.modularity import modularity_loss
from acseg_training.processes import ALONE, Processes
from acseg_training.quantisation import quantisation_loss
from acseg_training.settings import TrainingConfig
from acseg_training.soft_kmeans import start_as_soft_kmeans

_log = logging.getLogger(__name__)

_BETTER = 1e-4
"""By how much the loss on images held out has to fall to count as better."""


class GeneratorRun:
    """Network, optimiser and step count of one training run.

    Attributes:
        config: The settings.
        generator: The network, in training.
        step: Optimiser steps taken.
        part: Views that go through the network at once; halved for good when memory runs out. The gradient is that of
            the whole batch all the same.
        best: Weights that had the lowest loss on images held out, by name; empty while none were looked at.
        best_loss: That loss.
        waited: Looks at images held out since then.
    """

    def __init__(self, config: TrainingConfig, dim: int, device: torch.device, *, processes: Processes = ALONE) -> None:
        self.config = config
        self.step = 0
        self.part = config.batch
        self.best: dict[str, Tensor] = {}
        self.best_loss = math.inf
        self.waited = 0
        self._device = device
        self._processes = processes
        shape = GeneratorConfig(
            dim=dim,
            prototypes=config.prototypes,
            blocks=config.blocks,
            heads=next(count for count in (6, 4, 3, 2, 1) if dim % count == 0),
            expansion=config.expansion,
            backbone=config.backbone.name,
        )
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(config.seed)
            self.generator = ConceptGenerator(shape).to(device).train()
        self.generator.start_at_prototypes()
        self._optimiser = torch.optim.AdamW(
            self.generator.parameters(), lr=config.learning_rate, weight_decay=config.weight_decay
        )

    def has_ended(self) -> bool:
        """Whether all steps were taken, or the images held out have not gained for long."""
        patience = self.config.patience
        return self.step >= self.config.steps or bool(patience and self.waited >= patience)

    def begin(self, sample: Tensor) -> None:
        """Start as soft k-means from the centres of tokens, (T, D) float16; all processes from those of the first."""
        start_as_soft_kmeans(self.generator, sample.float().to(self._device), seed=self.config.seed)
        with torch.no_grad():
            for weights in self.generator.parameters():
                if not self._processes.is_first:
                    weights.zero_()
                self._processes.add_up(weights)

    def advance(self, tokens: Tensor) -> float:
        """Take one optimiser step.

        Args:
            tokens: (b, N, D) float16, this process's part of the batch.

        Returns:
            The loss of the whole batch.

        Raises:
            ModelError: Memory runs out even for a single view.
        """
        for group in self._optimiser.param_groups:
            group["lr"] = self._learning_rate()
        loss = self._gradient(tokens)
        torch.nn.utils.clip_grad_norm_(self.generator.parameters(), 1.0)
        self._optimiser.step()
        self.step += 1
        return loss

    def _gradient(self, tokens: Tensor) -> float:
        """Leave the gradient of the whole batch with the weights; returns its loss."""
        first, last = self.config.temperature
        temperature = first * (last / first) ** (self.step / self.config.steps)
        while True:
            try:
                self._optimiser.zero_grad()
                total = torch.zeros((), device=self._device)
                for part in torch.split(tokens, self.part) if len(tokens) else ():
                    views = part.float().to(self._device)
                    loss = self._loss(views, temperature) * (len(part) / self.config.batch)
                    torch.autograd.backward(loss)
                    total += loss.detach()
                break
            except (torch.OutOfMemoryError, MemoryError, RuntimeError) as error:
                self._halve(error)
        if self._processes.count > 1:
            gradients = [_gradient_of(weights) for weights in self.generator.parameters()]
            flat = self._processes.add_up(torch.cat([*(each.flatten() for each in gradients), total.view(1)]))
            for weights, gradient in zip(
                self.generator.parameters(), torch.split(flat[:-1], [each.numel() for each in gradients]), strict=True
            ):
                weights.grad = gradient.view_as(weights).clone()
            total = flat[-1]
        return float(total)

    def _halve(self, error: Exception) -> None:
        if not is_out_of_memory(error):
            raise error
        if self.part == 1:
            raise ModelError(
                f"{self._device} does not have enough memory for a single view of {self.config.tokens} tokens; train "
                "with fewer prototypes or blocks, or on another device"
            ) from error
        self.part = -(-self.part // 2)
        _log.warning("out of memory: going on with %d views at once, the batch stays %d", self.part, self.config.batch)
        if self._device.type == "cuda":
            torch.cuda.empty_cache()

    def _loss(self, tokens: Tensor, temperature: float) -> Tensor:
        """The loss on tokens (b, N, D) float32, mean over the views."""
        config = self.config
        assignment = similarity(tokens, self.generator(tokens))
        loss = tokens.new_zeros(())
        if config.modularity:
            loss = loss + config.modularity * modularity_loss(tokens, assignment, gamma=config.gamma)
        if config.quantisation:
            loss = loss + config.quantisation * quantisation_loss(assignment, temperature=temperature)
        return loss

    @torch.no_grad()
    def look(self, held_out: Sequence[Tensor]) -> tuple[float, float]:
        """Judge the weights by images held out, and keep them if they are the best so far.

        Args:
            held_out: Tokens of each image, (N, D) float16, at least one.

        Returns:
            Their loss, at the temperature that training ends with, and their modularity.
        """
        sums = torch.zeros(2, dtype=torch.float64)
        for tokens in self._processes.share(held_out):
            view = tokens.float().to(self._device)[None]
            loss = self._loss(view, self.config.temperature[1])
            assignment = similarity(view, self.generator(view))
            modularity = -modularity_loss(view, assignment, gamma=self.config.gamma)
            sums += torch.tensor([float(loss), float(modularity)], dtype=torch.float64)
        loss_, modularity_ = (self._processes.add_up(sums) / len(held_out)).tolist()
        if loss_ < self.best_loss - _BETTER:
            self.best_loss, self.waited = loss_, 0
            self.best = {name: tensor.detach().clone() for name, tensor in self.generator.state_dict().items()}
        else:
            self.waited += 1
        return loss_, modularity_

    def trained(self) -> ConceptGenerator:
        """The generator with the weights that were best on the images held out, if any were looked at."""
        if self.best:
            self.generator.load_state_dict(self.best)
        return self.generator

    def tensors(self) -> dict[str, Tensor]:
        """All that a resumed run has to know, but for the facts."""
        found = {f"generator.{name}": tensor for name, tensor in self.generator.state_dict().items()}
        found |= {f"best.{name}": tensor for name, tensor in self.best.items()}
        for number, state in self._optimiser.state_dict()["state"].items():
            found |= {f"optimiser.{number}.{key}": torch.as_tensor(value) for key, value in state.items()}
        return found

    def facts(self) -> dict[str, object]:
        """Numbers that belong to them, as JSON values."""
        lowest = None if math.isinf(self.best_loss) else self.best_loss
        return {"step": self.step, "part": self.part, "best_loss": lowest, "waited": self.waited}

    def restore(self, tensors: Mapping[str, Tensor], facts: Mapping[str, object]) -> None:
        """Go on from what `tensors` and `facts` gave.

        Raises:
            RuntimeError: They are of another network.
            LookupError: Some are missing.
            ValueError: They are no such numbers.
        """
        self.generator.load_state_dict(_below("generator.", tensors))
        states: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _below("optimiser.", tensors).items():
            number, _, key = name.partition(".")
            states.setdefault(int(number), {})[key] = tensor
        whole = self._optimiser.state_dict()
        self._optimiser.load_state_dict({**whole, "state": states})
        self.best = {name: tensor.to(self._device) for name, tensor in _below("best.", tensors).items()}
        lowest = facts["best_loss"]
        self.best_loss = math.inf if lowest is None else float(str(lowest))
        self.step, self.part, self.waited = (int(str(facts[name])) for name in ("step", "part", "waited"))

    def _learning_rate(self) -> float:
        peak, warmup = self.config.learning_rate, self.config.warmup
        if self.step < warmup:
            return peak * (self.step + 1) / warmup
        share = (self.step - warmup) / max(1, self.config.steps - warmup)
        return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error of torch says that memory ran out."""
    text = str(error).lower()
    return (
        isinstance(error, (torch.OutOfMemoryError, MemoryError)) or "out of memory" in text or "can't allocate" in text
    )


def _gradient_of(weights: Tensor) -> Tensor:
    return torch.zeros_like(weights) if weights.grad is None else weights.grad


def _below(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
