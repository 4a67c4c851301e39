// SPDX-License-Identifier: GPL-3.0-or-later
//
// A window that remembers nothing, files for it, and answers to what it asks.

#pragma once

#include "engine/scripted_engine.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/window/document_tab.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <unistd.h>

#include <memory>

namespace stagelift::ui {

class Desk {
public:
    Desk()
    {
        QStandardPaths::setTestModeEnabled(true); // no copy of unsaved text among the user's own
        m_window = std::make_unique<MainWindow>(Settings::forgetful());
        m_window->resize(1200, 800);
        m_window->show();
        static_cast<void>(QTest::qWaitForWindowExposed(m_window.get()));
    }

    MainWindow& window() { return *m_window; }
    DocumentTab& tab() { return m_window->tab(); }
    std::string text() { return tab().editor().bytes(); }
    QString message() { return tab().messages().text(); }
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QString file(const QString& name, const QByteArray& bytes)
    {
        QFile made(path(name));
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            qFatal("%s can't be made", qPrintable(name));
        return made.fileName();
    }

    [[nodiscard]] QByteArray onDisk(const QString& name) const
    {
        QFile read(path(name));
        return read.open(QIODevice::ReadOnly) ? read.readAll() : QByteArray("(no file)");
    }

    bool open(const QString& name, const QByteArray& bytes) { return m_window->openFile(file(name, bytes)); }

    /// Types at the beginning of the text, as a person would.
    void type(const QString& keys)
    {
        tab().editor().setFocus();
        tab().editor().setCursorPosition(0, 0);
        for (const QChar key : keys) {
            if (key == u'\n')
                QTest::keyClick(&tab().editor(), Qt::Key_Return);
            else
                QTest::keyClick(&tab().editor(), key.toLatin1());
        }
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

/// Presses a button of the question that is about to be asked, and counts the questions.
class Answer {
public:
    explicit Answer(QMessageBox::StandardButton button)
    {
        m_timer.callOnTimeout([this, button] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box || !box->button(button))
                return;
            ++m_asked;
            box->button(button)->click();
        });
        m_timer.start(20);
    }
    [[nodiscard]] int asked() const { return m_asked; }

private:
    QTimer m_timer;
    int m_asked = 0;
};

/// For as long as it lives, this is not root: whom nothing is forbidden, to whom no file is read-only.
class AsNobody {
public:
    AsNobody()
    {
        if (m_isRoot && setresuid(kNobody, kNobody, 0) != 0)
            qFatal("can't become nobody");
    }
    ~AsNobody()
    {
        if (m_isRoot && setresuid(0, 0, 0) != 0)
            qFatal("can't become root again");
    }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    static constexpr uid_t kNobody = 65534;
    bool m_isRoot = geteuid() == 0;
};

/// For as long as it lives, PATH leads to nothing but the programs that are put here.
class OnlyOnPath {
public:
    OnlyOnPath() : m_path(qgetenv("PATH")) { qputenv("PATH", m_folder.path().toLocal8Bit()); }
    ~OnlyOnPath() { qputenv("PATH", m_path); }
    OnlyOnPath(const OnlyOnPath&) = delete;
    OnlyOnPath& operator=(const OnlyOnPath&) = delete;

    void add(const QString& name, const QByteArray& script) { test::writeProgram(file(name), script); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    QByteArray m_path;
};

} // namespace stagelift::ui
