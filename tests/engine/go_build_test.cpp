// SPDX-License-Identifier: GPL-3.0-or-later
//
// What multi-stage builds are for, for real: the example go-scratch, compiled by a Go that stands in for the image it
// is built FROM, which can't be pulled here. What ships is a few megabytes; the compiler stays behind.

#include "engine/daemon_fixture.h"
#include "engine/engine_fixture.h"

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::test;

namespace {

/// The same program again, with its symbols.
const QByteArray kWithSymbols = "FROM build AS symbols\n"
                                "RUN CGO_ENABLED=0 go build -trimpath -o /out/server .\n"
                                "FROM scratch AS unstripped\n"
                                "COPY --from=symbols /out/server /server\n";
constexpr int kExample = 1; // the stage that the example ends in
constexpr qint64 kMegabyte = 1'000'000;

/// Go as it is installed here, a shell, and a list of certificate authorities, under the name of the example's base.
const QString kStandIn = u"set -e; dir=$(mktemp -d); trap 'rm -rf \"$dir\"' EXIT; cd \"$dir\"\n"
                         "mkdir -p usr/local/go bin tmp etc/ssl/certs\n"
                         "tar -C \"$(go env GOROOT)\" -ch --exclude=./test --exclude=./api . | tar -C usr/local/go -x\n"
                         "cp \"$0\" bin/busybox; ln -s busybox bin/sh\n"
                         "echo authorities > etc/ssl/certs/ca-certificates.crt\n"
                         "tar -c . | docker import --change 'ENV PATH=/usr/local/go/bin:/bin' - \"$1\""_s;

} // namespace

class GoBuildTest : public QObject {
    Q_OBJECT

private slots:
    void shipsNothingButTheProgram();
};

/// On a daemon of its own: others look at which names there are in the one that they share.
void GoBuildTest::shipsNothingButTheProgram()
{
    STAGELIFT_NEED(absence(findEngines(), u"docker"_s));
    STAGELIFT_NEED(geteuid() == 0 ? QString() : u"dockerd needs root"_s);
    STAGELIFT_NEED(busybox().isEmpty() ? u"busybox is not installed (package busybox-static)"_s : QString());
    STAGELIFT_NEED(QStandardPaths::findExecutable(u"go"_s).isEmpty() ? u"Go is not installed (package golang-go)"_s
                                                                     : QString());
    const QTemporaryDir folder(engineFolder(u"go"_s));
    Daemon daemon(folder.path());
    QVERIFY(daemon.start());
    qputenv("DOCKER_HOST", daemon.address().toLocal8Bit());
    const auto here = findEngines();
    QCOMPARE(absence(here, u"docker"_s), QString());
    const QString examples = QStringLiteral(STAGELIFT_SOURCE_DIR "/resources/examples");
    QFile file(examples + u"/go-scratch.Dockerfile"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const AnalysisPtr example = analyse(text.toStdString());
    const QString base = QString::fromStdString(example->graph.label(example->graph.stages.at(0).base));
    outputOf(u"sh"_s, {u"-c"_s, kStandIn, busybox(), base});

    BuildRequest wish = request(*std::ranges::find(here, u"docker"_s, &Engine::id), examples, text + kWithSymbols);
    wish.target = kExample;
    wish.allStages = true;
    const Finished build = finish(wish);
    QCOMPARE(build.result.message, QString());
    QCOMPARE(build.result.outcome, BuildOutcome::Succeeded);

    const StageSize compiler = *build.size(0);
    const StageSize stripped = *build.size(kExample);
    const StageSize unstripped = *build.size(3);
    QVERIFY(compiler.total > 200 * kMegabyte);
    QVERIFY(!compiler.ships);
    QVERIFY(stripped.ships);
    QCOMPARE(stripped.base, 0);
    QVERIFY2(stripped.total > kMegabyte && stripped.total < 25 * kMegabyte, qPrintable(humanSize(stripped.total)));
    const double saved = 1 - static_cast<double>(stripped.total) / static_cast<double>(unstripped.total);
    qInfo("%s of %s ship; -s -w saves %.0f %% of %s", qPrintable(humanSize(stripped.total)),
          qPrintable(humanSize(compiler.total)), 100 * saved, qPrintable(humanSize(unstripped.total)));
    QVERIFY2(saved > 0.2 && saved < 0.5, qPrintable(QString::number(saved)));
}

QTEST_GUILESS_MAIN(GoBuildTest)
#include "go_build_test.moc"
