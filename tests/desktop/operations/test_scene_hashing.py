"""Files of scenes are hashed when a project is open and nothing else is going on."""

import hashlib

from scene_files import write_scene

from acseg_core.store import create_project, open_project
from acseg_core.store.queries import scene_queries
from acseg_core.types import Progress
from acseg_core.workflows.scenes import add_scene
from acseg_desktop.jobs import Lane
from acseg_desktop.operations import scene_hashing
from acseg_desktop.operations.scene_hashing import SceneHashing


def make_project(tmp_path):
    write_scene(tmp_path / "maps" / "a.tif")
    with create_project(tmp_path / "project", image_root=tmp_path / "maps") as project:
        add_scene(project, "a.tif", side=100)
    return tmp_path / "project"


def hashes(folder):
    with open_project(folder, read_only=True) as project:
        return [scene.sha256 for scene in scene_queries.scenes(project)]


def test_it_is_done_after_opening(open_session, qtbot, tmp_path):
    folder = make_project(tmp_path)
    session = open_session(folder)
    hashing = SceneHashing(session)
    session.recount()
    expected = [hashlib.sha256((tmp_path / "maps" / "a.tif").read_bytes()).hexdigest()]
    qtbot.waitUntil(lambda: hashes(folder) == expected)
    assert hashing is not None


def test_it_gives_way_and_begins_anew(open_session, qtbot, tmp_path, monkeypatch):
    folder = make_project(tmp_path)
    session = open_session(folder)
    begun = []

    def endless(project):
        begun.append(project)
        while True:
            yield Progress(0, 0)

    monkeypatch.setattr(scene_hashing, "hash_scenes", endless)
    hashing = SceneHashing(session)
    session.opened.emit()
    qtbot.waitUntil(lambda: len(begun) == 1)
    other = session.jobs.submit(Lane.DISK, lambda: "scanned", title="Scanning")
    with qtbot.waitSignal(other.succeeded):
        pass
    qtbot.waitUntil(lambda: len(begun) == 2)
    session.jobs.cancel_all()
    assert hashing is not None
