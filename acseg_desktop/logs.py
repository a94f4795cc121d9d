"""Logging: where the log goes, and what becomes of errors nobody caught."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

import platformdirs

logger = logging.getLogger(__name__)

_FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_fault_files: list[IO[str]] = []
"""Files that are kept open: faulthandler writes to the bare descriptor."""


def log_folder() -> Path:
    """The folder of the log files."""
    return Path(platformdirs.user_log_dir("ACSeg Desktop", appauthor=False))


def start_logging() -> None:
    """Log to a file, where the interpreter also writes its stacks when it crashes; goes on without where it cannot.

    The terminal gets what it was to get before, and errors: what is noted for the file only would flood it.
    """
    _keep_terminal_quiet()
    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "acseg-desktop.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
        handler.setFormatter(logging.Formatter(_FORMAT))
        logging.getLogger().addHandler(handler)
        logging.getLogger().setLevel(min(logging.getLogger().level or logging.INFO, logging.INFO))
        _fault_files.append((folder / "crash.log").open("a", encoding="utf-8"))
        faulthandler.enable(_fault_files[-1])
    except OSError as error:
        print(f"no log file: {error}", file=sys.stderr)  # noqa: T201


def _keep_terminal_quiet() -> None:
    """The file wants more than the terminal, and the level of the root logger is one for both: handlers get their own.

    Without any handler Python would write warnings to the terminal itself, where the log file cannot be made.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    for handler in root.handlers:
        if type(handler) is logging.StreamHandler and handler.level == logging.NOTSET:
            handler.setLevel(logging.DEBUG if root.level == logging.DEBUG else logging.ERROR)


def catch_everything(show: Callable[[BaseException], object]) -> None:
    """Send every uncaught error to ``show``, from the GUI thread and from others."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            show(error.with_traceback(trace))
        except Exception:
            logger.exception("could not show an error")
            sys.__excepthook__(kind, error, trace)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            logger.error("a thread died", exc_info=args.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook
