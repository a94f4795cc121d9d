"""What the data types say of themselves."""

from dataclasses import replace

import numpy as np
import pytest

from acseg_core.types import (
    DescriptorTable,
    ImageInfo,
    ImageRecord,
    ImageStatus,
    Region,
    RegionOrigin,
    RegionStatus,
    Rle,
    Verdict,
)

REGION = Region(1, 1, None, None, Rle(b"0", 1, 1), (0, 0, 1, 1), 1, RegionStatus.PROPOSED, origin=RegionOrigin.DRAWN)


@pytest.mark.parametrize("status", RegionStatus)
@pytest.mark.parametrize("label_id", [None, 3])
@pytest.mark.parametrize("verdict", Verdict)
def test_a_region_is_open_until_somebody_decides(status, label_id, verdict):
    region = replace(REGION, status=status, label_id=label_id, verdict=verdict)
    nobody_decided = label_id is None and status.value in ("proposed", "suggested")
    assert region.is_undecided == nobody_decided
    assert region.is_open == (nobody_decided and verdict.value != "declined")


def test_an_image_has_the_path_and_size_of_its_file():
    info = ImageInfo("a/b.jpg", "0" * 64, 10, 1, 6, 8, 8, 6)
    record = ImageRecord(1, info, ImageStatus.NEW)
    assert (record.path, record.width, record.height) == ("a/b.jpg", 8, 6)


def test_a_table_of_descriptors_is_as_long_as_its_rows():
    assert len(DescriptorTable(np.arange(3), np.zeros((3, 8), np.float16))) == 3
