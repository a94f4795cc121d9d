"""`acseg` as a shell sees it: exit codes, and what a light command loads."""

import subprocess
import sys
from pathlib import Path

import pytest
from shell import acseg


def test_wrong_use_exits_with_2(proposed: Path) -> None:
    acseg("nonsense", code=2)
    acseg("export", proposed, "--format", "svg", "--out", "x", code=2)
    acseg("name", proposed, "--label", "x", code=2)
    acseg("name", proposed, "--label", "x", "--region", "1", "--label-of", "y", code=2)
    acseg("init", proposed, code=2)
    acseg("name", proposed, "--label", "x", "--cluster", str(10**30), code=2)
    acseg("train", proposed, "--out", "x", "--steps", str(10**12), code=2)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["propose", "--help"], ["status", "/nowhere"]])
def test_light_commands_load_neither_torch_nor_qt(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom acseg_desktop.cli.main import main\nsys.argv = ['acseg', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = sorted({'torch', 'timm', 'torchvision', 'PySide6'} & set(sys.modules))\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
