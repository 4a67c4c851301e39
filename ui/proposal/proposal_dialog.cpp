// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/proposal/proposal_dialog.h"

#include "core/edits/sequence.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/words.h"
#include "ui/proposal/diff_page.h"

#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift::ui {

namespace {

constexpr QSize kSize{1080, 760}; // px
constexpr auto kTypedTogether = 150ms;
constexpr int kPageShare = 3; // of five parts of the width
constexpr int kPictureShare = 2;

} // namespace

ProposalDialog::ProposalDialog(const AnalysisPtr& before, const Theme& theme, const QString& accept, QWidget* parent)
    : QDialog(parent),
      m_before(before),
      m_theme(theme),
      m_proposal(std::unexpected(Refusal{})),
      m_title(new QLabel(this)),
      m_column(new QVBoxLayout(this)),
      m_page(new QTextBrowser(this)),
      m_picture(new DiagramView(this)),
      m_cautions(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel, this))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTypedTogether);
    connect(&m_soon, &QTimer::timeout, this, &ProposalDialog::proposeNow);

    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setWordWrap(true);
    m_page->setAccessibleName(tr("The change, line by line"));
    m_page->document()->setDocumentMargin(8);
    m_picture->setTheme(theme);
    m_picture->setEnabled(false); // a picture of what will be; hands are for what is
    m_picture->setAccessibleName(tr("The stages afterwards"));
    m_cautions->setWordWrap(true);
    m_cautions->setTextFormat(Qt::RichText);
    m_accept = m_buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_page);
    split->addWidget(m_picture);
    split->setStretchFactor(0, kPageShare);
    split->setStretchFactor(1, kPictureShare);
    split->setSizes({kSize.width() * kPageShare, kSize.width() * kPictureShare});
    split->setChildrenCollapsible(false);
    m_column->addWidget(m_title);
    m_column->addWidget(split, 1);
    m_column->addWidget(m_cautions);
    m_column->addWidget(m_buttons);
    resize(kSize);
}

ProposalDialog::~ProposalDialog() = default;

void ProposalDialog::setChoices(QWidget* choices)
{
    m_column->insertWidget(1, choices);
}

EditResult ProposalDialog::result() const
{
    return m_proposal ? EditResult{.edits = m_proposal->edits, .select = m_proposal->select} : EditResult{};
}

void ProposalDialog::accept()
{
    if (m_soon.isActive())
        proposeNow();
    if (m_accept->isEnabled())
        QDialog::accept();
}

void ProposalDialog::proposeNow()
{
    m_soon.stop();
    m_proposal = propose();
    m_accept->setEnabled(m_proposal.has_value() && !m_proposal->edits.empty());
    if (m_proposal)
        show(*m_proposal);
    else
        object(m_proposal.error());
}

void ProposalDialog::show(const Proposal& proposal)
{
    const std::shared_ptr<const Analysis> after = edited(*m_before, proposal.edits);
    m_title->setText(toQt(proposal.title));
    const int at = m_page->verticalScrollBar()->value();
    m_page->setHtml(diffPage(m_before->source, after->source, proposal, m_theme,
                             QFontDatabase::systemFont(QFontDatabase::FixedFont)));
    m_page->verticalScrollBar()->setValue(at);
    m_picture->setVisible(true);
    m_picture->showAnalysis(after);
    QString cautions;
    for (const std::string& caution : proposal.cautions)
        cautions += u"<li>%1</li>"_s.arg(toQt(caution).toHtmlEscaped());
    m_cautions->setVisible(!cautions.isEmpty());
    m_cautions->setText(u"<b>%1</b><ul style='margin:2px 0 0 -20px'>%2</ul>"_s.arg(tr("To be checked:"), cautions));
}

/// In place of the change: what speaks against it, and what to do.
void ProposalDialog::object(const Refusal& refusal)
{
    m_page->setHtml(u"<p style='color:%1'><b>%2</b></p><p>%3</p>"_s.arg(
        m_theme.error.name(), toQt(refusal.reason).toHtmlEscaped(), toQt(refusal.mend).toHtmlEscaped()));
    m_picture->setVisible(false);
    m_cautions->setVisible(false);
}

} // namespace stagelift::ui
