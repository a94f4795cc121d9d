"""Headless library of ACSeg Desktop: images, backbone, concept generator, regions, project store, export.

Nothing is imported here on purpose: ``import acseg_core`` costs nothing and loads no torch. Import the modules,
for example ``from acseg_core.proposals.segmenter import Segmenter``.
"""

import os
import sys

__version__ = "0.1.0"

if sys.platform == "darwin":
    # Older torch cannot resample position embeddings on Apple's GPUs; must be set before torch is imported.
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
