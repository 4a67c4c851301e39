// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/names.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QLineEdit>
#include <QTabBar>

namespace stagelift::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Names)
};

} // namespace

void nameSmallButtons(const QWidget& root)
{
    for (QAbstractButton* button : root.findChildren<QAbstractButton*>()) {
        if (!button->text().isEmpty() || !button->accessibleName().isEmpty())
            continue;
        if (qobject_cast<QTabBar*>(button->parentWidget()) && button->inherits("CloseButton"))
            button->setAccessibleName(Words::tr("Close"));
        else if (qobject_cast<QLineEdit*>(button->parentWidget()))
            button->setAccessibleName(Words::tr("Clear"));
    }
}

} // namespace stagelift::ui
