// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/checks.h"

#include "core/checks/build_errors.h"
#include "core/checks/check_options.h"
#include "core/checks/rules.h"

#include <algorithm>
#include <format>
#include <ranges>
#include <string>

namespace stagelift {

namespace {

Diagnostic errorFrom(const GraphProblem& problem)
{
    Diagnostic diagnostic;
    diagnostic.severity = Severity::Error;
    diagnostic.message = problem.message;
    diagnostic.span = problem.span;
    diagnostic.lines = problem.lines;
    return diagnostic;
}

/// What the file's own `# check=` says. An error in it is one of the graph's problems.
CheckDirective directiveOf(const Dockerfile& dockerfile)
{
    const auto check = checkDirectiveOf(dockerfile);
    return check ? parseCheckDirective(check->value.text).value_or(CheckDirective()) : CheckDirective();
}

/// Comments above single instructions that say something of the checks; few files have any.
class LocalDirectives {
public:
    explicit LocalDirectives(const Dockerfile& dockerfile)
        : m_dockerfile(dockerfile), m_mayExist(dockerfile.source->bytes().contains("check"))
    {
    }

    [[nodiscard]] bool wants(const CheckDirective& file, const Rule& rule, const Diagnostic& diagnostic) const
    {
        if (!m_mayExist || diagnostic.lines.first == 0)
            return file.wants(rule.name, rule.isExperimental);
        CheckDirective both = file;
        both.merge(directiveIn(commentsAbove(m_dockerfile, diagnostic.lines.first)));
        return both.wants(rule.name, rule.isExperimental);
    }

private:
    const Dockerfile& m_dockerfile;
    bool m_mayExist;
};

bool mayFind(const Dockerfile& dockerfile, const CheckDirective& file, const Rule& rule, const CheckOptions& options)
{
    if (rule.source == DiagnosticSource::Stagelift && !options.own)
        return false;
    return rule.isExperimental ? dockerfile.source->bytes().contains("experimental") : file.wants(rule.name, false);
}

/// With `error=true` BuildKit fails where it has something to say.
void addVerdict(const Diagnostics& findings, Diagnostics& found)
{
    std::vector<std::string_view> names;
    for (const Diagnostic& diagnostic : findings) {
        const bool isCheck = diagnostic.source == DiagnosticSource::BuildKit && !diagnostic.rule.empty();
        if (isCheck && std::ranges::find(names, diagnostic.rule) == names.end())
            names.push_back(diagnostic.rule);
    }
    if (names.empty())
        return;
    std::string list;
    for (const std::string_view name : names)
        list += std::format("{}{}", list.empty() ? "" : ", ", name);
    Diagnostic& error = found.emplace_back();
    error.severity = Severity::Error;
    error.message = std::format("lint violation found for rules: {}", list);
}

} // namespace

Diagnostics check(const Dockerfile& dockerfile, const StageGraph& graph, const CheckOptions& options)
{
    Diagnostics found;
    for (const GraphProblem& problem : graph.problems)
        found.push_back(errorFrom(problem));
    const CheckDirective file = directiveOf(dockerfile);
    const LocalDirectives local(dockerfile);
    const Subject subject{dockerfile, graph, options, globalArguments(dockerfile, options.build)};
    std::ranges::move(buildErrors(subject), std::back_inserter(found));
    Diagnostics findings;
    for (const Rule& rule : rules()) {
        if (!mayFind(dockerfile, file, rule, options))
            continue;
        Report report;
        rule.run(subject, report);
        for (Diagnostic& diagnostic : report.take()) {
            if (!local.wants(file, rule, diagnostic))
                continue;
            diagnostic.source = rule.source;
            diagnostic.severity = std::max(diagnostic.severity, rule.severity);
            diagnostic.rule = rule.name;
            diagnostic.url = rule.url;
            findings.push_back(std::move(diagnostic));
        }
    }
    if (file.isError)
        addVerdict(findings, found);
    std::ranges::move(findings, std::back_inserter(found));
    std::ranges::stable_sort(
        found, {}, [](const Diagnostic& diagnostic) { return std::pair(diagnostic.lines.first, diagnostic.severity); });
    return found;
}

} // namespace stagelift
