// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long a frame of the diagram takes while someone pans and zooms, in a view of 1600 by 1000 at one and at two
// device pixels each, every pixel painted anew; and how long it takes until a keystroke has a picture. Over a made-up
// file of 263 stages and, where they lie beside the source, the largest real ones.

#include "tests/bench/made_up_files.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"

#include <QApplication>
#include <QImage>
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
constexpr int kFrames = 50; // of each way to look at a file: 200 together
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

double millisecondsOf(auto&& run)
{
    const auto begin = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
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

class Frames {
public:
    Frames(DiagramView& view, int pixels)
        : m_view(view), m_image(view.viewport()->size() * pixels, QImage::Format_ARGB32_Premultiplied)
    {
        m_image.setDevicePixelRatio(pixels);
    }

    double paint()
    {
        return millisecondsOf([this] { m_view.viewport()->render(&m_image); });
    }

    Times paintAtFit()
    {
        m_view.fit();
        Times times;
        for (int frame = 0; frame < kFrames; ++frame)
            times.push_back(paint());
        return times;
    }

    /// To and fro over all of it, a step a frame.
    Times paintWhilePanning(double zoom)
    {
        m_view.zoomBy(zoom / m_view.transform().m11());
        QScrollBar& across = *m_view.horizontalScrollBar();
        QScrollBar& down = *m_view.verticalScrollBar();
        across.setValue(across.minimum());
        down.setValue((down.minimum() + down.maximum()) / 2);
        Times times;
        for (int frame = 0; frame < kFrames; ++frame) {
            across.setValue(across.value() + kPanStep);
            down.setValue(down.value() + (frame % 2 == 0 ? kPanStep : -kPanStep));
            times.push_back(paint());
        }
        return times;
    }

    Times paintWhileZooming()
    {
        constexpr double kMostZoom = 2;
        m_view.fit();
        const double step = std::pow(kMostZoom / m_view.transform().m11(), 1.0 / kFrames);
        Times times;
        for (int frame = 0; frame < kFrames; ++frame) {
            m_view.zoomBy(step);
            times.push_back(paint());
        }
        return times;
    }

private:
    DiagramView& m_view;
    QImage m_image;
};

void measureFrames(const std::string& name, const AnalysisPtr& analysis)
{
    DiagramView view;
    view.resize(kView);
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.show();
    view.showAnalysis(analysis);
    while (view.picture().analysis != analysis) {
        QApplication::processEvents();
        QThread::msleep(1);
    }
    for (const int pixels : {1, 2}) {
        Frames frames(view, pixels);
        const std::string at = name + (pixels == 1 ? "/1x" : "/2x");
        frames.paintAtFit(); // to fill what is kept
        print(at + "/fit", frames.paintAtFit());
        print(at + "/pan_50%", frames.paintWhilePanning(0.5));
        print(at + "/pan_100%", frames.paintWhilePanning(1));
        print(at + "/zoom", frames.paintWhileZooming());
    }
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

void measure(const std::string& name, const std::string& text)
{
    measureKeystrokes(name, text);
    measureFrames(name, analyse(text));
}

/// "" where it does not lie beside the source.
std::string realFile(const char* file)
{
    const std::filesystem::path folder = std::filesystem::path(STAGELIFT_SOURCE_DIR) / "../shared/corpus/files/real";
    std::ifstream stream(folder / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle); // which the application owns
    measure("services_263_stages", bench::serviceStages(kLargeFile));
    measure("mixed_263_stages", bench::mixedStages(kLargeFile));
    for (const auto& [name, file] : {std::pair{"moby", "2913-moby-moby-Dockerfile.Dockerfile"},
                                     std::pair{"buildkit", "2900-moby-buildkit-Dockerfile.Dockerfile"}}) {
        if (const std::string text = realFile(file); !text.empty())
            measure(name, text);
    }
    return 0;
}
