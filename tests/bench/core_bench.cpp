// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reading a file costs, over our examples and, where they lie beside the source, over real Dockerfiles: one
// thread, in memory, from the bytes to the answer, and to its end (freeing it counts).
//
// Each file is read on its own kRounds times, and its time is the median of them; mean, median and p95 are over the
// files. The largest file is the one of most bytes. What is taken from the heap is a mean over the files. Growth is a
// stage's share of the processor time of a made-up file (made_up_files.h).

#include "core/checks/checks.h"
#include "core/dockerfile/parser.h"
#include "core/stages/stage_graph.h"
#include "tests/bench/allocations.h"
#include "tests/bench/made_up_files.h"
#include "tests/bench/texts.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <format>
#include <numeric>
#include <string>
#include <vector>

using namespace stagelift;

namespace {

constexpr int kRounds = 21;
constexpr const char* kStages = "stages"; // the counter that a time is divided by

using bench::Texts;

void parseOne(const std::string& text)
{
    const SourceText source(text);
    benchmark::DoNotOptimize(parse(source));
}

void resolveOne(const std::string& text)
{
    const SourceText source(text);
    const Dockerfile dockerfile = parse(source);
    benchmark::DoNotOptimize(resolve(dockerfile));
}

void checkWith(const std::string& text, const CheckOptions& options)
{
    const SourceText source(text);
    const Dockerfile dockerfile = parse(source);
    const StageGraph graph = resolve(dockerfile);
    benchmark::DoNotOptimize(check(dockerfile, graph, options));
}

void checkOne(const std::string& text)
{
    checkWith(text, {});
}

void checkOneAsBuildKit(const std::string& text)
{
    CheckOptions options;
    options.own = false;
    checkWith(text, options);
}

struct Measure {
    const char* name;
    void (*run)(const std::string& text);
};

constexpr Measure kMeasures[] = {{"parse", parseOne},
                                 {"parse+resolve", resolveOne},
                                 {"parse+resolve+check", checkOne},
                                 {"parse+resolve+check_buildkit_only", checkOneAsBuildKit}};

/// In microseconds.
double timeOf(const Measure& measure, const std::string& text)
{
    std::vector<double> times;
    times.reserve(kRounds);
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        measure.run(text);
        const auto end = std::chrono::steady_clock::now();
        times.push_back(std::chrono::duration<double, std::micro>(end - begin).count());
    }
    std::ranges::nth_element(times, times.begin() + kRounds / 2);
    return times[kRounds / 2];
}

void measureFiles(benchmark::State& state, const Measure& measure, const Texts& texts)
{
    std::vector<double> times;
    times.reserve(texts.size());
    bench::Allocations taken;
    for ([[maybe_unused]] auto _ : state) {
        for (const std::string& text : texts) {
            times.push_back(timeOf(measure, text));
            const bench::Allocations before = bench::allocations();
            measure.run(text);
            const bench::Allocations one = bench::allocations() - before;
            taken = {taken.count + one.count, taken.bytes + one.bytes};
        }
    }
    const auto count = static_cast<double>(texts.size());
    const auto largest = std::ranges::max_element(texts, {}, &std::string::size) - texts.begin();
    state.counters["5 largest us"] = times[static_cast<std::size_t>(largest)];
    state.counters["2 mean us"] = std::reduce(times.begin(), times.end()) / count;
    std::ranges::sort(times);
    state.counters["3 median us"] = times[times.size() / 2];
    // The nearest rank: no value that no file has.
    state.counters["4 p95 us"] = times[static_cast<std::size_t>(std::ceil(0.95 * count)) - 1];
    state.counters["6 allocations each"] = static_cast<double>(taken.count) / count;
    state.counters["7 allocated bytes"] = static_cast<double>(taken.bytes) / count;
}

void measureGrowth(benchmark::State& state, const Measure& measure, std::string (*make)(int stages))
{
    const auto stages = static_cast<int>(state.range(0));
    const std::string text = make(stages);
    for ([[maybe_unused]] auto _ : state)
        measure.run(text);
    state.counters[kStages] = stages;
}

/// `name value unit`, a line a counter. A counter's name is its place, its own name, and its unit.
class LineReporter final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            std::string name = run.run_name.function_name;
            if (!run.run_name.args.empty())
                name += '/' + run.run_name.args;
            for (const auto& [key, counter] : run.counters) {
                if (key == kStages) {
                    std::printf("%s/a_stage %.2f us\n", name.c_str(), run.GetAdjustedCPUTime() / counter.value);
                    continue;
                }
                const std::size_t unit = key.rfind(' ');
                std::printf("%s/%s %.2f %s\n", name.c_str(), key.substr(2, unit - 2).c_str(), counter.value,
                            key.c_str() + unit + 1);
            }
        }
        std::fflush(stdout);
    }
};

void registerFiles(const std::string& set, const Texts& texts)
{
    if (texts.empty())
        return;
    for (const Measure& measure : kMeasures) {
        const std::string name = std::format("core/{}/{}", measure.name, set);
        benchmark::RegisterBenchmark(name.c_str(), [&measure, &texts](benchmark::State& state) {
            measureFiles(state, measure, texts);
        })->Iterations(1);
    }
}

void registerGrowth(const std::string& kind, std::string (*make)(int stages))
{
    for (const Measure& measure : kMeasures) {
        const std::string name = std::format("core/{}/{}", measure.name, kind);
        auto* const growth = benchmark::RegisterBenchmark(
            name.c_str(), [&measure, make](benchmark::State& state) { measureGrowth(state, measure, make); });
        growth->RangeMultiplier(10)->Range(10, 10'000)->Unit(benchmark::kMicrosecond);
    }
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    const Texts examples = bench::examples();
    const Texts real = bench::realFiles();
    registerFiles("examples", examples);
    registerFiles("real", real);
    registerGrowth("mixed_stages", bench::mixedStages);
    registerGrowth("chained_stages", bench::chainedStages);
    LineReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
