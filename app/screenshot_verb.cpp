// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the real window with a file in it into a picture: the same code, the same panes, held still.

#include "app/command_line.h"
#include "app/verb.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"
#include "ui/build/build_controller.h"
#include "ui/build/sizes_pane.h"
#include "ui/build/treemap_page.h"
#include "ui/diagram/diagram_view.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/history/history_pane.h"
#include "ui/window/document_tab.h"
#include "ui/window/start.h"

#include <QApplication>
#include <QBuffer>
#include <QEventLoop>
#include <QFileInfo>
#include <QPixmap>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stagelift::app {

namespace {

constexpr QSize kDefaultSize{1440, 900};
constexpr QSize kSmallest{400, 300};
constexpr QSize kLargest{8000, 8000};
constexpr double kLargestScale = 8;
constexpr auto kSettling = 250ms;   // for the layout, the gutter, the fit
constexpr auto kEngineSearch = 15s; // at most

struct Order {
    QString file; // "-" for standard input
    std::string text;
    QString output;
    QString target;
    QString pane;
    QSize size = kDefaultSize;
    ui::ThemeChoice theme = ui::ThemeChoice::Light;
    int line = 0; // 1-based; 0 is not given
    bool build = false;
    bool inspector = false;
    QList<QPair<QString, QString>> buildArgs;
};

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(u"Draws the window with FILE into a picture."_s);
    parser.addPositionalArgument(u"FILE"_s, u"The Dockerfile; - for standard input."_s);
    parser.addOptions(
        {{{u"o"_s, u"output"_s}, u"Where the PNG goes; - is standard output."_s, u"OUT"_s},
         {u"theme"_s, u"light or dark; light unless given."_s, u"THEME"_s, u"light"_s},
         {u"size"_s, u"Of the window; 1440x900 unless given."_s, u"WxH"_s, u"1440x900"_s},
         {u"scale"_s, u"Pixels for each point; 1 unless given."_s, u"N"_s, u"1"_s},
         {u"target"_s, u"The target to show; the last stage unless given."_s, u"STAGE"_s},
         {u"line"_s, u"The line that the caret stands in."_s, u"N"_s},
         {u"pane"_s,
          u"problems, log, sizes, treemap, timeline, files, copyable or history in front; copyable are the "
          "files that another stage might want. With history, builds are kept as the window keeps them."_s,
          u"PANE"_s},
         buildArgOption(),
         {u"inspector"_s, u"Show the inspector, with what the line is about."_s},
         {u"build"_s, u"Build the target first, so that sizes are shown."_s}});
}

std::expected<QSize, QString> sizeOf(const QString& text)
{
    const QStringList parts = text.split(u'x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    if (parts.size() != 2 || size.expandedTo(kSmallest) != size || size.boundedTo(kLargest) != size)
        return std::unexpected(u"--size takes a width and a height from 400x300 to 8000x8000, not %1"_s.arg(text));
    return size;
}

std::expected<QString, QString> outputFrom(const QCommandLineParser& parser)
{
    QString output = parser.value(u"output"_s);
    const QString suffix = QFileInfo(output).suffix();
    if (output.isEmpty())
        return std::unexpected(u"screenshot needs -o OUT. See: stagelift screenshot --help"_s);
    if (!suffix.isEmpty() && suffix.compare(u"png"_s, Qt::CaseInsensitive) != 0)
        return std::unexpected(u"the picture is a PNG: -o takes a name that ends in .png, or -, not %1"_s.arg(output));
    return output;
}

std::expected<int, QString> lineFrom(const QCommandLineParser& parser)
{
    if (!parser.isSet(u"line"_s))
        return 0;
    const int line = parser.value(u"line"_s).toInt();
    if (line < 1)
        return std::unexpected(u"--line takes a number from 1 up, not %1"_s.arg(parser.value(u"line"_s)));
    return line;
}

std::expected<ui::ThemeChoice, QString> themeFrom(const QString& text)
{
    if (text == "dark"_L1)
        return ui::ThemeChoice::Dark;
    if (text == "light"_L1)
        return ui::ThemeChoice::Light;
    return std::unexpected(u"--theme takes light or dark, not %1"_s.arg(text));
}

std::expected<QString, QString> paneFrom(const QString& text)
{
    static const QStringList kPanes{{},         u"problems"_s, u"log"_s,    u"sizes"_s, u"treemap"_s, u"timeline"_s,
                                    u"files"_s, u"copyable"_s, u"history"_s};
    if (!kPanes.contains(text))
        return std::unexpected(
            u"--pane takes problems, log, sizes, treemap, timeline, files, copyable or history, not %1"_s.arg(text));
    return text;
}

std::expected<Order, QString> read(const QCommandLineParser& parser)
{
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1)
        return std::unexpected(u"screenshot takes one FILE. See: stagelift screenshot --help"_s);
    Order order;
    order.file = files.first();
    const auto output = outputFrom(parser);
    if (!output)
        return std::unexpected(output.error());
    order.output = *output;
    const auto size = sizeOf(parser.value(u"size"_s));
    if (!size)
        return std::unexpected(size.error());
    order.size = *size;
    const auto theme = themeFrom(parser.value(u"theme"_s));
    if (!theme)
        return std::unexpected(theme.error());
    order.theme = *theme;
    const auto pane = paneFrom(parser.value(u"pane"_s));
    if (!pane)
        return std::unexpected(pane.error());
    order.pane = *pane;
    order.target = parser.value(u"target"_s);
    const auto line = lineFrom(parser);
    if (!line)
        return std::unexpected(line.error());
    order.line = *line;
    order.build = parser.isSet(u"build"_s);
    order.inspector = parser.isSet(u"inspector"_s);
    const auto options = buildOptions(parser);
    if (!options)
        return std::unexpected(options.error());
    for (const auto& [name, value] : options->buildArgs)
        order.buildArgs.emplace_back(QString::fromStdString(name), QString::fromStdString(value));
    auto text = readInput(order.file);
    if (!text)
        return std::unexpected(text.error());
    order.text = std::move(*text);
    return order;
}

/// Before there is an application object: Qt reads these when it is made.
std::expected<void, QString> setPlatform(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        const bool joined = argument.startsWith("--scale="_L1);
        if (!joined && argument != "--scale"_L1)
            continue;
        const QString text =
            joined ? argument.section(u'=', 1) : QString::fromLocal8Bit(i + 1 < argc ? argv[i + 1] : "");
        bool isNumber = false;
        const double scale = text.toDouble(&isNumber);
        if (!isNumber || scale < 1 || scale > kLargestScale)
            return std::unexpected(u"--scale takes a number from 1 to 8, not %1"_s.arg(text));
        qputenv("QT_SCALE_FACTOR", text.toLatin1());
    }
    return {};
}

/// The offscreen platform warns of each window that it has no borders; nobody who wants a picture does.
void dropPlatformWarnings()
{
    static QtMessageHandler before = nullptr;
    before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& message) {
        if (!message.startsWith("This plugin does not support propagateSizeHints"_L1))
            before(type, context, message);
    });
}

void waitFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

void waitForEngines(ui::MainWindow& window)
{
    ui::BuildController& controller = window.buildDesk().controller();
    QEventLoop loop;
    QObject::connect(&controller, &ui::BuildController::enginesChanged, &loop, [&] {
        if (!controller.isSearching())
            loop.quit();
    });
    QTimer::singleShot(kEngineSearch, &loop, &QEventLoop::quit);
    if (controller.isSearching())
        loop.exec();
}

void waitForHistory(ui::MainWindow& window)
{
    QEventLoop loop;
    QObject::connect(&window.buildDesk().history(), &History::loaded, &loop, &QEventLoop::quit);
    QTimer::singleShot(kEngineSearch, &loop, &QEventLoop::quit);
    window.tab().history().reload();
    if (!window.tab().document().path().isEmpty())
        loop.exec();
}

int fail(ExitStatus status, const QString& sentence)
{
    refuse(sentence);
    return status;
}

/// kFine, or the exit status after the build's own words.
int build(ui::MainWindow& window)
{
    BuildResult result;
    QEventLoop loop;
    QObject::connect(&window.buildDesk(), &ui::BuildDesk::finished, &loop, [&](const BuildResult& answer) {
        result = answer;
        loop.quit();
    });
    window.buildDesk().build(window.tab());
    if (!window.buildDesk().controller().isRunning()) {
        const QString why = window.tab().messages().text();
        return refuse(u"nothing can be built: %1"_s.arg(why.isEmpty() ? u"no container engine was found"_s : why));
    }
    loop.exec();
    if (result.outcome == BuildOutcome::Succeeded)
        return kFine;
    return fail(result.outcome == BuildOutcome::Failed ? kDockerfileAtFault : kCommandAtFault, result.message);
}

/// Waits until the window has what is made of the text, for that comes a moment later.
/// @returns false where it can't be shown; the window says why.
bool show(ui::MainWindow& window, const Order& order)
{
    QEventLoop loop;
    QObject::connect(&window.tab().document(), &ui::Document::analysed, &loop, &QEventLoop::quit);
    if (order.file == "-"_L1)
        window.showText(order.text);
    else if (!window.openFile(order.file))
        return false;
    loop.exec();
    return true;
}

std::expected<void, QString> arrange(ui::MainWindow& window, const Order& order)
{
    ui::DocumentTab& tab = window.tab();
    if (order.line > 0) {
        tab.editor().setCursorPosition(order.line - 1, 0);
        tab.editor().ensureLineVisible(order.line - 1);
    }
    if (!order.buildArgs.isEmpty()) {
        ui::BuildChoices choices = tab.choices();
        choices.buildArgs = order.buildArgs;
        tab.setChoices(choices);
        waitFor(kSettling);
    }
    if (!order.target.isEmpty()) {
        const auto stage = tab.document().analysis()->graph.findTarget(order.target.toStdString());
        if (!stage)
            return std::unexpected(u"%1 has no stage %2"_s.arg(order.file, order.target));
        tab.setTarget(*stage);
    }
    return {};
}

void waitForFiles(ui::FilesPane& files)
{
    do
        waitFor(kSettling);
    while (files.reader().stageBeingRead() >= 0 || files.isBusy());
}

/// Of the target, where it was built.
void showFiles(ui::DocumentTab& tab, FileArrangement arrangement)
{
    tab.showPane(ui::ResultPane::Files);
    ui::FilesPane& files = tab.files();
    if (!files.reader().analysis())
        return;
    files.readOrStop();
    waitForFiles(files);
    files.arrange(arrangement);
    waitForFiles(files);
}

/// With folders, where the target was built.
void showTreemap(ui::DocumentTab& tab)
{
    tab.sizes().showTreemap();
    tab.showPane(ui::ResultPane::Sizes);
    const ui::TreemapPage& page = tab.sizes().treemapPage();
    if (page.stage() < 0)
        return;
    tab.files().read(page.stage());
    waitForFiles(tab.files());
    while (page.isBusy())
        waitFor(kSettling);
}

void showPane(ui::DocumentTab& tab, const QString& pane)
{
    if (pane == "problems"_L1)
        tab.showPane(ui::ResultPane::Problems);
    else if (pane == "log"_L1)
        tab.showPane(ui::ResultPane::Log);
    else if (pane == "sizes"_L1)
        tab.showPane(ui::ResultPane::Sizes);
    else if (pane == "treemap"_L1)
        showTreemap(tab);
    else if (pane == "timeline"_L1)
        tab.showPane(ui::ResultPane::Timeline);
    else if (pane == "files"_L1)
        showFiles(tab, FileArrangement::Tree);
    else if (pane == "copyable"_L1)
        showFiles(tab, FileArrangement::Copyable);
    else if (pane == "history"_L1)
        tab.showPane(ui::ResultPane::History);
}

int draw(const Order& order)
{
    ui::nameApplication();
    ui::holdStill();
    ui::Settings settings = ui::Settings::forgetful();
    if (order.pane == "history"_L1)
        settings.setHistoryFolder(HistoryStore::userFolder());
    const auto window = ui::openWindow(std::move(settings), {});
    window->setTheme(order.theme);
    window->resize(order.size);
    if (!show(*window, order))
        return fail(kDockerfileAtFault, window->tab().messages().text());
    if (const auto arranged = arrange(*window, order); !arranged)
        return fail(kCommandAtFault, arranged.error());
    waitForEngines(*window);
    if (order.build) {
        if (const int status = build(*window); status != kFine)
            return status;
    }
    showPane(window->tab(), order.pane);
    if (order.pane == "history"_L1)
        waitForHistory(*window);
    window->tab().showInspector(order.inspector);
    window->tab().setFocus();
    waitFor(kSettling);
    window->tab().diagram().fit();
    do
        waitFor(kSettling);
    while (!window->tab().diagram().isSharp());

    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    window->grab().save(&buffer, "PNG");
    if (const auto written = writeOutput(order.output, png); !written)
        return fail(kCommandAtFault, written.error());
    return kFine;
}

} // namespace

int runScreenshot(int argc, char** argv)
{
    if (const auto set = setPlatform(argc, argv); !set)
        return refuse(set.error());
    dropPlatformWarnings();
    const QApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    process(parser, u"-o OUT FILE"_s);
    const auto order = read(parser);
    return order ? draw(*order) : refuse(order.error());
}

} // namespace stagelift::app
