// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a frame of the diagram takes while someone pans and zooms, in a view of 1600 by 1000 at one and at two
// device pixels each, how many of the frames show all as it is to be, and how long it takes after the last until one
// does; and how long it takes until a keystroke has a picture. Over made-up files of 263 stages and, where they lie
// beside the source, the largest real ones.

#include "tests/bench/made_up_files.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"

#include <QApplication>
#include <QProcess>
#include <QProcessEnvironment>
#include <QProxyStyle>
#include <QScrollBar>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr QSize kView(1600, 1000);
constexpr int kFrames = 100; // of each way to look at a file
constexpr int kPanStep = 37;
constexpr int kKeystrokes = 21;
constexpr int kLargeFile = 263; // stages

using Times = std::vector<double>; // in milliseconds

/// Nothing glides or fades: no time passes between the frames here.
class StillStyle : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

double millisecondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double millisecondsOf(auto&& run)
{
    const auto begin = std::chrono::steady_clock::now();
    run();
    return millisecondsSince(begin);
}

void print(const std::string& name, Times times)
{
    std::ranges::sort(times);
    const auto nearest = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(times.size())));
    std::printf("diagram/%s/median %.2f ms\n", name.c_str(), times[times.size() / 2]);
    std::printf("diagram/%s/p95 %.2f ms\n", name.c_str(), times[nearest - 1]);
    std::printf("diagram/%s/max %.2f ms\n", name.c_str(), times.back());
    std::fflush(stdout);
}

/// What the thread of the window was busy with in each frame, where frames come sixty times in a second and someone
/// pans or zooms a step in each: to move, to paint, to answer what came in the meantime.
class Frames {
public:
    explicit Frames(DiagramView& view) : m_view(view) {}

    [[nodiscard]] Times still()
    {
        m_view.fit();
        settle();
        return run([&](int) { m_view.viewport()->update(); });
    }

    /// To and fro over all of it.
    [[nodiscard]] Times whilePanning(double zoom)
    {
        m_view.zoomBy(zoom / m_view.transform().m11());
        QScrollBar& across = *m_view.horizontalScrollBar();
        QScrollBar& down = *m_view.verticalScrollBar();
        across.setValue(across.minimum());
        down.setValue((down.minimum() + down.maximum()) / 2);
        settle();
        return run([&](int frame) { m_view.panBy({-kPanStep, frame % 2 == 0 ? -kPanStep : kPanStep}); });
    }

    [[nodiscard]] Times whileZooming()
    {
        constexpr double kMostZoom = 2;
        m_view.fit();
        settle();
        const double step = std::pow(kMostZoom / m_view.transform().m11(), 1.0 / kFrames);
        return run([&](int) { m_view.zoomBy(step); });
    }

    /// Of the frames of the last run, in percent.
    [[nodiscard]] double sharp() const { return 100.0 * m_sharp / kFrames; }
    /// After the last run, in milliseconds, until nothing was stretched any more.
    [[nodiscard]] double sharpAfter() const { return m_sharpAfter; }

private:
    [[nodiscard]] Times run(auto step)
    {
        constexpr double kFrame = 1000.0 / 60;
        Times times;
        m_sharp = 0;
        for (int frame = 0; frame < kFrames; ++frame) {
            const auto begin = std::chrono::steady_clock::now();
            double busy = millisecondsOf([&] {
                step(frame);
                m_view.viewport()->repaint();
            });
            m_sharp += m_view.isSharp() ? 1 : 0;
            while (millisecondsSince(begin) < kFrame) {
                QThread::usleep(500);
                busy += millisecondsOf([] { QApplication::processEvents(); });
            }
            times.push_back(busy);
        }
        m_sharpAfter = settle();
        return times;
    }

    double settle()
    {
        constexpr int kNothingMore = 300; // milliseconds, in which what is around the view is painted, too
        m_view.viewport()->repaint();
        const auto begin = std::chrono::steady_clock::now();
        while (!m_view.isSharp()) {
            QThread::usleep(500);
            QApplication::processEvents();
        }
        const double sharpAfter = millisecondsSince(begin);
        const auto rest = std::chrono::steady_clock::now();
        while (millisecondsSince(rest) < kNothingMore)
            QApplication::processEvents(QEventLoop::AllEvents, 5);
        return sharpAfter;
    }

    DiagramView& m_view;
    int m_sharp = 0;
    double m_sharpAfter = 0;
};

void measureFrames(const std::string& name, const AnalysisPtr& analysis)
{
    DiagramView view;
    view.resize(kView);
    view.show();
    view.showAnalysis(analysis);
    while (view.picture().analysis != analysis) {
        QApplication::processEvents();
        QThread::msleep(1);
    }
    Frames frames(view);
    const std::string at = name + (view.devicePixelRatio() == 1 ? "/1x" : "/2x");
    const auto tell = [&](const std::string& how, const Times& times) {
        print(at + how, times);
        std::printf("diagram/%s/sharp %.0f %%\n", (at + how).c_str(), frames.sharp());
        std::printf("diagram/%s/sharp_after %.1f ms\n", (at + how).c_str(), frames.sharpAfter());
    };
    tell("/fit", frames.still());
    tell("/pan_50%", frames.whilePanning(0.5));
    tell("/pan_100%", frames.whilePanning(1));
    tell("/zoom", frames.whileZooming());
}

/// From the text to its picture, once for a letter in a comment and once for a line that draws a new edge.
void measureKeystrokes(const std::string& name, const std::string& text)
{
    PictureInput input;
    input.font = QApplication::font();
    input.analysis = analyse(text);
    const Picture before = compose(input);
    const std::string copy = "\nCOPY --from=0 /etc/hostname /etc/hostname\n";
    for (const auto& [what, typed] : {std::pair{"letter", std::string("\n# a")}, std::pair{"new_edge", copy}}) {
        Times analysing;
        Times composing;
        for (int stroke = 0; stroke < kKeystrokes; ++stroke) {
            analysing.push_back(millisecondsOf([&] { input.analysis = analyse(text + typed); }));
            composing.push_back(millisecondsOf([&] { static_cast<void>(compose(input, &before)); }));
        }
        print(name + "/" + what + "/analyse", analysing);
        print(name + "/" + what + "/compose", composing);
    }
}

/// "" where it does not lie beside the source.
std::string realFile(const char* file)
{
    const std::filesystem::path folder = std::filesystem::path(STAGELIFT_SOURCE_DIR) / "../shared/corpus/files/real";
    std::ifstream stream(folder / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// This program again, with so many device pixels for each of the screen's.
int runAt(const char* program, const char* ratio)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_SCALE_FACTOR"), QString::fromLatin1(ratio));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QString::fromLocal8Bit(program), {QStringLiteral("frames")});
    process.waitForFinished(-1);
    return process.exitCode();
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle); // which the application owns
    std::vector<std::pair<std::string, std::string>> texts{
        {"services_263_stages", bench::serviceStages(kLargeFile)},
        {"mixed_263_stages", bench::mixedStages(kLargeFile)},
    };
    for (const auto& [name, file] : {std::pair{"moby", "2913-moby-moby-Dockerfile.Dockerfile"},
                                     std::pair{"buildkit", "2900-moby-buildkit-Dockerfile.Dockerfile"}})
        if (const std::string text = realFile(file); !text.empty())
            texts.emplace_back(name, text);
    const bool framesOnly = argc > 1;
    for (const auto& [name, text] : texts)
        framesOnly ? measureFrames(name, analyse(text)) : measureKeystrokes(name, text);
    if (framesOnly)
        return 0;
    const int once = runAt(argv[0], "1");
    const int twice = runAt(argv[0], "2");
    return once == 0 ? twice : once;
}
