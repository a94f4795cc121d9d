"""`acseg demo`, in a process of its own."""

from pathlib import Path

from PIL import Image
from pycocotools.coco import COCO
from shell import acseg_process


def test_demo_without_a_window_writes_sheet_and_coco(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    acseg_process("demo", demo, "--headless", "--device", "cpu")
    coco = COCO(str(demo / "annotations.json"))
    assert len(coco.imgs) >= 5
    assert all(len(coco.imgToAnns[number]) >= 2 for number in coco.imgs)
    with Image.open(demo / "overlay.png") as sheet:
        assert sheet.width > 600
        assert len(sheet.getcolors(1 << 24)) > 1000
    assert (demo / "photos" / "LICENSES.md").is_file()
