// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each engine really printed for one and the same Dockerfile (data/*.txt), and what is read from it
// (data/*.events). STAGELIFT_UPDATE_GOLDEN=1 writes the latter anew: look at the difference before you commit it.

#include "engine/progress_recorder.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

using Maker = std::unique_ptr<Progress> (*)(ProgressSink);

QByteArray readFile(const QString& name)
{
    QFile file(QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/engine/data/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

} // namespace

class ProgressTest : public QObject {
    Q_OBJECT

private slots:
    void readsWhatEnginesPrint_data();
    void readsWhatEnginesPrint();
    void countsWhatIsTransferred();
    void survivesWhatNobodyPrints_data();
    void survivesWhatNobodyPrints();
    void tellsTimes_data();
    void tellsTimes();
    void cutsLines_data();
    void cutsLines();
};

void ProgressTest::readsWhatEnginesPrint_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Maker>("maker");
    QTest::addColumn<bool>("succeeds");

    QTest::newRow("buildx 0.13, pretty-printed") << u"rawjson-pretty"_s << Maker(rawJsonProgress) << false;
    QTest::newRow("buildx 0.15, a value a line") << u"rawjson-lines"_s << Maker(rawJsonProgress) << false;
    QTest::newRow("BuildKit, plain") << u"plain"_s << Maker(plainProgress) << false;
    QTest::newRow("bake, plain, two builds at once") << u"plain-bake"_s << Maker(plainProgress) << true;
    QTest::newRow("the classic builder") << u"classic"_s << Maker(classicProgress) << false;
    QTest::newRow("Podman, stages in order") << u"podman"_s << Maker(podmanProgress) << false;
    QTest::newRow("Buildah, a stage built on demand") << u"buildah"_s << Maker(podmanProgress) << false;
}

void ProgressTest::readsWhatEnginesPrint()
{
    QFETCH(QString, name);
    QFETCH(Maker, maker);
    QFETCH(bool, succeeds);

    const QByteArray printed = readFile(name + u".txt"_s);
    const auto readIn = [&](const QList<QByteArrayView>& pieces) {
        Recorder recorder;
        const auto progress = maker(recorder.sink());
        for (const QByteArrayView piece : pieces)
            progress->feed(piece);
        progress->finish(succeeds);
        return recorder.text();
    };

    const QByteArray events = readIn({printed});
    if (qEnvironmentVariableIsSet("STAGELIFT_UPDATE_GOLDEN")) {
        QFile golden(QStringLiteral(STAGELIFT_SOURCE_DIR "/tests/engine/data/%1.events").arg(name));
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(events);
    }
    QCOMPARE(QString::fromUtf8(events), QString::fromUtf8(readFile(name + u".events"_s)));
    // A pipe may cut anywhere: between a brace and its fellow, inside a character, between CR and LF.
    for (qsizetype cut = 1; cut < printed.size(); ++cut)
        QCOMPARE(readIn({QByteArrayView(printed).first(cut), QByteArrayView(printed).sliced(cut)}), events);
    QList<QByteArrayView> bytes;
    for (qsizetype i = 0; i < printed.size(); ++i)
        bytes << QByteArrayView(printed).sliced(i, 1);
    QCOMPARE(readIn(bytes), events);
}

void ProgressTest::countsWhatIsTransferred()
{
    QStringList heard;
    ProgressSink sink{.step = [](const StepEvent&) {}, .log = [](const QString&, QByteArrayView) {}};
    sink.transfer = [&heard](const QString& id, qint64 bytes, qint64 all) {
        heard << u"%1: %2 of %3"_s.arg(id).arg(bytes).arg(all);
    };
    const auto progress = rawJsonProgress(sink);
    progress->feed(R"({"statuses":[
        {"id":"transferring context:","vertex":"context","name":"transferring","current":500},
        {"id":"sha256:1","vertex":"base","name":"downloading","current":10,"total":40},
        {"id":"sha256:2","vertex":"base","name":"downloading","current":5,"total":60},
        {"id":"sha256:1","vertex":"base","name":"done","current":40,"total":40},
        {"id":"extracting sha256:1","vertex":"base","name":"extract","current":0},
        {"id":"sha256:3","vertex":"base","name":"downloading","current":1},
        {"id":"exporting layers","vertex":"export","name":"exporting layers"},
        7]})");
    QCOMPARE(heard, (QStringList{u"context: 500 of 0"_s, u"base: 10 of 40"_s, u"base: 15 of 100"_s,
                                 u"base: 45 of 100"_s, u"base: 46 of 0"_s}));
}

void ProgressTest::survivesWhatNobodyPrints_data()
{
    QTest::addColumn<Maker>("maker");
    QTest::addColumn<QByteArray>("printed");
    QTest::addColumn<QByteArray>("events");

    QTest::newRow("rawjson: text and a half value")
        << Maker(rawJsonProgress) << QByteArray("WARNING: old\n{\"vertexes\": [{\"digest\"")
        << QByteArray("    (engine) > WARNING: old\n    (engine) > {\"vertexes\": [{\"digest\"\n");
    QTest::newRow("rawjson: braces and quotes in a string")
        << Maker(rawJsonProgress) << QByteArray(R"({"vertexes":[{"digest":"sha256:1","name":"RUN echo \"}{\\"}]})")
        << QByteArray("waiting | RUN echo \"}{\\\n");
    QTest::newRow("rawjson: a brace that is no value")
        << Maker(rawJsonProgress) << QByteArray("{oops}\n") << QByteArray("    (engine) > {oops}\n");
    QTest::newRow("rawjson: an array where an object belongs")
        << Maker(rawJsonProgress) << QByteArray("{\"vertexes\":{\"digest\":7}}\n") << QByteArray();
    QTest::newRow("plain: output that looks like a step")
        << Maker(plainProgress) << QByteArray("#3 [a 1/1] RUN x\n#3 0.1 [b 1/1] RUN y\n#3 0.2 DONE 9s\n#3 DONE 1.5s\n")
        << QByteArray("running | [a 1/1] RUN x\n    [a 1/1] RUN x > [b 1/1] RUN y\n    [a 1/1] RUN x > DONE 9s\n"
                      "done | [a 1/1] RUN x | 1500 ms\n");
    QTest::newRow("plain: a time beyond all measure")
        << Maker(plainProgress) << QByteArray("#3 [a 1/1] RUN x\n#3 DONE " + QByteArray(400, '9') + "s\n")
        << QByteArray("running | [a 1/1] RUN x\ndone | [a 1/1] RUN x | 1000000000000 ms\n");
    QTest::newRow("podman: before version 4, no counts and no ids")
        << Maker(podmanProgress) << QByteArray("STEP 1: FROM alpine\nSTEP 2: RUN ls\nbin\n")
        << QByteArray("running | FROM alpine | stage 0 number 1\ndone | FROM alpine | stage 0 number 1\n"
                      "running | RUN ls | stage 0 number 2\n    RUN ls > bin\ndone | RUN ls | stage 0 number 2\n");
    QTest::newRow("buildah: no ids, and a stage from the cache within a step from the cache")
        << Maker(podmanProgress)
        << QByteArray("[3/3] STEP 1/2: FROM scratch\n[3/3] STEP 2/2: COPY --from=0 /a /a\n"
                      "[1/3] STEP 1/2: FROM tools\n[1/3] STEP 2/2: RUN make\n--> Using cache 01\n"
                      "[2/3] STEP 1/2: FROM tools\n[2/3] STEP 2/2: RUN more\n--> Using cache 02\n--> Using cache 03\n")
        << QByteArray("running | FROM scratch | stage 2 number 1\ndone | FROM scratch | stage 2 number 1\n"
                      "running | COPY --from=0 /a /a | stage 2 number 2\n"
                      "running | FROM tools | stage 0 number 1\ndone | FROM tools | stage 0 number 1\n"
                      "running | RUN make | stage 0 number 2\ncached | RUN make | stage 0 number 2\n"
                      "running | FROM tools | stage 1 number 1\ndone | FROM tools | stage 1 number 1\n"
                      "running | RUN more | stage 1 number 2\ncached | RUN more | stage 1 number 2\n"
                      "cached | COPY --from=0 /a /a | stage 2 number 2\n");
    QTest::newRow("podman: an id that nobody asked for")
        << Maker(podmanProgress) << QByteArray("--> 0123456789ab\n--> Using cache 01\n") << QByteArray();
    QTest::newRow("classic: an end before the first step")
        << Maker(classicProgress) << QByteArray("Error response from daemon: no\n")
        << QByteArray("    (engine) > Error response from daemon: no\n");
}

void ProgressTest::survivesWhatNobodyPrints()
{
    QFETCH(Maker, maker);
    QFETCH(QByteArray, printed);
    QFETCH(QByteArray, events);

    Recorder recorder;
    const auto progress = maker(recorder.sink());
    progress->feed(printed);
    progress->finish(true);
    QCOMPARE(recorder.text(), events);
}

void ProgressTest::tellsTimes_data()
{
    QTest::addColumn<Maker>("maker");
    QTest::addColumn<QByteArrayList>("seconds"); // what is printed in each second; the first is 1
    QTest::addColumn<QStringList>("steps");      // as they are in the end: name, begin and end in ms, what they are of

    const QByteArray pretty = R"({
  "vertexes": [
    {
      "digest": "sha256:2",
      "name": "RUN make",
      "inputs": [
        "sha256:1",
        "sha256:0"
      ],
      "started": "1970-01-01T00:00:37.288983082Z",
      "completed": "1970-01-01T00:00:38.880180519Z"
    }
  ]
}
)";
    const auto line = [](const QByteArray& fields) -> QByteArray {
        return R"({"vertexes":[{"digest":"sha256:2","name":"RUN make",)" + fields + "}]}\n";
    };
    QTest::newRow("rawjson, pretty-printed: the engine's own")
        << Maker(rawJsonProgress) << QByteArrayList{pretty} << QStringList{u"RUN make 37289-38880 sha256:1 sha256:0"_s};
    QTest::newRow("rawjson, a value a line: the engine's own")
        << Maker(rawJsonProgress)
        << QByteArrayList{line(R"("inputs":["sha256:1"],"started":"1970-01-01T00:00:07.5Z")"),
                          line(R"("inputs":["sha256:1"],"started":"1970-01-01T00:00:07.5Z",)"
                               R"("completed":"1970-01-01T00:00:09.000000001Z")")}
        << QStringList{u"RUN make 7500-9000 sha256:1"_s};
    QTest::newRow("rawjson: of a builder elsewhere in the world")
        << Maker(rawJsonProgress) << QByteArrayList{line(R"("started":"1970-01-01T02:00:07.5+02:00")")}
        << QStringList{u"RUN make 7500-0"_s};
    QTest::newRow("rawjson: a step that waits, and one that has Go's time for none")
        << Maker(rawJsonProgress) << QByteArrayList{line(R"("inputs":[])"), line(R"("started":"0001-01-01T00:00:00Z")")}
        << QStringList{u"RUN make 0-0"_s};
    QTest::newRow("rawjson: it ends before it begins")
        << Maker(rawJsonProgress)
        << QByteArrayList{line(R"("started":"1970-01-01T00:00:09Z","completed":"1970-01-01T00:00:07Z")")}
        << QStringList{u"RUN make 9000-7000"_s};
    QTest::newRow("plain: by our clock, as long as the engine says")
        << Maker(plainProgress) << QByteArrayList{"#1 [a 1/1] RUN x\n", "#1 0.1 text\n", "#1 DONE 1.5s\n"}
        << QStringList{u"[a 1/1] RUN x 1000-2500"_s};
    QTest::newRow("plain: named late, for another step was being printed")
        << Maker(plainProgress) << QByteArrayList{"\n", "\n", "\n", "\n", "#1 [a 1/1] RUN x\n#1 DONE 3.0s\n"}
        << QStringList{u"[a 1/1] RUN x 2000-5000"_s};
    QTest::newRow("plain: cached, called off, failed, and still running")
        << Maker(plainProgress)
        << QByteArrayList{"#1 [a 1/4] RUN w\n#2 [a 2/4] RUN x\n", "#1 CACHED\n#3 [a 3/4] RUN y\n#4 [a 4/4] RUN z\n",
                          "#2 CANCELED\n#3 ERROR: exit code: 1\n"}
        << QStringList{u"[a 1/4] RUN w 2000-2000"_s, u"[a 2/4] RUN x 1000-3000"_s, u"[a 3/4] RUN y 2000-3000"_s,
                       u"[a 4/4] RUN z 2000-0"_s};
    QTest::newRow("classic: until the next step is named")
        << Maker(classicProgress)
        << QByteArrayList{"Step 1/3 : FROM a\n", "Step 2/3 : RUN b\n", " ---> Using cache\n", "Step 3/3 : RUN c\n",
                          "\n"}
        << QStringList{u"FROM a 1000-2000"_s, u"RUN b 3000-3000"_s, u"RUN c 4000-5000"_s};
    QTest::newRow("buildah: no ids; a stage ends when another begins that it does not wait for")
        << Maker(podmanProgress)
        << QByteArrayList{"[1/3] STEP 1/2: FROM b AS a\n[1/3] STEP 2/2: RUN x\n",
                          "[2/3] STEP 1/2: FROM b\n[2/3] STEP 2/2: RUN y\n",
                          "[3/3] STEP 1/2: FROM scratch\n[3/3] STEP 2/2: COPY --from=a /x /x\n", "\n"}
        << QStringList{u"FROM b AS a 1000-1000"_s, u"RUN x 1000-2000"_s,        u"FROM b 2000-2000"_s,
                       u"RUN y 2000-3000"_s,       u"FROM scratch 3000-3000"_s, u"COPY --from=a /x /x 3000-4000"_s};
    QTest::newRow("podman: until its layer is there; what was built on demand is within")
        << Maker(podmanProgress)
        << QByteArrayList{"[2/2] STEP 1/2: FROM scratch\n[2/2] STEP 2/2: COPY --from=a /x /x\n",
                          "[1/2] STEP 1/2: FROM b AS a\n[1/2] STEP 2/2: RUN x\n", "--> 536a7c52e624\n",
                          "--> d75b3f5a18df\n"}
        << QStringList{u"FROM scratch 1000-1000"_s, u"COPY --from=a /x /x 1000-4000"_s, u"FROM b AS a 2000-2000"_s,
                       u"RUN x 2000-3000"_s};
}

void ProgressTest::tellsTimes()
{
    QFETCH(Maker, maker);
    QFETCH(QByteArrayList, seconds);
    QFETCH(QStringList, steps);

    qint64 now = 0;
    QStringList ids; // in the order in which they were first named
    QHash<QString, QString> last;
    const auto progress = maker({[&](const StepEvent& event) {
                                     if (!ids.contains(event.id))
                                         ids << event.id;
                                     last.insert(event.id, u"%1 %2-%3 %4"_s.arg(event.name)
                                                               .arg(event.started)
                                                               .arg(event.completed)
                                                               .arg(event.inputs.join(u' '))
                                                               .trimmed());
                                 },
                                 [](const QString&, QByteArrayView) {}, [&now] { return now; }});
    for (const QByteArray& printed : seconds) {
        now += 1000;
        progress->feed(printed);
    }
    progress->finish(true);
    QStringList told;
    for (const QString& id : std::as_const(ids))
        told << last.value(id);
    QCOMPARE(told, steps);
}

void ProgressTest::cutsLines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("lines");

    QTest::newRow("LF") << QByteArray("a\nb\n") << QByteArrayList{"a", "b"};
    QTest::newRow("CRLF") << QByteArray("a\r\nb\r\n") << QByteArrayList{"a", "b"};
    QTest::newRow("a progress bar") << QByteArray("10%\r20%\r30%\n") << QByteArrayList{"10%<", "20%<", "30%"};
    QTest::newRow("a terminal's two returns") << QByteArray("a\r\r\nb\r") << QByteArrayList{"a", "b"};
    QTest::newRow("no end") << QByteArray("a\nb") << QByteArrayList{"a", "b"};
    QTest::newRow("empty lines") << QByteArray("\n\n") << QByteArrayList{"", ""};
    QTest::newRow("longer than 64 KiB") << QByteArray(65537, 'x') + '\n' << QByteArrayList{QByteArray(65536, 'x'), "x"};
}

void ProgressTest::cutsLines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, lines);

    QByteArrayList seen;
    const auto see = [&seen](const QByteArray& line, char end) { seen << (end == '\r' ? line + '<' : line); };
    LineCutter cutter(see);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        cutter.feed(QByteArrayView(bytes).sliced(i, 1));
    cutter.flush();
    QCOMPARE(seen, lines);
    seen.clear();
    LineCutter whole(see);
    whole.feed(bytes);
    whole.flush();
    QCOMPARE(seen, lines);
}

QTEST_GUILESS_MAIN(ProgressTest)
#include "progress_test.moc"
