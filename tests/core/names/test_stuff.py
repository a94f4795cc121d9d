"""Names that sound like stuff, in two languages, as data sets write them."""

import pytest

from acseg_core.names.stuff import is_stuff_name


@pytest.mark.parametrize(
    "name",
    [
        "sky", "SKY", " Road ", "wet road", "dry grass", "wall-brick", "sky-other-merged", "floor-wood", "water-other",
        "Straße", "STRASSE", "Himmel", "Gebäude", "gebaeude", "Bäume", "nasse Fahrbahn", "grass_merged",
        "building", "vegetation", "terrain", "sidewalk", "Gehweg", "Wasser",
        "tree", "Baum", "apple tree", "tree-merged",
    ],
)  # fmt: skip
def test_stuff(name):
    assert is_stuff_name(name)


@pytest.mark.parametrize(
    "name",
    ["car", "person", "road sign", "wall clock", "water bottle", "street lamp", "Auto", "Straßenschild", "", " ",
     "other", "wood pigeon", "grasshopper"],
)  # fmt: skip
def test_things(name):
    assert not is_stuff_name(name)
