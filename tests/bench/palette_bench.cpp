// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long the command palette takes to open, until all of its commands are there, and to answer a letter; in a window
// with a made-up file of 263 stages, one of them selected, every command counted.

#include "tests/bench/made_up_files.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/diagram/walk.h"
#include "ui/window/document_tab.h"
#include "ui/window/main_window.h"
#include "ui/window/palette.h"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

using namespace stagelift;
using namespace stagelift::ui;

namespace {

constexpr int kLargeFile = 263; // stages
constexpr int kTimes = 21;

using Times = std::vector<double>; // in milliseconds

double millisecondsOf(auto&& run)
{
    const auto begin = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void print(const char* name, Times times)
{
    std::ranges::sort(times);
    const auto nearest = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(times.size())));
    std::printf("palette/%s/median %.2f ms\n", name, times[times.size() / 2]);
    std::printf("palette/%s/p95 %.2f ms\n", name, times[nearest - 1]);
    std::printf("palette/%s/max %.2f ms\n", name, times.back());
    std::fflush(stdout);
}

/// The window with the text in it, drawn, a stage in the middle selected.
void fill(MainWindow& window, const std::string& text)
{
    window.resize(1600, 1000);
    window.show();
    window.showText(text);
    const DiagramView& diagram = window.tab().diagram();
    while (!diagram.picture().analysis || diagram.picture().graph().stages.size() < kLargeFile) {
        QApplication::processEvents();
        QThread::msleep(1);
    }
    window.tab().diagram().select({.node = stageNode(kLargeFile / 2), .edge = {}});
    QApplication::processEvents();
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    MainWindow window(Settings::forgetful());
    fill(window, bench::serviceStages(kLargeFile));
    CommandPalette& palette = window.commandPalette();
    Times opening;
    Times complete;
    Times letter;
    for (int time = 0; time < kTimes; ++time) {
        opening.push_back(millisecondsOf([&] {
            window.action(ActionId::CommandPalette)->trigger();
            palette.repaint();
        }));
        complete.push_back(opening.back() + millisecondsOf([] { QApplication::processEvents(); }));
        letter.push_back(millisecondsOf([&] {
            palette.field().setText(QStringLiteral("s"));
            palette.repaint();
        }));
        palette.close();
        QApplication::processEvents();
    }
    print("263_stages/open", opening);
    print("263_stages/complete", complete);
    print("263_stages/letter", letter);
    return 0;
}
