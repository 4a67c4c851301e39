// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every control of the window has a name for who hears it.

#include "ui/build/build_form.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/menu_entries.h"
#include "ui/diagram/picture.h"
#include "ui/window/toolbar.h"
#include "ui/window_fixture.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>
#include <QWidgetAction>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

QString nameOf(QWidget& widget)
{
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QString path(const QWidget& widget)
{
    QStringList names;
    for (const QWidget* each = &widget; each; each = each->parentWidget())
        names.prepend(each->objectName().isEmpty() ? QString::fromLatin1(each->metaObject()->className())
                                                   : each->objectName());
    return names.join(u" / "_s);
}

/// What Qt makes for itself within a control, that has the control's name; and what is shown with its words only.
bool isNoControl(const QWidget& widget)
{
    if (widget.objectName().startsWith(u"qt_"_s) || widget.inherits("QComboBoxListView") ||
        widget.inherits("QTableCornerButton") || widget.focusProxy())
        return true;
    const auto* label = qobject_cast<const QLabel*>(&widget);
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    const bool hasNoFace = button && button->text().isEmpty() && button->icon().isNull();
    return (label && label->text().isEmpty()) ||
           (hasNoFace && (button->isHidden() || button->parentWidget()->isHidden()));
}

/// Those that take the focus or are pressed, and have no name.
QStringList nameless(QWidget& root)
{
    QStringList bad;
    for (QWidget* each : root.findChildren<QWidget*>()) {
        const bool reached = each->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton*>(each);
        if (reached && !isNoControl(*each) && nameOf(*each).trimmed().isEmpty())
            bad += path(*each);
    }
    return bad;
}

} // namespace

class WindowNamesTest : public QObject {
    Q_OBJECT
private slots:
    void theWindow();
    void theBuildForm();
    void everyActionIsNamed();
};

void WindowNamesTest::theWindow()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM a AS x\nRUN y\nFROM x AS z\n"));
    QTRY_VERIFY(!desk.tab().diagram().picture().nodes.empty());
    desk.tab().messages().showMessage(
        {.kind = MessageKind::Warning, .what = u"Something"_s, .mend = {}, .actions = {{u"Do"_s, [] {}}}});
    desk.window().action(ActionId::Replace)->trigger();
    desk.window().action(ActionId::CommandPalette)->trigger();
    QVERIFY(desk.window().findChildren<QWidget*>().size() > 50);
    QVERIFY2(nameless(desk.window()).isEmpty(), qPrintable(u'\n' + nameless(desk.window()).join(u'\n')));
}

void WindowNamesTest::theBuildForm()
{
    BuildForm form(analyse("ARG V=1\nFROM a:$V AS x\n"), {}, u"/src"_s,
                   [](const BuildChoices&) { return BuildPreview{}; });
    QVERIFY2(nameless(form).isEmpty(), qPrintable(u'\n' + nameless(form).join(u'\n')));
}

void WindowNamesTest::everyActionIsNamed()
{
    Desk desk;
    int entries = 0;
    for (const QAction* title : desk.window().menuBar()->actions()) {
        for (const MenuEntry& entry : entriesOf(*title->menu())) {
            QVERIFY2(!entry.text.section(u" ▸ "_s, -1).isEmpty(), qPrintable(title->text()));
            ++entries;
        }
    }
    QVERIFY(entries > 40);
    for (const QAction* action : desk.window().toolbar().actions())
        if (!action->isSeparator() && !qobject_cast<const QWidgetAction*>(action)) // a widget has its own name
            QVERIFY2(!action->text().isEmpty(), qPrintable(action->toolTip()));
}

QTEST_MAIN(WindowNamesTest)
#include "window_names_test.moc"
