// SPDX-License-Identifier: GPL-3.0-or-later
//
// What runs between the same two stages is one line in the diagram: the inspector tells of the others, and goes there.

#include "ui/diagram/walk.h"
#include "ui/inspector/edge_links.h"
#include "ui/inspector/inspector.h"

#include <QSignalSpy>
#include <QTest>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

class InspectorLinksTest : public QObject {
    Q_OBJECT
private slots:
    void tellsOfTheCopiesInTheSameLine_data();
    void tellsOfTheCopiesInTheSameLine();
    void goesToOneOfThem();
};

namespace {

const std::string kText = "FROM a AS one\nFROM a AS two\nCOPY --from=one /x /x\nCOPY --from=one /y /z /to/\n"
                          "COPY --from=one /q /q\nCOPY alone /alone\n";

struct Panel {
    explicit Panel(std::uint32_t line) : analysis(analyse(kText))
    {
        const auto& edges = analysis->graph.edges;
        const auto edge =
            std::ranges::find_if(edges, [line](const Edge& each) { return each.lines.first == line; }) - edges.begin();
        inspector.resize(300, 600);
        inspector.show();
        inspector.showSelection(analysis, {.node = {}, .edge = static_cast<std::size_t>(edge)});
    }

    [[nodiscard]] EdgeLinks* others()
    {
        for (auto* links : inspector.findChildren<EdgeLinks*>())
            if (links->isVisible())
                return links;
        return nullptr;
    }

    AnalysisPtr analysis;
    Inspector inspector;
};

} // namespace

void InspectorLinksTest::tellsOfTheCopiesInTheSameLine_data()
{
    QTest::addColumn<unsigned>("line");
    QTest::addColumn<QStringList>("told");

    QTest::newRow("the first of three") << 3U << QStringList{u"Line 4"_s, u"/y /z"_s, u"Line 5"_s, u"/q"_s};
    QTest::newRow("the last of three") << 5U << QStringList{u"Line 3"_s, u"/x"_s, u"Line 4"_s, u"/y /z"_s};
    QTest::newRow("the only one") << 6U << QStringList();
}

void InspectorLinksTest::tellsOfTheCopiesInTheSameLine()
{
    QFETCH(unsigned, line);
    QFETCH(QStringList, told);
    Panel panel(line);
    QCOMPARE(panel.others() != nullptr, !told.isEmpty());
    if (told.isEmpty())
        return;
    qsizetype at = 0;
    for (const QString& word : told) {
        at = panel.others()->text().indexOf(word, at);
        QVERIFY2(at >= 0, qPrintable(word + u" in "_s + panel.others()->text()));
    }
    QVERIFY(!panel.others()->text().contains(u"Line %1"_s.arg(line)));
}

void InspectorLinksTest::goesToOneOfThem()
{
    Panel panel(3);
    QSignalSpy chosen(&panel.inspector, &Inspector::spanChosen);
    emit panel.others()->linkActivated(u"1"_s);
    QCOMPARE(chosen.size(), 1);
    const auto span = chosen.front().front().value<Span>();
    QCOMPARE(kText.substr(span.begin, span.size()), std::string("COPY --from=one /q /q"));
}

QTEST_MAIN(InspectorLinksTest)
#include "inspector_links_test.moc"
