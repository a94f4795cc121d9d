"""The bundled sample photos: small, clean, and each with a licence."""

import re

from PIL import Image

from acseg_core.images.files import inspect_image, load_image
from acseg_core.images.finding import find_images
from acseg_resources import resource_path

SAMPLES = resource_path("samples")


def test_samples_are_small_clean_and_have_a_licence():
    found = find_images(SAMPLES)
    assert len(found.paths) == 8
    assert not found.skipped
    table = (SAMPLES / "LICENSES.md").read_text("utf-8")
    rows = {row.split("`")[1]: row for row in table.splitlines() if row.startswith("| `")}
    assert sorted(rows) == sorted(found.paths)
    for path in found.paths:
        assert re.search(r"public domain|CC0|CC BY 2\.0", rows[path])
        info = inspect_image(SAMPLES, path)
        assert 400 <= max(info.width, info.height) <= 800
        assert info.file_size < 200_000
        assert load_image(SAMPLES / path).std() > 30
        with Image.open(SAMPLES / path) as image:
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
