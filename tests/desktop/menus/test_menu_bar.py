"""The menu bar: every action of the table, and the projects of before."""

from acseg_desktop.menus.table import ACTIONS


def test_menus_hold_every_action_and_every_action_has_a_place(hands):
    shown = {action.objectName() for menu in hands.window.menuBar().actions() for action in menu.menu().actions()}
    assert {spec.id for spec in ACTIONS if spec.menu} <= shown


def test_the_projects_of_before_are_offered_and_can_be_forgotten(hands, project_folder, many_images):
    hands.open(project_folder)
    hands.open(many_images)
    menus, window = hands.window.menus, hands.window
    menus.recent.aboutToShow.emit()
    folders = [action for action in menus.recent.actions() if str(project_folder.parent) in action.text()]
    assert [action.text() for action in folders] == [f"Test\t{many_images}", f"Test\t{project_folder}"]
    folders[1].trigger()
    hands.wait(lambda: window.session.is_open and window.session.project.folder == project_folder)
    hands.rest()
    menus.recent.aboutToShow.emit()
    forget = menus.recent.actions()[-1]
    words = forget.text()
    forget.trigger()
    menus.recent.aboutToShow.emit()
    assert [action.text() for action in menus.recent.actions() if not action.isSeparator()] == [words]
    assert not menus.recent.actions()[-1].isEnabled()


def test_the_theme_in_use_is_checked(hands):
    menus = hands.window.menus
    for name in ("dark", "light"):
        next(action for action in menus.themes.actions() if action.objectName() == f"theme.{name}").trigger()
        menus.themes.aboutToShow.emit()
        assert [action.objectName() for action in menus.themes.actions() if action.isChecked()] == [f"theme.{name}"]
