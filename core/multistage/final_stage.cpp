// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lines behind the new FROM, in the order of the file: what sets the stage up, what comes from the builder, what
// describes the image.

#include "core/dockerfile/lines.h"
#include "core/dockerfile/paths.h"
#include "core/edits/copy_words.h"
#include "core/multistage/fates.h"
#include "core/multistage/variables.h"
#include "core/multistage/work.h"

#include <algorithm>
#include <array>
#include <format>
#include <ranges>
#include <span>
#include <utility>

namespace stagelift::multistage {

namespace {

struct Reason {
    Keyword keyword;
    std::string_view why;
};

constexpr Reason kReasons[]{
    {Keyword::Run, "Prepares the image that runs; the builder's own copy of it stays behind"},
    {Keyword::Copy, "Needed at run time: from the build context, as in the builder"},
    {Keyword::Add, "Needed at run time: from the build context, as in the builder"},
    {Keyword::Env, "Read at run time"},
    {Keyword::Arg, "Named in this stage: an ARG holds in its own stage only"},
    {Keyword::Shell, "The shell form below is run by it"},
    {Keyword::Cmd, "Says what a container starts"},
    {Keyword::Entrypoint, "Says what a container starts"},
    {Keyword::Expose, "Describes the running image"},
    {Keyword::Healthcheck, "Describes the running image"},
    {Keyword::StopSignal, "Describes the running image"},
    {Keyword::Volume, "Describes the running image"},
    {Keyword::Label, "Describes the image that ships"},
    {Keyword::Maintainer, "Describes the image that ships"},
};

std::string_view reasonOf(Keyword keyword)
{
    const auto* found = std::ranges::find(kReasons, keyword, &Reason::keyword);
    return found == std::end(kReasons) ? std::string_view() : found->why;
}

bool describes(Keyword keyword)
{
    constexpr std::array kLast{Keyword::Cmd,         Keyword::Entrypoint, Keyword::Expose,
                               Keyword::Healthcheck, Keyword::StopSignal, Keyword::Volume};
    return std::ranges::contains(kLast, keyword);
}

/// "/usr/bin/too[l]": the same file; where it is not there, BuildKit goes on.
std::string asPattern(const std::string& path)
{
    return std::format("{}[{}]", std::string_view(path).substr(0, path.size() - 1), path.back());
}

bool isCopy(Keyword keyword)
{
    return keyword == Keyword::Copy || keyword == Keyword::Add;
}

class Head {
public:
    Head(Plan& plan, const Reading& reading, const Toolchain& toolchain, const Contents& contents)
        : m_plan(plan), m_reading(reading), m_toolchain(toolchain), m_contents(contents)
    {
    }

    void write(const RuntimePackages& packages, std::string_view builder)
    {
        takeSteps();
        takeProducts(builder);
        takeUsers();
        takeVariables();
        takeFolder();
        if (!packages.names.empty())
            m_setup.insert(m_setup.begin() + static_cast<std::ptrdiff_t>(behindVariables()),
                           {std::format("{} {}", keyword("RUN"), installLine(packages)),
                            "Of the packages that the builder installs, those that the program needs when it runs"});
        for (auto* lines : {&m_labels, &m_setup, &m_products, &m_copies, &m_user, &m_last})
            std::ranges::move(*lines, std::back_inserter(m_plan.head));
    }

private:
    std::string keyword(std::string_view name) const { return inTheFilesCase(m_reading.analysis.dockerfile, name); }

    /// The last WORKDIR of the builder, `split` where there is none.
    std::size_t folderStep() const
    {
        std::size_t found = m_plan.split;
        for (std::size_t at = 0; at < m_plan.split; ++at)
            found = m_reading.steps[at].keyword() == Keyword::Workdir ? at : found;
        return found;
    }

    /// A step of the builder whose text the final stage holds too.
    void takeSteps()
    {
        const std::size_t folder = folderStep();
        for (std::size_t at = 0; at < m_plan.split; ++at) {
            const Step& step = m_reading.steps[at];
            const Fate fate = m_plan.fates[at];
            if (fate != Fate::Moves && fate != Fate::Repeats)
                continue;
            const bool isLabel = step.keyword() == Keyword::Label || step.keyword() == Keyword::Maintainer;
            auto& lines = describes(step.keyword()) ? m_last
                          : isCopy(step.keyword())  ? m_copies
                          : isLabel                 ? m_labels
                                                    : m_setup;
            std::string text =
                fate == Fate::Moves ? withComments(m_reading, step) : std::string(m_reading.textOf(step));
            lines.push_back({std::move(text), std::string(reasonOf(step.keyword()))});
            const bool needsNoFolder = m_behindFolder == 0 && workOf(m_reading, step) == Work::Runtime;
            if (&lines == &m_setup && at > folder && !needsNoFolder)
                ++m_behindFolder;
        }
    }

    void takeProducts(std::string_view builder)
    {
        for (const Product& product : m_plan.products) {
            std::string destination = product.destination;
            const bool isPattern = edits::isPattern(destination);
            const bool isOpen = product.isConditional && !isPattern && !product.isFolder;
            if (isPattern || isOpen)
                destination = edits::asDirectory(destination.substr(0, destination.rfind('/')));
            const std::vector<std::string> sources{isOpen ? asPattern(product.path) : product.path};
            const char escape = m_reading.analysis.dockerfile.escape;
            m_products.push_back({std::format("{} --from={} {}", keyword("COPY"), builder,
                                              edits::copyWords(sources, destination, escape).text),
                                  std::format("From the builder: {}{}", product.how,
                                              isOpen ? "; it is made under a condition, and COPY passes over a "
                                                       "pattern that nothing matches"
                                                     : "")});
        }
        for (const Line& line : m_contents.lines) {
            const std::size_t blank = line.text.find(' ');
            m_products.push_back({keyword(line.text.substr(0, blank)) + line.text.substr(blank), line.why});
        }
    }

    /// The user that is in effect where the builder ends.
    void takeUsers()
    {
        const Step* user = nullptr;
        for (std::size_t at = 0; at < m_plan.split; ++at) {
            const Step& step = m_reading.steps[at];
            if (step.keyword() == Keyword::User)
                user = &step;
            takeMixedUsers(at);
        }
        const bool isSetBelow =
            m_plan.split < m_reading.steps.size() && m_reading.steps[m_plan.split].keyword() == Keyword::User;
        if (!m_plan.user.empty() && m_plan.userStep == m_plan.split)
            m_user.push_back({std::format("{} {}", keyword("USER"), m_plan.user), m_plan.userWhy});
        else if (user != nullptr && !isSetBelow && !m_contents.isWebServer)
            m_user.push_back(
                {std::string(m_reading.textOf(*user)), "The user of the builder is that of the image too"});
    }

    /// Users made in the midst of a RUN that builds.
    void takeMixedUsers(std::size_t at)
    {
        const Step& step = m_reading.steps[at];
        if (m_plan.fates[at] != Fate::Stays || m_contents.isWebServer)
            return;
        std::string run;
        for (const ShellCommand& command : step.commands) {
            const Step alone{step.instruction, step.scope, {command}};
            const auto names = usersMadeBy(alone);
            if (names.empty() || !isNamedBelow(names))
                continue;
            run += std::format("{}{}", run.empty() ? "" : " && ", command.programme);
            for (const std::string& word : command.words)
                run += word.find_first_of(" $`\"'\\") == std::string::npos ? std::format(" {}", word)
                                                                           : std::format(" '{}'", word);
        }
        if (!run.empty())
            m_setup.insert(m_setup.begin() + static_cast<std::ptrdiff_t>(m_mixedUsers++),
                           {std::format("{} {}", keyword("RUN"), run), "The user is needed in the image that runs"});
    }

    /// USER or --chown of any step names one of them.
    bool isNamedBelow(const std::vector<std::string>& names) const
    {
        return std::ranges::any_of(m_reading.steps, [&](const Step& step) {
            const bool isBelow = static_cast<std::size_t>(&step - m_reading.steps.data()) >= m_plan.split;
            const std::string_view text = m_reading.textOf(step);
            return (step.keyword() == Keyword::User || isBelow) &&
                   std::ranges::any_of(names, [&](const std::string& name) { return text.contains(name); });
        });
    }

    /// The text of the final stage as it stands so far: what it names has to be known there.
    std::string textBelow() const
    {
        std::string text;
        for (const auto* lines : {&m_labels, &m_setup, &m_products, &m_copies, &m_user, &m_last}) {
            for (const Line& line : *lines)
                text.append(line.text).append("\n");
        }
        for (std::size_t at = m_plan.split; at < m_reading.steps.size(); ++at) {
            if (m_plan.fates[at] == Fate::Untouched)
                text.append(m_reading.textOf(m_reading.steps[at])).append("\n");
        }
        return text;
    }

    /// From the last to the first: a variable may be made of those above it.
    void takeVariables()
    {
        std::string needed = textBelow();
        std::vector<Line> lines;
        for (std::size_t at = m_plan.split; at-- > 0;) {
            const Step& step = m_reading.steps[at];
            Line line;
            if (step.keyword() == Keyword::Env && !m_contents.isWebServer)
                line = environment(at, needed);
            else if (step.keyword() == Keyword::Arg)
                line = arguments(step, needed);
            if (step.keyword() == Keyword::Shell && needsShellOf())
                line = {std::string(m_reading.textOf(step)), std::string(reasonOf(Keyword::Shell))};
            if (line.text.empty())
                continue;
            needed.append(line.text).append("\n");
            lines.push_back(std::move(line));
        }
        std::ranges::reverse(lines);
        m_variables = lines.size();
        m_setup.insert(m_setup.begin(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    }

    /// All that an ENV sets is set again by lines of the final stage.
    bool isSetAnewBelow(const Step& env) const
    {
        const auto& args = env.instruction->args;
        for (std::size_t at = 0; at < args.size(); at += 3) {
            const auto sets = [&](const Step& step) {
                const bool isBelow = static_cast<std::size_t>(&step - m_reading.steps.data()) >= m_plan.split;
                const auto& others = step.instruction->args;
                for (std::size_t other = 0; isBelow && step.keyword() == Keyword::Env && other < others.size();
                     other += 3) {
                    if (others[other].text == args[at].text && !mentionsVariable(m_reading.textOf(step), args[at].text))
                        return true;
                }
                return false;
            };
            if (std::ranges::none_of(m_reading.steps, sets))
                return false;
        }
        return true;
    }

    Line environment(std::size_t at, std::string_view needed)
    {
        const Step& step = m_reading.steps[at];
        const KeptVariables kept = keptOf(m_reading, m_toolchain, step, m_plan.products, needed);
        if (kept.text.empty() || isSetAnewBelow(step))
            return {};
        const bool isMoved = kept.isWhole && !kept.isForBoth;
        m_plan.fates[at] = isMoved ? Fate::Moves : Fate::Repeats;
        return {isMoved ? withComments(m_reading, step) : kept.text, std::string(reasonOf(Keyword::Env))};
    }

    Line arguments(const Step& step, std::string_view needed) const
    {
        const auto names = neededArguments(step, needed);
        if (names.empty())
            return {};
        std::string text = keyword("ARG");
        for (const std::string& name : names)
            text.append(" ").append(name);
        return {std::move(text), std::string(reasonOf(Keyword::Arg))};
    }

    bool needsShellOf() const
    {
        const bool runs = std::ranges::any_of(m_setup, [](const Line& line) { return line.text.starts_with("RUN"); });
        return runs || (m_reading.start.needsShell && !m_contents.isWebServer);
    }

    std::size_t behindVariables() const { return std::min(m_variables, m_setup.size()); }

    /// The folder in effect where the builder ends, unless the first line below sets its own.
    void takeFolder()
    {
        const std::size_t at = folderStep();
        const Step* workdir = at < m_plan.split ? &m_reading.steps[at] : nullptr;
        if (m_contents.isWebServer || setsFolderFirst())
            return;
        const StageScope& scope =
            m_plan.split < m_reading.steps.size() ? m_reading.steps[m_plan.split].scope : m_reading.end;
        const std::string_view written = workdir == nullptr || workdir->instruction->args.empty()
                                             ? std::string_view()
                                             : workdir->instruction->args.front().text;
        if (!m_toolchain.isInterpreted() && !needsFolder(scope.folder))
            return;
        const bool isRelativeStart = m_reading.start.programme && m_reading.start.programme->starts_with("./");
        if (workdir == nullptr && (scope.folder == "/" || !isRelativeStart))
            return;
        const bool isPlain = written.starts_with('/') && !written.contains('$');
        std::string text =
            isPlain ? std::string(m_reading.textOf(*workdir)) : std::format("{} {}", keyword("WORKDIR"), scope.folder);
        std::vector<Line> lines;
        if (workdir != nullptr && !m_user.empty() && isMadeByUser(*workdir))
            lines = std::exchange(m_user, {});
        lines.push_back({std::move(text), "The same folder as in the builder: paths in CMD and COPY mean the same"});
        // What comes behind it in the builder may name paths from there.
        m_setup.insert(m_setup.end() - static_cast<std::ptrdiff_t>(m_behindFolder),
                       std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
    }

    /// The builder has set its user ahead of the folder, which is that user's then; no RUN behind it needs root.
    bool isMadeByUser(const Step& workdir) const
    {
        const auto ahead = std::span(m_reading.steps.data(), &workdir);
        const auto behind = std::span(&workdir, m_reading.steps.data() + m_plan.split);
        return m_plan.user.empty() && std::ranges::contains(ahead, Keyword::User, &Step::keyword) &&
               !std::ranges::contains(behind, Keyword::User, &Step::keyword) &&
               std::ranges::none_of(m_contents.lines, [&](const Line& line) { return line.text.starts_with("RUN"); });
    }

    /// A program of its own needs no folder, unless something in the final stage is found from there.
    bool needsFolder(const std::string& folder) const
    {
        const auto isInside = [&](const Product& product) { return covers(folder, product.destination); };
        const auto isRelative = [](std::string_view word) { return word.contains('/') && !word.starts_with('/'); };
        const auto isNamed = [&](const Line& line) {
            return line.text.starts_with(keyword("RUN")) && line.text.contains(folder);
        };
        if (folder == "/" || std::ranges::any_of(m_plan.products, isInside) || !m_copies.empty() ||
            std::ranges::any_of(m_reading.start.words, isRelative) || std::ranges::any_of(m_setup, isNamed))
            return folder != "/";
        for (std::size_t at = m_plan.split; at < m_reading.steps.size(); ++at) {
            const Keyword keyword = m_reading.steps[at].keyword();
            if (isCopy(keyword) || keyword == Keyword::Run || keyword == Keyword::Workdir)
                return true;
        }
        return false;
    }

    bool setsFolderFirst() const
    {
        for (std::size_t at = m_plan.split; at < m_reading.steps.size(); ++at) {
            const Step& step = m_reading.steps[at];
            if (step.keyword() == Keyword::Workdir)
                return !step.instruction->args.empty() && step.instruction->args.front().text.starts_with('/');
            if (step.keyword() == Keyword::Run || isCopy(step.keyword()))
                return false;
        }
        return false;
    }

    Plan& m_plan;
    const Reading& m_reading;
    const Toolchain& m_toolchain;
    const Contents& m_contents;
    std::vector<Line> m_labels;
    std::vector<Line> m_setup;
    std::vector<Line> m_products;
    std::vector<Line> m_copies;
    std::vector<Line> m_user;
    std::vector<Line> m_last;
    std::size_t m_variables = 0;
    std::size_t m_mixedUsers = 0;   // lines at the beginning of the set-up
    std::size_t m_behindFolder = 0; // lines at its end that come behind WORKDIR
};

} // namespace

void writeHead(Plan& plan, const Reading& reading, const Toolchain& toolchain, const Contents& contents,
               const RuntimePackages& packages, std::string_view builder)
{
    Head(plan, reading, toolchain, contents).write(packages, builder);
}

} // namespace stagelift::multistage
