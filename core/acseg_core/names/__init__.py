"""Names from descriptors: clustering, nearest-neighbour and linear-discriminant classification, doubtful names."""
