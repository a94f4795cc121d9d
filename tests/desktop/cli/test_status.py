"""`acseg status` as a shell sees it.

Covers: cli.effort.
"""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from shell import acseg, refused

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, WorkSpan
from acseg_desktop.language.durations import duration_text


def test_status_tells_time_and_actions(proposed):
    assert "work" not in acseg("status", proposed).stdout
    with open_project(proposed) as project:
        first, second = queries.image_ids(project)[:2]
        at = datetime(2026, 3, 4, 12, tzinfo=UTC)
        spans = [WorkSpan(first, Activity.REVIEW, at, 90.0, 11), WorkSpan(second, Activity.REVIEW, at, 30.0)]
        timings.record_work(project, [*spans, WorkSpan(None, Activity.BROWSE, at, 60.0, 2)])
        review.accept_image(project, first)
        images = len(queries.image_ids(project))
    plain = acseg("status", proposed).stdout.splitlines()
    assert "work     3 min, 13 actions, 1 min in the concept browser" in plain
    left = duration_text(180 * (images - 1))
    pace = f"pace     20 images/h: 1 min 30 s and 11.0 actions per done image; about {left} for the {images - 1}"
    assert f"{pace} left" in plain
    table = acseg("status", proposed, "--effort").stdout.splitlines()
    assert ["2026-03-04", "3:00", "13", "0"] in [line.split() for line in table]
    assert ["1:30", "11", "done"] in [line.split()[:3] for line in table]
    effort = json.loads(acseg("status", proposed, "--json", "--effort").stdout)["effort"]
    assert (effort["seconds"], effort["actions"], effort["images_per_hour"]) == (180, 13, 20)
    assert [each["seconds"] for each in effort["by_image"]] == [90, 30]
    assert effort["days"][0]["day"] == "2026-03-04"


def test_damaged_and_newer_projects_are_refused(tmp_path: Path, proposed: Path) -> None:
    import sqlite3

    newer = tmp_path / "newer"
    shutil.copytree(proposed, newer)
    connection = sqlite3.connect(newer / "project.db")
    connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    connection.commit()
    connection.close()
    assert "newer version" in refused("status", newer)


def test_a_project_open_elsewhere_is_refused_for_writing_but_can_be_read(
    tmp_path: Path, odd_photos: Path, proposed: Path
) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom acseg_core.store import open_project\n"
            "with open_project(Path(sys.argv[1])):\n    print('open', flush=True)\n    sys.stdin.read()",
            str(proposed),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"open\n"
        assert str(proposed) in refused("init", proposed, "--images", odd_photos)
        acseg("status", proposed)
        acseg("export", proposed, "--all-regions", "--out", tmp_path / "f.json")
    finally:
        holder.communicate()
