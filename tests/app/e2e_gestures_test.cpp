// SPDX-License-Identifier: GPL-3.0-or-later
//
// The gestures of the diagram by a real pointer on a real display: each ends in the expected text, and one undo takes
// it back.

#include "e2e_desk.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace stagelift;

namespace {

constexpr auto kText = "FROM golang:1.25 AS build\n"
                       "WORKDIR /src\n"
                       "COPY . .\n"
                       "RUN go build -o /out/server . && go build -o /out/ctl ./ctl\n"
                       "\n"
                       "FROM alpine:3.22 AS tools\n"
                       "COPY etc /etc/tools\n"
                       "\n"
                       "FROM debian:13 AS runtime\n"
                       "RUN useradd app\n"
                       "COPY --from=tools /etc/tools /etc/tools\n"
                       "USER app\n"
                       "CMD [\"server\"]\n"
                       "\n"
                       "FROM busybox AS lint\n"
                       "COPY report.txt /report.txt\n";

/// The text with a line put in ahead of another.
QByteArray with(const QByteArray& line, const QByteArray& ahead)
{
    QByteArray text(kText);
    return text.insert(text.indexOf(ahead), line + '\n');
}

QByteArray replaced(const QByteArray& before, const QByteArray& after)
{
    return QByteArray(kText).replace(before, after);
}

} // namespace

class E2eGesturesTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanup();
    void anArtifactOntoAStage();
    void severalArtifactsOntoAStage();
    void theBuildContextOntoAStage();
    void anImagesFileOntoAStage();
    void toAnExactPlace();
    void ontoTheText();
    void anEdgesSourceElsewhere();
    void anEdgesEndElsewhere();
    void aBaseOntoAStage();
    void aNewEdgeFromAPort();
    void renamingByDoubleClick();
    void deletingAnEdge();
    void anInstructionOntoAnotherStage();
    void aRefusalIsMended();

private:
    QPoint node(const QString& name) { return m_desk.find("node", name); }
    QPoint title(const QString& name) { return m_desk.find("part", name, u"title"_s); }
    void choose(const QString& entry);
    void becomes(const QByteArray& text);

    E2eDesk m_desk;
    QTemporaryDir m_folder;
};

void E2eGesturesTest::initTestCase()
{
    if (const QString tool = E2eDesk::missingTool(); !tool.isEmpty()) {
        if (everythingIsRequired())
            QFAIL(qPrintable(tool + u" is not installed"_s));
        QSKIP(qPrintable(tool + u" is not installed"_s));
    }
    const QString path = m_folder.filePath(u"Dockerfile"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kText) > 0);
    file.close();
    QVERIFY(m_desk.startScreen());
    QVERIFY(m_desk.startWindow({path}));
    QTRY_COMPARE_WITH_TIMEOUT(m_desk.text(), QByteArray(kText), E2eDesk::kPatience);
    m_desk.focusWindow("Stagelift");
}

/// One undo leads back, whatever was done.
void E2eGesturesTest::cleanup()
{
    m_desk.key("Escape"); // a destination that stands ready to be typed over is kept
    if (m_desk.text() != kText) {
        m_desk.click(m_desk.find("button", u"Undo"_s));
        QTRY_COMPARE(m_desk.text(), QByteArray(kText));
    }
    QVERIFY2(!m_desk.ask("text")[u"modified"_s].toBool(), "one step took all of it back");
}

void E2eGesturesTest::choose(const QString& entry)
{
    const QPoint place = m_desk.find("entry", entry);
    QVERIFY2(place.x() >= 0, qPrintable(entry));
    QThread::msleep(300); // a menu that has just opened takes a click for the one that opened it
    m_desk.click(place);
}

void E2eGesturesTest::becomes(const QByteArray& text)
{
    QTRY_COMPARE_WITH_TIMEOUT(m_desk.text(), text, E2eDesk::kPatience);
}

void E2eGesturesTest::anArtifactOntoAStage()
{
    m_desk.drag(m_desk.find("artifact", u"build"_s, u"/out/server"_s), title(u"runtime"_s));
    becomes(with("COPY --from=build /out/server /out/server", "USER"));
}

void E2eGesturesTest::severalArtifactsOntoAStage()
{
    m_desk.click(m_desk.find("artifact", u"build"_s, u"/out/server"_s));
    const QPoint second = m_desk.find("artifact", u"build"_s, u"/out/ctl"_s);
    m_desk.clickWith("ctrl", second);
    m_desk.drag(second, title(u"runtime"_s));
    becomes(with("COPY --from=build /out/server /out/ctl /out/", "USER"));
}

void E2eGesturesTest::theBuildContextOntoAStage()
{
    m_desk.drag(m_desk.find("artifact", u"build context"_s), title(u"runtime"_s));
    QVERIFY(m_desk.find("widget", u"diagramField"_s).x() >= 0);
    m_desk.type(u"app.conf"_s);
    m_desk.key("Return");
    becomes(with("COPY app.conf ./", "USER"));
}

void E2eGesturesTest::anImagesFileOntoAStage()
{
    m_desk.moveTo(title(u"busybox"_s));
    m_desk.drag(m_desk.find("part", u"busybox"_s, u"port"_s), title(u"runtime"_s));
    choose(u"Another Path…"_s);
    QVERIFY(m_desk.find("widget", u"diagramField"_s).x() >= 0);
    m_desk.type(u"/bin/wget"_s);
    m_desk.key("Return");
    becomes(with("COPY --from=busybox /bin/wget /bin/wget", "USER"));
}

void E2eGesturesTest::toAnExactPlace()
{
    m_desk.click(m_desk.find("part", u"runtime"_s, u"sign"_s));
    const QPoint row = m_desk.find("row", u"runtime"_s, u"COPY --from=tools /etc/tools /etc/tools"_s);
    QVERIFY(row.x() >= 0);
    m_desk.drag(m_desk.find("artifact", u"build"_s, u"/out/server"_s), row - QPoint(0, 3));
    becomes(with("COPY --from=build /out/server /out/server", "COPY --from=tools"));
    m_desk.key("Escape");
    m_desk.click(m_desk.find("part", u"runtime"_s, u"sign"_s));
}

void E2eGesturesTest::ontoTheText()
{
    m_desk.drag(m_desk.find("artifact", u"build"_s, u"/out/server"_s),
                m_desk.find("line", u"RUN useradd"_s) - QPoint(0, 4));
    becomes(with("COPY --from=build /out/server /out/server", "RUN useradd"));
}

void E2eGesturesTest::anEdgesSourceElsewhere()
{
    m_desk.click(m_desk.find("edge", u"tools"_s, u"runtime"_s));
    m_desk.drag(m_desk.find("tail", u"tools"_s, u"runtime"_s), title(u"build"_s));
    becomes(replaced("--from=tools", "--from=build"));
}

void E2eGesturesTest::anEdgesEndElsewhere()
{
    m_desk.click(m_desk.find("edge", u"tools"_s, u"runtime"_s));
    m_desk.drag(m_desk.find("head", u"tools"_s, u"runtime"_s), title(u"lint"_s));
    const QByteArray line = "COPY --from=tools /etc/tools /etc/tools\n";
    becomes(replaced(line, "") + line);
}

void E2eGesturesTest::aBaseOntoAStage()
{
    m_desk.drag(title(u"golang:1.25"_s), title(u"tools"_s));
    choose(u"Build It FROM golang:1.25"_s);
    becomes(replaced("FROM alpine:3.22", "FROM golang:1.25"));
}

void E2eGesturesTest::aNewEdgeFromAPort()
{
    m_desk.moveTo(title(u"build"_s));
    m_desk.drag(m_desk.find("part", u"build"_s, u"port"_s), title(u"lint"_s));
    choose(u"/out/ctl"_s);
    becomes(QByteArray(kText) + "COPY --from=build /out/ctl /out/ctl\n");
}

void E2eGesturesTest::renamingByDoubleClick()
{
    m_desk.doubleClick(title(u"tools"_s));
    QVERIFY(m_desk.find("widget", u"diagramField"_s).x() >= 0);
    m_desk.type(u"kit"_s);
    m_desk.key("Return");
    becomes(replaced("AS tools", "AS kit").replace("--from=tools", "--from=kit"));
}

void E2eGesturesTest::deletingAnEdge()
{
    m_desk.click(m_desk.find("edge", u"tools"_s, u"runtime"_s));
    m_desk.key("Delete");
    becomes(replaced("COPY --from=tools /etc/tools /etc/tools\n", ""));
}

void E2eGesturesTest::anInstructionOntoAnotherStage()
{
    m_desk.click(m_desk.find("part", u"runtime"_s, u"sign"_s));
    m_desk.drag(m_desk.find("row", u"runtime"_s, u"RUN useradd app"_s), title(u"lint"_s));
    becomes(replaced("RUN useradd app\n", "") + "RUN useradd app\n");
    m_desk.click(m_desk.find("part", u"runtime"_s, u"sign"_s));
}

void E2eGesturesTest::aRefusalIsMended()
{
    m_desk.drag(m_desk.find("artifact", u"lint"_s, u"/report.txt"_s), title(u"runtime"_s));
    const QPoint button = m_desk.find("widget", u"diagramOffer"_s);
    QVERIFY(button.x() >= 0);
    const QJsonObject offer = m_desk.ask("widget", u"diagramOffer"_s);
    QVERIFY2(offer[u"text"_s].toString().contains(u"cannot copy from stage \"lint\""_s),
             qPrintable(offer[u"text"_s].toString()));
    QCOMPARE(offer[u"button"_s].toString(), u"Move lint above runtime, and copy"_s);
    m_desk.click(button);
    const QByteArray lint = "FROM busybox AS lint\nCOPY report.txt /report.txt\n";
    const QByteArray copy = "COPY --from=lint /report.txt /report.txt\n";
    QByteArray text = QByteArray(kText).replace("\n" + lint, "");
    text.insert(text.indexOf("USER app"), copy);
    becomes(text.insert(text.indexOf("FROM debian"), lint + '\n'));
}

QTEST_GUILESS_MAIN(E2eGesturesTest)
#include "e2e_gestures_test.moc"
