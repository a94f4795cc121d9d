"""Weights of backbones: where they are found, and how they are downloaded.

They come from the bundled file (DINOv2 ViT-S/14), a local safetensors file, the weights folder of the user, or the
Hugging Face hub under the timm name, in that order.
"""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import timm
from platformdirs import user_data_path

from acseg_core.config import DEFAULT_BACKBONE
from acseg_core.errors import WeightsMissingError
from acseg_core.output.atomic_write import storage_error
from acseg_resources import resource_path

_BUNDLED_TAGS = {"", "lvd142m"}
_HUB_TIMEOUT_SECONDS = 4.0


def find_weights(name: str, given: Path | None) -> Path:
    """Find or fetch the weights of a backbone.

    Raises:
        WeightsMissingError: They are nowhere to be had; the message says where to put them.
    """
    if given is not None:
        if not given.is_file():
            raise WeightsMissingError(f"{given}: no such weights file; give the path of a safetensors file")
        return given
    architecture, _, tag = name.partition(".")
    if architecture == DEFAULT_BACKBONE and tag in _BUNDLED_TAGS:
        return resource_path("weights", f"{DEFAULT_BACKBONE}.safetensors")
    placed = weights_folder() / f"{name}.safetensors"
    return placed if placed.is_file() else _fetch(name, placed)


def weights_folder() -> Path:
    """Where users may place safetensors files named after their timm model."""
    return user_data_path("acseg-desktop", appauthor=False) / "weights"


def _fetch(name: str, placed: Path) -> Path:
    from huggingface_hub import hf_hub_download

    known = timm.get_pretrained_cfg(name, allow_unregistered=True)
    repository = known.hf_hub_id if known is not None else None
    if not repository:
        raise WeightsMissingError(f"{name}: timm knows no weights for it; give a safetensors file with --weights")
    file_name = known.hf_hub_filename or "model.safetensors"

    def missing(reason: str) -> WeightsMissingError:
        return WeightsMissingError(
            f"{name}: its weights are not on this computer and {reason}; on a computer with a network, download "
            f"{file_name} of {repository} from the Hugging Face hub, then pass it with --weights or save it as {placed}"
        )

    try:
        return Path(hf_hub_download(repository, file_name, local_files_only=True))
    except OSError:
        if not hub_reachable():
            raise missing("the hub cannot be reached") from None
    try:
        return Path(hf_hub_download(repository, file_name))
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise storage_error(Path(error.filename or placed.parent), error) from error
        raise missing(f"could not be downloaded ({str(error).splitlines()[0]})") from error


def hub_reachable() -> bool:
    """Fail in seconds where the hub's client would go on retrying for a minute."""
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        return False
    if os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"):
        return True
    address = urlsplit(os.environ.get("HF_ENDPOINT", "https://huggingface.co"))
    port = address.port or (80 if address.scheme == "http" else 443)
    try:
        socket.create_connection((address.hostname or "", port), timeout=_HUB_TIMEOUT_SECONDS).close()
    except OSError:
        return False
    return True
