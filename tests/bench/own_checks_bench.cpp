// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often our own checks have something to say of real Dockerfiles, which nobody has cleaned for them: a check that
// fires often had better be right.

#include "core/checks/rules.h"
#include "core/edits/analysis.h"
#include "tests/bench/texts.h"

#include <cstdio>
#include <map>
#include <string_view>

using namespace stagelift;

namespace {

struct Count {
    int findings = 0;
    int files = 0;
};

void printRates(const char* set, const bench::Texts& texts)
{
    if (texts.empty())
        return;
    std::map<std::string_view, Count> counts;
    for (const std::string& text : texts) {
        std::map<std::string_view, int> here;
        const AnalysisPtr analysis = analyse(text);
        for (const Diagnostic& diagnostic : analysis->diagnostics)
            ++here[diagnostic.rule];
        for (const auto& [rule, findings] : here) {
            counts[rule].findings += findings;
            ++counts[rule].files;
        }
    }
    std::printf("own_checks/%s/all %zu files\n", set, texts.size());
    for (const Rule& rule : rules()) {
        if (rule.source != DiagnosticSource::Stagelift)
            continue;
        const auto name = static_cast<int>(rule.name.size());
        std::printf("own_checks/%s/%.*s/findings %d findings\n", set, name, rule.name.data(),
                    counts[rule.name].findings);
        std::printf("own_checks/%s/%.*s/with_one %d files\n", set, name, rule.name.data(), counts[rule.name].files);
    }
}

} // namespace

int main()
{
    printRates("examples", bench::examples());
    printRates("real", bench::realFiles());
    return 0;
}
