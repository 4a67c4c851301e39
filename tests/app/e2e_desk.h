// SPDX-License-Identifier: GPL-3.0-or-later
//
// A screen of its own, a program on it, and a pointer and keys that are real to it: Xvfb and xdotool.

#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QPoint>
#include <QProcess>
#include <QRect>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <fcntl.h>
#include <unistd.h>

namespace stagelift {

/// True where a missing display or engine is a failure and not a reason to skip.
inline bool everythingIsRequired()
{
    return qEnvironmentVariable("STAGELIFT_REQUIRE_ALL") == QLatin1StringView("1");
}

class E2eDesk {
public:
    static constexpr int kPatience = 20'000; // ms, for anything but a build
    static constexpr int kStep = 50;         // ms between moves: a drag wants to be followed
    static constexpr int kSteps = 12;        // moves of a drag

    ~E2eDesk()
    {
        end(m_program);
        end(m_screen);
    }

    /// A program that this takes and that is not installed; "" where all are.
    [[nodiscard]] static QString missingTool()
    {
        for (const QString& tool : {QStringLiteral("Xvfb"), QStringLiteral("xdotool")})
            if (QStandardPaths::findExecutable(tool).isEmpty())
                return tool;
        return {};
    }

    /// Starts a screen on a free display. False where there is no Xvfb.
    bool startScreen()
    {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return false;
        fcntl(ends[1], F_SETFD, 0); // the child keeps its end
        m_screen.start(QStringLiteral("Xvfb"),
                       {QStringLiteral("-displayfd"), QString::number(ends[1]), QStringLiteral("-screen"),
                        QStringLiteral("0"), QStringLiteral("1440x900x24"), QStringLiteral("-nolisten"),
                        QStringLiteral("tcp")});
        const bool started = m_screen.waitForStarted(kPatience);
        close(ends[1]);
        // To the end of the line: Xvfb writes it in two pieces, and ends when the second finds nobody to read it.
        m_display = ":";
        char digit = '\0';
        while (started && read(ends[0], &digit, 1) == 1 && digit != '\n')
            m_display += digit;
        close(ends[0]);
        return m_display.size() > 1 && digit == '\n';
    }

    /// Starts a program on that screen, with settings and data folders of its own.
    void start(const QString& program, const QStringList& arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_display));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        environment.remove(QStringLiteral("WAYLAND_DISPLAY"));
        for (const char* folder : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
            environment.insert(QString::fromLatin1(folder), m_home.filePath(QString::fromLatin1(folder)));
        m_program.setProcessEnvironment(environment);
        m_program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_program.start(program, arguments);
    }

    /// Starts the window that answers questions.
    bool startWindow(const QStringList& files)
    {
        const QString name = m_home.filePath(QStringLiteral("socket"));
        start(QStringLiteral(STAGELIFT_E2E_APP), QStringList{name} + files);
        QElapsedTimer clock;
        clock.start();
        while (!clock.hasExpired(kPatience)) {
            m_socket.connectToServer(name);
            if (m_socket.waitForConnected(200))
                return true;
            QThread::msleep(100);
        }
        return false;
    }

    QProcess& program() { return m_program; }

    QJsonObject ask(const char* what, const QString& name = {}, const QString& path = {})
    {
        const QJsonObject question{{QStringLiteral("ask"), QString::fromLatin1(what)},
                                   {QStringLiteral("name"), name},
                                   {QStringLiteral("path"), path}};
        m_socket.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
        m_socket.flush();
        while (!m_socket.canReadLine()) {
            if (!m_socket.waitForReadyRead(kPatience))
                return {};
        }
        return QJsonDocument::fromJson(m_socket.readLine()).object();
    }

    /// Asks until there is an answer. The middle of the place it names.
    QPoint find(const char* what, const QString& name = {}, const QString& path = {})
    {
        QJsonObject answer;
        QElapsedTimer clock;
        clock.start();
        while (answer.isEmpty() && !clock.hasExpired(kPatience)) {
            answer = ask(what, name, path);
            if (answer.isEmpty())
                QThread::msleep(100);
        }
        if (answer.isEmpty())
            return {-1, -1};
        const auto number = [&](const char* key) { return answer[QLatin1StringView(key)].toInt(); };
        return QRect(number("x"), number("y"), number("w"), number("h")).center();
    }

    QByteArray text() { return QByteArray::fromBase64(ask("text")[QStringLiteral("base64")].toString().toLatin1()); }

    void xdotool(const QStringList& arguments)
    {
        QProcess tool;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), QString::fromLatin1(m_display));
        tool.setProcessEnvironment(environment);
        tool.start(QStringLiteral("xdotool"), arguments);
        if (!tool.waitForFinished(kPatience) || tool.exitCode() != 0)
            qFatal("xdotool %s: %s", qPrintable(arguments.join(u' ')), tool.readAllStandardError().constData());
    }

    void moveTo(QPoint point)
    {
        xdotool({QStringLiteral("mousemove"), QString::number(point.x()), QString::number(point.y())});
        QThread::msleep(kStep);
    }

    void click(QPoint point)
    {
        moveTo(point);
        xdotool({QStringLiteral("click"), QStringLiteral("1")});
        QThread::msleep(kStep);
    }

    void doubleClick(QPoint point)
    {
        moveTo(point);
        xdotool({QStringLiteral("click"), QStringLiteral("--repeat"), QStringLiteral("2"), QStringLiteral("--delay"),
                 QStringLiteral("80"), QStringLiteral("1")});
        QThread::msleep(kStep);
    }

    /// A click while a key is held.
    void clickWith(const char* key, QPoint point)
    {
        xdotool({QStringLiteral("keydown"), QString::fromLatin1(key)});
        click(point);
        xdotool({QStringLiteral("keyup"), QString::fromLatin1(key)});
    }

    void drag(QPoint from, QPoint to)
    {
        moveTo(from);
        xdotool({QStringLiteral("mousedown"), QStringLiteral("1")});
        for (int step = 1; step <= kSteps; ++step)
            moveTo(from + (to - from) * step / kSteps);
        moveTo(to + QPoint(1, 1));
        xdotool({QStringLiteral("mouseup"), QStringLiteral("1")});
        QThread::msleep(kStep);
    }

    void key(const char* keys)
    {
        xdotool({QStringLiteral("key"), QStringLiteral("--clearmodifiers"), QString::fromLatin1(keys)});
        QThread::msleep(kStep);
    }

    void type(const QString& text)
    {
        xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("20"), text});
        QThread::msleep(kStep);
    }

    /// Waits for a window of that title and gives it the keys: there is no window manager to do it.
    void focusWindow(const char* title)
    {
        xdotool({QStringLiteral("search"), QStringLiteral("--sync"), QStringLiteral("--onlyvisible"),
                 QStringLiteral("--name"), QString::fromLatin1(title), QStringLiteral("windowfocus"),
                 QStringLiteral("--sync")});
    }

private:
    static void end(QProcess& process)
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.terminate();
        if (!process.waitForFinished(3000)) {
            process.kill();
            process.waitForFinished(3000);
        }
    }

    QTemporaryDir m_home;
    QProcess m_screen;
    QByteArray m_display;
    QProcess m_program;
    QLocalSocket m_socket;
};

} // namespace stagelift
