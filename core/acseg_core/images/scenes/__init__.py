"""Scenes: rasters of any size, mostly of the ground from above, read through GDAL a part at a time (extra ``geo``)."""
