// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/document/disk_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLookedAtForNul = 8000; // bytes; git looks as far
constexpr mode_t kPermissionBits = 07777;

QString tr(const char* text)
{
    return QCoreApplication::translate("File", text);
}

bool statOf(const QString& path, struct stat& answer)
{
    return ::stat(QFile::encodeName(path).constData(), &answer) == 0;
}

FileStamp stampFrom(const struct stat& info)
{
    return {.device = info.st_dev,
            .inode = info.st_ino,
            .size = info.st_size,
            .modifiedNs = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
}

std::expected<void, QString> refusalToRead(const QString& path)
{
    const QFileInfo info(path);
    struct stat found{};
    if (!statOf(path, found)) {
        if (info.isSymLink())
            return std::unexpected(tr("%1 is a link to %2, which is not there.").arg(path, info.symLinkTarget()));
        return std::unexpected(tr("%1: there is no such file.").arg(path));
    }
    if (S_ISDIR(found.st_mode))
        return std::unexpected(tr("%1 is a folder. Open a Dockerfile in it.").arg(path));
    if (!S_ISREG(found.st_mode))
        return std::unexpected(tr("%1 is a device or a pipe, not a file.").arg(path));
    if (found.st_size > kLargestFile)
        return std::unexpected(tr("%1 is too large: %2 MB, and the most that can be opened is %3 MB.")
                                   .arg(path)
                                   .arg(found.st_size / 1'000'000)
                                   .arg(kLargestFile / 1'000'000));
    return {};
}

/// What makes bytes no text of ours; empty where they are.
QString notText(const QString& path, std::string_view bytes)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return tr("%1 is written in UTF-16. A Dockerfile has to be UTF-8.").arg(path);
    if (bytes.substr(0, kLookedAtForNul).contains('\0'))
        return tr("%1 is not a text file.").arg(path);
    return {};
}

QString real(const QString& path)
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    return canonical.isEmpty() ? path : canonical;
}

bool writeAll(QIODevice& device, std::string_view bytes, bool withByteOrderMark)
{
    if (withByteOrderMark && device.write(kByteOrderMark.data(), qsizetype(kByteOrderMark.size())) < 0)
        return false;
    return device.write(bytes.data(), qsizetype(bytes.size())) == qsizetype(bytes.size());
}

QString cantWrite(const QString& path, const QString& why)
{
    return tr("%1 can't be written: %2. Your text is still here; save it under another name.").arg(path, why);
}

/// A file put beside the old one can't take over a second name or an owner that is not us.
bool canBeReplaced(const QString& path, const struct stat& old)
{
    const bool ours = old.st_uid == ::geteuid() || ::geteuid() == 0;
    return old.st_nlink == 1 && ours && QFileInfo(QFileInfo(path).absolutePath()).isWritable();
}

std::expected<FileStamp, QString> replaceFile(const QString& path, const struct stat* old, std::string_view bytes,
                                              bool withByteOrderMark)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return std::unexpected(cantWrite(path, file.errorString()));
    if (old) {
        // The owner first: changing it clears bits of the mode.
        const bool owned = ::fchown(file.handle(), old->st_uid, old->st_gid) == 0;
        if (::fchmod(file.handle(), old->st_mode & kPermissionBits) != 0 && !owned)
            return std::unexpected(cantWrite(path, tr("its owner and mode can't be kept")));
    }
    if (!writeAll(file, bytes, withByteOrderMark) || !file.commit())
        return std::unexpected(cantWrite(path, file.errorString()));
    return stampOf(path);
}

std::expected<QString, QString> putAside(const QString& path)
{
    const QString when = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss-zzz"_s);
    QString copy = privateFolder(u"backups"_s) + u"/%1.%2"_s.arg(QFileInfo(path).fileName(), when);
    if (!QFile::copy(path, copy))
        return std::unexpected(tr("%1 was not written, because no copy of it could be kept in %2.").arg(path, copy));
    return copy;
}

std::expected<FileStamp, QString> overwriteFile(const QString& path, std::string_view bytes, bool withByteOrderMark)
{
    const auto copy = putAside(path);
    if (!copy)
        return std::unexpected(copy.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return std::unexpected(cantWrite(path, file.errorString()));
    if (!file.resize(0) || !writeAll(file, bytes, withByteOrderMark) || !file.flush() || ::fsync(file.handle()) != 0)
        return std::unexpected(cantWrite(path, file.errorString()) + u' ' +
                               tr("What the file said before is in %1.").arg(*copy));
    file.close();
    QFile::remove(*copy);
    return stampOf(path);
}

} // namespace

FileStamp stampOf(const QString& path)
{
    struct stat found{};
    return statOf(path, found) ? stampFrom(found) : FileStamp{};
}

std::expected<FileContents, QString> readFile(const QString& path)
{
    if (auto readable = refusalToRead(path); !readable)
        return std::unexpected(readable.error());
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(tr("%1 can't be read: %2.").arg(path, file.errorString()));
    struct stat found{};
    ::fstat(file.handle(), &found);
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return std::unexpected(tr("%1 can't be read: %2.").arg(path, file.errorString()));
    std::string_view text(bytes.constData(), std::size_t(bytes.size()));
    if (const QString why = notText(path, text); !why.isEmpty())
        return std::unexpected(why);
    const bool marked = text.starts_with(kByteOrderMark);
    if (marked)
        text.remove_prefix(kByteOrderMark.size());
    return FileContents{.bytes = std::string(text), .hasByteOrderMark = marked, .stamp = stampFrom(found)};
}

bool isReadOnly(const QString& path)
{
    // Root may write what nobody should: the mode is what its owner meant.
    struct stat found{};
    if (!statOf(path, found))
        return false;
    return (found.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0 || !QFileInfo(path).isWritable();
}

std::expected<FileStamp, QString> writeFile(const QString& path, std::string_view bytes, bool withByteOrderMark)
{
    const QString target = real(path);
    struct stat old{};
    const bool exists = statOf(target, old);
    if (exists && !S_ISREG(old.st_mode))
        return std::unexpected(tr("%1 is not a file. Save under another name.").arg(path));
    if (exists && isReadOnly(target))
        return std::unexpected(tr("%1 is read-only. Your text is still here; save it under another name.").arg(path));
    if (!exists && !QFileInfo(QFileInfo(target).absolutePath()).isDir())
        return std::unexpected(
            tr("%1 can't be written: the folder %2 is not there.").arg(path, QFileInfo(target).absolutePath()));
    if (exists && !canBeReplaced(target, old))
        return overwriteFile(target, bytes, withByteOrderMark);
    return replaceFile(target, exists ? &old : nullptr, bytes, withByteOrderMark);
}

QString privateFolder(const QString& name)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u'/' + name;
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return folder;
}

} // namespace stagelift::ui
