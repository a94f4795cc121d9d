"""A real but tiny open_clip model that has learned the words for four colours; made anew, in a second or two."""

import json
from pathlib import Path

import numpy as np

TINY_TEXT_MODEL = "acseg-tiny"
_SHAPE = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 32, "patch_size": 16, "head_width": 16},
    "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1},
}
_COLORS = {"red": (195, 55, 55), "green": (55, 195, 55), "blue": (55, 55, 195), "yellow": (175, 175, 55)}


def register_tiny_text_model(folder: Path) -> None:
    """Make open_clip know the model by its name."""
    import open_clip

    path = folder / f"{TINY_TEXT_MODEL}.json"
    path.write_text(json.dumps(_SHAPE))
    open_clip.add_model_config(path)


def untrained_text_model():
    """The seeded model as it begins."""
    import open_clip
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        shape = {key: dict(value) if isinstance(value, dict) else value for key, value in _SHAPE.items()}
        return open_clip.CLIP(**shape)


def tiny_text_weights(folder: Path, *, steps: int = 80) -> Path:
    """Teach the model four colours; returns the safetensors file."""
    import open_clip
    import torch
    from safetensors.torch import save_file
    from torch.nn.functional import cross_entropy, normalize

    register_tiny_text_model(folder)
    model = untrained_text_model()
    words = open_clip.get_tokenizer(TINY_TEXT_MODEL)([f"a photo of a {name}." for name in _COLORS])
    colors = torch.tensor(list(_COLORS.values())).float() / 255
    mean, std = (
        torch.tensor(each).view(1, 3, 1, 1) for each in (open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD)
    )
    random = torch.Generator().manual_seed(0)
    optimiser = torch.optim.Adam(model.parameters(), 3e-3)
    for _ in range(steps):
        noise = torch.randn((4, 3, 32, 32), generator=random) * 0.05
        images = (colors[:, :, None, None] + noise - mean) / std
        bar = int(torch.randint(0, 13, (1,), generator=random))  # what is beside a region is grey
        images[:, :, :bar] = images[:, :, 32 - bar :] = 0
        seen, said = normalize(model.encode_image(images), dim=1), normalize(model.encode_text(words), dim=1)
        loss = cross_entropy(20 * seen @ said.T, torch.arange(4)) + cross_entropy(20 * said @ seen.T, torch.arange(4))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    path = folder / "tiny_text.safetensors"
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)
    assert np.isfinite(loss.item())
    return path
