"""Device and precision: what is asked for, or what there is."""

import pytest
import torch

from acseg_core.errors import ModelError
from acseg_core.nets.device import choose_device, choose_precision


def test_devices_and_precision() -> None:
    assert choose_device("cpu") == torch.device("cpu")
    assert choose_precision("float32", torch.device("cpu")) == torch.float32
    assert choose_precision("bfloat16", torch.device("cpu")) == torch.bfloat16
    assert choose_precision("auto", torch.device("mps")) == torch.float32
    if not torch.cuda.is_available():
        assert choose_device("auto").type in {"cpu", "mps"}
        with pytest.raises(ModelError, match="use auto"):
            choose_device("cuda")
