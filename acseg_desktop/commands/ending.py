"""The end of a window: everything is saved and closed with the event loop running, and it is told what takes long."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from acseg_desktop.dialogs.finishing import FinishingWindow
from acseg_desktop.dialogs.message import Message
from acseg_desktop.jobs import Jobs, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Finishing")

logger = logging.getLogger(__name__)

_QUIET_MS = 300
"""Time to end in before a window tells of it."""
DEADLINE_MS = 20_000
"""Time to end in, for all that is going on together, before quitting all the same is offered."""
_LOOK_MS = 200


class WindowEnd(QObject):
    """Ends the work of one window, once.

    Attributes:
        is_begun: The window is closing.
        is_over: It may go.

    Signals:
        over(): It may go. All is in order if the session has ended; if not, somebody did not want to wait.
    """

    over = Signal()

    def __init__(self, window: QWidget, jobs: Jobs, session: Session) -> None:
        super().__init__(window)
        self._window, self._jobs, self._session = window, jobs, session
        self.is_begun = self.is_over = False
        self.finishing: FinishingWindow | None = None
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._show)
        self._deadline = QTimer(self, singleShot=True, interval=DEADLINE_MS)
        self._deadline.timeout.connect(self._offer_to_quit)
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)
        session.ended.connect(self._on_ended)

    def begin(self) -> None:
        """Leave the dialogs, and have the session finish what is to be finished; a second call does nothing."""
        if self.is_begun:
            return
        self.is_begun = True
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        self._quiet.start()
        self._deadline.start()
        self._session.shut_down()

    def _show(self) -> None:
        self.finishing = FinishingWindow()
        self.finishing.quit_requested.connect(self._abandon)
        self._look()
        self._looks.start()
        self.finishing.show()

    def _look(self) -> None:
        if self.finishing is not None:
            self.finishing.show_waiting(self._waiting_for())

    def _waiting_for(self) -> list[str]:
        """One line for each thing; titled work was asked to stop."""
        running = self._jobs.running()
        lines = [tr("Stopping: {title}").format(title=job.title) for job in running if job.title]
        edits = [job for job in running if job.lane is Lane.STORE and not job.title]
        if any(job is not self._session.closing_job for job in edits):
            lines.append(tr("Saving your last changes"))
        if any(job is self._session.closing_job for job in edits):
            lines.append(tr("Closing the project and making a final backup"))
        return lines or [tr("Stopping what is still running")]

    def _offer_to_quit(self) -> None:
        logger.warning("ending takes long: %s", self._waiting_for())
        if self.finishing is not None:
            self.finishing.offer_to_quit(True)

    def _on_ended(self) -> None:
        """Whoever is being told that something was not saved may read it first."""
        self._deadline.stop()
        told = next((each for each in self._window.findChildren(Message) if each.isVisible()), None)
        if told is not None:
            self._leave()
            told.finished.connect(lambda _result: self._on_ended())
            return
        self._go()

    def _abandon(self) -> None:
        logger.warning("quit without waiting for: %s", self._waiting_for())
        self._go()

    def _go(self) -> None:
        if not self.is_over:
            self.is_over = True
            self._leave()
            self.over.emit()

    def _leave(self) -> None:
        for timer in (self._quiet, self._deadline, self._looks):
            timer.stop()
        if self.finishing is not None:
            self.finishing.hide()
            self.finishing.deleteLater()
            self.finishing = None
