"""Models of a project: copied in whole, found by content, renamed, deleted; what they made stays.

Covers: store.queries.model_queries.
"""

import shutil
from dataclasses import replace

import pytest
from tiny_model import a_card

from acseg_core.errors import EditError, ProjectReadOnlyError, StorageError, WeightsMismatchError, WeightsMissingError
from acseg_core.proposals.model_card import read_model, write_model
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, runs
from acseg_core.store.edits.models import add_model, delete_model, rename_model
from acseg_core.store.inputs import refuse_inputs
from acseg_core.store.queries.model_queries import BUNDLED_ID
from acseg_core.verbs import Verb


@pytest.fixture
def project(world):
    return world.create(images=2)


@pytest.fixture
def model(tmp_path):
    return write_model(tmp_path / "mine.safetensors", card=a_card(name="mine"), merges={"colour": 0.1})


def other(tmp_path, name="mine", colour=0.2):
    return write_model(tmp_path / f"{colour}.safetensors", card=a_card(name=name), merges={"colour": colour}).path


def propose(world, project, model, *, verb=Verb.PROPOSE, seed=0):
    """Regions of both images by a run of a model; None is the bundled one."""
    run = world.run if model is None else replace(world.run, model=model.name, model_sha256=model.sha256)
    run_id = runs.begin_run(project, run, verb=verb)
    for image in queries.images(project):
        tree = world.random_tree(leaves=4, seed=seed + image.id)
        runs.save_proposals(project, run_id, image.id, tree.regions(tree.tree.cut(0)), tree=tree)
    runs.finish_run(project, run_id)


def names(project):
    return [record.name for record in queries.models(project)]


def test_the_bundled_model_is_always_there_and_stays(project):
    (bundled,) = queries.models(project)
    assert (bundled.id, bundled.name, bundled.adopted, bundled.is_bundled) == (BUNDLED_ID, "bundled", True, True)
    assert bundled.path.is_file()
    for attempt in (lambda: delete_model(project, 0, force=True), lambda: rename_model(project, 0, "x")):
        with pytest.raises(EditError, match="came with the program"):
            attempt()


def test_a_model_is_copied_and_found_again_by_its_content(project, model, world):
    added = add_model(project, model.path)
    assert (added.name, added.adopted, added.is_added, added.regions) == ("mine", False, True, 0)
    assert added.card == model.card
    assert added.made_at == model.card.made_at
    assert added.path.parent == world.folder / "models"
    assert read_model(added.path).sha256 == model.sha256
    assert model.path.is_file(), "a file of somebody's own stays where it is"
    assert add_model(project, model.path, "another name") == added, "it is there already"
    project.close()
    shutil.move(world.folder, world.root / "elsewhere")
    with open_project(world.root / "elsewhere", read_only=True) as moved:
        (_, there) = queries.models(moved)
        assert there.path == world.root / "elsewhere" / "models" / added.path.name
        assert there.path.is_file()
        with pytest.raises(ProjectReadOnlyError):
            rename_model(moved, there.id, "x")


def test_a_file_in_the_folder_of_models_moves_to_its_place(project, world, tmp_path):
    (world.folder / "models").mkdir()
    trained = world.folder / "models" / "quick.safetensors"
    write_model(trained, card=a_card(name="quick"), merges={"colour": 0.1})
    added = add_model(project, trained)
    assert list((world.folder / "models").iterdir()) == [added.path]
    assert add_model(project, added.path) == added
    assert added.path.is_file()


def test_names_are_told_apart_and_follow_no_case(project, model, tmp_path):
    first = add_model(project, model.path)
    second = add_model(project, other(tmp_path))
    assert (first.name, second.name) == ("mine", "mine 2")
    for taken in ("MINE", " mine ", "Bundled"):
        with pytest.raises(EditError, match="already; choose another name"):
            add_model(project, other(tmp_path, colour=0.3), taken)
        with pytest.raises(EditError, match="already; choose another name"):
            rename_model(project, second.id, taken)
    for no_name in ("  ", "a\nb\x07", "x" * 101):
        with pytest.raises(EditError, match="1 to 100 characters"):
            rename_model(project, second.id, no_name)
    rename_model(project, second.id, "  Polyps,   thorough ")
    assert names(project) == ["bundled", "mine", "Polyps, thorough"]
    rename_model(project, second.id, "polyps, thorough")
    assert queries.model_called(project, "POLYPS, THOROUGH").id == second.id
    assert queries.model_called(project, "polyps") is None
    with pytest.raises(EditError, match="model 99 is not in the project"):
        rename_model(project, 99, "x")


def test_which_model_made_which_regions_comes_from_the_runs(project, model, world):
    propose(world, project, None)
    assert [(each.images, each.regions) for each in queries.models(project)] == [(2, 8)]
    propose(world, project, model, seed=5)
    assert [(each.name, each.regions) for each in queries.models(project)] == [("bundled", 0)]
    _, loose = queries.models(project, also_gone=True)
    assert (loose.name, loose.is_added, loose.images, loose.regions) == ("mine", False, 2, 8)
    assert queries.summary(project).last_run.model == "mine"
    added = add_model(project, model.path)
    assert (added.id, added.images, added.regions) == (loose.id, 2, 8)
    assert added.used_by == "8 regions in 2 images"
    history.undo(project)
    assert [(each.images, each.regions) for each in queries.models(project)] == [(2, 8), (0, 0)]


def test_the_adopted_one_is_deleted_only_when_that_is_said_and_what_it_made_stays(project, model, world):
    added = add_model(project, model.path)
    propose(world, project, model, verb=Verb.ADOPT_MODEL)
    assert [each.adopted for each in queries.models(project)] == [False, True]
    assert queries.adopted_file(project) == added.path
    assert queries.model(project, added.id).used_by == "adopted, 8 regions in 2 images"
    with pytest.raises(EditError, match='proposes with "mine"; adopt another model first'):
        delete_model(project, added.id)
    assert added.path.is_file()
    delete_model(project, added.id, force=True)
    assert not added.path.exists()
    assert queries.adopted_file(project) is None
    assert [each.adopted for each in queries.models(project)] == [True]
    _, gone = queries.models(project, also_gone=True)
    assert (gone.is_added, gone.regions, gone.card) == (False, 8, model.card)
    with pytest.raises(EditError, match="is not in the project"):
        delete_model(project, added.id)
    assert add_model(project, model.path).id == added.id, "added again it is the same"
    assert queries.adopted_file(project) == added.path
    history.undo(project)
    assert queries.adopted_file(project) is None


def test_what_is_no_model_is_not_added(project, model, world, tmp_path):
    model.path.write_bytes(model.path.read_bytes()[:-1])
    with pytest.raises(WeightsMismatchError, match=r"mine\.safetensors: .*damaged"):
        add_model(project, model.path)
    with pytest.raises(WeightsMissingError, match="no such model file"):
        add_model(project, tmp_path / "none.safetensors")
    assert names(project) == ["bundled"]
    assert not (world.folder / "models").exists()


def test_a_model_is_copied_whole_or_not_at_all(project, model, world, monkeypatch):
    """A full disk, and a file in the way of the folder."""

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("acseg_core.store.edits.models.shutil.copyfileobj", full)
        with pytest.raises(StorageError, match="free some space"):
            add_model(project, model.path)
    assert list((world.folder / "models").iterdir()) == []
    assert names(project) == ["bundled"]
    (world.folder / "models").rmdir()
    (world.folder / "models").write_text("in the way")
    with pytest.raises(StorageError, match="models"):
        add_model(project, model.path)
    assert names(project) == ["bundled"]


def test_an_export_never_takes_the_place_of_a_model(project, model):
    added = add_model(project, model.path)
    with pytest.raises(StorageError, match="this is a model of the project"):
        refuse_inputs(added.path, project)
    with pytest.raises(StorageError, match="this is a model of the project in"):
        refuse_inputs(added.path)
    refuse_inputs(model.path, project)


def test_a_damaged_card_is_told_as_damage_of_the_project(project, model, world):
    from acseg_core.errors import ProjectDamagedError

    add_model(project, model.path)
    project.close()
    world.sql("UPDATE model SET card = '[]' WHERE card IS NOT NULL")
    with pytest.raises(ProjectDamagedError, match=r'model .*"card"'), open_project(world.folder) as opened:
        queries.models(opened)


def test_backups_know_of_models_and_their_files_stay(project, model, world):
    from acseg_core.store.restoring import restore_backup

    add_model(project, model.path)
    project.close()
    restore_backup(world.folder, force=True)
    with open_project(world.folder) as restored:
        assert names(restored) == ["bundled", "mine"]
        assert queries.models(restored)[1].path.is_file()
