// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window with a file in it and the inspector open, as a hand has it.

#pragma once

#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/inspector/inspector.h"
#include "ui/inspector/property_field.h"
#include "ui/window_fixture.h"

#include <QLabel>
#include <QLineEdit>

namespace stagelift::ui {

inline constexpr auto kTwo =
    "FROM golang:1.25 AS build\n" // line 0
    "RUN make\n"
    "FROM debian:13 AS tools\n" // line 2
    "FROM scratch\n"            // line 3
    "COPY --from=build /src/app /app\n"
    "RUN --mount=type=bind,from=build,target=/in --mount=type=cache,from=tools,target=/c true\n"
    "USER 1000\n";

class Panel : public Desk {
public:
    explicit Panel(const QByteArray& text = kTwo)
    {
        open(QStringLiteral("Dockerfile"), text);
        tab().showInspector(true);
        isOpen = QTest::qWaitFor([this] { return isDrawn(); });
    }

    /// The diagram shows the text as it is now.
    bool isDrawn()
    {
        const AnalysisPtr& drawn = tab().diagram().picture().analysis;
        return drawn && drawn->revision == tab().document().revision();
    }

    /// The caret goes there, so what stands there is selected in the diagram.
    void goTo(int line, int column = 0)
    {
        tab().editor().setFocus();
        tab().editor().setCursorPosition(line, column);
        QApplication::processEvents();
    }

    template<typename Widget>
    Widget* named(const QString& name)
    {
        for (Widget* each : tab().inspector().template findChildren<Widget*>()) {
            if (each->accessibleName() == name && each->isVisible())
                return each;
        }
        return nullptr;
    }

    QLineEdit& field(const QString& name)
    {
        auto* found = named<QLineEdit>(name);
        if (!found)
            qFatal("there is no field %s", qPrintable(name));
        return *found;
    }

    void type(const QString& name, const QString& text)
    {
        QLineEdit& line = field(name);
        line.setFocus();
        line.selectAll();
        text.isEmpty() ? QTest::keyClick(&line, Qt::Key_Backspace) : QTest::keyClicks(&line, text);
    }

    void enter(const QString& name, const QString& text)
    {
        type(name, text);
        QTest::keyClick(&field(name), Qt::Key_Return);
        isOpen = QTest::qWaitFor([this] { return isDrawn(); });
    }

    /// What is said under a field.
    QString objection(const QString& name)
    {
        const auto* whole = qobject_cast<PropertyField*>(field(name).parentWidget());
        if (!whole)
            whole = qobject_cast<PropertyField*>(field(name).parentWidget()->parentWidget());
        return whole->reason();
    }

    QString heading()
    {
        for (const QLabel* label : tab().inspector().findChildren<QLabel*>()) {
            if (label->isVisible() && label->font().bold())
                return label->text();
        }
        return {};
    }

    bool isOpen = false;
};

} // namespace stagelift::ui
