"""Jobs of a session without a window, and what they leave in the history."""

from acseg_core.store.edits import history


def run(qtbot, job):
    """Wait until a job has ended well; returns its result."""
    outcomes = []
    job.succeeded.connect(outcomes.append)
    with qtbot.waitSignal(job.finished):
        pass
    (outcome,) = outcomes
    return outcome


def verbs(session):
    """What was done, the newest first."""
    return [record.verb for record in history.operations(session.project)]


def refused(qtbot, job):
    """Wait until a job has failed; returns what it says."""
    failures = []
    job.on_error(failures.append)
    with qtbot.waitSignal(job.finished):
        pass
    (error,) = failures
    return str(error)
