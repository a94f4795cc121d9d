"""The translation files a build makes: all of them, of their sources, or one clear line that says why not."""

import os
import shutil
from pathlib import Path

import pytest
import translations
from hatchling.builders.wheel import WheelBuilder
from PySide6.QtCore import QTranslator

build = translations.build_translations


@pytest.fixture
def project(tmp_path) -> Path:
    """A project's root with the translations' sources, and nothing made of them."""
    folder = tmp_path / build.FOLDER
    folder.mkdir(parents=True)
    for source in translations.FOLDER.glob("*.ts"):
        shutil.copy(source, folder)
    return tmp_path


def run_hook(root: Path) -> None:
    builder = WheelBuilder(str(root), config={"project": {"name": "x", "version": "1"}})
    hook = build.TranslationsHook(str(root), {}, builder.config, builder.metadata, "", "wheel", builder.app)
    hook.initialize("standard", {})


def test_a_build_makes_every_file_anew(project):
    folder = project / build.FOLDER
    (folder / "acseg_de.qm").write_bytes(b"of yesterday")
    run_hook(project)
    assert {path.stem for path in folder.glob("*.qm")} == {path.stem for path in folder.glob("*.ts")}
    assert not list(folder.glob(".*")), "nothing half made is left"
    german = QTranslator()
    assert german.load(str(folder / "acseg_de.qm"))
    (text, (translation,), _) = next(
        entry for entry in translations.entries(folder / "acseg_de.ts") if not entry[0].is_plural
    )
    assert german.translate(text.context, text.source) == translation


@pytest.mark.parametrize("fault", ["no program", "no PySide6", "no sources", "no translations file"])
def test_a_build_that_cannot_make_them_ends_with_one_line(project, fault, monkeypatch, capsys):
    if fault == "no program":
        monkeypatch.setattr(build, "_program", lambda name: project / name)
    elif fault == "no PySide6":
        monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    elif fault == "no sources":
        shutil.rmtree(project / build.FOLDER)
    else:
        (project / build.FOLDER / "acseg_de.ts").write_text("<TS", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        run_hook(project)
    told = "".join(capsys.readouterr())
    assert ended.value.code == 1
    assert len(told.strip().splitlines()) == 1, told
    assert {
        "no program": "install pyside6-essentials",
        "no PySide6": "install pyside6-essentials",
        "no sources": "source tree is not complete",
        "no translations file": "acseg_de.ts",
    }[fault] in told
    assert not (project / build.FOLDER / "acseg_de.qm").exists()


def test_only_what_is_missing_or_old_is_made_for_the_tests(project):
    folder = project / build.FOLDER
    assert len(build.release_stale(folder)) == len(list(folder.glob("*.ts")))
    assert build.release_stale(folder) == []
    later = (folder / "acseg_de.qm").stat().st_mtime + 10
    os.utime(folder / "acseg_de.ts", (later, later))
    assert build.release_stale(folder) == [folder / "acseg_de.qm"]
