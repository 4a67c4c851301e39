// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in the window, and the way round it.

#include "ui/diagram/diagram_view.h"
#include "ui/theme/apply_theme.h"
#include "ui/window/problems_pane.h"
#include "ui/window/toolbar.h"
#include "window_fixture.h"

#include <QToolBar>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr auto kText = "FROM golang AS build\nWORKDIR /src\nRUN go build -o /app .\n\n"
                       "FROM alpine AS tools\nRUN true\n\n"
                       "FROM scratch AS final\nCOPY etc /etc\nUSER 1000\n";

} // namespace

class WindowLookTest : public QObject {
    Q_OBJECT
private slots:
    void hasAnIconOnEveryToolButton_data();
    void hasAnIconOnEveryToolButton();
    void goesRoundThePanes();
};

void WindowLookTest::hasAnIconOnEveryToolButton_data()
{
    QTest::addColumn<int>("theme");
    QTest::newRow("light") << int(ThemeChoice::Light);
    QTest::newRow("dark") << int(ThemeChoice::Dark);
}

void WindowLookTest::hasAnIconOnEveryToolButton()
{
    QFETCH(int, theme);
    Desk desk;
    desk.window().setTheme(static_cast<ThemeChoice>(theme));
    const QColor ground = themeFor(static_cast<ThemeChoice>(theme)).palette.color(QPalette::Window);
    QTRY_COMPARE(desk.window().palette().color(QPalette::Window), ground);
    int checked = 0;
    for (const QAction* action : desk.window().toolbar().actions()) {
        if (action->isSeparator() || action->text().isEmpty())
            continue;
        const QImage image = action->icon().pixmap(20, QIcon::Normal).toImage();
        QVERIFY2(!image.isNull(), qPrintable(action->text()));
        double difference = 0; // of its strongest pixel from the ground
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > 128)
                    difference = std::max(difference, std::abs(pixel.lightnessF() - double(ground.lightnessF())));
            }
        }
        QVERIFY2(difference > 0.15, qPrintable(u"%1 can't be seen: %2"_s.arg(action->text()).arg(difference)));
        ++checked;
    }
    QVERIFY(checked >= 10);
}

void WindowLookTest::goesRoundThePanes()
{
    Desk desk;
    QVERIFY(desk.open(u"Dockerfile"_s, "FROM scratch AS X\n"));
    QTRY_VERIFY(desk.tab().problems().model().rowCount() > 0);
    desk.window().activateWindow();
    desk.tab().editor().setFocus();
    desk.window().action(ActionId::NextPane)->trigger();
    QVERIFY(desk.tab().diagram().hasFocus());
    desk.window().action(ActionId::NextPane)->trigger();
    QVERIFY(desk.tab().problems().view().hasFocus());
    desk.window().action(ActionId::NextPane)->trigger();
    QVERIFY(desk.tab().editor().hasFocus());
    desk.window().action(ActionId::PreviousPane)->trigger();
    QVERIFY(desk.tab().problems().view().hasFocus());
}

QTEST_MAIN(WindowLookTest)
#include "window_look_test.moc"
