"""The tiny labelled set, read as the simulated annotator reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.effort.labelled_set import LabelledSet, read_labelled_set
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.interruptible import run_to_end

MakeSet = Callable[[str], Path]


@pytest.fixture
def labelled(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> LabelledSet:
    truth = open_truth(labelled_set("png"))
    work = read_labelled_set(truth, truth.images, tiny_segmenter, granularity=0.3, ticks=4)
    return run_to_end(work, lambda tick: None)
