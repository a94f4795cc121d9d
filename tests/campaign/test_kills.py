"""Killed at any moment: whatever was acknowledged is there, and the next run leaves nothing of the last."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from campaign.hostile_reader import Figures

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork"),
]

CHILD = Path(__file__).with_name("child_killed.py")
_LONG_HISTORY = 60


class Killed:
    """Asks `child_killed.py` for work, and kills it."""

    def __init__(self, log: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
        with log.open("wb") as said:
            self._program = subprocess.Popen(
                [sys.executable, str(CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                env=environment,
            )
        assert self.read() == {"ready": True}

    def read(self) -> dict[str, Any]:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, "the program that forks has died"
        said: dict[str, Any] = json.loads(line)
        return said

    def begin(self, do: str, folder: Path, **request: Any) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps({"do": do, "folder": str(folder), **request}) + "\n")
        self._program.stdin.flush()

    def rest(self) -> list[dict[str, Any]]:
        """All that is said until the end."""
        said = [self.read()]
        while "ended" not in said[-1]:
            said.append(self.read())
        return said

    def close(self) -> None:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.close()
        self._program.stdout.close()
        self._program.wait(60)


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[Killed]:
    """The program that forks the ones to be killed."""
    made = Killed(tmp_path / "said")
    yield made
    made.close()


def test_kills(campaign, killed, tmp_path):
    figures, acknowledged, begun = Figures(), 0, Counter()
    pristine, folder = tmp_path / "pristine", tmp_path / "work"
    killed.begin("make", pristine)
    assert killed.rest()[0] == {"made": True}
    shutil.copytree(pristine, folder)
    for number, chance in campaign.cases("kills", 8):
        killed.begin("work", folder, seed=chance.randrange(2**32))
        pid = killed.read()["pid"]
        waits_for = chance.choice((0, 1, 3, 6, 12))
        said = [killed.read() for _ in range(waits_for)]
        time.sleep(chance.uniform(0, 0.08))
        os.kill(pid, signal.SIGKILL)
        said += killed.rest()
        last = _last(said)
        acknowledged += sum("did" in each for each in said)
        begun[last["begun"]] += 1
        fault = next((each["fault"] for each in said if "fault" in each), "")
        if said[-1] != {"ended": int(signal.SIGKILL)} and not fault:
            fault = f"ended by {said[-1]}"
        began = time.perf_counter()
        killed.begin("check", folder, **last, computes=number % 4 == 3)
        checked = killed.rest()
        figures.cases += 1
        figures.worst_seconds = max(figures.worst_seconds, time.perf_counter() - began)
        if not fault and "checked" not in checked[0]:
            fault = str(checked[0].get("fault", checked))
        if fault:
            kept = tmp_path / f"fault-{number}"
            shutil.copytree(folder, kept)
            figures.faults.append(f"case {number} (killed in {last['begun'] or 'nothing'}, see {kept}): {fault}")
        else:
            figures.fine += 1
        campaign.progress("kills", figures)
        if fault or checked[0]["steps"] > _LONG_HISTORY:
            shutil.rmtree(folder)
            shutil.copytree(pristine, folder)
    print(f"\n{acknowledged} acknowledged; killed in {dict(begun.most_common())}")
    assert (tmp_path / "said").read_text() == ""
    campaign.judge("kills", figures)


def _last(said: list[dict[str, Any]]) -> dict[str, str]:
    """The last digest that was told, the one before what was begun then, and what that was."""
    acknowledged = before = begun = ""
    for each in said:
        if "begins" in each:
            begun, before = each["begins"], acknowledged
        elif "did" in each:
            acknowledged = each["digest"]
            if "part" not in each:
                before, begun = acknowledged, ""
    return {"acknowledged": acknowledged, "before": before, "begun": begun}
