"""A real but tiny backbone (timm's test_vit, seeded) and generator: features do not matter, everything else does."""

from pathlib import Path

from acseg_core.config import BackboneConfig, SegmenterConfig

TINY_BACKBONE = "test_vit"


def tiny_weights(folder: Path) -> Path:
    """Write seeded weights of the tiny backbone; returns the safetensors file."""
    import timm
    import torch
    from safetensors.torch import save_file

    path = folder / "tiny_weights.safetensors"
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        model = timm.create_model(TINY_BACKBONE, pretrained=False, num_classes=0, dynamic_img_size=True)
        # Fresh timm weights are so small that all tokens look alike; louder ones follow the colours of the image.
        state = {name: tensor * (4 if name.endswith("weight") else 1) for name, tensor in model.state_dict().items()}
    save_file(state, path)
    return path


def tiny_generator(folder: Path, *, prototypes: int = 4) -> Path:
    """Write a seeded, untrained generator for the tiny backbone; returns its file."""
    import torch

    from acseg_core.nets.generator import ConceptGenerator, GeneratorConfig

    path = folder / f"tiny_generator_{prototypes}.safetensors"
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        shape = GeneratorConfig(dim=64, prototypes=prototypes, blocks=2, heads=4, backbone=TINY_BACKBONE)
        ConceptGenerator(shape).save(path)
    return path


def tiny_config(folder: Path, *, prototypes: int = 4) -> SegmenterConfig:
    """Settings of a segmenter that takes milliseconds per image."""
    backbone = BackboneConfig(
        name=TINY_BACKBONE, weights=tiny_weights(folder), input_size=128, device="cpu", precision="float32"
    )
    return SegmenterConfig(backbone=backbone, generator=tiny_generator(folder, prototypes=prototypes))
