// SPDX-License-Identifier: GPL-3.0-or-later
//
// Image archives, which come from an engine and hold what anybody has put into an image. The bytes are read three
// times: as an archive, packed or not, whole and in pieces; as a program; and as the lines of layers, for few archives
// survive being changed. A line is a path behind a letter for what it is, and a line of dashes begins the next layer.

#include "core/engine/files/image_files_builder.h"
#include "core/engine/files/image_reader.h"
#include "core/engine/files/program_needs.h"
#include "core/engine/files/program_reader.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

using namespace stagelift;
using namespace stagelift::fuzz;

namespace {

constexpr qint64 kSize = 10; // bytes of every file
constexpr qsizetype kSmallPiece = 7;

/// What has to hold of any tree, whatever it was made from.
void requireWhole(const ImageFiles& files)
{
    qint64 stored = 0;
    for (const ImageLayer& layer : files.layers()) {
        stored += layer.bytes;
        require(layer.added >= 0 && layer.changed >= 0 && layer.hidden >= 0, "a layer does nothing less than never");
    }
    const FileTotals totals = totalsOf(files);
    require(totals.bytes + totals.wasted <= stored, "no more is seen and wasted than is stored");
    for (ImageFiles::Id node = 1; node < files.count(); ++node) {
        require(files.parent(node) < node, "a folder is ahead of what is in it");
        require(!files.name(node).empty() && files.name(node) != ".." && !files.name(node).contains('/'),
                "a name is a name");
        require(files.find(files.path(node)) == node, "a path leads to its file");
        const bool isLost = files.exists(node) && files.parent(node) != 0 && !files.exists(files.parent(node));
        require(!isLost, "what is seen is in a folder that is seen");
        int layer = static_cast<int>(files.layers().size());
        for (const auto* version = files.newest(node); version; version = files.before(*version)) {
            require(version->layer < layer, "one version a layer, the newest first");
            layer = version->layer;
        }
    }
}

std::expected<ImageFiles, QString> read(QByteArrayView bytes, qsizetype piece)
{
    ReadingWatch watch;
    return readImage(
        [rest = bytes, piece]() mutable -> std::expected<QByteArrayView, QString> {
            const QByteArrayView next = rest.first(std::min(piece, rest.size()));
            rest = rest.sliced(next.size());
            return next;
        },
        watch);
}

std::optional<ProgramFacts> factsOf(QByteArrayView bytes, qsizetype piece)
{
    ProgramReader reader;
    reader.begin();
    for (qsizetype at = 0; at < bytes.size() && reader.wantsMore(); at += piece)
        reader.take(bytes.sliced(at, std::min(piece, bytes.size() - at)), at);
    return reader.facts(bytes.size());
}

/// As one program, whole and in pieces; and as the program and all the libraries of a stage.
void readAsAProgram(QByteArrayView bytes)
{
    const auto whole = factsOf(bytes, std::max<qsizetype>(bytes.size(), 1));
    require(whole == factsOf(bytes, kSmallPiece), "a program in pieces is one as the whole");
    if (!whole)
        return;
    require(whole->spare >= 0 && whole->spare <= bytes.size(), "no more can be spared than there is");
    LayerEntries layer;
    for (const std::string_view path : {"lib/liba.so", "opt/libb.so", "usr/lib/libc.so", "app"}) {
        layer.add({.path = path, .link = {}, .size = bytes.size(), .mode = 0755, .type = FileType::File});
        layer.describeLast(*whole);
    }
    ImageFilesBuilder builder;
    require(builder.add(layer, {}), "there is room for a few files");
    const ImageFiles files = builder.take({});
    const ProgramNeeds needs = LibraryFinder(files).needsOf(files.find("app"));
    for (const ProgramNeed& need : needs.libraries)
        require((need.file == ImageFiles::kNone) == (need.whereabouts == Whereabouts::Missing),
                "what is there is a file");
}

void layOut(std::string_view text)
{
    ImageFilesBuilder builder;
    LayerEntries layer;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line == "----") {
            require(builder.add(std::exchange(layer, {}), {}), "there is room for a few files");
        } else if (!line.empty()) {
            const auto type = static_cast<FileType>(static_cast<unsigned char>(line.front()) % 6);
            layer.add({.path = line.substr(1),
                       .link = line,
                       .size = type == FileType::File ? kSize : 0,
                       .mode = static_cast<quint16>(line.size() % 8),
                       .type = type});
        }
    }
    require(builder.add(layer, {}), "there is room for a few files");
    requireWhole(builder.take({}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto whole = read(bytes, bytes.size());
    const auto pieces = read(bytes, kSmallPiece);
    require(whole.has_value() == pieces.has_value(), "an archive in pieces is one as the whole");
    if (whole) {
        requireWhole(*whole);
        require(whole->count() == pieces->count(), "an archive in pieces holds the same");
    }
    readAsAProgram(bytes);
    layOut(viewOf(data, size));
    return 0;
}
