"""Sentences of the core in the language of the window."""

import errno

import pytest
import translations

from acseg_core.errors import AcsegError
from acseg_core.images.files import load_image
from acseg_core.images.finding import find_images
from acseg_core.output.atomic_write import check_writable, storage_error
from acseg_core.reports import UnusedPart
from acseg_core.store import create_project, open_project
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.image_search import parse
from acseg_desktop.dialogs.message import Message
from acseg_desktop.language import words
from acseg_desktop.language.core_messages import translated, translated_part


@pytest.fixture
def german(qapp):
    words.use(qapp, "de")
    yield
    words.use(qapp, "en")


def test_the_core_s_sentences_are_those_of_its_sources():
    there = translations.CORE.read_text(encoding="utf-8")
    assert there == translations.listed(translations.error_sentences()), "run `python tests/translations.py`"


def test_errors_of_the_core_are_told_in_german(german, tmp_path):
    def error_of(work):
        with pytest.raises(AcsegError) as caught:
            work()
        return translated(caught.value)

    nowhere = tmp_path / "no such: folder"
    assert error_of(lambda: find_images(nowhere)) == (
        f"{nowhere}: Diesen Ordner gibt es nicht; den Pfad prüfen oder das Laufwerk anschließen"
    )
    assert error_of(lambda: check_writable(nowhere / "out")) == (
        f"{nowhere / 'out'}: den Ordner gibt es nicht; ihn anlegen oder einen anderen Ort wählen"
    )
    cut = tmp_path / "cut.png"
    cut.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert error_of(lambda: load_image(cut)) == f"{cut}: abgeschnittene PNG-Datei"
    assert error_of(lambda: load_image(tmp_path / "gone.png")) == f"{tmp_path / 'gone.png'}: fehlt"
    assert error_of(lambda: parse("labl:car")) == (
        "den Suchschlüssel „labl“ gibt es nicht: war label gemeint? Einen Pfad, der : enthält, in Anführungszeichen "
        "setzen"
    )
    folder = tmp_path / "{project}"
    with create_project(folder, image_root=tmp_path) as project:
        assert "ist in einem anderen Programm geöffnet" in error_of(lambda: open_project(folder))
        assert error_of(lambda: open_project(folder)).startswith(f"{folder}: ")
        create_label(project, "car")
        told = error_of(lambda: create_label(project, "car"))
        assert told == "es gibt schon ein Label „car“; einen anderen Namen wählen"
        assert "schon ein Projekt" in error_of(lambda: create_project(folder, image_root=tmp_path))
    assert "kein Projekt" in error_of(lambda: open_project(tmp_path))
    full = storage_error(tmp_path, OSError(errno.ENOSPC, "No space left on device"))
    assert translated(full) == f"{tmp_path}: der Datenträger ist voll; Platz schaffen und noch einmal versuchen"


def test_what_is_not_known_and_what_is_english_stays_as_it_is(qapp, german, tmp_path):
    for text in ("Input/output error", "", "a: b: c", "/a/missing {0}"):
        assert translated(text) == text
    words.use(qapp, "en")
    with pytest.raises(AcsegError) as caught:
        find_images(tmp_path / "nowhere {0}")
    assert translated(caught.value) == str(caught.value)


def test_an_error_in_the_window_is_german(german, hands, tmp_path):
    hands.window.open(tmp_path / "nowhere")
    message = hands.dialog(Message)
    assert message.text.text() == f"{tmp_path / 'nowhere'}: Diesen Ordner gibt es nicht; das Projekt zuerst anlegen"


def test_all_that_reports_say_is_known(german):
    """On the code of before the notes of exports, splits and lists of labels stayed English."""
    known = set(translations.error_sentences())
    said = {
        "no near-duplicates and no video sequences were found among the images",
        "clusters kept together: {0}",
        "named more than once, imported once: {0}",
        "images are not called .jpg, as readers of Pascal VOC expect",
    }
    assert said <= known
    assert translated("video sequences kept together: 2, with 9 frames (by name and likeness)") == (
        "Videosequenzen zusammengehalten: 2 mit 9 Einzelbildern (nach Namen und Ähnlichkeit)"
    )
    part = UnusedPart('labels that are void leave as "sky: \\"x\\"", which is void, too', 1200, ("a", "b"))
    assert translated_part(part).startswith("1.200 Labels")
    assert 'sky: \\"x\\"' in translated_part(part)
