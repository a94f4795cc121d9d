"""Mutated labelled images of every format that is read: imported and undone, or refused in one line."""

import shutil
import sys

import pytest
from campaign.hostile_labelled import PHOTOS, SIZE, labelled, write_files, write_labelled
from campaign.hostile_reader import Figures

from acseg_core.formats.format import FORMATS

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured and bounded by /proc"),
]
_FORMATS = [each for each in FORMATS if each.opener and not each.labels_only and not each.needs_map]
"""Lists of labels have their own module; GDAL reads what lies on a map."""


_IMPORTED = 0.2
"""Share of the cases that go through a project, too, which takes ten times as long."""


def _ask(reader, path, key, *, overlaps="later", project=None):
    asked = {"key": key, "overlaps": overlaps, "photos": list(PHOTOS), "size": list(SIZE)}
    return reader.ask(do="labelled", path=str(path), project=str(project or ""), **asked)


def test_the_files_are_read_before_they_are_mutated(reader, tmp_path):
    for each in _FORMATS:
        files = labelled()[each.key]
        write_files(tmp_path / each.key, files)
        folder, single = tmp_path / each.key, [tmp_path / each.key / name for name in files]
        for path in (*(single if len(files) == 1 else []), *([folder] if each.is_folder else [])):
            answer = _ask(reader, path, each.key, project=tmp_path / "project")
            assert answer["outcome"] == "fine", answer
            assert answer["text"].startswith(f"read as {each.key}: "), answer
            assert not answer["text"].endswith(" 0 shapes"), answer


@pytest.mark.parametrize("key", [each.key for each in _FORMATS])
def test_mutated_labelled_images(campaign, reader, tmp_path, key):
    figures = Figures()
    for number, chance in campaign.cases(f"labelled {key}", 25):
        path = write_labelled(key, tmp_path / "set", chance)
        asked, overlaps = key if chance.random() < 0.8 else "", chance.choice(("later", "smaller"))
        project = tmp_path / "project" if chance.random() < _IMPORTED else None
        answer = _ask(reader, path, asked, overlaps=overlaps, project=project)
        reader.note(figures, f"case {number} ({path.name})", answer)
        campaign.progress(key, figures)
        shutil.rmtree(tmp_path / "set")
    campaign.judge(f"labelled images, {key}", figures)
