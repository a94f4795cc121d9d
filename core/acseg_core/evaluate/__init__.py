"""Evaluation protocols on labelled images, each of our methods against its peers in the same run.

`acseg_core.evaluate.regions.protocol` compares partitions at equal numbers of regions; everything else here serves it.
"""
