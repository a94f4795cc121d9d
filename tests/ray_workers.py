"""Workers of a cluster as no one wants them; a module of its own, for workers import it in their processes."""

import dataclasses
import os
import signal

from acseg_core.workflows.ray_worker import RayWorker


class Dying(RayWorker):
    """Ends at one image, as a decoder that crashes does."""

    def _decoded(self, task):
        if task.info.path == "5.png":
            os.kill(os.getpid(), signal.SIGKILL)
        return super()._decoded(task)


class Ending(RayWorker):
    """Ends whatever it is asked."""

    def find(self, tasks, granularity):
        os.kill(os.getpid(), signal.SIGKILL)


class Older(RayWorker):
    """Has another version."""

    def facts(self):
        return dataclasses.replace(super().facts(), version="0.0.1")
