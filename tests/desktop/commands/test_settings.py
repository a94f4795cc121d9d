"""The program's own settings: another language at once, in a window opened again."""

import subprocess
import sys


def test_the_window_opened_again_speaks_the_other_language_and_shows_the_same_image(project_folder):
    """With the program's own loop; what was named a moment before is there, and the window shows where one was."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtCore import QTimer\n"
        "from acseg_desktop import app\n"
        "from acseg_desktop.operations import review\n"
        "from acseg_desktop.dialogs.preferences_form import PreferencesForm\n"
        "from acseg_desktop.main_window import MainWindow\nfrom acseg_desktop.preferences import Preferences\n"
        "application = app.make_application()\nPreferences().language = 'en'\n"
        "def windows():\n"
        "    there = [each for each in application.topLevelWidgets() if isinstance(each, MainWindow)]\n"
        "    return [each for each in there if each.isVisible()]\n"
        "def window():\n"
        "    return windows()[0]\n"
        "def when(condition, then):\n"
        "    QTimer.singleShot(20, lambda: then() if condition() else when(condition, then))\n"
        "def shows(place):\n"
        "    return windows() and window().viewer.record is not None and window().viewer.record.path == place\n"
        "def start():\n"
        "    print(window().menuBar().actions()[0].text())\n"
        "    window().commands.browse.next()\n"
        "    when(lambda: shows('a2.png'), change)\n"
        "def change():\n"
        "    w = window()\n"
        "    review.name_regions_as(w.session, [w.viewer.regions[0].id], 'sky')\n"
        "    w.commands.settings.show()\n"
        "    form = w.findChild(PreferencesForm)\n"
        "    form.language.setCurrentIndex(form.language.findData('de'))\n"
        "    form.language.activated.emit(form.language.currentIndex())\n"
        "    form.restart_now.click()\n"
        "    when(lambda: shows('a2.png') and 'Datei' in window().menuBar().actions()[0].text(), look)\n"
        "def look():\n"
        "    w = window()\n"
        "    print(w.menuBar().actions()[0].text(), [each.name for each in w.session.labels.values()])\n"
        "    application.closeAllWindows()\n"
        "when(lambda: shows('a1.png'), start)\n"
        "sys.exit(app.run(Path(sys.argv[1])))\n"
    )
    command = [sys.executable, "-c", program, str(project_folder)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines() == ["&File", "&Datei ['sky']"]
