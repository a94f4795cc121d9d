"""A real but tiny backbone (timm's test_vit, seeded) and generator: features do not matter, everything else does."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.proposals.model_card import ModelCard, write_model

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


def a_card(**fields: Any) -> ModelCard:
    """The card of a model that was trained on sixty images."""
    card = ModelCard(
        name="polyps, quick",
        made_at="2026-11-30T12:00:00+00:00",
        version="0.1.0",
        backbone=TINY_BACKBONE,
        backbone_sha256="a" * 64,
        images=60,
        data_sha256="b" * 64,
        held_out=20,
        settings={"steps": 3, "temperature": [0.1, 0.02]},
        versions={"python": "3.11"},
        curves={"loss": [[1.0, 0.5], [2.0, 0.25]]},
        figures={"before_regions": 5.1, "after_regions": 4.5},
        verdict="Better on 14 of 20 images.",
        seconds=180.5,
    )
    return replace(card, **fields)


def tiny_model(folder: Path, *, name: str = "mine", **parts: Any) -> Path:
    """Write a model file for the tiny backbone with weights of merges, if no other parts are given."""
    from acseg_core.nets.backbone import Backbone

    backbone = Backbone(tiny_config(folder).backbone)
    card = a_card(name=name, backbone=backbone.name, backbone_sha256=backbone.weights_sha256)
    return write_model(folder / f"{name}.safetensors", card=card, **(parts or {"merges": {"count": 12}})).path
