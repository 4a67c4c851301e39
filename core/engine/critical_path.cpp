// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/critical_path.h"

#include <QHash>

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <vector>

namespace stagelift {

namespace {

constexpr int kNone = -1;

struct Node {
    qint64 begin = 0;
    qint64 end = 0;
    bool failed = false;
    std::vector<int> before; // what it waited for
    std::vector<int> behind; // what waited for it
    int open = 0;            // of those before it, not yet taken
    bool taken = false;
    qint64 longest = 0; // ms, of the longest way up to its end
    int via = kNone;    // the step before it on that way

    [[nodiscard]] bool hasRun() const { return begin >= 0; }
    [[nodiscard]] qint64 time() const { return end - begin; }
};

using Nodes = std::vector<Node>;

std::size_t at(int index)
{
    return static_cast<std::size_t>(index);
}

Nodes nodesOf(const QList<BuildStep>& steps, qint64 now)
{
    Nodes nodes;
    nodes.reserve(at(static_cast<int>(steps.size())));
    for (const BuildStep& step : steps) {
        Node node;
        node.begin = node.end = step.startedAt;
        node.failed = step.state == StepState::Failed;
        if (step.startedAt >= 0 && step.state != StepState::Cached)
            node.end = std::max(node.begin, step.endedAt >= 0 ? step.endedAt : now);
        nodes.push_back(std::move(node));
    }
    return nodes;
}

/// Those that have run, by the time at which they ended.
std::vector<int> byEnd(const Nodes& nodes)
{
    std::vector<int> order(nodes.size());
    std::iota(order.begin(), order.end(), 0);
    std::erase_if(order, [&](int each) { return !nodes[at(each)].hasRun(); });
    std::ranges::stable_sort(order, {}, [&](int each) { return nodes[at(each)].end; });
    return order;
}

/// The one that ended last before this one began. Of two that ended together, the one that took longer.
int lastEndedBefore(const Nodes& nodes, const std::vector<int>& ended, int index)
{
    const Node& node = nodes[at(index)];
    const auto endOf = [&](int each) { return nodes[at(each)].end; };
    auto upper = std::ranges::upper_bound(ended, node.begin, {}, endOf);
    int last = kNone;
    while (upper != ended.begin()) {
        const int each = *--upper;
        if (last != kNone && endOf(each) < endOf(last))
            break;
        // What begins and ends in the same moment as this one is not before it.
        if (each != index && nodes[at(each)].begin < node.begin &&
            (last == kNone || nodes[at(each)].time() > nodes[at(last)].time()))
            last = each;
    }
    return last;
}

void connect(const QList<BuildStep>& steps, Nodes& nodes)
{
    QHash<QString, int> places;
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i)
        places.insert(steps.at(i).id, i);
    const std::vector<int> ended = byEnd(nodes);
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i) {
        Node& node = nodes[at(i)];
        for (const QString& id : steps.at(i).waitedFor)
            if (const int before = places.value(id, kNone); before != kNone && before != i)
                node.before.push_back(before);
        if (node.before.empty() && node.hasRun())
            if (const int last = lastEndedBefore(nodes, ended, i); last != kNone)
                node.before.push_back(last);
        node.open = static_cast<int>(node.before.size());
        for (const int before : node.before)
            nodes[at(before)].behind.push_back(i);
    }
}

void take(Nodes& nodes, int index)
{
    Node& node = nodes[at(index)];
    node.taken = true;
    for (const int each : node.before) {
        const Node& before = nodes[at(each)];
        if (before.taken && (node.via == kNone || before.longest > node.longest)) {
            node.longest = before.longest;
            node.via = each;
        }
    }
    node.longest += node.time();
}

void takeAll(Nodes& nodes)
{
    std::vector<int> ready;
    const auto takeFrom = [&](int first) {
        ready.push_back(first);
        while (!ready.empty()) {
            const int index = ready.back();
            ready.pop_back();
            take(nodes, index);
            for (const int each : nodes[at(index)].behind)
                if (--nodes[at(each)].open == 0 && !nodes[at(each)].taken)
                    ready.push_back(each);
        }
    };
    std::vector<int> order(nodes.size());
    std::iota(order.begin(), order.end(), 0);
    for (const int each : order)
        if (nodes[at(each)].before.empty())
            takeFrom(each);
    std::ranges::stable_sort(order, {}, [&](int each) { return nodes[at(each)].begin; });
    for (const int each : order) // in a circle, or behind one
        if (!nodes[at(each)].taken)
            takeFrom(each);
}

/// Where a step failed, what was called off after it made nothing longer.
int lastOf(const Nodes& nodes)
{
    int last = kNone;
    const auto rank = [&](int each) {
        const Node& node = nodes[at(each)];
        return std::tuple(node.failed, node.end, node.longest);
    };
    for (int i = 0; i < static_cast<int>(nodes.size()); ++i)
        if (nodes[at(i)].hasRun() && (last == kNone || rank(i) > rank(last)))
            last = i;
    return last;
}

/// Of time that is covered, however often; the steps by their begin.
qint64 covered(const Nodes& nodes, const QList<int>& steps)
{
    qint64 sum = 0;
    qint64 reached = 0;
    for (const int each : steps) {
        const Node& node = nodes[at(each)];
        sum += std::max<qint64>(0, node.end - std::max(node.begin, reached));
        reached = std::max(reached, node.end);
    }
    return sum;
}

} // namespace

CriticalPath criticalPath(const QList<BuildStep>& steps, qint64 now)
{
    Nodes nodes = nodesOf(steps, now);
    connect(steps, nodes);
    takeAll(nodes);

    CriticalPath path;
    for (int each = lastOf(nodes); each != kNone; each = nodes[at(each)].via)
        if (nodes[at(each)].time() > 0)
            path.steps.prepend(each);
    std::ranges::stable_sort(path.steps, {}, [&](int each) { return nodes[at(each)].begin; });
    path.milliseconds = covered(nodes, path.steps);

    qint64 first = std::numeric_limits<qint64>::max();
    qint64 last = 0;
    for (const Node& node : nodes) {
        if (!node.hasRun())
            continue;
        first = std::min(first, node.begin);
        last = std::max(last, node.end);
    }
    path.total = std::max<qint64>(0, last - first);
    return path;
}

} // namespace stagelift
