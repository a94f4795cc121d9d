"""The program starts without what it does not need yet."""

import os
import subprocess
import sys

PROBE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from acseg_desktop import app
application = app.make_application()
QTimer.singleShot(300, QApplication.closeAllWindows)
code = app.run(None)
heavy = [name for name in ("torch", "timm", "torchvision", "sklearn", "pandas") if name in sys.modules]
print("HEAVY", heavy)
sys.exit(code)
"""


def test_empty_window_loads_nothing_heavy():
    outcome = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "HEAVY []" in outcome.stdout
    complaints = [line for line in outcome.stderr.splitlines() if "propagateSizeHints" not in line]
    assert complaints == []
