"""The image list: its model, thumbnails, search box and strip."""
