// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long it takes to read the files of an image from a stream, and how much memory: 100,000 files of 2 kB in eight
// layers, of which each changes some of those below and hides others. The archive is read from a pipe that another
// process writes, as an engine does.

#include "core/engine/files/image_reader.h"
#include "core/engine/files/pipe_source.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>

using namespace stagelift;

namespace {

constexpr int kFiles = 100'000;
constexpr int kLayers = 8;
constexpr int kInAFolder = 50;
constexpr std::size_t kFileSize = 2000; // bytes
constexpr int kChanged = 10;            // one of so many is changed by the next layer
constexpr int kHidden = 25;

void addFile(archive* writer, const std::string& path, std::string_view content)
{
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, path.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
}

archive* writerTo(std::string& bytes)
{
    archive* writer = archive_write_new();
    archive_write_set_format_ustar(writer);
    archive_write_open(
        writer, &bytes, nullptr,
        [](archive*, void* to, const void* from, std::size_t size) -> la_ssize_t {
            static_cast<std::string*>(to)->append(static_cast<const char*>(from), size);
            return static_cast<la_ssize_t>(size);
        },
        nullptr);
    return writer;
}

std::string folderOf(int file)
{
    const int folder = file / kInAFolder;
    return "usr/lib/node_modules/package-" + std::to_string(folder % 200) + "/dist/part-" + std::to_string(folder);
}

std::string layer(int number)
{
    const std::string content(kFileSize, 'x');
    std::string bytes;
    archive* writer = writerTo(bytes);
    constexpr int kEach = kFiles / kLayers;
    for (int file = number * kEach; file < (number + 1) * kEach; ++file)
        addFile(writer, folderOf(file) + "/module-" + std::to_string(file) + ".js", content);
    for (int file = (number - 1) * kEach; number > 0 && file < number * kEach; ++file) {
        const std::string name = "module-" + std::to_string(file) + ".js";
        if (file % kHidden == 0)
            addFile(writer, folderOf(file) + "/.wh." + name, {});
        else if (file % kChanged == 0)
            addFile(writer, folderOf(file) + '/' + name, content);
    }
    archive_write_free(writer);
    return bytes;
}

/// As `docker save` writes it.
void writeArchive(int descriptor)
{
    archive* writer = archive_write_new();
    archive_write_set_format_ustar(writer);
    archive_write_open_fd(writer, descriptor);
    std::string names;
    for (int number = 0; number < kLayers; ++number) {
        const std::string name = "layer-" + std::to_string(number) + ".tar";
        names += (number == 0 ? "\"" : ",\"") + name + '"';
        addFile(writer, name, layer(number));
    }
    addFile(writer, "manifest.json", R"([{"Config":"config.json","Layers":[)" + names + "]}]");
    archive_write_free(writer);
}

/// The highest that this process has taken so far.
double megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    constexpr double kKilobytes = 1024.0 / 1'000'000.0;
    return static_cast<double>(usage.ru_maxrss) * kKilobytes;
}

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

int main()
{
    PipeSource pipe;
    const pid_t writer = fork();
    if (writer == 0) {
        writeArchive(pipe.writeEnd());
        _exit(0);
    }
    pipe.closeWriteEnd();
    const auto begin = std::chrono::steady_clock::now();
    double waited = 0; // for the writer, which has to make the archive first
    ReadingWatch watch;
    const auto files = readImage(
        [&] {
            const auto asked = std::chrono::steady_clock::now();
            auto piece = pipe.next();
            waited += secondsSince(asked);
            return piece;
        },
        watch);
    const double seconds = secondsSince(begin) - waited;
    waitpid(writer, nullptr, 0);
    if (!files) {
        std::fprintf(stderr, "%s\n", qPrintable(files.error()));
        return 1;
    }
    const auto totalling = std::chrono::steady_clock::now();
    const FileTotals totals = totalsOf(*files);
    std::printf("files/read/entries %lld files\n", static_cast<long long>(watch.files.load()));
    std::printf("files/read/archive %.1f MB\n", static_cast<double>(watch.bytes.load()) / 1e6);
    std::printf("files/read/time %.3f s\n", seconds);
    std::printf("files/read/totals %.1f ms\n", secondsSince(totalling) * 1000);
    std::printf("files/read/wasted %.1f MB\n", static_cast<double>(totals.wasted) / 1e6);
    std::printf("files/read/memory %.1f MB\n", megabytes());
    return 0;
}
