// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/questions.h"

#include <QCoreApplication>
#include <QMessageBox>

namespace stagelift::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("stagelift::ui::Questions", text);
}

} // namespace

SaveAnswer askToSave(QWidget* parent, const QString& title)
{
    QMessageBox box(QMessageBox::Question, tr("Unsaved Changes"), tr("Save the changes to %1?").arg(title),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, parent);
    box.setInformativeText(tr("They are lost if you discard them."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return SaveAnswer::Save;
    case QMessageBox::Discard:
        return SaveAnswer::Discard;
    default:
        return SaveAnswer::Cancel;
    }
}

bool askToStopBuild(QWidget* parent)
{
    QMessageBox box(QMessageBox::Question, tr("A Build Is Running"), tr("Stop the build and close?"),
                    QMessageBox::Cancel, parent);
    const QAbstractButton* stop = box.addButton(tr("Stop and Close"), QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == stop;
}

} // namespace stagelift::ui
