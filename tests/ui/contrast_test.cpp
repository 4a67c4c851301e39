// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that is drawn, in both themes, painted as it is and read letter by letter: texts 4.5:1 on their ground,
// edges 3:1.

#include "ui/build/build_form.h"
#include "ui/build/build_log.h"
#include "ui/build/sizes_pane.h"
#include "ui/diagram/bubble.h"
#include "ui/diagram/export.h"
#include "ui/diagram/painter.h"
#include "ui/diagram_fixture.h"
#include "ui/legibility.h"
#include "ui/window/palette.h"
#include "ui/window_fixture.h"

#include <QLineEdit>
#include <QListView>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr double kVisible = 3;    // WCAG 2.1, 1.4.11, of a line or a mark
constexpr double kReceding = 1.8; // what the target does not need recedes, and can be seen; its words are read

/// A file with all that a diagram can show: stages that ship, are left behind and are not needed, one without a name,
/// certain and likely artifacts and more than fit, mounts, copies from images and the context, and a broken edge.
constexpr auto kEverything = "FROM golang:1.25 AS build\n"
                             "COPY . /src\n"
                             "RUN go build -o /out/server . && make install\n"
                             "FROM debian:13 AS tools\n"
                             "RUN --mount=type=bind,from=build,target=/mnt gcc -o /t/a a.c\n"
                             "RUN gcc -o /t/b b.c\nRUN gcc -o /t/c c.c\nRUN gcc -o /t/d d.c\nRUN gcc -o /t/e e.c\n"
                             "RUN gcc -o /t/f f.c\nRUN gcc -o /t/g g.c\nRUN gcc -o /t/h h.c\n"
                             "FROM alpine:3\n"
                             "RUN make /tool\nCOPY --from=final /x /y\n"
                             "FROM scratch AS base\n"
                             "COPY --from=busybox:1 /bin/sh /bin/sh\n"
                             "FROM base AS final\n"
                             "COPY --from=build /out/server /server\nCOPY --from=tools /t/a /t/b /usr/bin/\n"
                             "FROM tools AS lint\nRUN lint\nCOPY --from=build /src /src\n";

QList<StageSize> sizes()
{
    QList<StageSize> all;
    for (int stage = 0; stage < 6; ++stage)
        all.append({.stage = stage,
                    .image = {},
                    .total = (stage + 1) * 40'000'000LL,
                    .base = 30'000'000,
                    .own = (stage + 1) * 40'000'000LL - 30'000'000,
                    .ships = stage == 3 || stage == 4,
                    .needed = stage != 5,
                    .milliseconds = 1500,
                    .cached = stage == 1,
                    .layers = {}});
    return all;
}

BuildProgress progress()
{
    BuildProgress all;
    int stage = 0;
    for (const StepState state : {StepState::Waiting, StepState::Running, StepState::Cached, StepState::Done,
                                  StepState::Failed, StepState::Stopped})
        all.take({.id = QString::number(stage),
                  .name = u"RUN step"_s,
                  .stage = stage++,
                  .instruction = -1,
                  .state = state,
                  .milliseconds = 1200,
                  .error = {}});
    return all;
}

PictureInput inputOf(bool sized, bool building)
{
    PictureInput input;
    input.analysis = analyse(kEverything);
    input.target = 4;
    input.font = QApplication::font();
    if (sized)
        input.sizes = sizes();
    if (building)
        input.progress = progress();
    return input;
}

/// Every way in which something of a picture can be marked.
std::vector<Marks> allMarks(const Picture& picture)
{
    std::vector<Marks> all{Marks{}};
    for (int node = 0; node < static_cast<int>(picture.nodes.size()); ++node) {
        Marks marks;
        marks.selectedNode = node;
        marks.hoveredNode = node;
        marks.hoveredRow = 0;
        all.push_back(marks);
        marks = {};
        marks.dropNode = node;
        all.push_back(marks);
        marks.dropAllowed = false;
        all.push_back(marks);
    }
    for (int edge = 0; edge < static_cast<int>(picture.edges.size()); ++edge) {
        Marks marks;
        marks.selectedEdge = edge;
        all.push_back(marks);
    }
    return all;
}

std::vector<DrawnText> textsOf(const Picture& picture, const Theme& theme, const Marks& marks)
{
    NotedImage device(picture.bounds.size().toSize());
    QPainter painter(&device);
    painter.translate(-picture.bounds.topLeft());
    paintPicture(painter, picture, theme, marks);
    painter.end();
    return device.texts();
}

std::vector<DrawnText> textsOf(QWidget& widget)
{
    NotedImage device(widget.size());
    widget.render(&device);
    return device.texts();
}

/// At a zoom at which nothing fades: what is between two forms is not there to be read.
void lookClosely(DiagramView& diagram)
{
    diagram.zoomBy(1 / diagram.transform().m11());
}

QStringList unreadable(const std::vector<DrawnText>& texts)
{
    QStringList bad;
    for (const DrawnText& each : texts)
        if (each.ratio() < kReadable)
            bad += u"“%1”: %2 on %3 is %4:1"_s.arg(each.text, each.colour.name(), each.ground.name())
                       .arg(each.ratio(), 0, 'f', 2);
    bad.removeDuplicates();
    return bad;
}

bool hasText(const std::vector<DrawnText>& texts, const QString& text)
{
    return std::ranges::any_of(texts, [&](const DrawnText& each) { return each.text.contains(text); });
}

void addThemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

const Theme& themeOf(bool dark)
{
    return dark ? Theme::darkTheme() : Theme::lightTheme();
}

} // namespace

class ContrastTest : public QObject {
    Q_OBJECT
private slots:
    void seesWhatIsIllegible();
    void theDiagramsTexts_data();
    void theDiagramsTexts();
    void bubblesAndFields_data() { addThemes(); }
    void bubblesAndFields();
    void theWindow_data() { addThemes(); }
    void theWindow();
    void thePalette_data() { addThemes(); }
    void thePalette();
    void logAndSizes_data() { addThemes(); }
    void logAndSizes();
    void edgesAsDrawn_data() { addThemes(); }
    void edgesAsDrawn();
};

void ContrastTest::seesWhatIsIllegible()
{
    NotedImage device(QSize(200, 60));
    QPainter painter(&device);
    painter.fillRect(QRect(0, 0, 200, 60), Qt::white);
    painter.setPen(QColor(0x99, 0x99, 0x99));
    painter.drawText(QPoint(10, 20), u"grey"_s);
    painter.setPen(Qt::black);
    painter.drawText(QPoint(10, 50), u"black"_s);
    painter.setOpacity(0.2);
    painter.drawText(QPoint(90, 50), u"faint"_s);
    painter.end();
    const QStringList bad = unreadable(device.texts());
    QCOMPARE(bad.size(), 2);
    QVERIFY(bad[0].startsWith(u"“grey”: #999999 on #ffffff is 2.85"_s));
    QVERIFY(bad[1].startsWith(u"“faint”: #cccccc on #ffffff"_s));
}

void ContrastTest::theDiagramsTexts_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("sized");
    QTest::addColumn<bool>("building");
    for (const bool dark : {false, true}) {
        const char* name = dark ? "dark" : "light";
        QTest::addRow("%s, before a build", name) << dark << false << false;
        QTest::addRow("%s, while it builds", name) << dark << false << true;
        QTest::addRow("%s, with sizes", name) << dark << true << false;
    }
}

void ContrastTest::theDiagramsTexts()
{
    QFETCH(bool, dark);
    QFETCH(bool, sized);
    QFETCH(bool, building);
    const Picture picture = compose(inputOf(sized, building));
    QStringList bad;
    for (const Marks& marks : allMarks(picture)) {
        const auto texts = textsOf(picture, themeOf(dark), marks);
        for (const QString& each : {u"left behind"_s, u"not needed"_s, u"ships"_s, u"stage 2"_s, u"build context"_s,
                                    u"/out/server"_s, u"more"_s})
            QVERIFY2(hasText(texts, each), qPrintable(each + u" is in the picture"_s));
        bad += unreadable(texts);
    }
    bad.removeDuplicates();
    QVERIFY2(bad.isEmpty(), qPrintable(u'\n' + bad.join(u'\n')));
}

void ContrastTest::bubblesAndFields()
{
    QFETCH(bool, dark);
    QWidget viewport;
    viewport.resize(600, 300);
    QPalette ground = themeOf(dark).palette;
    ground.setColor(QPalette::Window, themeOf(dark).canvas);
    viewport.setPalette(ground);
    Bubble bubble(&viewport);
    bubble.setTheme(themeOf(dark));
    for (const Bubble::Kind kind : {Bubble::Kind::Objection, Bubble::Kind::Preview}) {
        bubble.say(kind, u"COPY --from=build /out /out"_s, QRect(100, 100, 80, 30));
        const auto texts = textsOf(bubble);
        QVERIFY(hasText(texts, u"COPY"_s));
        QVERIFY2(unreadable(texts).isEmpty(), qPrintable(unreadable(texts).join(u'\n')));
    }
}

void ContrastTest::theWindow()
{
    QFETCH(bool, dark);
    Desk desk;
    desk.window().setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    QVERIFY(desk.open(u"Dockerfile"_s, kEverything));
    QTRY_VERIFY(!desk.tab().diagram().picture().nodes.empty());
    lookClosely(desk.tab().diagram());
    desk.tab().messages().showMessage(
        {.kind = MessageKind::Warning, .what = u"Something"_s, .mend = u"Mend it"_s, .actions = {{u"Do"_s, [] {}}}});
    QTest::qWait(50);
    const auto texts = textsOf(desk.window());
    for (const QString& each :
         {u"Build"_s, u"Target"_s, u"Something"_s, u"Mend it"_s, u"Problems"_s, u"stages, target"_s})
        QVERIFY2(hasText(texts, each), qPrintable(each + u" is in the window"_s));
    QVERIFY2(unreadable(texts).isEmpty(), qPrintable(u'\n' + unreadable(texts).join(u'\n')));
}

void ContrastTest::thePalette()
{
    QFETCH(bool, dark);
    Desk desk;
    desk.window().setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    CommandPalette& palette = desk.window().commandPalette();
    desk.window().action(ActionId::CommandPalette)->trigger();
    QTest::qWait(20);
    const auto all = textsOf(palette);
    QVERIFY(hasText(all, u"What is to be done"_s));
    QVERIFY2(unreadable(all).isEmpty(), qPrintable(unreadable(all).join(u'\n')));
    palette.field().setText(u"st"_s);
    for (int row = 0; row < palette.list().model()->rowCount(); ++row) { // among them some that can't be done now
        palette.list().setCurrentIndex(palette.list().model()->index(row, 0));
        const auto texts = textsOf(palette);
        QVERIFY2(unreadable(texts).isEmpty(), qPrintable(unreadable(texts).join(u'\n')));
    }
    palette.field().setText(u"nothing is called like this"_s);
    QTest::qWait(20);
    const auto none = textsOf(palette);
    QVERIFY(hasText(none, u"No command"_s));
    QVERIFY2(unreadable(none).isEmpty(), qPrintable(unreadable(none).join(u'\n')));
}

void ContrastTest::logAndSizes()
{
    QFETCH(bool, dark);
    Desk desk;
    desk.window().setTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
    QVERIFY(desk.open(u"Dockerfile"_s, kEverything));
    QTRY_VERIFY(!desk.tab().diagram().picture().nodes.empty());
    lookClosely(desk.tab().diagram());
    desk.tab().startBuild(desk.tab().shown(), 4, u"Docker"_s, u"docker build ."_s);
    for (const BuildStep& step : progress().steps())
        desk.tab().showStep(step);
    desk.tab().addLog(u"1"_s, u"a line of the log\n"_s);
    desk.tab().showPane(ResultPane::Log);
    desk.tab().log().view().expandAll();
    QTest::qWait(100);
    const auto running = textsOf(desk.window());
    QVERIFY(hasText(running, u"a line of the log"_s));
    QVERIFY2(unreadable(running).isEmpty(), qPrintable(u'\n' + unreadable(running).join(u'\n')));

    BuildResult result;
    result.outcome = BuildOutcome::Succeeded;
    result.target = 4;
    result.sizes = sizes();
    desk.tab().finishBuild(result);
    desk.tab().showPane(ResultPane::Sizes);
    desk.tab().sizes().setOutdated(true);
    QTest::qWait(100);
    for (int row = 0; row < desk.tab().sizes().view().model()->rowCount(); ++row) {
        desk.tab().sizes().view().setCurrentIndex(desk.tab().sizes().view().model()->index(row, 0));
        const auto texts = textsOf(desk.window());
        QVERIFY(hasText(texts, u"MB"_s));
        QVERIFY2(unreadable(texts).isEmpty(), qPrintable(u'\n' + unreadable(texts).join(u'\n')));
    }
}

void ContrastTest::edgesAsDrawn()
{
    QFETCH(bool, dark);
    constexpr double kScale = 2;
    const Theme& theme = themeOf(dark);
    const Picture picture = compose(inputOf(false, false));
    int receding = 0;
    for (int i = 0; i < static_cast<int>(picture.edges.size()); ++i) {
        const PictureEdge& edge = picture.edges[static_cast<std::size_t>(i)];
        const QRectF place = edge.path.boundingRect().adjusted(-kOverhang, -kOverhang, kOverhang, kOverhang);
        QImage image((place.size() * kScale).toSize(), QImage::Format_RGB32);
        image.fill(theme.canvas);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(kScale, kScale);
        painter.translate(-place.topLeft());
        paintEdge(painter, {picture, theme, {}}, i);
        painter.end();
        double most = 1;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y) != theme.canvas)
                    most = std::max(most, contrast(image.pixelColor(x, y), theme.canvas));
        receding += edge.needed ? 0 : 1;
        QVERIFY2(most >= (edge.needed ? kVisible : kReceding),
                 qPrintable(u"from %1 to %2: %3"_s
                                .arg(picture.nodes[static_cast<std::size_t>(edge.from)].title.whole,
                                     picture.nodes[static_cast<std::size_t>(edge.to)].title.whole)
                                .arg(most)));
    }
    QVERIFY(receding > 0);
}

QTEST_MAIN(ContrastTest)
#include "contrast_test.moc"
