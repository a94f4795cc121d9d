"""The other side of `child_reader.py`: asks it to read hostile files, and judges what comes of each."""

import json
import os
import re
import select
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHILD = Path(__file__).with_name("child_reader.py")
MOST_SECONDS = 20.0
MOST_BYTES = 2 * 10**9


@dataclass
class Figures:
    """What was seen over many cases.

    Attributes:
        cases: How many.
        fine: How many of them were read.
        refused: Kinds of refusals, and how many.
        faults: One text for each, with the number of its case.
        worst_seconds: Of one case.
        worst_bytes: Of resident memory at the peak of one case.
    """

    cases: int = 0
    fine: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    worst_seconds: float = 0.0
    worst_bytes: int = 0

    def __str__(self) -> str:
        kinds = "".join(f"\n    {count:6d}  {kind}" for kind, count in self.refused.most_common(40))
        return (
            f"{self.cases} cases: {self.fine} read, {self.refused.total()} refused in one line of "
            f"{len(self.refused)} kinds, {len(self.faults)} faults; at most {self.worst_seconds:.2f} s and "
            f"{self.worst_bytes / 1e6:.0f} MB{kinds}"
        )


class HostileReader:
    """A process that reads hostile files, started again when it dies or hangs.

    Args:
        folder: For what it says on standard error.
    """

    def __init__(self, folder: Path) -> None:
        self._said = folder / "said"
        self._process: subprocess.Popen[bytes] | None = None
        self._seen = 0
        self._left = b""

    def ask(self, *, seconds: float = MOST_SECONDS, **request: Any) -> dict[str, Any]:
        """Let it do one thing; ends the process, and tells so, when that takes too long."""
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            line = self._line(process, seconds)
        except BrokenPipeError:
            line = b""
        if line is None:
            self.close()
            return {"outcome": "fault", "text": f"no answer in {seconds:.0f} s", "seconds": seconds, "peak": 0}
        if not line:
            code = process.wait()
            text = f"the process died ({code}): {self._words()[-2000:]}"
            self.close()
            return {"outcome": "fault", "text": text, "seconds": 0.0, "peak": 0}
        answer: dict[str, Any] = json.loads(line)
        words = self._words()
        if words:
            answer |= {"outcome": "fault", "text": f"on stderr: {words[:2000]}\n{answer['text']}"}
        elif answer["peak"] > MOST_BYTES:
            answer |= {"outcome": "fault", "text": f"{answer['peak'] / 1e6:.0f} MB: {answer['text']}"}
        return answer

    def note(self, figures: Figures, case: str, answer: dict[str, Any], *, refuses: bool = True) -> None:
        """Count what came of a case; ``refuses`` is whether it may be a refusal."""
        figures.cases += 1
        figures.worst_seconds = max(figures.worst_seconds, answer["seconds"])
        figures.worst_bytes = max(figures.worst_bytes, answer["peak"])
        if answer["outcome"] == "fine":
            figures.fine += 1
        elif answer["outcome"] == "refused" and refuses:
            figures.refused[kind_of(answer["text"])] += 1
        else:
            figures.faults.append(f"{case}: {answer['text']}")

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
        self._process, self._left = None, b""
        self._words()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.close()
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, str(CHILD), str(self._said)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
        return self._process

    def _line(self, process: "subprocess.Popen[bytes]", seconds: float) -> bytes | None:
        """The next line; nothing when the process has ended, None when none comes."""
        assert process.stdout is not None
        while b"\n" not in self._left:
            ready, _, _ = select.select([process.stdout], [], [], seconds)
            if not ready:
                return None
            part = os.read(process.stdout.fileno(), 1 << 16)
            if not part:
                return b""
            self._left += part
        line, _, self._left = self._left.partition(b"\n")
        return line

    def _words(self) -> str:
        """What was written to standard error since the last time."""
        if not self._said.exists():
            return ""
        with self._said.open("rb") as file:
            file.seek(self._seen)
            words = file.read()
        self._seen += len(words)
        return words.decode("utf-8", "replace")


def kind_of(refusal: str) -> str:
    """A refusal without what differs from file to file: names, places, numbers."""
    text = re.sub(r"^acseg: ", "", refusal)
    text = re.sub(r"(/[^\s:,;)]+)+", "FILE", text)
    text = re.sub(r"“[^”]*”|\"[^\"]*\"|'[^']*'|\([^)]*\)", "…", text)
    return re.sub(r"-?\d+(\.\d+)?(e[+-]?\d+)?", "N", text)[:140]
