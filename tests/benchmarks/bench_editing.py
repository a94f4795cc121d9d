"""What edits of a 12-megapixel image cost, beside peers of the same run: `pytest -m benchmark -s -n 0`.

A stroke is committed to a real project: transaction, undo record and descriptors included. Its peers do less: they
decode and encode all masks of the image once, or fill the polygon in a label map that is in memory already. Times are
those of the processor, which other work on the machine disturbs least.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tokens import PatchTokens, TokenCache, identity_of
from acseg_core.proposals.tree import ConceptTree, threshold_of
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import dissolving, ingest, outlining, painting, runs, splitting
from acseg_core.types import ImageInfo, OpChanges, PixelPatch, RunInfo

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

HEIGHT, WIDTH, REGIONS = 3000, 4000, 30
RUN = RunInfo("vit", "b" * 64, "acg", "a" * 64, '{"backbone": {"input_size": 448}}', "0.1.0")
SHA = "0" * 64


def best(work: Callable[[], Any], *, rounds: int = 5) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def partition() -> np.ndarray:
    """(H, W) uint8 of regions with borders as ragged as those of a photo."""
    random = np.random.default_rng(0)
    label_map, highest = np.zeros((HEIGHT, WIDTH), np.uint8), np.full((HEIGHT, WIDTH), -np.inf, np.float32)
    ragged = 0.1 * cv2.blur(random.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (9, 9))
    for label in range(REGIONS):
        hill = cv2.resize(
            random.standard_normal((12, 16)).astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC
        )
        hill += ragged if label % 2 else -ragged
        label_map[hill > highest] = label
        np.maximum(highest, hill, out=highest)
    return np.unique(label_map, return_inverse=True)[1].reshape(label_map.shape).astype(np.uint8)


@pytest.fixture(scope="module", params=["tokens", "tree"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One image of 30 regions; what they look like is known from cached tokens, or from the stored tree alone."""
    root: Path = tmp_path_factory.mktemp("editing")
    (root / "images").mkdir()
    with create_project(root / "project", image_root=root / "images") as opened:
        ingest.add_images(opened, [ImageInfo("a.jpg", SHA, 1, 1, WIDTH, HEIGHT, WIDTH, HEIGHT)])
        label_map = partition()
        count = int(label_map.max()) + 1
        merges = np.array([(0, 1), *((count + n, n + 2) for n in range(count - 2))], np.int32)
        random = np.random.default_rng(1)
        tokens = random.standard_normal((count, 384)).astype(np.float16)
        tree = ImageTree.of(ConceptTree(merges, np.arange(1, count, dtype=np.float32)), label_map, tokens)
        run_id = runs.begin_run(opened, RUN)
        nodes = tree.tree.cut(threshold_of(1))
        runs.save_proposals(opened, run_id, 1, tree.regions(nodes), tree=tree, granularity=1)
        runs.finish_run(opened, run_id)
        if request.param == "tokens":
            identity = identity_of(backbone="vit", weights_sha256="b" * 64, input_size=448, precision="torch.float32")
            grid = random.standard_normal((28, 37, 384)).astype(np.float16)
            TokenCache(opened.cache_dir / "tokens", identity).put(SHA, PatchTokens(grid, grid))
        yield opened


def stroke(number: int, *, radius: int = 40, length: int = 400) -> PixelPatch:
    """A brush drawn across regions."""
    random = np.random.default_rng(number)
    start = random.uniform((500, 500), (WIDTH - 500, HEIGHT - 500))
    angles = np.cumsum(random.normal(0, 0.1, length // 10)) + random.uniform(0, 6)
    points = start + np.cumsum(np.stack((np.cos(angles), np.sin(angles)), axis=1) * 10, axis=0)
    low = np.floor(points.min(axis=0)).astype(int) - radius
    size = np.ceil(points.max(axis=0)).astype(int) + radius + 1 - low
    drawn = np.zeros((size[1], size[0]), np.uint8)
    cv2.polylines(drawn, [np.rint(points - low).astype(np.int32)], False, 1, 2 * radius)
    return PixelPatch(int(low[0]), int(low[1]), drawn > 0)


def whole_map(project: Project) -> None:
    """The way without runs: all masks become a label map and masks again."""
    regions = [region.mask for region in queries.regions(project, 1)]
    masks.encode_label_map(masks.paint_label_map(regions, height=HEIGHT, width=WIDTH))


def paint_into(project: Project, patch: PixelPatch, region_id: int) -> OpChanges:
    return painting.paint(project, 1, patch, region_id=region_id)


def erase_from(project: Project, patch: PixelPatch, region_id: int) -> OpChanges:
    return painting.erase(project, patch, region_id=region_id)


def test_a_brush_stroke(project: Project) -> None:
    """Target: well under 100 ms; the median of strokes across several regions, each painted and then erased."""
    ids = [region.id for region in queries.regions(project, 1)]
    painting.paint(project, 1, stroke(99), region_id=ids[0])  # the tree is read for the first stroke
    painted, erased = [], []
    for number in range(9):
        patch = stroke(number)
        for taken, verb in ((painted, paint_into), (erased, erase_from)):
            start = time.process_time()
            assert verb(project, patch, ids[1]).verb
            taken.append(time.process_time() - start)
    paint, erase = float(np.median(painted)), float(np.median(erased))
    peer = best(lambda: whole_map(project))
    print(
        f"\n12 MP, {len(ids)} regions: a stroke of 400 x 80 px in {paint * 1e3:.1f} ms, one erased in "
        f"{erase * 1e3:.1f} ms: {paint / peer:.2f} x and {erase / peer:.2f} x all masks to a label map and back "
        f"({peer * 1e3:.0f} ms)"
    )
    assert paint < 4 * peer


def test_a_polygon(project: Project) -> None:
    """The peers fill the polygon in an array only; nothing of theirs is stored, undone or described."""
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radii = 700 + 150 * np.sin(5 * angles)
    points = np.stack((2000 + radii * np.cos(angles), 1500 + radii * np.sin(angles)), axis=1)
    low = points.min(axis=0).astype(int) - 1
    size = points.max(axis=0).astype(int) + 2 - low

    def commit() -> None:
        drawn = np.zeros((size[1], size[0]), np.uint8)
        cv2.fillPoly(drawn, [np.rint(points - low).astype(np.int32)], 1)
        painting.paint_new(project, 1, PixelPatch(int(low[0]), int(low[1]), drawn > 0), label_id=None)

    def as_labelme_does() -> np.ndarray:
        """labelme.utils.shape_to_mask, which its export calls for each shape: a mask of the whole image by Pillow."""
        canvas = Image.fromarray(np.zeros((HEIGHT, WIDTH), np.uint8))
        ImageDraw.Draw(canvas).polygon(xy=[tuple(point) for point in points], outline=1, fill=1)
        return np.array(canvas, dtype=bool)

    commit()
    ours, pillow = best(commit), best(as_labelme_does)
    text = (
        f"\na polygon of {2 * 700} px becomes a region in {ours * 1e3:.1f} ms; labelme's way to its mask alone takes "
    )
    text += f"{pillow * 1e3:.1f} ms ({ours / pillow:.2f} x)"
    try:
        from skimage.draw import polygon2mask
    except ImportError:
        text += "; scikit-image is not installed"
    else:
        peer = best(lambda: polygon2mask((HEIGHT, WIDTH), points[:, ::-1]), rounds=3)
        text += f", scikit-image's {peer * 1e3:.1f} ms ({ours / peer:.2f} x)"
    print(text)


def test_other_verbs(project: Project) -> None:
    """These look at pixels: of the region's box, and of what is around it."""
    from acseg_core.store.edits import history

    regions = sorted(queries.regions(project, 1), key=lambda region: region.area)
    middle = regions[len(regions) // 2]
    x, y, width, height = middle.bbox
    line = [(x + width / 2, y - 1), (x + width / 2, y + height + 1)]
    verbs: dict[str, Callable[[], Any]] = {
        "grow": lambda: outlining.grow(project, [middle.id]),
        "smooth": lambda: outlining.smooth(project, [middle.id]),
        "cut along a line": lambda: splitting.split_line(project, middle.id, line),
        "give to neighbour": lambda: dissolving.give_to_neighbours(project, [middle.id]),
        "dissolve": lambda: dissolving.dissolve(project, [middle.id]),
    }
    peer = best(lambda: whole_map(project), rounds=3)
    print(f"\na region of {middle.area / 1e6:.2f} MP; beside all masks to a label map and back:")
    for name, verb in verbs.items():
        taken = []
        for _ in range(3):
            start = time.process_time()
            assert verb().verb
            taken.append(time.process_time() - start)
            history.undo(project)
        print(f"  {name}: {min(taken) * 1e3:.0f} ms, {min(taken) / peer:.2f} x")
