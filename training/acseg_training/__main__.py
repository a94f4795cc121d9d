"""``python -m acseg_training FOLDER... --out MODEL``: train a model from a shell, without the desktop package."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig
from acseg_core.errors import AcsegError, CancelledError
from acseg_core.images.label_maps import RULE
from acseg_core.interruptible import run_to_end
from acseg_core.types import Progress
from acseg_training.corpus import Corpus
from acseg_training.projection import write_projection
from acseg_training.trainer import TrainingConfig, checkpoint_path, train

_PAPER: dict[str, Any] = {
    "prototypes": 5,
    "quantisation": 0.0,
    "modularity": 1.0,
    "start": "soft-kmeans",
    "learning_rate": 4e-5,
    "warmup": 20,
    "steps": 900,
    "batch": 8,
    "projected": 0,
}
"""Settings of the paper's configuration; those that the paper leaves open were chosen by measurement."""


def main(arguments: list[str] | None = None) -> int:
    """Parse, train, report; returns the exit code (0 done, 1 failed, 2 wrong use)."""
    options = _parser().parse_args(arguments)
    try:
        backbone = BackboneConfig(
            name=options.backbone, weights=options.weights, device=options.device, input_size=options.input_size
        )
        paper = _PAPER if options.paper else {}
        chosen = {name: getattr(options, name) for name in ("steps", "prototypes", "seed", "views")}
        given = {name: value for name, value in chosen.items() if value is not None}
        config = TrainingConfig(backbone=backbone, **{**paper, **given})
        corpus = Corpus.from_folders(
            options.folders, most=options.images, seed=config.seed, label_maps=options.label_maps
        )
        if corpus.left_out:
            sys.stderr.write(f"{len(corpus.left_out)} label maps left out; --label-maps treats them as photos\n")
        if options.projection:
            fitted = run_to_end(write_projection(corpus, options.out, backbone), _show)
            sys.stdout.write(f"{options.out}: {' x '.join(map(str, fitted.matrix.shape))}\n")
            return 0
        work = train(corpus, options.out, config, cache=options.cache, resume=options.resume)
        report = run_to_end(work, _show)
    except CancelledError:
        kept = checkpoint_path(options.out)
        sys.stderr.write(f"stopped; --resume continues from {kept}\n" if kept.exists() else "stopped\n")
        return 1
    except (AcsegError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{report.path}: {report.steps} steps, loss {report.loss:.4f}\n")
    return 0


def _show(tick: Progress) -> None:
    """Progress goes to stderr when that is a terminal, what the work starts with always."""
    if tick.done == 0:
        sys.stderr.write(f"{tick.message}\n")
    elif sys.stderr.isatty():
        sys.stderr.write(f"\r{tick.done}/{tick.total} {tick.message:<60.60}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m acseg_training", description="Train a model on your own photos, without labels."
    )
    parser.add_argument("folders", nargs="+", type=Path, help="folders with images")
    parser.add_argument("--out", required=True, type=Path, help="model file to write")
    parser.add_argument("--steps", type=int, help="number of training steps")
    parser.add_argument("--prototypes", type=int, help="largest number of concepts in an image")
    parser.add_argument("--views", type=int, help="number of views of each image in the feature cache")
    parser.add_argument("--images", type=int, help="train on at most this many images, chosen at random")
    parser.add_argument("--seed", type=int, help="random seed")
    parser.add_argument("--label-maps", action="store_true", help=f"treat label maps as photos too; {RULE}")
    parser.add_argument(
        "--paper", action="store_true", help="use the settings of the paper: 5 prototypes, modularity only"
    )
    parser.add_argument(
        "--projection", action="store_true", help="fit only the projection by which patches are compared"
    )
    parser.add_argument("--backbone", default=DEFAULT_BACKBONE, help="name of a vision transformer in timm")
    parser.add_argument("--weights", type=Path, help="safetensors file with the weights of the backbone")
    parser.add_argument("--input-size", type=int, default=448, help="pixels per side that the model sees")
    parser.add_argument(
        "--device", choices=["auto", "cpu", "cuda", "mps"], default="auto", help="device to run the model on"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=user_cache_path("acseg-desktop", appauthor=False) / "features",
        help="folder for the feature cache",
    )
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint beside --out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
