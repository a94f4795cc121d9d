"""Which mask the pixels of a thinned image belong to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.shapes import masks
from acseg_core.shapes.run_lengths import sample_owners


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 5), st.integers(0, 10**6), st.data())
def test_samples_are_those_of_the_map(height, width, labels, seed, data):
    label_map = np.random.default_rng(seed).integers(-1, labels, (height, width)).astype(np.int32)
    encoded = masks.encode_label_map(label_map)
    if not encoded:
        return
    rows = np.array(sorted(data.draw(st.lists(st.integers(0, height - 1), min_size=1))))
    columns = np.array(sorted(data.draw(st.lists(st.integers(0, width - 1), min_size=1))))
    found = sample_owners(list(encoded.values()), rows, columns)
    names = np.array([*encoded, -1], np.int32)
    assert found.flags.c_contiguous
    np.testing.assert_array_equal(names[found], label_map[np.ix_(rows, columns)])
