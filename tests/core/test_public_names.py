"""The notebook interface: every name of `acseg_core.__all__`, its light start, and the example of README."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import acseg_core

ROOT = Path(__file__).resolve().parents[2]


def _fresh(code: str) -> str:
    """What a program prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", acseg_core.__all__)
def test_every_name_is_the_one_of_its_module(name: str) -> None:
    found = getattr(acseg_core, name)
    if name != "__version__":
        module = importlib.import_module(f"acseg_core.{acseg_core._MODULE_OF[name]}")
        assert found is getattr(module, name, module)


def test_names_are_listed_once_in_order_and_all_of_them_are_found() -> None:
    names = acseg_core.__all__
    assert sorted(set(names)) == names
    assert set(names) == {*acseg_core._MODULE_OF, "__version__"}
    assert set(names) <= set(dir(acseg_core))


def test_the_names_that_type_checkers_see_are_the_ones_there_are() -> None:
    source = (ROOT / "core" / "acseg_core" / "__init__.py").read_text("utf-8")
    block = source.split("if TYPE_CHECKING:\n")[1].split("\n\n")[0]
    seen = {
        name.strip(): module
        for module, names in re.findall(r"from acseg_core\.([\w.]+) import (.+)", block)
        for name in names.split(",")
    }
    found = {name: module.removesuffix(f".{name}") for name, module in acseg_core._MODULE_OF.items()}
    assert seen == found


def test_a_name_that_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="'acseg_core' has no attribute 'no_such_name'"):
        _ = acseg_core.no_such_name  # type: ignore[attr-defined]


def test_modules_are_still_found_below_the_package() -> None:
    assert _fresh("from acseg_core import cpu; print(cpu.usable_cores() >= 1)") == "True"


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"torch", "timm", "sqlalchemy", "cv2", "numpy", "PIL", "scipy"}
    assert _fresh(f"import sys, acseg_core; print(sorted({heavy!r} & set(sys.modules)))") == "[]"


def test_a_project_can_be_opened_without_torch() -> None:
    code = "import sys; from acseg_core import open_project, queries, propose; print('torch' in sys.modules)"
    assert _fresh(code) == "False"


def test_the_example_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    assert "from acseg_core import" in example
    pixels = np.zeros((96, 128, 3), np.uint8)
    pixels[:, 64:] = (200, 60, 30)
    Image.fromarray(pixels).save(tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    made: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), made)
    assert np.asarray(made["label_map"]).shape == (96, 128)
    regions = made["regions"]
    assert isinstance(regions, tuple)
    assert sum(region.area for region in regions) == 96 * 128
