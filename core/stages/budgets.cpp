// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/stages/budgets.h"

#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <format>
#include <utility>

namespace stagelift {

namespace {

constexpr std::string_view kOurs = "stagelift:";
constexpr std::string_view kBudget = "budget";
constexpr std::string_view kForm = "it is written `# stagelift: budget STAGE <= 25 MB`";
constexpr double kMost = 1e18; // bytes

struct Unit {
    std::string_view name; // in small letters
    double bytes;
};

constexpr std::array kUnits{
    Unit{"b", 1},      Unit{"k", 1e3},        Unit{"kb", 1e3},          Unit{"m", 1e6},
    Unit{"mb", 1e6},   Unit{"g", 1e9},        Unit{"gb", 1e9},          Unit{"tb", 1e12},
    Unit{"kib", 1024}, Unit{"mib", 1048576.}, Unit{"gib", 1073741824.}, Unit{"tib", 1099511627776.},
};

constexpr std::array<std::string_view, 4> kSigns{"<=", "≤", "<", "="};

/// What stands behind "# stagelift:"; nothing where the line is no comment of ours.
std::optional<std::string_view> oursIn(std::string_view line)
{
    line = trimmed(line);
    if (!line.starts_with('#'))
        return std::nullopt;
    line = trimmed(line.substr(1));
    if (line.size() < kOurs.size() || lowered(line.substr(0, kOurs.size())) != kOurs)
        return std::nullopt;
    return trimmed(line.substr(kOurs.size()));
}

/// Where a size begins that ends the text: at its last number with what unit there is behind it.
std::size_t sizeIn(std::string_view text)
{
    std::size_t at = text.size();
    while (at > 0 && (isAsciiLetter(text[at - 1])))
        --at;
    while (at > 0 && isBlank(text[at - 1]))
        --at;
    while (at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.'))
        --at;
    return at;
}

class Reader {
public:
    Reader(const Dockerfile& dockerfile, const StageGraph& graph) : m_dockerfile(dockerfile), m_graph(graph) {}

    [[nodiscard]] Budgets read()
    {
        const SourceText& source = *m_dockerfile.source;
        for (std::uint32_t line = 1; line <= source.lineCount(); ++line) {
            m_span = source.lineSpan(line);
            m_line = line;
            if (const auto ours = oursIn(source.at(m_span)); ours && !isContent())
                readOurs(*ours);
        }
        return std::move(m_budgets);
    }

private:
    /// In a heredoc a line is no comment, whatever it looks like.
    [[nodiscard]] bool isContent() const
    {
        return std::ranges::any_of(m_dockerfile.instructions, [this](const Instruction& instruction) {
            return std::ranges::any_of(instruction.heredocs, [this](const Heredoc& heredoc) {
                return heredoc.span.begin <= m_span.begin && m_span.begin < heredoc.span.end;
            });
        });
    }

    void readOurs(std::string_view text)
    {
        if (lowered(text.substr(0, kBudget.size())) != kBudget) {
            fault(std::format("Stagelift knows no \"{}\": {}", text, kForm));
            return;
        }
        text = trimmed(text.substr(kBudget.size()));
        const std::size_t at = sizeIn(text);
        const std::string_view size = trimmed(text.substr(at));
        std::string_view stage = trimmed(text.substr(0, at));
        for (const std::string_view sign : kSigns)
            if (stage.ends_with(sign)) {
                stage = trimmed(stage.substr(0, stage.size() - sign.size()));
                break;
            }
        const auto bytes = bytesOf(size);
        if (!bytes) {
            fault(std::format("\"{}\" is no size: {}", size.empty() ? text : size, kForm));
            return;
        }
        const auto found = stageNamed(stage);
        if (!found) {
            fault(std::format("There is no stage \"{}\" to keep within {}", stage, size));
            return;
        }
        m_budgets.budgets.push_back(
            {.stage = *found, .bytes = *bytes, .text = std::string(size), .span = m_span, .lines = {m_line, m_line}});
    }

    /// As --target has it, or by index, as --from has it.
    [[nodiscard]] std::optional<int> stageNamed(std::string_view stage) const
    {
        if (m_graph.stages.empty())
            return std::nullopt;
        if (const auto found = m_graph.findTarget(stage))
            return found;
        int index = -1;
        const auto [end, error] = std::from_chars(stage.data(), stage.data() + stage.size(), index);
        const bool isIndex = error == std::errc{} && end == stage.data() + stage.size() && index >= 0 &&
                             std::cmp_less(index, m_graph.stages.size());
        return isIndex ? std::optional(index) : std::nullopt;
    }

    void fault(std::string message)
    {
        m_budgets.faults.push_back({.message = std::move(message), .span = m_span, .lines = {m_line, m_line}});
    }

    const Dockerfile& m_dockerfile;
    const StageGraph& m_graph;
    Span m_span;
    std::uint32_t m_line = 0;
    Budgets m_budgets;
};

} // namespace

const Budget* Budgets::of(int stage) const
{
    const Budget* least = nullptr;
    for (const Budget& budget : budgets)
        if (budget.stage == stage && (least == nullptr || budget.bytes < least->bytes))
            least = &budget;
    return least;
}

const Budget* Budgets::exceededBy(int stage, std::int64_t bytes) const
{
    const Budget* budget = of(stage);
    return budget != nullptr && bytes > budget->bytes ? budget : nullptr;
}

std::optional<std::int64_t> bytesOf(std::string_view size)
{
    double number = 0;
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), number, std::chars_format::fixed);
    if (error != std::errc{} || number < 0)
        return std::nullopt;
    const std::string unit = lowered(trimmed(size.substr(static_cast<std::size_t>(end - size.data()))));
    const auto* found = std::ranges::find(kUnits, unit, &Unit::name);
    if (found == kUnits.end() || number * found->bytes > kMost)
        return std::nullopt;
    return std::llround(number * found->bytes);
}

Budgets budgetsOf(const Dockerfile& dockerfile, const StageGraph& graph)
{
    return dockerfile.source == nullptr ? Budgets{} : Reader(dockerfile, graph).read();
}

} // namespace stagelift
