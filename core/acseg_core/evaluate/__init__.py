"""Protocols that judge the proposals, each against its peers in the same run.

`acseg_core.evaluate.regions.protocol` compares partitions at equal numbers of regions; everything else here serves it.
"""
