// SPDX-License-Identifier: GPL-3.0-or-later
//
// An open file: where it lies, what it says, what that means. The text is in the buffer; the analysis is made anew
// after each change, coalesced, and handed on as a value.
//
// Nobody's work is lost: a change on the disk is taken over where the text here was not touched, and asked about where
// it was; unsaved text outlives a crash (recovery.h).

#pragma once

#include "core/edits/edits.h"
#include "core/engine/image_configs.h"
#include "ui/document/file_watch.h"
#include "ui/document/recovery.h"
#include "ui/document/text_buffer.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <expected>

namespace stagelift::ui {

class Document : public QObject {
    Q_OBJECT
public:
    /// From this size on, the analysis is made in the background.
    static constexpr std::size_t kLargeText = 300'000; // bytes

    /// Looks at `buffer`, which must outlive it and call bufferChanged() after every change.
    explicit Document(TextBuffer& buffer, QObject* parent = nullptr);

    /// Reads a file into the buffer, or says why not: it is missing, a folder, not text, too large, not readable. Then
    /// all stays as it was.
    [[nodiscard]] std::expected<void, QString> load(const QString& path);
    /// Writes through links, atomically, with the file's mode kept; a byte order mark is put back. Refuses, and emits
    /// fileChangedOnDisk, where that would undo what another program wrote, unless keepMine() was called.
    [[nodiscard]] std::expected<void, QString> save();
    [[nodiscard]] std::expected<void, QString> saveAs(const QString& path);
    /// Takes what the file says now, as one undo step.
    [[nodiscard]] std::expected<void, QString> reload();
    /// The answer to fileChangedOnDisk: the next save overwrites what another program wrote.
    void keepMine();
    /// Opens the file of a crashed session with its unsaved text, which undo takes back; the kept copy is its own now.
    [[nodiscard]] std::expected<void, QString> restore(const RecoveredFile& recovered);

    [[nodiscard]] QString path() const { return m_path; } // "" where it was never saved
    [[nodiscard]] QString title() const;                  // "Dockerfile", "Untitled"
    /// Closing now would lose something: the text is not what the file says, or there is no file any more.
    [[nodiscard]] bool isModified() const { return m_buffer.isModified() || m_gone; }
    [[nodiscard]] bool isReadOnly() const;
    /// Never null; of the text as it is now.
    [[nodiscard]] AnalysisPtr analysis();
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    /// Build arguments and named contexts change what a FROM means: the text is analysed anew.
    void setBuildOptions(const BuildOptions& options);
    /// What base images say of themselves makes findings certain that depend on them.
    void setImages(const KnownImagesPtr& images);
    /// What was seen in stages that were built is told at the lines that it is about, as long as they are the same.
    void setBuiltFindings(const std::vector<BuiltFinding>& findings);
    /// The folder whose .dockerignore applies; "" for the file's own.
    void setContextFolder(const QString& folder);

    /// Applies what an operation answered, in one undo step.
    /// @returns false, and does nothing, where the text is another than that of `revision`.
    bool apply(const EditResult& result, std::uint64_t revision);

    void bufferChanged();

signals:
    void analysed(const stagelift::AnalysisPtr& analysis);
    void pathChanged(const QString& path);
    void modifiedChanged(bool modified);
    void saved(bool textChanged); // the file says another text than before
    void reloaded();              // another program changed the file; the text here was untouched and follows
    void fileChangedOnDisk();     // and so was the text here: answer with reload(), keepMine() or saveAs()
    void fileGone();              // deleted or moved; the text is still here and counts as modified

private:
    void analyseWhenDue();
    void analyseNow(std::string text);
    void analyseInBackground(std::string text);
    void take(AnalysisPtr analysis);
    void fileMayHaveChanged();
    void readIgnoreFile();
    void lookAgain();
    [[nodiscard]] QStringList ignoreFiles() const;
    void opened(const QString& path, const FileContents& contents);
    void replaceText(std::string_view bytes);
    [[nodiscard]] bool overwritesOthers();
    [[nodiscard]] std::expected<void, QString> write(const QString& path);
    void tellModified();

    TextBuffer& m_buffer;
    QString m_path;
    QString m_contextFolder;
    bool m_hasByteOrderMark = false;
    bool m_gone = false;
    bool m_conflict = false;
    bool m_toldModified = false;
    std::size_t m_savedHash = 0; // of the text as the file had it last
    std::uint64_t m_revision = 1;
    std::uint64_t m_textRevision = 1; // the last one that came with another text, not only another look at it
    std::uint64_t m_analysing = 0;    // the revision under way in the background; 0 for none
    CheckOptions m_options;
    AnalysisPtr m_analysis;
    QTimer m_timer;
    FileWatch m_watch;
    Recovery m_recovery;
};

} // namespace stagelift::ui
