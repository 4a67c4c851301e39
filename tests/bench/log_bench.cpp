// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a gigabyte of log costs: memory, the longest that the window's thread was held up, and how long it took; to
// search all of it, and to save it.

#include "tests/ui/flood.h"
#include "ui/build/build_log.h"

#include <QApplication>
#include <QLineEdit>
#include <QStandardPaths>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace stagelift::ui;

namespace {

void print(const char* name, const Pulse& pulse, double seconds)
{
    std::printf("log/%s/worst_block %.1f ms\n", name, pulse.worstBlock());
    std::printf("log/%s/worst_work %.1f ms\n", name, pulse.worstWork());
    std::printf("log/%s/time %.2f s\n", name, seconds);
    std::fflush(stdout);
}

double secondsOf(const QElapsedTimer& clock)
{
    return static_cast<double>(clock.elapsed()) / 1e3;
}

} // namespace

int main(int argc, char** argv)
{
    constexpr int kMegabytes = 1000;
    const QApplication app(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    Flood flood;
    if (!flood.run(1))
        return 1;
    flood.forgetMost();
    const double before = Flood::residentMegabytes();
    BuildLog& log = flood.tab().log();
    QElapsedTimer clock;
    {
        clock.start();
        if (!flood.run(kMegabytes))
            return 1;
        print("1_GB/build", flood.pulse(), secondsOf(clock));
    }
    {
        const Pulse pulse;
        clock.start();
        log.search().setText(u"no such words"_s);
        log.findNext();
        flood.waitFor([&log] { return log.searchNote() != u"searching…"; });
        print("1_GB/search", pulse, secondsOf(clock));
    }
    {
        const Pulse pulse;
        clock.start();
        bool saved = false;
        QObject::connect(&log, &BuildLog::saved, [&saved] { saved = true; });
        log.saveTo(flood.path(u"saved.log"_s));
        flood.waitFor([&saved] { return saved; });
        print("1_GB/save", pulse, secondsOf(clock));
    }
    std::printf("log/1_GB/memory %.1f MB\n", flood.mostMegabytes() - before);
    return 0;
}
