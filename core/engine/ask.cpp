// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/ask.h"

#include "core/engine/process.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include <memory>
#include <utility>

namespace stagelift {

namespace {

constexpr qsizetype kMostAnswer = 64 * 1024 * 1024; // bytes: a program gone mad shall not take the memory with it

QString problemOf(const ProcessResult& result, const Command& command, const Answer& answer)
{
    const QString name = QFileInfo(command.program).fileName();
    if (result.end == ProcessEnd::Stopped)
        return QCoreApplication::translate("stagelift::Engine", "%1 does not answer.").arg(name);
    if (result.end == ProcessEnd::NotStarted)
        return QCoreApplication::translate("stagelift::Engine", "%1 can't be started: %2").arg(name, result.problem);
    if (const QString complaint = Answer::complaint(answer.errors); !complaint.isEmpty())
        return complaint;
    return QCoreApplication::translate("stagelift::Engine", "%1 failed with status %2.").arg(name).arg(result.exitCode);
}

} // namespace

QString Answer::complaint(const QByteArray& errors)
{
    // Podman and Buildah speak in the log format of logrus too, and warn of other things first.
    static const QRegularExpression logged(QStringLiteral(R"re(^time="[^"]*" level=(\w+) msg="(.*)"$)re"));
    static const QRegularExpression named(QStringLiteral("^(?:ERROR|Error|error): (.*)$"));
    QString first;
    for (const QByteArray& raw : errors.split('\n')) {
        const QString line = QString::fromUtf8(raw).trimmed();
        if (const auto match = named.match(line); match.hasMatch())
            return match.captured(1);
        const auto match = logged.match(line);
        const bool minor = match.hasMatch() && match.captured(1) != u"error" && match.captured(1) != u"fatal";
        if (first.isEmpty() && !minor)
            first = match.hasMatch() ? match.captured(2) : line;
    }
    return first;
}

void ask(const Command& command, QObject* context, std::function<void(const Answer&)> hear,
         std::chrono::milliseconds patience)
{
    auto* process = new Process(command, Process::Channels::Apart, context);
    auto answer = std::make_shared<Answer>();
    auto keep = [process](QByteArray& store, const QByteArray& bytes) {
        if (store.size() + bytes.size() > kMostAnswer)
            process->stop();
        else
            store += bytes;
    };
    QObject::connect(process, &Process::output, context,
                     [answer, keep](const QByteArray& bytes) { keep(answer->output, bytes); });
    QObject::connect(process, &Process::errorOutput, context,
                     [answer, keep](const QByteArray& bytes) { keep(answer->errors, bytes); });
    QObject::connect(process, &Process::done, context,
                     [process, answer, command, hear = std::move(hear)](const ProcessResult& result) {
                         process->deleteLater();
                         answer->ok = result.succeeded();
                         if (!answer->ok)
                             answer->problem = problemOf(result, command, *answer);
                         hear(*answer);
                     });
    QTimer::singleShot(patience, process, &Process::stop);
    process->start();
}

} // namespace stagelift
