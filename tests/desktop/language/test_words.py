"""The translation files: up to date with the sources, complete, and with every placeholder in its place."""

import re
import shutil
import subprocess
import sys

import pytest
import translations
from PySide6.QtCore import QLocale

from acseg_core.verbs import Verb
from acseg_desktop.language import words
from acseg_desktop.panels.granularity_bar import count_text

SOURCE = {code: translations.FOLDER / f"acseg_{code}.ts" for code in translations.LANGUAGES}


def test_there_is_a_file_for_every_language_offered():
    assert set(translations.LANGUAGES) == set(words.LANGUAGES)


@pytest.mark.parametrize("code", ["en", "de"])
def test_every_text_of_the_sources_is_in_the_file_and_nothing_else(code):
    wanted = {text for text in translations.texts() if code != "en" or text.is_plural}
    there = {text for text, _, _ in translations.entries(SOURCE[code])}
    assert there == wanted, "run `python tests/translations.py`"


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_compiled_file_is_that_of_its_source(code, tmp_path):
    made = tmp_path / "made.qm"
    translations.build_translations.release(SOURCE[code], made)
    assert made.read_bytes() == SOURCE[code].with_suffix(".qm").read_bytes(), "run `python tests/translations.py`"


@pytest.mark.parametrize("code", ["en", "de"])
def test_translations_have_the_placeholders_and_mnemonics_of_their_source(code):
    for text, forms, _ in translations.entries(SOURCE[code]):
        for form in forms:
            assert sorted(re.findall(r"\{\w*\}", form)) == sorted(re.findall(r"\{\w*\}", text.source)), text
            assert ("%Ln" in form) == ("%Ln" in text.source) or text.is_plural, text
            assert len(re.findall("&[^& ]", form)) == len(re.findall("&[^& ]", text.source)), text
            assert form.endswith("…") == text.source.endswith("…"), text
            assert form.strip() == form, text


_PRIVATE = (
    *("concept tree", "partition", "un-name", "upwards", " tip", "alike,", "find alike", "anew", "mend ", "drop"),
    *("is there already", "at once and", "stopped", "taken back", "take back", "nobody", "by what", "any ground"),
)
"""What annotators have no word for, or another one, in the window; messages of the core are read elsewhere."""

_NAMES = {"Propose form": "concept tree"}
"""Names that choices of a form have, whatever words they are made of: of a method, beside "ACSeg (CVPR 2023)"."""


def test_the_window_says_what_people_who_label_images_say():
    """On the code of before each of these stood in a menu, a dialog or a message."""
    stored = {verb.value for verb in Verb}  # what undo shows instead is read below
    for text in translations.texts():
        if text.context in ("Core", "Start page") or text.source in stored:
            continue
        said = f" {text.source.replace('&', '').lower()}".replace(_NAMES.get(text.context, "\0"), "")
        assert not [word for word in _PRIVATE if word in said], text


def test_the_german_window_addresses_nobody():
    """Remedies are infinitives: "neu exportieren"; on the code of before some said "Wählen Sie"."""
    for text, forms, _ in translations.entries(SOURCE["de"]):
        if text.context != "Core":
            assert not [form for form in forms if re.search(r"[a-z]en Sie\b|\bIhr", form)], text


def test_a_percentage_is_written_as_in_its_language(qapp):
    """On the code of before English had the space that German has."""
    assert (words.percent(0.9), words.percent_text("")) == ("90%", "%")
    try:
        words.use(qapp, "de")
        assert words.percent(0.9) == "90 %"
    finally:
        words.use(qapp, "en")


def test_counts_have_their_plural_and_numbers_their_separators(qapp):
    assert [count_text(count) for count in (0, 1, 2, 1234)] == ["0 regions", "1 region", "2 regions", "1,234 regions"]
    try:
        assert words.use(qapp, "de") == "de"
        assert [count_text(count) for count in (1, 1234)] == ["1 Region", "1.234 Regionen"]
        assert words.percent(0.125, digits=1) == "12,5 %"
    finally:
        words.use(qapp, "en")
    assert count_text(1) == "1 region"


def test_a_file_that_is_replaced_while_the_program_runs_does_no_harm(qapp, tmp_path, monkeypatch):
    for code in ("en", "de"):
        shutil.copy(SOURCE[code].with_suffix(".qm"), tmp_path)
    monkeypatch.setattr(words, "resource_path", lambda *_parts: tmp_path)
    try:
        words.use(qapp, "de")
        (tmp_path / "acseg_de.qm").write_bytes(b"")
        assert count_text(2) == "2 Regionen"
        words.use(qapp, "de")
        assert count_text(2) == "2 region(s)", "in English where there is no file any more"
    finally:
        monkeypatch.undo()
        words.use(qapp, "en")


def test_without_the_compiled_files_the_program_starts_in_english(tmp_path):
    """As in a checkout that was never built; beside them, everything is there."""
    program = (
        "import shutil, sys\nfrom pathlib import Path\nimport acseg_resources\n"
        "whole = acseg_resources.resource_path().parent / 'acseg_resources'\n"
        "bare = Path(sys.argv[1]) / 'acseg_resources'\n"
        "shutil.copytree(whole, bare, ignore=shutil.ignore_patterns('*.qm', 'weights', 'samples'))\n"
        "import acseg_desktop.language.words as words\nfrom acseg_desktop.language import core_messages\n"
        "words.resource_path = core_messages.resource_path = lambda *parts: bare.joinpath(*parts)\n"
        "from PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication\n"
        "from acseg_desktop import app\nfrom acseg_desktop.preferences import Preferences\n"
        "application = app.make_application()\nPreferences().language = 'de'\n"
        "def look():\n    window = QApplication.topLevelWidgets()\n"
        "    print([each.menuBar().actions()[0].text() for each in window if hasattr(each, 'menuBar')])\n"
        "    QApplication.closeAllWindows()\n"
        "QTimer.singleShot(300, look)\nsys.exit(app.run(None))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert "&File" in outcome.stdout
    assert "Traceback" not in outcome.stderr


def test_the_language_is_that_of_the_system_unless_another_is_chosen(monkeypatch):
    class System:
        def __init__(self, *wishes):
            self.wishes = wishes

        def uiLanguages(self):  # noqa: N802 - Qt's name
            return list(self.wishes)

    for wishes, expected in ((("fr-FR", "de-CH"), "de"), (("de_DE",), "de"), (("C",), "en"), (("en-GB", "de"), "en")):
        monkeypatch.setattr(QLocale, "system", lambda wishes=wishes: System(*wishes))
        assert words.language_of("system") == expected
    assert words.language_of("de") == "de"


def test_the_script_reads_all_kinds_of_texts(tmp_path):
    module = tmp_path / "module.py"
    module.write_text(
        'tr = Words("Here")\nA = tr.mark("a table")\nB = ActionSpec("id", "&Do", "")\n'
        'C = ToolSpec("id", "&Draw", "")\n'
        'def f(n):\n    return tr("one" " text"), tr("%Ln of it", n), tr(A), f"{tr(\'inside\')}"\n'
        'class C:\n    def g(self):\n        return self.tr("of a class")\n',
        encoding="utf-8",
    )
    text = translations.Text
    assert translations.texts_of(module) == {
        text("Here", "a table"),
        text("Actions", "&Do"),
        text("Actions", "&Draw"),
        text("Here", "one text"),
        text("Here", "%Ln of it", True),
        text("Here", "inside"),
        text("C", "of a class"),
    }


def test_a_text_put_together_is_refused(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('tr = Words("Here")\ndef f(n):\n    return tr("a" if n else "b")\n', encoding="utf-8")
    with pytest.raises(SystemExit, match="one plain text"):
        translations.texts_of(module)


def test_starting_in_german():
    program = (
        "import sys\nfrom PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QApplication\n"
        "from acseg_desktop import app\nfrom acseg_desktop.preferences import Preferences\n"
        "application = app.make_application()\nPreferences().language = 'de'\n"
        "def look():\n    window = QApplication.topLevelWidgets()\n"
        "    print([each.menuBar().actions()[0].text() for each in window if hasattr(each, 'menuBar')])\n"
        "    QApplication.closeAllWindows()\n"
        "QTimer.singleShot(300, look)\nsys.exit(app.run(None))\n"
    )
    outcome = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert "&Datei" in outcome.stdout
