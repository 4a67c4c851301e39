// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a document is read while it changes: always the text as it is, with all that stands beside the file.

#include "ui/document/document.h"
#include "ui/editor/editor.h"

#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

struct Open {
    Open() { QObject::connect(&editor, &Editor::bufferChanged, &document, &Document::bufferChanged); }
    void type(const std::string& text) { editor.apply({{.span = {0, 0}, .text = text}}, {0, 0}); }

    Editor editor;
    Document document{editor};
};

void writeTo(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class DocumentAnalysisTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void analysisIsAlwaysOfTheTextAsItIs();
    void manyChangesAreAnalysedOnce();
    void largeTextIsAnalysedInTheBackground();
    void oldEditsAreRefused();
    void anotherLookAtTheSameTextKeepsEdits();
    void readsTheIgnoreFileThatApplies();
    void readsTheIgnoreFileOfTheContext();
    void whatAnImageSaysIsCertain();

private:
    [[nodiscard]] QString at(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void DocumentAnalysisTest::analysisIsAlwaysOfTheTextAsItIs()
{
    Open open;
    QCOMPARE(open.document.analysis()->source.bytes(), std::string_view());
    open.type("FROM a\n");
    const AnalysisPtr first = open.document.analysis();
    QCOMPARE(first->source.bytes(), std::string_view("FROM a\n"));
    QCOMPARE(first->revision, open.document.revision());
    open.type("# x\n");
    QCOMPARE(first->source.bytes(), std::string_view("FROM a\n"));
    QCOMPARE(open.document.analysis()->source.bytes(), std::string_view("# x\nFROM a\n"));
}

void DocumentAnalysisTest::manyChangesAreAnalysedOnce()
{
    Open open;
    QTest::qWait(20);
    const QSignalSpy analysed(&open.document, &Document::analysed);
    for (int i = 0; i < 10; ++i)
        open.type("# x\n");
    QVERIFY(QTest::qWaitFor([&] { return analysed.size() == 1; }));
    QTest::qWait(20);
    QCOMPARE(analysed.size(), 1);
}

void DocumentAnalysisTest::largeTextIsAnalysedInTheBackground()
{
    Open open;
    const QSignalSpy analysed(&open.document, &Document::analysed);
    std::string text("FROM a\n");
    while (text.size() < Document::kLargeText + 1)
        text += "RUN echo 1\n";
    open.type(text);
    open.type("# x\n");
    QVERIFY(QTest::qWaitFor([&] {
        return !analysed.isEmpty() &&
               analysed.back().front().value<AnalysisPtr>()->revision == open.document.revision();
    }));
    QCOMPARE(analysed.back().front().value<AnalysisPtr>()->source.bytes().size(), text.size() + 4);
}

void DocumentAnalysisTest::oldEditsAreRefused()
{
    Open open;
    open.type("FROM a\n");
    const std::uint64_t revision = open.document.revision();
    open.type("# x\n");
    const std::string before = open.editor.bytes();
    QVERIFY(!open.document.apply({.edits = {{.span = {0, 1}, .text = ""}}, .select = {}}, revision));
    QVERIFY(!open.document.apply({.edits = {{.span = {0, 999}, .text = ""}}, .select = {}}, open.document.revision()));
    QCOMPARE(open.editor.bytes(), before);
    QVERIFY(
        open.document.apply({.edits = {{.span = {5, 6}, .text = "y"}}, .select = {0, 0}}, open.document.revision()));
}

void DocumentAnalysisTest::anotherLookAtTheSameTextKeepsEdits()
{
    Open open;
    open.type("FROM a\n");
    const auto revision = open.document.revision();
    open.document.setBuildOptions({});
    const EditResult edit{.edits = {{.span = {5, 6}, .text = "b"}}, .select = {}};
    QVERIFY(open.document.apply(edit, revision));
    QCOMPARE(open.editor.bytes(), "FROM b\n");
    QVERIFY(!open.document.apply(edit, open.document.revision() + 1));
}

void DocumentAnalysisTest::readsTheIgnoreFileThatApplies()
{
    writeTo(at(u"Dockerfile"_s), "FROM scratch\nCOPY secret.txt /\n");
    writeTo(at(u".dockerignore"_s), "*.txt\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    const auto warned = [&open] {
        return std::ranges::any_of(open.document.analysis()->diagnostics,
                                   [](const Diagnostic& each) { return each.rule == "CopyIgnoredFile"; });
    };
    QVERIFY(warned());
    writeTo(at(u"Dockerfile.dockerignore"_s), "*.md\n");
    QVERIFY(QTest::qWaitFor([&] { return !warned(); }));
}

void DocumentAnalysisTest::readsTheIgnoreFileOfTheContext()
{
    writeTo(at(u"Dockerfile"_s), "FROM scratch\nCOPY secret.txt /\n");
    QVERIFY(QDir(m_folder->path()).mkdir(u"context"_s));
    writeTo(at(u"context/.dockerignore"_s), "*.txt\n");
    Open open;
    QVERIFY(open.document.load(at(u"Dockerfile"_s)));
    QCOMPARE(open.document.analysis()->diagnostics.size(), std::size_t(0));
    open.document.setContextFolder(at(u"context"_s));
    QCOMPARE(open.document.analysis()->diagnostics.size(), std::size_t(1));
    writeTo(at(u"context/.dockerignore"_s), "*.md\n");
    QTRY_COMPARE(open.document.analysis()->diagnostics.size(), std::size_t(0));
}

void DocumentAnalysisTest::whatAnImageSaysIsCertain()
{
    Open open;
    open.type("FROM a\nCOPY $SETTING $OTHER\n");
    QCOMPARE(open.document.analysis()->diagnostics.size(), std::size_t(2));
    QVERIFY(open.document.analysis()->diagnostics.front().provisional);
    KnownImages images;
    images["a"] = {.platform = "linux/amd64", .environment = {{"SETTING", "1"}}, .hasShell = false};
    open.document.setImages(std::make_shared<const KnownImages>(images));
    QCOMPARE(open.document.analysis()->diagnostics.size(), std::size_t(1));
    QCOMPARE(open.document.analysis()->diagnostics.front().message, "Usage of undefined variable '$OTHER'");
    QVERIFY(!open.document.analysis()->diagnostics.front().provisional);
}

QTEST_MAIN(DocumentAnalysisTest)
#include "document_analysis_test.moc"
