"""``python -m acseg_training FOLDER... --out MODEL``: train a model from a shell, without the desktop package.

``torchrun --nproc-per-node N -m acseg_training ...`` trains the same model with several processes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path

from acseg_core.config import DEFAULT_BACKBONE, BackboneConfig
from acseg_core.errors import AcsegError, CancelledError
from acseg_core.images.label_maps import RULE
from acseg_core.interruptible import run_to_end
from acseg_core.types import Progress
from acseg_training.checkpoint import checkpoint_path
from acseg_training.corpus import Corpus
from acseg_training.holding_out import holding_out, usual_share
from acseg_training.processes import Processes, joined_processes, run_together
from acseg_training.progress import TrainingTick, spelled_out
from acseg_training.projection import write_projection
from acseg_training.settings import PRESETS, chosen_settings
from acseg_training.training import TrainingReport, train

Result = TypeVar("Result")


def main(arguments: list[str] | None = None) -> int:
    """Parse, train, report; returns the exit code (0 done, 1 failed, 2 wrong use)."""
    options = _parser().parse_args(arguments)
    try:
        with joined_processes(options.device) as processes:
            _train(options, processes)
    except CancelledError:
        kept = checkpoint_path(options.out)
        sys.stderr.write(f"stopped; --resume continues from {kept}\n" if kept.exists() else "stopped\n")
        return 1
    except (AcsegError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _train(options: argparse.Namespace, processes: Processes) -> None:
    backbone = BackboneConfig(
        name=options.backbone, weights=options.weights, device=options.device, input_size=options.input_size
    )
    given = {name: getattr(options, name) for name in ("steps", "prototypes", "seed", "views", "hold_out")}
    if options.cache_gb is not None:
        given["cache_budget"] = round(options.cache_gb * 1024**3)
    if not options.compare:
        given["compared"] = 0
    config = chosen_settings(backbone, preset=options.preset, paper=options.paper, **given)
    corpus = Corpus.from_folders(
        options.folders, most=options.images, seed=config.seed, label_maps=options.label_maps, exclude=options.exclude
    )
    if corpus.left_out and processes.is_first:
        sys.stderr.write(f"{len(corpus.left_out)} label maps left out; --label-maps treats them as photos\n")
    if options.projection:
        fitted = _followed(write_projection(corpus, options.out, backbone, processes=processes), processes)
        if processes.is_first:
            sys.stdout.write(f"{options.out}: {' x '.join(map(str, fitted.matrix.shape))}\n")
        return
    share = config.hold_out if options.hold_out is not None else usual_share(len(corpus), config.hold_out)
    trained_on, held_out = _followed(holding_out(corpus, share, seed=config.seed), processes)
    work = train(
        trained_on,
        options.out,
        config,
        cache=options.cache,
        resume=options.resume,
        held_out=held_out,
        name=options.name,
        processes=processes,
    )
    report = _followed(work, processes)
    if processes.is_first:
        _tell(report)


def _followed(work: Generator[Progress, None, Result], processes: Processes) -> Result:
    """Run work to its end; the first process tells how far it is."""
    if processes.count > 1:
        return run_together(work, processes, _show if processes.is_first else lambda _: None)
    return run_to_end(work, _show)


def _tell(report: TrainingReport) -> None:
    for each in report.skipped:
        sys.stderr.write(f"{each.path}: skipped, {each.reason}\n")
    told = []
    if report.projected:
        told.append(f"projection fitted to {report.projected} images")
    if report.merges is not None:
        told.append(report.merges.told)
    if report.steps:
        told.append(f"generator trained in {report.steps} steps, loss {report.loss:.4f}")
    sys.stdout.write(f"{report.path}: {', '.join(told)}\n")
    if report.comparison is not None:
        sys.stdout.write(f"{report.comparison.verdict}\n")


def _show(tick: Progress) -> None:
    """Progress goes to stderr when that is a terminal, what the work starts with always."""
    if tick.done == 0 and tick.message:
        sys.stderr.write(f"{tick.message}\n")
    elif sys.stderr.isatty():
        left = tick.seconds_left if isinstance(tick, TrainingTick) else None
        told = "" if left is None else f" {spelled_out(left)} left"
        sys.stderr.write(f"\r{tick.done}/{tick.total}{told} {tick.message:<60.60}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m acseg_training", description="Train a model on your own photos, without labels."
    )
    parser.add_argument("folders", nargs="+", type=Path, help="folders with images")
    parser.add_argument("--out", required=True, type=Path, help="model file to write")
    parser.add_argument(
        "--preset",
        choices=list(PRESETS),
        help="quick fits the projection by which patches are compared; thorough trains a concept generator, too",
    )
    parser.add_argument("--name", default="", help="name of the model; that of its file if left out")
    parser.add_argument("--steps", type=int, help="number of training steps")
    parser.add_argument("--prototypes", type=int, help="largest number of concepts in an image")
    parser.add_argument("--views", type=int, help="number of views of each image in the feature cache")
    parser.add_argument("--images", type=int, help="train on at most this many images, chosen at random")
    parser.add_argument(
        "--exclude", action="append", default=[], metavar="GLOB", help="leave out images with such a path"
    )
    parser.add_argument(
        "--hold-out", type=float, metavar="SHARE", help="share of the images to judge the model by, such as .2"
    )
    parser.add_argument(
        "--compare",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="compare with the bundled model on the images held out",
    )
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
    parser.add_argument("--cache-gb", type=float, help="disk space that the feature cache may take, in GB")
    parser.add_argument("--resume", action="store_true", help="continue from the checkpoint beside --out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
