// SPDX-License-Identifier: GPL-3.0-or-later
//
// What reading a file costs: the mean over our examples and, where they lie beside the source, over real Dockerfiles.

#include "core/checks/checks.h"
#include "core/dockerfile/parser.h"
#include "core/stages/stage_graph.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace stagelift;

namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

Texts textsIn(const fs::path& folder)
{
    Texts texts;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, none)) {
        if (entry.path().extension() != ".Dockerfile")
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
}

void parseAll(benchmark::State& state, const Texts& texts)
{
    for ([[maybe_unused]] auto _ : state) {
        for (const std::string& text : texts) {
            const SourceText source(text);
            benchmark::DoNotOptimize(parse(source));
        }
    }
}

void resolveAll(benchmark::State& state, const Texts& texts)
{
    for ([[maybe_unused]] auto _ : state) {
        for (const std::string& text : texts) {
            const SourceText source(text);
            const Dockerfile dockerfile = parse(source);
            benchmark::DoNotOptimize(resolve(dockerfile));
        }
    }
}

void checkAll(benchmark::State& state, const Texts& texts)
{
    for ([[maybe_unused]] auto _ : state) {
        for (const std::string& text : texts) {
            const SourceText source(text);
            const Dockerfile dockerfile = parse(source);
            const StageGraph graph = resolve(dockerfile);
            benchmark::DoNotOptimize(check(dockerfile, graph));
        }
    }
}

/// `name value unit`, the value being the mean of a file.
class LineReporter final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            const auto files = run.counters.find("files");
            const double count = files == run.counters.end() ? 1 : files->second.value;
            if (run.run_type == Run::RT_Iteration)
                std::printf("%s %.2f us\n", run.run_name.function_name.c_str(), run.GetAdjustedCPUTime() / count);
        }
        std::fflush(stdout);
    }
};

using Measured = void (*)(benchmark::State&, const Texts&);

void measure(const std::string& name, Measured measured, const Texts& texts)
{
    benchmark::RegisterBenchmark(name.c_str(), [&texts, measured](benchmark::State& state) {
        measured(state, texts);
        state.counters["files"] = static_cast<double>(texts.size());
    })->Unit(benchmark::kMicrosecond);
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    const fs::path top = STAGELIFT_SOURCE_DIR;
    const Texts examples = textsIn(top / "resources/examples");
    const Texts real = textsIn(top / "../shared/corpus/files/real");
    const std::pair<std::string, const Texts*> sets[] = {{"examples", &examples}, {"real", &real}};
    for (const auto& [name, texts] : sets) {
        if (texts->empty())
            continue;
        measure("core/parse/" + name, parseAll, *texts);
        measure("core/parse+resolve/" + name, resolveAll, *texts);
        measure("core/parse+resolve+check/" + name, checkAll, *texts);
    }
    LineReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    return 0;
}
