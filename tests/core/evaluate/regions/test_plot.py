"""The picture of a report: every method a line of its own, edges left out."""

from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

from acseg_core.errors import StorageError
from acseg_core.evaluate.regions.plot import save_plot, write_figure
from acseg_core.evaluate.regions.report import RegionsReport, Row
from acseg_core.evaluate.regions.scores import Scores
from acseg_core.types import RunInfo


def row(method: str, count: float, target: str, *, group: str = "methods", miou: float | None = 0.5) -> Row:
    scores = Scores(count, 0.0, miou, miou, miou, 0.5, 0.1, 0.5, 0.5, 0.4)
    return Row(group, method, target, scores, (int(count),), (1.0,), 0.1)


def report(kind: str) -> RegionsReport:
    miou = None if kind == "bsds" else 0.5
    rows = (
        row("ours", 8, "8", miou=miou),
        row("ours", 4, "default", miou=miou),
        row("kmeans", 8, "8", miou=miou),
        row("k-means leaves", 8, "8", group="ablation", miou=miou),
        row("bilinear edges", 8, "8", group="edges", miou=miou),
        row("cells", 1000, "ceiling", group="ceilings", miou=miou),
    )
    run = RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0")
    return RegionsReport("some/set", kind, ("a.png",), (), (), {}, rows, (), (8,), None, 0, run, 1.0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """The figures that are written."""
    figures: list[Figure] = []

    def write(figure: Figure, path: Path) -> None:
        figures.append(figure)
        write_figure(figure, path)

    monkeypatch.setattr("acseg_core.evaluate.regions.plot.write_figure", write)
    return figures


@pytest.mark.parametrize(
    ("kind", "labels"),
    [("png", ["oracle mean IoU", "oracle pixel accuracy"]), ("bsds", ["segmentation covering", "boundary F"])],
)
def test_the_panels_are_those_of_the_truth(drawn: list[Figure], tmp_path: Path, kind: str, labels: list[str]) -> None:
    save_plot(report(kind), tmp_path / "new" / "plot.png")
    with Image.open(tmp_path / "new" / "plot.png") as picture:
        assert (picture.format, picture.size) == ("PNG", (1760, 768))
    (figure,) = drawn
    assert [axes.get_ylabel() for axes in figure.axes] == labels
    assert figure.get_suptitle() == "set: 1 image"


def test_lines_go_by_count_and_edges_and_ceilings_have_none(drawn: list[Figure], tmp_path: Path) -> None:
    save_plot(report("png"), tmp_path / "plot.png")
    lines = {line.get_label(): line for line in drawn[0].axes[0].get_lines()}
    assert list(lines) == ["ours", "our default cut", "kmeans", "k-means leaves"]
    assert list(lines["ours"].get_xdata()) == [4, 8]
    assert list(lines["our default cut"].get_xdata()) == [4]
    assert lines["k-means leaves"].get_linestyle() == "--"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StorageError):
        save_plot(report("png"), tmp_path / "file" / "plot.png")
