"""A Ray cluster: which one, joined or started on this machine. Ray is loaded at first use."""

from __future__ import annotations

import logging
import socket
import tempfile
from dataclasses import dataclass
from typing import Any

from acseg_core.errors import EngineError, ExtraMissingError

INSTALL_HINT = 'pip install "acseg-desktop[cluster]"'

_KNOCK_S = 10.0
"""Seconds that a machine has to answer at all."""

_OBJECT_STORE_BYTES = 512 * 2**20


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """Which cluster, and what of it.

    Attributes:
        address: "auto" or host:port of a cluster that runs; "" starts one on this machine.
        workers: How many; by the cluster's cores, or graphics cards, if left out.
        gpus_per_worker: Graphics cards that each takes, also a part of one.
        ship_images: Send the images' bytes; without, workers read them at the same path as this machine.
    """

    address: str = ""
    workers: int | None = None
    gpus_per_worker: float = 0.0
    ship_images: bool = False


def join_cluster(ray: Any, address: str) -> bool:
    """Join the cluster at an address, or start one, unless this program is in one already.

    Args:
        ray: The module.
        address: As of `ClusterOptions`.

    Returns:
        Whether it was in none before, so that it is to leave it again.

    Raises:
        EngineError: There is no such cluster, or none can be started.
    """
    if ray.is_initialized():
        return False
    local = {
        "include_dashboard": False,
        "object_store_memory": _OBJECT_STORE_BYTES,
        "_plasma_directory": tempfile.gettempdir(),  # shared memory is small in containers
    }
    try:
        _knock(address)
        ray.init(
            address=address or "local",
            log_to_driver=False,
            logging_level=logging.ERROR,
            configure_logging=False,
            ignore_reinit_error=True,
            **({} if address else local),
        )
    except (ConnectionError, OSError, ValueError, RuntimeError) as error:
        named = f"{address}: no Ray cluster answers there" if address else "Ray cannot be started on this machine"
        raise EngineError(
            f"{named} ({' '.join(str(error).split())[:200]}); start one with `ray start --head`, and give its address"
        ) from error
    return True


def _knock(address: str) -> None:
    """See whether anything listens at a host:port: Ray would try for minutes.

    Raises:
        OSError: Nothing does.
        ValueError: There is no port.
    """
    host, colon, port = address.rpartition(":")
    if colon:
        socket.create_connection((host.rpartition("/")[2].strip("[]"), int(port)), timeout=_KNOCK_S).close()


def load_ray() -> Any:
    """The module.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        import ray
        import ray.exceptions
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            f"a cluster needs Ray, which is not installed ({error.name}); install it with: {INSTALL_HINT}"
        ) from error
    return ray
