// SPDX-License-Identifier: GPL-3.0-or-later
//
// stagelift history: the builds of a file that are kept, by the window and by stagelift build alike.

#include "app/command_line.h"
#include "app/verb.h"
#include "core/history/history_report.h"
#include "core/history/history_store.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::app {

namespace {

using Builds = QList<KeptBuild>;

QByteArray asText(const QString& file, const Builds& builds)
{
    return builds.isEmpty() ? u"No build of %1 is kept.\n"_s.arg(file).toUtf8() : historyAsText(builds);
}

QByteArray asCsv(const QString& /*file*/, const Builds& builds)
{
    return historyAsCsv(builds);
}

struct Format {
    QLatin1StringView name;
    QByteArray (*print)(const QString& file, const Builds& builds);
};

constexpr std::array kFormats{Format{"text"_L1, asText}, Format{"csv"_L1, asCsv}, Format{"json"_L1, historyAsJson}};

void addOptions(QCommandLineParser& parser)
{
    parser.setApplicationDescription(
        u"Prints the builds of a Dockerfile that are kept on this machine, the newest first: when, what came of it,\n"
        "what ships and by how much that changed. csv and json tell every stage, json every instruction.\n"
        "A file is known by its path, links followed: one that was moved is found under its old name."_s);
    parser.addPositionalArgument(u"FILE"_s, u"The Dockerfile; it may be gone by now."_s);
    parser.addOptions(
        {formatOption(namesOf(kFormats)), {u"forget"_s, u"Forget all builds of FILE, and their texts."_s}});
}

/// Nothing where nothing was ever kept. What was set aside because it is damaged is said, and no reason to give up.
std::expected<std::unique_ptr<HistoryStore>, QString> openStore()
{
    const QString folder = HistoryStore::userFolder();
    if (!HistoryStore::exists(folder))
        return nullptr;
    auto [store, notice] = HistoryStore::open(folder);
    if (!store)
        return std::unexpected(notice);
    if (!notice.isEmpty())
        (void)refuse(notice);
    return std::move(store);
}

} // namespace

int runHistory(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    addOptions(parser);
    process(parser, u"FILE"_s);
    const auto format = formatFrom(parser, namesOf(kFormats));
    if (!format)
        return refuse(format.error());
    const QStringList files = parser.positionalArguments();
    if (files.size() != 1 || files.constFirst() == "-"_L1)
        return refuse(u"history takes one FILE: what has no name has no history. See: stagelift history --help"_s);
    const QString& file = files.constFirst();
    const auto store = openStore();
    if (!store)
        return refuse(store.error());
    if (parser.isSet(u"forget"_s)) {
        const auto forgotten = *store ? (*store)->forget(historyKey(file)) : std::expected<void, QString>();
        return forgotten ? kFine : refuse(forgotten.error());
    }
    const auto builds = *store ? (*store)->builds(historyKey(file)) : Builds();
    if (!builds)
        return refuse(builds.error());
    const auto row = std::ranges::find(kFormats, *format, &Format::name);
    const auto written = writeOutput({}, row->print(file, *builds));
    return written ? kFine : refuse(written.error());
}

} // namespace stagelift::app
