"""Names of a raster's numbers: beside it, or where GDAL keeps them."""

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.raster_names import has_gdal_names, raster_names

BAND = "<PAMDataset><PAMRasterBand band='1'>{}</PAMRasterBand></PAMDataset>"
LIST = BAND.format("<CategoryNames>{}</CategoryNames>")
TABLE = BAND.format("<GDALRasterAttributeTable>{}</GDALRasterAttributeTable>")


def _column(name, kind, usage):
    return f"<FieldDefn><Name>{name}</Name><Type>{kind}</Type><Usage>{usage}</Usage></FieldDefn>"


def _row(*cells):
    return f"<Row>{''.join(f'<F>{cell}</F>' for cell in cells)}</Row>"


@pytest.fixture
def raster(tmp_path):
    (tmp_path / "set").mkdir()
    return tmp_path / "set" / "classes.img"


def _beside(raster, text):
    raster.with_name("classes.img.aux.xml").write_text(text)


def test_a_list_of_names_counts_from_nothing(raster):
    assert raster_names(raster, raster.parent) is None
    _beside(
        raster, LIST.format("<Category/><Category>car</Category><Category></Category><Category> A &amp; B </Category>")
    )
    assert has_gdal_names(raster)
    assert raster_names(raster, raster.parent).by_number == {1: "car", 3: "A & B"}


@pytest.mark.parametrize(
    "columns",
    [
        [_column("Value", 0, 5), _column("Class", 2, 2), _column("note", 2, 0)],
        [_column("VALUE", 1, 0), _column("Class_Name", 2, 0), _column("note", 2, 0)],
        [_column("min", 1, 3), _column("anything", 2, 0)],
    ],
)
def test_a_table_says_numbers_and_names_in_several_ways(raster, columns):
    rows = [
        _row(1, "car", "x"),
        _row("2.0", "sky", "x"),
        _row("2.5", "no", "x"),
        _row("a", "no", "x"),
        _row(4, "", "x"),
    ]
    rows = [row if len(columns) == 3 else row.replace("<F>x</F>", "") for row in rows]
    _beside(raster, TABLE.format("".join(columns + rows + ["<Row/>"])))
    assert raster_names(raster, raster.parent).by_number == {1: "car", 2: "sky"}


def test_a_table_of_statistics_has_no_names(raster):
    _beside(raster, TABLE.format(_column("Value", 0, 5) + _column("Count", 0, 1) + _row(1, 7)))
    assert raster_names(raster, raster.parent) is None
    _beside(raster, "<PAMDataset/>")
    assert not has_gdal_names(raster)


def test_a_file_of_names_comes_first_also_that_of_the_whole_folder(raster):
    _beside(raster, LIST.format("<Category/><Category>car</Category>"))
    (raster.parents[1] / "classes.json").write_text('{"1": "bus"}')
    assert raster_names(raster, raster.parents[1]).by_number == {1: "bus"}
    (raster.parent / "classes.txt").write_text("sky\ntree")
    assert raster_names(raster, raster.parents[1]).by_number == {0: "sky", 1: "tree"}


def test_what_is_no_xml_is_told(raster):
    _beside(raster, "<PAMDataset><CategoryNames>")
    with pytest.raises(LabelFileError, match="this is not valid XML"):
        raster_names(raster, raster.parent)
