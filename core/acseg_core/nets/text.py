"""CLIP text-image models through open_clip (extra `text`): vectors of class names and of crops.

Nothing is bundled: the weights are a local file, or those of a tag, from this machine or from the hub.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import normalize

from acseg_core.config import TextConfig
from acseg_core.errors import ExtraMissingError, ModelError, WeightsMismatchError, WeightsMissingError
from acseg_core.nets.device import choose_device
from acseg_core.nets.weights import hub_reachable, weights_folder

INSTALL_HINT = 'pip install "acseg-desktop[text]"'

_PROMPTS = ("a photo of a {}.", "a photo of the {}.", "a close-up photo of {}.", "there is {} in the photo.", "{}.")
"""Prompts around a word; the mean of their vectors is the word's."""

_FILES = ("open_clip_model.safetensors", "open_clip_pytorch_model.safetensors", "open_clip_pytorch_model.bin")
"""File names of weights on the hub, in the order they are tried."""


class TextModel:
    """Turns crops and names into directions that can be compared.

    Args:
        config: Which model.

    Raises:
        ExtraMissingError: open_clip is not installed.
        WeightsMissingError: The weights are nowhere to be had.
        WeightsMismatchError: They do not fit the model.
        ModelError: There is no such model, or no such device.
    """

    def __init__(self, config: TextConfig) -> None:
        open_clip = _open_clip()
        self.config = config
        self.device = choose_device(config.device)
        if config.architecture not in open_clip.list_models():
            raise ModelError(
                f"{config.architecture}: open_clip has no model with this name; try ViT-B-32, ViT-B-16 or ViT-L-14"
            )
        known = open_clip.get_pretrained_cfg(config.architecture, config.tag) if config.tag else {}
        path = _find_weights(config, known)
        self._model = _load(config, path, known)
        self._model.to(self.device).eval().requires_grad_(False)
        try:
            self._tokenizer = open_clip.get_tokenizer(config.architecture)
        except Exception as error:  # some need further packages, or files from the hub
            raise ModelError(
                f"{config.architecture}: the vocabulary of the model cannot be read here ({_first_line(error)})"
            ) from error
        settings = self._model.visual.preprocess_cfg
        size = settings["size"]
        self.size = int(size if isinstance(size, int) else size[0])
        self.fill = np.asarray(np.array(settings["mean"]) * 255, np.uint8)
        """(3,) uint8, the mean colour of the model's images, which tells it nothing."""
        self._mean = torch.tensor(settings["mean"], device=self.device).view(1, 3, 1, 1)
        self._std = torch.tensor(settings["std"], device=self.device).view(1, 3, 1, 1)

    @property
    def sharpness(self) -> float:
        """What the model multiplies cosines with before it compares classes."""
        return float(self._model.logit_scale.exp())

    def name_vectors(self, names: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """What classes mean.

        Args:
            names: For each class, one or more words for it.

        Returns:
            (C, E) float32, L2-normalised: the mean over all words and prompts.
        """
        with torch.inference_mode():
            vectors = [
                self._word_vector([prompt.format(word) for word in words for prompt in _PROMPTS]) for words in names
            ]
            return _numbers(normalize(torch.stack(vectors), dim=1))

    def crop_vectors(self, crops: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """What crops show.

        Args:
            crops: Squares (s, s, 3) uint8 RGB, of any sizes.

        Returns:
            (n, E) float32, L2-normalised.
        """
        if not crops:
            return np.zeros((0, 0), np.float32)
        with torch.inference_mode():
            vectors = [self._model.encode_image(batch) for batch in self._batches(crops)]
            return _numbers(normalize(torch.cat(vectors).float(), dim=1))

    def _word_vector(self, sentences: Sequence[str]) -> Tensor:
        encoded: Tensor = self._model.encode_text(self._tokenizer(sentences).to(self.device))
        return normalize(encoded.float(), dim=1).mean(dim=0)

    def _batches(self, crops: Sequence[NDArray[np.uint8]]) -> Iterator[Tensor]:
        """(b, 3, s, s) float32, as the model wants it."""
        for start in range(0, len(crops), self.config.batch):
            chunk = np.stack([_resized(crop, self.size) for crop in crops[start : start + self.config.batch]])
            pixels = torch.from_numpy(chunk).to(self.device).permute(0, 3, 1, 2).float() / 255
            yield (pixels - self._mean) / self._std


def _open_clip() -> Any:
    try:
        import open_clip
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            f"names from a list need open_clip, which is not installed ({error.name}); install it with: {INSTALL_HINT}"
        ) from error
    return open_clip


def _find_weights(config: TextConfig, known: dict[str, Any]) -> Path:
    """The file of weights: the one given, one that was placed, one downloaded before, or a new download.

    Raises:
        WeightsMissingError: There is none; the message says where to put it.
    """
    if config.weights is not None:
        if not config.weights.is_file():
            raise WeightsMissingError(f"{config.weights}: no such file; give the path of the text model's weights")
        return config.weights
    placed = weights_folder() / f"{config.model.replace(':', '.')}.safetensors"
    if placed.is_file():
        return placed
    if not known:
        import open_clip

        tags = open_clip.list_pretrained_tags_by_model(config.architecture)
        some = f"; open_clip knows {', '.join(tags[:3])}" if tags else ""
        raise WeightsMissingError(
            f"{config.model}: there are no weights with this tag{some}; write {config.architecture}:TAG, or give a "
            "file with weights"
        )
    return _fetch(config, known, placed)


def _fetch(config: TextConfig, known: dict[str, Any], placed: Path) -> Path:
    from huggingface_hub import hf_hub_download
    from open_clip.pretrained import download_pretrained

    repository, _, file_name = str(known.get("hf_hub", "")).rpartition("/")

    def missing(reason: str) -> WeightsMissingError:
        source = f"get {file_name or _FILES[0]} of {repository} from the Hugging Face hub" if repository else "get them"
        return WeightsMissingError(
            f"{config.model}: its weights are not on this computer and {reason}; on a computer with a network, "
            f"{source}, then pass the file with --text-weights or save it as {placed}"
        )

    for candidate in (file_name,) if file_name else _FILES:
        if repository:
            try:
                return Path(hf_hub_download(repository, candidate, local_files_only=True))
            except OSError:
                continue
    if not hub_reachable():
        raise missing("the hub cannot be reached")
    try:
        return Path(download_pretrained(known))
    except Exception as error:  # whatever the network, the hub or its client may say
        raise missing(f"could not be downloaded ({_first_line(error)})") from error


def _load(config: TextConfig, path: Path, known: dict[str, Any]) -> Any:
    import open_clip

    normalisation = {key: known[key] for key in ("mean", "std") if known.get(key) is not None}
    try:
        return open_clip.create_model(
            config.architecture,
            pretrained=str(path),
            force_quick_gelu=bool(known.get("quick_gelu", False)),
            force_preprocess_cfg=normalisation or None,
        )
    except (
        RuntimeError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        UnpicklingError,
        EOFError,
    ) as error:
        raise WeightsMismatchError(
            f"{path}: these are not weights for {config.architecture}, or they are damaged; check the model name "
            "and the file"
        ) from error
    except Exception as error:
        if type(error).__name__ == "SafetensorError":
            raise WeightsMismatchError(f"{path}: not a safetensors file, or damaged; download it again") from error
        raise


def _resized(crop: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    shrinks = crop.shape[0] > size
    resized = cv2.resize(crop, (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.asarray(resized, np.uint8)


def _numbers(tensor: Tensor) -> NDArray[np.float32]:
    return np.asarray(tensor.cpu().numpy(), np.float32)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
