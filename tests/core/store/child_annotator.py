"""A program that edits a project without end and says which operations are committed; to be killed."""

import os
import random
import signal
import sys
from pathlib import Path

import numpy as np

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, merging, review, runs
from acseg_core.types import RegionProposal, RunInfo


def _proposals(chance: random.Random, height: int, width: int) -> list[RegionProposal]:
    label_map = np.random.default_rng(chance.randrange(2**32)).integers(0, 6, (height, width), dtype=np.uint8)
    return [
        RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.ones(8, np.float16) / 8)
        for node, mask in masks.encode_label_map(label_map).items()
    ]


def _annotate(folder: Path, chance: random.Random) -> None:
    signal.alarm(60)  # never outlive a test that failed
    project = open_project(folder)
    images = queries.images(project)
    print("ready", os.getpid(), flush=True)
    while True:
        record = chance.choice(images)
        ids = [region.id for region in queries.regions(project, record.id)]
        match chance.randrange(7):
            case 0 if len(ids) > 3:
                merging.merge_regions(project, chance.sample(ids, 2))
            case 1:
                review.reject_regions(project, chance.sample(ids, 1))
            case 2:
                review.accept_image(project, record.id)
            case 3:
                run_id = runs.begin_run(project, RunInfo("vit", "b", "acg", "a", "{}", "0"))
                runs.save_proposals(project, run_id, record.id, _proposals(chance, record.height, record.width))
                runs.finish_run(project, run_id)
            case 4:
                history.undo(project)
                history.redo(project)
            case _:
                review.name_regions_as(project, chance.sample(ids, min(3, len(ids))), chance.choice("abcdefgh"))
        newest = history.operations(project, 1)[0]
        print(newest.id, newest.verb, flush=True)


def main() -> None:
    """One process imports everything; for each line "folder seed" it forks one that edits and is killed."""
    for line in sys.stdin:
        folder, seed = line.rsplit(" ", 1)
        pid = os.fork()
        if pid == 0:
            _annotate(Path(folder), random.Random(int(seed)))
        _, status = os.waitpid(pid, 0)
        print("ended", os.WTERMSIG(status), flush=True)


main()
