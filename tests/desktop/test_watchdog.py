"""The watchdog logs where the window hung."""

from acseg_desktop.watchdog import Watchdog


def test_watchdog_logs_a_stall(qtbot, caplog):
    import time

    watchdog = Watchdog(limit=0.1)
    qtbot.wait(120)
    time.sleep(0.5)
    qtbot.wait(120)
    watchdog.stop()
    assert "did not answer" in caplog.text
    assert "test_watchdog_logs_a_stall" in caplog.text
