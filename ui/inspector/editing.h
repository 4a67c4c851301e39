// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector is about, and the one way in which its fields change it: a pure operation is asked what it would
// do to the text as it is now, and its answer is handed on with the revision it was made for.

#pragma once

#include "core/edits/edits.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace stagelift::ui {

/// A thing in the graph of one analysis.
struct Place {
    int stage = -1;                  // the stage itself, or the one that an edge goes into
    std::optional<std::size_t> edge; // a copy or a mount; a base belongs to its stage
    std::optional<NodeRef> outside;  // an image, a build context, scratch

    [[nodiscard]] bool isNothing() const { return stage < 0 && !outside; }
    [[nodiscard]] bool operator==(const Place&) const = default;
};

/// Where a thing of `before` is in `now`; nothing where it is gone.
[[nodiscard]] std::optional<Place> carried(const Place& place, const Analysis& before, const Analysis& now);

class Editing : public QObject {
    Q_OBJECT
public:
    /// A pure operation on the thing at a place.
    using Act = std::function<EditOutcome(const Analysis&, const Place&)>;

    using QObject::QObject;

    /// Who knows the text as it is now, which may be newer than what is shown.
    void setLatest(std::function<AnalysisPtr()> latest) { m_latest = std::move(latest); }
    void setPlace(const AnalysisPtr& analysis, const Place& place);
    [[nodiscard]] const AnalysisPtr& analysis() const { return m_analysis; } // null before the first
    [[nodiscard]] const Place& place() const { return m_place; }

    /// Why it can't be done, in BuildKit's words where it has some; "" where it can.
    [[nodiscard]] QString objectionTo(const Act& act) const;
    /// Does it, on the text as it is now. @returns why not, or "".
    QString perform(const Act& act);

signals:
    void edited(const stagelift::EditResult& result, std::uint64_t revision);

private:
    std::function<AnalysisPtr()> m_latest;
    AnalysisPtr m_analysis;
    Place m_place;
};

} // namespace stagelift::ui
