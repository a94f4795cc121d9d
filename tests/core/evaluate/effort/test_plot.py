"""The picture of the simulated annotator: effort per image, one line for each strategy, other ways as references."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

from acseg_core.errors import StorageError
from acseg_core.evaluate.effort.plot import save_effort_plot
from acseg_core.evaluate.effort.report import EffortReport, StrategyCurve
from acseg_core.evaluate.effort.score_table import Point
from acseg_core.evaluate.regions.plot import write_figure
from acseg_core.types import RunInfo


def curve(strategy: str) -> StrategyCurve:
    points = [Point("names", number, number, 20.0 * number, number / 10, number / 20) for number in range(10)]
    return StrategyCurve.of(strategy, points, images=2)


@pytest.fixture
def report() -> EffortReport:
    curves = (curve("by region"), curve("dense from 1 by hand"))
    run = RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0")
    return EffortReport("some/set", "png", ("a.png", "b.png"), (), (), 0.5, 8, 6, curves, (), (), 0, run, 1.0)


def test_effort_is_that_of_one_image(report: EffortReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures: list[Figure] = []

    def write(figure: Figure, path: Path) -> None:
        figures.append(figure)
        write_figure(figure, path)

    monkeypatch.setattr("acseg_core.evaluate.effort.plot.write_figure", write)
    save_effort_plot(report, tmp_path / "new" / "plot.png")
    with Image.open(tmp_path / "new" / "plot.png") as picture:
        assert picture.format == "PNG"
    (figure,) = figures
    seconds = figure.axes[0]
    assert (seconds.get_xscale(), seconds.get_ylabel(), seconds.get_ylim()) == ("log", "pixel accuracy", (0, 1))
    lines = {line.get_label(): line for line in seconds.get_lines()}
    assert list(lines["by region"].get_xdata()) == [10.0 * number for number in range(1, 10)], "no effort has no place"
    assert lines["dense from 1 by hand"].get_linestyle() == "--"
    for name, whole in report.references.items():
        assert list(lines[name].get_xdata()) == [whole / 2] * 2
    assert (
        len([axes for axes in figure.axes if "polygons, 80 s per mask" in [x.get_label() for x in axes.get_lines()]])
        == 2
    )


def test_a_place_that_cannot_be_written_is_told(report: EffortReport, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError):
        save_effort_plot(report, tmp_path / "file" / "plot.png")
