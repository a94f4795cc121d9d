"""The tiny labelled set, read as the simulated annotator reads it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.effort.labelled_set import LabelledSet, read_labelled_set
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.interruptible import run_to_end

MakeSet = Callable[[str], Path]


@pytest.fixture
def labelled(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> LabelledSet:
    return _read(labelled_set("png"), tiny_segmenter)


@pytest.fixture
def labelled_by_patches(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> LabelledSet:
    """The same with leaves of whole patches, which are mixed: the cells of these plain blocks are not."""
    return _read(labelled_set("png"), replace(tiny_segmenter, tree=replace(tiny_segmenter.tree, fine="ward")))


def _read(folder: Path, segmenter: SegmenterConfig) -> LabelledSet:
    truth = open_truth(folder)
    work = read_labelled_set(truth, truth.images, segmenter, granularity=0.3, ticks=4)
    return run_to_end(work, lambda tick: None)
