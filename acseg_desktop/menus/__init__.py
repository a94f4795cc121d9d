"""Menus of the window: which actions there are, one module a menu, and the menu bar and tool bar made from them."""
