// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/artifacts/file_preview.h"

#include "core/engine/build.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStringDecoder>
#include <QToolButton>
#include <QVBoxLayout>

namespace stagelift::ui {

std::optional<QString> textOfFile(const QByteArray& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder.decode(bytes);
    if (decoder.hasError()) // what is only cut at the end is no error
        return std::nullopt;
    const auto isUnfit = [](QChar c) {
        return c.category() == QChar::Other_Control && c != u'\n' && c != u'\r' && c != u'\t' && c != u'\f';
    };
    if (std::ranges::any_of(text, isUnfit))
        return std::nullopt;
    return text;
}

FilePreview::FilePreview(QWidget* parent)
    : QWidget(parent), m_headline(new QLabel(this)), m_text(new QPlainTextEdit(this))
{
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* close = new QToolButton(this);
    close->setText(tr("Close"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &FilePreview::closed);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Preview"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 2, 2, 2);
    row->addWidget(m_headline, 1);
    row->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_text, 1);
}

void FilePreview::expect(const QString& path)
{
    m_path = path;
    m_headline->setText(tr("%1: reading…").arg(path));
    m_text->clear();
}

void FilePreview::showContent(const QByteArray& bytes, qint64 size)
{
    const auto text = textOfFile(bytes);
    m_text->setPlainText(text.value_or(QString()));
    if (!text)
        m_headline->setText(tr("%1: %2, no text").arg(m_path, humanSize(size)));
    else if (bytes.size() < size)
        m_headline->setText(tr("%1: the first %2 of %3").arg(m_path, humanSize(bytes.size()), humanSize(size)));
    else
        m_headline->setText(tr("%1: %2").arg(m_path, humanSize(size)));
}

void FilePreview::showWords(const QString& headline, const QString& text)
{
    m_headline->setText(headline);
    m_text->setPlainText(text);
}

void FilePreview::showProblem(const QString& problem)
{
    m_headline->setText(tr("%1: %2").arg(m_path, problem));
    m_text->clear();
}

QString FilePreview::headline() const
{
    return m_headline->text();
}

QString FilePreview::text() const
{
    return m_text->toPlainText();
}

} // namespace stagelift::ui
