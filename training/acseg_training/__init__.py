"""Training of the concept generator on unlabelled images: corpus, feature cache, trainer.

``python -m acseg_training --help`` trains from a shell; `acseg train` calls the same functions.
"""
