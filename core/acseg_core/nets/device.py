"""Device and precision: where the networks run (cuda, mps or cpu), and in float32 or bfloat16."""

from __future__ import annotations

import torch

from acseg_core.config import Device, Precision
from acseg_core.errors import ModelError


def choose_device(wanted: Device) -> torch.device:
    """Return the device asked for; "auto" takes cuda, then mps, then cpu.

    Raises:
        ModelError: It is not there.
    """
    available = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return torch.device(next(name for name in ("cuda", "mps", "cpu") if available[name]))
    if not available[wanted]:
        raise ModelError(f"device {wanted} is not available on this computer; use auto or cpu")
    return torch.device(wanted)


def choose_precision(wanted: Precision, device: torch.device) -> torch.dtype:
    """Return torch.float32 or torch.bfloat16; "auto" takes bfloat16 where the device computes it natively."""
    if wanted == "float32":
        return torch.float32
    if wanted == "bfloat16" or _computes_bfloat16(device):
        return torch.bfloat16
    return torch.float32


def _computes_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if device.type == "cpu":
        checks = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
        return any(getattr(torch.cpu, check, bool)() for check in checks)
    return False
