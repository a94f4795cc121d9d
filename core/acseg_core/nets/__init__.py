"""The networks: frozen backbone, concept generator, its loss, and the text model. torch is imported in its modules."""
