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

/// Why something can't be done, and the edit that makes it possible, where there is one.
struct Objection {
    QString reason; // in BuildKit's words where it has some; "" for none
    QString mend;   // what the remedy does: "Add a slash to the destination."
    std::optional<EditResult> remedy = std::nullopt;
    std::uint64_t revision = 0; // of the text that the remedy is for

    [[nodiscard]] bool isNone() const { return reason.isEmpty(); }
};

[[nodiscard]] Objection objectionFrom(const Refusal& refusal, std::uint64_t revision);

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

    [[nodiscard]] Objection objectionTo(const Act& act) const;
    /// Does it, on the text as it is now, or says why not.
    Objection perform(const Act& act);
    /// Does what makes it possible, and it with that.
    void applyRemedy(const Objection& objection);

signals:
    void edited(const stagelift::EditResult& result, std::uint64_t revision);

private:
    std::function<AnalysisPtr()> m_latest;
    AnalysisPtr m_analysis;
    Place m_place;
};

} // namespace stagelift::ui
