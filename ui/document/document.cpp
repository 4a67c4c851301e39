// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/document/document.h"

#include "ui/document/background.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

std::size_t hashOf(std::string_view bytes)
{
    return std::hash<std::string_view>{}(bytes);
}

/// The one edit that turns `before` into `after`, without what both begin and end with.
TextEdit difference(std::string_view before, std::string_view after)
{
    const auto [left, right] = std::ranges::mismatch(before, after);
    const auto begin = static_cast<std::uint32_t>(left - before.begin());
    before.remove_prefix(begin);
    after.remove_prefix(begin);
    const auto tail = std::ranges::mismatch(std::views::reverse(before), std::views::reverse(after));
    const auto kept = static_cast<std::uint32_t>(tail.in1 - before.rbegin());
    after.remove_suffix(kept);
    return {.span = {begin, begin + static_cast<std::uint32_t>(before.size()) - kept}, .text = std::string(after)};
}

bool fits(const TextEdits& edits, std::size_t length)
{
    std::uint32_t reached = 0;
    return std::ranges::all_of(edits, [&](const TextEdit& edit) {
        const bool follows = reached <= edit.span.begin && edit.span.begin <= edit.span.end && edit.span.end <= length;
        reached = edit.span.end;
        return follows;
    });
}

} // namespace

Document::Document(TextBuffer& buffer, QObject* parent)
    : QObject(parent), m_buffer(buffer), m_recovery([this]() -> Recovery::Snapshot {
          const bool modified = isModified();
          return {modified, m_path, title(), modified ? m_buffer.bytes() : std::string{}};
      })
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Document::analyseWhenDue);
    connect(&m_watch, &FileWatch::changed, this, &Document::fileMayHaveChanged);
    connect(&m_watch, &FileWatch::besidesChanged, this, &Document::readIgnoreFile);
    m_timer.start();
}

std::expected<void, QString> Document::load(const QString& path)
{
    auto contents = readFile(path);
    if (!contents)
        return std::unexpected(contents.error());
    m_buffer.load(contents->bytes);
    opened(QFileInfo(path).absoluteFilePath(), *contents);
    return {};
}

void Document::opened(const QString& path, const FileContents& contents)
{
    m_path = path;
    m_hasByteOrderMark = contents.hasByteOrderMark;
    m_savedHash = hashOf(contents.bytes);
    m_gone = m_conflict = false;
    m_watch.watch(m_path, contents.stamp, ignoreFiles());
    readIgnoreFile();
    bufferChanged();
    emit pathChanged(m_path);
}

std::expected<void, QString> Document::save()
{
    if (m_path.isEmpty())
        return std::unexpected(tr("The text has no file yet. Save it under a name."));
    if (overwritesOthers()) {
        emit fileChangedOnDisk();
        return std::unexpected(tr("%1 was changed by another program and was not overwritten.").arg(m_path));
    }
    return write(m_path);
}

std::expected<void, QString> Document::saveAs(const QString& path)
{
    return write(QFileInfo(path).absoluteFilePath());
}

std::expected<void, QString> Document::write(const QString& path)
{
    const std::string bytes = m_buffer.bytes();
    const auto stamp = writeFile(path, bytes, m_hasByteOrderMark);
    if (!stamp)
        return std::unexpected(stamp.error());
    const bool moved = path != m_path;
    m_path = path;
    const bool textChanged = hashOf(bytes) != m_savedHash;
    m_savedHash = hashOf(bytes);
    m_gone = m_conflict = false;
    if (moved)
        m_watch.watch(m_path, *stamp, ignoreFiles());
    else
        m_watch.setKnown(*stamp);
    m_buffer.setSavePoint();
    m_recovery.clear();
    tellModified();
    if (moved) {
        readIgnoreFile();
        emit pathChanged(m_path);
    }
    emit saved(textChanged);
    return {};
}

std::expected<void, QString> Document::reload()
{
    auto contents = readFile(m_path);
    if (!contents)
        return std::unexpected(contents.error());
    replaceText(contents->bytes);
    m_buffer.setSavePoint();
    m_hasByteOrderMark = contents->hasByteOrderMark;
    m_savedHash = hashOf(contents->bytes);
    m_gone = m_conflict = false;
    m_watch.setKnown(contents->stamp);
    m_recovery.clear();
    tellModified();
    return {};
}

void Document::replaceText(std::string_view bytes)
{
    const std::string now = m_buffer.bytes();
    if (now == bytes)
        return;
    const TextEdit edit = difference(now, bytes);
    m_buffer.apply({edit}, {edit.span.begin, edit.span.begin});
}

void Document::keepMine()
{
    m_conflict = false;
    m_watch.setKnown(stampOf(m_path));
}

std::expected<void, QString> Document::restore(const RecoveredFile& recovered)
{
    const auto text = recoveredText(recovered);
    if (!text)
        return std::unexpected(text.error());
    // Where the file itself is gone, what was typed is all there is.
    if (recovered.path.isEmpty() || !load(recovered.path)) {
        m_buffer.load({});
        m_path = recovered.path;
        m_gone = !m_path.isEmpty();
        m_watch.watch(m_path, {}, ignoreFiles());
        emit pathChanged(m_path);
    }
    replaceText(*text);
    m_recovery.adopt(recovered);
    bufferChanged();
    return {};
}

QString Document::title() const
{
    return m_path.isEmpty() ? tr("Untitled") : QFileInfo(m_path).fileName();
}

bool Document::isReadOnly() const
{
    return !m_path.isEmpty() && ui::isReadOnly(m_path);
}

bool Document::apply(const EditResult& result, std::uint64_t revision)
{
    if (revision < m_textRevision || revision > m_revision || !fits(result.edits, m_buffer.bytes().size()))
        return false;
    m_buffer.apply(result.edits, result.select);
    return true;
}

void Document::bufferChanged()
{
    m_textRevision = ++m_revision;
    m_timer.start();
    m_recovery.textChanged();
    tellModified();
}

void Document::tellModified()
{
    if (const bool modified = isModified(); modified != m_toldModified) {
        m_toldModified = modified;
        emit modifiedChanged(modified);
    }
}

void Document::setBuildOptions(const BuildOptions& options)
{
    m_options.build = options;
    lookAgain();
}

void Document::setImages(const KnownImagesPtr& images)
{
    m_options.imageConfig = lookUpIn(images);
    lookAgain();
}

void Document::setBuiltFindings(const std::vector<BuiltFinding>& findings)
{
    if (findings == m_options.built)
        return;
    m_options.built = findings;
    lookAgain();
}

void Document::setContextFolder(const QString& folder)
{
    if (folder == m_contextFolder)
        return;
    m_contextFolder = folder;
    m_watch.setBesides(ignoreFiles());
    readIgnoreFile();
}

/// The same text means something else now.
void Document::lookAgain()
{
    ++m_revision;
    m_timer.start();
}

/// Where the ignore file may lie, best first. BuildKit: dockerui/config.go.
QStringList Document::ignoreFiles() const
{
    QStringList files;
    if (!m_path.isEmpty())
        files << m_path + u".dockerignore"_s;
    const QString own = m_path.isEmpty() ? QString() : QFileInfo(m_path).absolutePath();
    const QString folder = m_contextFolder.isEmpty() ? own : m_contextFolder;
    if (!folder.isEmpty())
        files << folder + u"/.dockerignore"_s;
    return files;
}

AnalysisPtr Document::analysis()
{
    if (!m_analysis || m_analysis->revision != m_revision)
        analyseNow(m_buffer.bytes());
    return m_analysis;
}

void Document::analyseWhenDue()
{
    if (m_analysis && m_analysis->revision == m_revision) {
        emit analysed(m_analysis);
        return;
    }
    std::string text = m_buffer.bytes();
    if (text.size() > kLargeText) {
        analyseInBackground(std::move(text));
        return;
    }
    analyseNow(std::move(text));
    emit analysed(m_analysis);
}

void Document::analyseNow(std::string text)
{
    m_analysis = analyse(std::move(text), m_options, m_revision);
}

void Document::analyseInBackground(std::string text)
{
    if (m_analysing != 0)
        return; // it asks again when it is done
    m_analysing = m_revision;
    inBackground(
        this,
        [text = std::move(text), options = m_options, revision = m_revision]() mutable {
            return analyse(std::move(text), options, revision);
        },
        [this](const AnalysisPtr& analysis) { take(analysis); });
}

void Document::take(AnalysisPtr analysis)
{
    m_analysing = 0;
    if (analysis->revision == m_revision)
        m_analysis = std::move(analysis);
    m_timer.start();
}

bool Document::overwritesOthers()
{
    if (m_conflict)
        return true;
    const FileStamp now = stampOf(m_path);
    if (!now.exists() || now == m_watch.known())
        return false;
    const auto contents = readFile(m_path);
    m_conflict = !contents || hashOf(contents->bytes) != m_savedHash;
    return m_conflict;
}

void Document::fileMayHaveChanged()
{
    const FileStamp now = stampOf(m_path);
    m_watch.setKnown(now);
    if (!now.exists()) {
        m_gone = true;
        m_recovery.textChanged();
        tellModified();
        emit fileGone();
        return;
    }
    m_gone = false;
    const auto contents = readFile(m_path);
    if (contents && hashOf(contents->bytes) == m_savedHash) {
        m_hasByteOrderMark = contents->hasByteOrderMark;
        m_conflict = false;
        tellModified();
    } else if (contents && !m_buffer.isModified() && reload()) {
        emit reloaded();
    } else {
        m_conflict = true;
        tellModified();
        emit fileChangedOnDisk();
    }
}

void Document::readIgnoreFile()
{
    std::optional<std::string> ignore;
    for (const QString& path : ignoreFiles()) {
        QFile file(path);
        if (!ignore && QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly))
            ignore = file.read(kLargestFile).toStdString();
    }
    if (ignore == m_options.ignoreFile)
        return;
    m_options.ignoreFile = std::move(ignore);
    lookAgain();
}

} // namespace stagelift::ui
