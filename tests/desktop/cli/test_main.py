"""`acseg` as a shell sees it: exit codes, and what a light command loads."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from shell import acseg, refused

from acseg_desktop.cli.main import app


def commands() -> Iterator[tuple[str, typer.core.TyperCommand | typer.core.TyperGroup]]:
    """Every command, as it is typed."""

    def below(name: str, command: object) -> Iterator[tuple[str, typer.core.TyperCommand | typer.core.TyperGroup]]:
        assert isinstance(command, typer.core.TyperCommand | typer.core.TyperGroup)
        yield name, command
        for each, child in getattr(command, "commands", {}).items():
            yield from below(f"{name} {each}".strip(), child)

    return below("", typer.main.get_command(app))


COMMANDS = dict(commands())


def unwrapped(text: str) -> str:
    """Without spaces and ends of lines, which depend on the width of the terminal."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_all_that_its_source_says(name: str) -> None:
    """On the code of before, markup ate what is in brackets: `pip install "acseg-desktop"`."""
    shown = unwrapped(acseg(*name.split(), "--help").stdout)
    command = COMMANDS[name]
    assert unwrapped(command.help or "?") in shown
    for parameter in command.params:
        source = getattr(parameter, "help", None)
        assert source, f"{parameter.name} has no help"
        assert unwrapped(source) in shown


def test_help_names_the_extra_of_the_text_model() -> None:
    assert 'pip install "acseg-desktop[text]"' in acseg("suggest", "--help").stdout


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if hasattr(command, "commands")])
def test_what_a_command_does_fits_in_the_line_of_a_list(name: str) -> None:
    """On the code of before, eleven of them ended in the middle of a sentence."""
    shown = acseg(*name.split(), "--help").stdout
    listed = shown[shown.index("Commands:") :].splitlines()[1:]
    assert len(listed) == len(COMMANDS[name].commands)  # type: ignore[union-attr]
    assert not [line for line in listed if line.endswith("...")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["propose", "p", "--input-size", "[bold]x[/bold].png"],
        ["export", "p", "--out", "x", "--format", "[bold]x[/bold].png"],
        ["labels", "p", "--format", "[bold]x[/bold].png"],
        ["status", "p", "--trim-history", "[bold]x[/bold].png"],
        ["[bold]x[/bold].png"],
    ],
)
def test_wrong_use_is_quoted_entire(arguments: list[str]) -> None:
    assert "[bold]x[/bold].png" in acseg(*arguments, code=2).stderr


def test_an_error_names_a_file_with_brackets_entire(tmp_path: Path) -> None:
    image = tmp_path / "photos" / "[bold]x[" / "bold].png"  # "[bold]x[/bold].png", as a path
    image.parent.mkdir(parents=True)
    image.write_bytes(b"no image")
    shown = refused("init", tmp_path / "[1]", "--images", tmp_path / "photos")
    assert f"{tmp_path}/photos: " in shown
    assert "[bold]x[/bold].png: not a JPEG" in shown
    assert str(image) in refused("status", image)


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
