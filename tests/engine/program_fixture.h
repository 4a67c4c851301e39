// SPDX-License-Identifier: GPL-3.0-or-later
//
// Images that are made up with programs in them.

#pragma once

#include "engine/elf_fixture.h"
#include "engine/image_fixture.h"

namespace stagelift::test {

using Layer = QList<FixtureEntry>;

inline QString toText(const std::string& text)
{
    return QString::fromStdString(text);
}

inline FixtureEntry file(const QByteArray& path, const QByteArray& content, unsigned mode = 0755)
{
    return {.path = path, .content = content, .mode = mode};
}

inline FixtureEntry plain(const QByteArray& word)
{
    return entryOf(word);
}

/// @param own how many of the layers, from the top, are of the stage's own instructions: `first` and those behind it
inline ImageFiles imageOf(const QList<QList<FixtureEntry>>& layers, int own = 1, int first = 1)
{
    QList<QByteArray> tars;
    for (const auto& layer : layers)
        tars << tarOf(layer);
    const QByteArray archive = dockerArchive(tars);
    ReadingWatch watch;
    auto files = readImage(sourceOf(archive), watch);
    if (!files)
        qFatal("%s", qPrintable(files.error()));
    for (int layer = static_cast<int>(layers.size()) - own; layer < layers.size(); ++layer) {
        files->layers()[layer].isOwn = true;
        files->layers()[layer].instruction = first++;
    }
    return std::move(*files);
}

} // namespace stagelift::test
