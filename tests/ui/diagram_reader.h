// SPDX-License-Identifier: GPL-3.0-or-later
//
// A screen reader on a diagram: what it is told, and what it asks.

#pragma once

#include "ui/diagram_fixture.h"

#include <QAccessible>

namespace stagelift::ui {

inline constexpr auto kThree = "FROM golang:1.22 AS build\n"
                               "COPY . /src\n"
                               "RUN go build -o /src/server .\n"
                               "RUN gcc -o /src/tool tool.c\n"
                               "FROM build AS test\n"
                               "RUN --mount=type=bind,from=build,source=/src,target=/mnt run\n"
                               "FROM scratch AS final\n"
                               "COPY --from=build /src/server /server\n";

struct Told {
    QAccessible::Event event;
    QString name; // of the thing it is about
};

inline std::vector<Told>& heard()
{
    static std::vector<Told> all;
    return all;
}

inline void hear(QAccessibleEvent* event)
{
    QAccessibleInterface* about = event->accessibleInterface();
    heard().push_back({event->type(), about && about->isValid() ? about->text(QAccessible::Name) : QString()});
}

/// What was told by events of this kind, one a line.
inline QString told(QAccessible::Event kind)
{
    QStringList names;
    for (const Told& each : heard())
        if (each.event == kind)
            names += each.name;
    return names.join(u'\n');
}

class Reader {
public:
    explicit Reader(const std::string& text) : desk(text) { heard().clear(); }

    QAccessibleInterface* diagram() { return QAccessible::queryAccessibleInterface(&desk.view()); }

    QAccessibleInterface* item(const QString& beginning)
    {
        for (int i = 0; i < diagram()->childCount(); ++i)
            if (diagram()->child(i)->text(QAccessible::Name).startsWith(beginning))
                return diagram()->child(i);
        qFatal("nothing is called %s", qPrintable(beginning));
    }

    QString focused()
    {
        QAccessibleInterface* child = diagram()->focusChild();
        return child ? child->text(QAccessible::Name) : QString();
    }

    DiagramDesk desk;
};

} // namespace stagelift::ui
