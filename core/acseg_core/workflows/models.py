"""Which model a project is proposed with, where nobody names one. Importing this module loads no torch."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import WeightsMissingError, quoted
from acseg_core.proposals.model_card import bundled_model
from acseg_core.store import Project, queries


def with_own_model(project: Project, config: SegmenterConfig) -> SegmenterConfig:
    """The settings with the model that the project has adopted, unless they name one.

    ACSeg as published is a model of its own: none that a project adopts takes its place.

    Raises:
        WeightsMissingError: The adopted model's file is gone.
    """
    if config.generator is not None or config.method == "acseg":
        return config
    path = queries.adopted_file(project)
    if path is not None and not path.is_file():
        raise WeightsMissingError(
            f"{path}: the file of the adopted model is missing; put it back, or adopt another one: `acseg models "
            f"{project.folder} --adopt bundled`"
        )
    return replace(config, generator=path)


def usual_config(project: Project) -> SegmenterConfig:
    """The settings of the project's last run, as far as they are about the backbone; the bundled one's where none was.

    Whatever a project from somebody else says there only names a network and a file of weights, which are checked.
    """
    last = queries.summary(project).last_run
    usual = SegmenterConfig()
    try:
        told = json.loads(last.config_json)["backbone"] if last else {}
        backbone = BackboneConfig(
            name=str(told["name"]),
            weights=None if told["weights"] is None else Path(str(told["weights"])),
            input_size=int(told["input_size"]),
        )
    except (LookupError, TypeError, ValueError):
        return usual
    return replace(usual, backbone=backbone)


def named_model(project: Project, named: str) -> Path:
    """The file of a model that somebody names: by its name in the project, "bundled", or as a file.

    Raises:
        WeightsMissingError: There is none of that name, and no such file.
    """
    path = Path(named)
    is_path = path.suffix == ".safetensors" or len(path.parts) > 1
    record = None if is_path and path.is_file() else queries.model_called(project, named)
    if record is not None:
        return bundled_model() if record.is_bundled else record.path
    if is_path or path.is_file():
        return path
    known = ", ".join(quoted(each.name) for each in queries.models(project))
    raise WeightsMissingError(
        f"{quoted(named)}: no model of the project, and no file; `acseg models {project.folder}` lists them: {known}"
    )
