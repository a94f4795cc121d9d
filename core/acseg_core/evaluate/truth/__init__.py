"""Ground truth of labelled sets: COCO instances, PNG class maps, BSDS segments."""
