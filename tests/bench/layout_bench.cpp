// SPDX-License-Identifier: GPL-3.0-or-later
//
// The layout beside Graphviz's dot, over the graphs of real Dockerfiles where the corpus lies beside the source: how
// often lines cross (between edges that share no end, on the curves as drawn), how long they are, how much room all of
// it takes, and how long it takes to find. And made-up graphs, to see how it grows.
//
// All in boxes of one size, 187.2 by 72 points, parallel edges as one; a graph's time is the median of kRounds.

#include "core/edits/analysis.h"
#include "core/report/layout_json.h"
#include "tests/bench/made_up_files.h"
#include "tests/core/layout_checks.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using namespace stagelift;

namespace {

constexpr int kRounds = 11;
constexpr int kLargeFile = 263; // stages
constexpr const char* kMoby = "moby-moby-Dockerfile";
constexpr const char* kBuildKit = "moby-buildkit-Dockerfile.";

void print(const std::string& name, double value, const char* unit)
{
    std::printf("layout/%s %.10g %s\n", name.c_str(), value, unit);
}

struct Measured {
    int crossings = 0;
    double length = 0;
    double area = 0;
    double microseconds = 0;
    bool flawed = false; // a node overlapped, or crossed by an edge
};

double medianTime(auto&& run)
{
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::ranges::nth_element(times, times.begin() + kRounds / 2);
    return times[kRounds / 2];
}

Measured measured(const StageGraph& graph)
{
    Measured result;
    Layout layout;
    result.microseconds = medianTime([&] { layout = plainLayout(graph); });
    result.crossings = test::crossings(layout);
    result.length = test::edgeLength(layout);
    result.area = layout.size.width * layout.size.height;
    result.flawed = !test::flaw(layout).empty();
    return result;
}

/// In the boxes of the window: of different sizes, with room for labels, and build contexts drawn.
double windowTime(const StageGraph& graph)
{
    const std::vector<LayoutNode> nodes = test::unevenNodes(graph);
    return medianTime([&] { static_cast<void>(layOut(graph, nodes)); });
}

struct Sums {
    int graphs = 0;
    int asFewCrossings = 0;
    int flawed = 0;
    long crossings = 0;
    double length = 0;
    double area = 0;
    double microseconds = 0;
    double slowest = 0;
    test::GraphvizAnswer dot;

    void add(const Measured& ours, const test::GraphvizAnswer& theirs)
    {
        ++graphs;
        asFewCrossings += ours.crossings <= theirs.crossings ? 1 : 0;
        flawed += ours.flawed ? 1 : 0;
        crossings += ours.crossings;
        length += ours.length;
        area += ours.area;
        microseconds += ours.microseconds;
        slowest = std::max(slowest, ours.microseconds);
        dot.crossings += theirs.crossings;
        dot.length += theirs.length;
        dot.area += theirs.area;
        dot.microseconds += theirs.microseconds;
    }
};

void printSums(const Sums& sums)
{
    print("real/graphs", sums.graphs, "graphs");
    print("real/as_few_crossings_as_dot", sums.asFewCrossings, "graphs");
    print("real/as_few_crossings_as_dot_share", 100.0 * sums.asFewCrossings / sums.graphs, "%");
    print("real/nodes_overlapped_or_crossed", sums.flawed, "graphs");
    print("real/crossings", static_cast<double>(sums.crossings), "crossings");
    print("real/crossings_dot", sums.dot.crossings, "crossings");
    print("real/edge_length", sums.length, "pt");
    print("real/edge_length_dot", sums.dot.length, "pt");
    print("real/area", sums.area, "pt2");
    print("real/area_dot", sums.dot.area, "pt2");
    print("real/time", sums.microseconds, "us");
    print("real/time_dot", sums.dot.microseconds, "us");
    print("real/times_faster_than_dot", sums.dot.microseconds / sums.microseconds, "times");
    print("real/slowest", sums.slowest, "us");
}

void printOne(const std::string& name, const Measured& ours, const test::GraphvizAnswer& dot)
{
    print(name + "/crossings", ours.crossings, "crossings");
    print(name + "/crossings_dot", dot.crossings, "crossings");
    print(name + "/edge_length", ours.length, "pt");
    print(name + "/edge_length_dot", dot.length, "pt");
    print(name + "/time", ours.microseconds, "us");
    print(name + "/time_dot", dot.microseconds, "us");
}

void measureReal(bool all)
{
    Sums sums;
    for (const auto& [real, answer] : test::graphsWithAnswers()) {
        const Measured ours = measured(real.graph);
        sums.add(ours, answer);
        const bool named = real.file.contains(kMoby) || real.file.contains(kBuildKit);
        if (all)
            printOne(real.file, ours, answer);
        else if (named)
            printOne(real.file.contains(kMoby) ? "moby" : "buildkit", ours, answer);
    }
    if (sums.graphs > 0)
        printSums(sums);
}

void measureMadeUp(const std::string& name, const StageGraph& graph)
{
    const Measured ours = measured(graph);
    print(name + "/edges", static_cast<double>(graph.edges.size()), "edges");
    print(name + "/crossings", ours.crossings, "crossings");
    print(name + "/edge_length", ours.length, "pt");
    print(name + "/nodes_overlapped_or_crossed", ours.flawed ? 1 : 0, "graphs");
    print(name + "/time", ours.microseconds, "us");
    print(name + "/time_as_in_the_window", windowTime(graph), "us");
}

} // namespace

/// `--each`: a line for each real graph; `--real`: no made-up ones.
int main(int argc, char** argv)
{
    const auto isAsked = [&](std::string_view option) {
        return std::any_of(argv + 1, argv + argc, [&](const char* word) { return word == option; });
    };
    measureReal(isAsked("--each"));
    if (isAsked("--real"))
        return 0;
    const std::string size = std::to_string(kLargeFile) + "_stages";
    measureMadeUp("services_" + size, analyse(bench::serviceStages(kLargeFile))->graph);
    measureMadeUp("mixed_" + size, analyse(bench::mixedStages(kLargeFile))->graph);
    measureMadeUp("random_" + size, test::randomGraph(kLargeFile, 1));
    return 0;
}
