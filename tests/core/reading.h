// SPDX-License-Identifier: GPL-3.0-or-later
//
// What tests of the parser and the graph share.

#pragma once

#include "core/dockerfile/parser.h"
#include "core/stages/stage_graph.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QStringList>

namespace stagelift::test {

/// A text with what was read from it. Stays where it is, as the Dockerfile looks at it.
struct Reading {
    explicit Reading(const QByteArray& text) : source(text.toStdString()), dockerfile(parse(source)) {}

    const SourceText source;
    const Dockerfile dockerfile;

    [[nodiscard]] QString at(Span span) const
    {
        const std::string_view text = source.at(span);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
};

[[nodiscard]] inline QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

[[nodiscard]] inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "line 3: sentence", or the sentence alone where no line is named.
[[nodiscard]] inline QString located(std::string_view message, LineRange lines)
{
    return lines.first == 0 ? shown(message) : QStringLiteral("line %1: %2").arg(lines.first).arg(shown(message));
}

[[nodiscard]] inline QStringList errorsOf(const Dockerfile& dockerfile)
{
    QStringList list;
    for (const SyntaxError& error : dockerfile.errors)
        list << located(error.message, error.lines);
    return list;
}

/// The folder of real Dockerfiles beside the source, where there is one.
[[nodiscard]] inline QDir corpus()
{
    return QDir(QStringLiteral(STAGELIFT_SOURCE_DIR "/../shared/corpus"));
}

} // namespace stagelift::test
