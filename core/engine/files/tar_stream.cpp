// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/files/tar_stream.h"

#include <QCoreApplication>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <utility>

namespace stagelift {

namespace {

constexpr unsigned kModeBits = 07777;

FileType typeOf(archive_entry* entry)
{
    if (archive_entry_hardlink(entry))
        return FileType::HardLink;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return FileType::File;
    case AE_IFDIR:
        return FileType::Folder;
    case AE_IFLNK:
        return FileType::Link;
    case AE_IFCHR:
    case AE_IFBLK:
        return FileType::Device;
    default:
        return FileType::Other;
    }
}

/// In the plain C locale libarchive leaves names as the bytes that they are; in others it composes letters and accents,
/// and a file could not be found by its own name.
class PlainLocale {
public:
    PlainLocale() : m_before(uselocale(plain())) {}
    ~PlainLocale() { uselocale(m_before); }
    PlainLocale(const PlainLocale&) = delete;
    PlainLocale& operator=(const PlainLocale&) = delete;
    PlainLocale(PlainLocale&&) = delete;
    PlainLocale& operator=(PlainLocale&&) = delete;

private:
    static locale_t plain()
    {
        static const locale_t locale = newlocale(LC_CTYPE_MASK, "C", nullptr);
        return locale;
    }
    locale_t m_before;
};

std::string_view viewOf(const char* text)
{
    return text ? std::string_view(text) : std::string_view();
}

} // namespace

struct TarStream::Private {
    ByteSource source;
    std::optional<QString> sourceProblem;
    archive* reader = nullptr;
    bool isOpen = false;

    [[nodiscard]] QString problem() const;
    static la_ssize_t read(archive* reader, void* self, const void** bytes);
};

la_ssize_t TarStream::Private::read(archive* reader, void* self, const void** bytes)
{
    auto& that = *static_cast<Private*>(self);
    const auto piece = that.source();
    if (!piece) {
        that.sourceProblem = piece.error();
        archive_set_error(reader, EIO, "the source failed");
        return ARCHIVE_FATAL;
    }
    *bytes = piece->data();
    return piece->size();
}

QString TarStream::Private::problem() const
{
    if (sourceProblem)
        return *sourceProblem;
    return QCoreApplication::translate("stagelift::Files", "The archive can't be read: %1.")
        .arg(QString::fromUtf8(archive_error_string(reader)));
}

/// Only what an image may be packed with: for others libarchive would start programs.
TarStream::TarStream(ByteSource source) : d(std::make_unique<Private>())
{
    d->source = std::move(source);
    d->reader = archive_read_new();
    archive_read_support_format_tar(d->reader);
    archive_read_support_format_empty(d->reader);
    archive_read_support_filter_gzip(d->reader);
    archive_read_support_filter_zstd(d->reader);
}

TarStream::~TarStream()
{
    archive_read_free(d->reader);
}

bool TarStream::sourceFailed() const
{
    return d->sourceProblem.has_value();
}

std::expected<std::optional<TarEntry>, QString> TarStream::next()
{
    const PlainLocale locale; // of this thread alone
    if (!std::exchange(d->isOpen, true) &&
        archive_read_open(d->reader, d.get(), nullptr, &Private::read, nullptr) < ARCHIVE_WARN)
        return std::unexpected(d->problem());
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(d->reader, &entry);
    if (status == ARCHIVE_EOF)
        return std::nullopt;
    // A warning is of names that this locale can't spell, which are bytes to us.
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return std::unexpected(d->problem());
    const FileType type = typeOf(entry);
    const char* link = type == FileType::HardLink ? archive_entry_hardlink(entry) : archive_entry_symlink(entry);
    return TarEntry{.path = viewOf(archive_entry_pathname(entry)),
                    .link = viewOf(link),
                    .size = type == FileType::File ? std::max<qint64>(archive_entry_size(entry), 0) : 0,
                    .mode = static_cast<quint16>(archive_entry_perm(entry) & kModeBits),
                    .type = type};
}

std::expected<TarPiece, QString> TarStream::piece()
{
    const void* bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    do { // a piece without bytes is a hole at the end of a sparse file
        const int status = archive_read_data_block(d->reader, &bytes, &size, &offset);
        if (status == ARCHIVE_EOF)
            return TarPiece{};
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return std::unexpected(d->problem());
    } while (size == 0);
    return TarPiece{.bytes = QByteArrayView(static_cast<const char*>(bytes), static_cast<qsizetype>(size)),
                    .offset = offset};
}

} // namespace stagelift
