// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the content of a file of an image goes: into memory, up to a bound; or into a new file on this machine.

#pragma once

#include "core/engine/files/image_reader.h"

#include <QByteArray>
#include <QSaveFile>

namespace stagelift {

/// The first bytes of it.
class BeginningSink : public FileSink {
public:
    explicit BeginningSink(qint64 most) : m_most(most) {}
    bool take(QByteArrayView bytes, qint64 offset) override;
    [[nodiscard]] const QByteArray& bytes() const { return m_bytes; }

private:
    qint64 m_most;
    QByteArray m_bytes;
};

/// A new file, which takes its place in one step once it is whole. It never writes through a link or to what is no
/// file, and of the mode in the image only that it can be run is kept.
class NewFileSink : public FileSink {
public:
    NewFileSink(const QString& destination, bool executable);
    bool take(QByteArrayView bytes, qint64 offset) override;
    void finish(qint64 size) override;
    /// Why it can't be written; "" where it can.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// @returns likewise
    [[nodiscard]] QString commit();

private:
    void fail();

    QSaveFile m_file;
    bool m_executable;
    QString m_problem;
};

} // namespace stagelift
