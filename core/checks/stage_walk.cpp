// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/checks/stage_walk.h"

#include "core/dockerfile/heredocs.h"
#include "core/dockerfile/mount.h"
#include "core/dockerfile/paths.h"
#include "core/stages/platform.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stagelift {

namespace {

constexpr std::string_view kUsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

class Walk {
public:
    Walk(const Subject& subject, const std::function<void(const Visit&)>& before) : m_subject(subject), m_before(before)
    {
        const auto& stages = subject.graph.stages;
        m_states.reserve(stages.size());
        m_lastHeirs.resize(stages.size());
        for (const Stage& stage : stages) {
            if (stage.base.kind == NodeKind::Stage)
                m_lastHeirs[static_cast<std::size_t>(stage.base.index)] = stage.index;
        }
        m_keepsImages =
            std::ranges::any_of(stages, [](const Stage& stage) { return stage.base.kind == NodeKind::Stage; });
    }

    void run()
    {
        for (const Stage& stage : m_subject.graph.stages) {
            m_states.push_back(begin(stage));
            StageState& state = m_states.back();
            m_subject.forEachCommand(
                stage, [&](const Instruction& instruction, const Instruction& at) { run(instruction, at, state); });
        }
    }

private:
    [[nodiscard]] StageState begin(const Stage& stage);
    void run(const Instruction& instruction, const Instruction& from, StageState& state)
    {
        m_before({state, instruction, from});
        if (instruction.keyword == Keyword::Env)
            setPairs(instruction, state);
        else if (instruction.keyword == Keyword::Arg)
            define(instruction, state);
        else if (instruction.keyword == Keyword::Workdir)
            goTo(instruction, state);
    }
    void goTo(const Instruction& instruction, StageState& state) const;
    void setPairs(const Instruction& instruction, StageState& state) const;
    void define(const Instruction& instruction, StageState& state) const;
    [[nodiscard]] std::optional<std::string> valueOf(const Definition& definition, const StageState& state) const;

    const Subject& m_subject;
    const std::function<void(const Visit&)>& m_before;
    std::vector<StageState> m_states; // of the stages at their ends
    // The last stage that is built on each. It takes the state over: in a long chain of stages, each with a variable of
    // its own, copies would grow with the square.
    std::vector<int> m_lastHeirs;
    bool m_keepsImages = false;
};

StageState Walk::begin(const Stage& stage)
{
    if (stage.base.kind == NodeKind::Stage) {
        const auto base = static_cast<std::size_t>(stage.base.index);
        StageState built = m_lastHeirs[base] == stage.index ? std::move(m_states[base]) : m_states[base];
        // The image's variables are set once more, over the ARGs of the same names.
        if (std::exchange(built.hasSetArguments, false))
            built.environment.setAll(built.image);
        return built;
    }
    StageState state;
    const auto platform = parsePlatform(stage.platform.empty() ? m_subject.options.build.platform : stage.platform);
    state.isWindows = platform && platform->os == "windows";
    if (!state.isWindows)
        state.environment.set("PATH", kUsualPath);
    if (stage.base.kind == NodeKind::Scratch) {
        state.image = m_keepsImages ? state.environment : Environment();
        return state;
    }
    const auto image = m_subject.image(stage);
    state.isImageKnown = image.has_value();
    if (image) {
        for (const auto& [name, value] : image->environment)
            state.environment.set(name, value);
    }
    if (m_keepsImages)
        state.image = state.environment;
    return state;
}

void Walk::goTo(const Instruction& instruction, StageState& state) const
{
    state.hasWorkdir = true;
    if (instruction.args.empty())
        return;
    const std::string path =
        cleanedPath(expand(instruction.args.front().text, state.environment, m_subject.dockerfile.escape).text);
    state.isAtRoot = path == "/" || (path == "." && state.isAtRoot);
}

void Walk::setPairs(const Instruction& instruction, StageState& state) const
{
    // All of a line is expanded before any of it is set.
    const char escape = m_subject.dockerfile.escape;
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::size_t i = 0; i + 1 < instruction.args.size(); i += 3) {
        pairs.emplace_back(expand(instruction.args[i].text, state.environment, escape).text,
                           expand(instruction.args[i + 1].text, state.environment, escape).text);
    }
    for (const auto& [name, value] : pairs) {
        state.environment.set(name, value);
        if (m_keepsImages)
            state.image.set(name, value);
    }
}

void Walk::define(const Instruction& instruction, StageState& state) const
{
    for (const Word& word : instruction.args) {
        const Definition definition = definitionFrom(word.text);
        if (const auto value = valueOf(definition, state)) {
            state.environment.set(definition.name, *value);
            state.hasSetArguments = true;
        }
        state.declared.insert(definition.name);
    }
}

std::optional<std::string> Walk::valueOf(const Definition& definition, const StageState& state) const
{
    for (const auto& [name, value] : m_subject.options.build.buildArgs) {
        if (name == definition.name)
            return value;
    }
    if (definition.value)
        return expand(*definition.value, state.environment, m_subject.dockerfile.escape).text;
    const auto global = m_subject.arguments.values.find(definition.name);
    return global ? std::optional(std::string(*global)) : std::nullopt;
}

void addFlags(const Instruction& instruction, std::span<const std::string_view> names, std::vector<Word>& words)
{
    for (const std::string_view name : names) {
        for (const Flag& flag : instruction.flags) {
            if (flag.name == name && flag.hasValue)
                words.push_back(flag.value);
        }
    }
}

void addMounts(const Subject& subject, const Instruction& instruction, std::vector<Word>& words)
{
    for (const Flag& flag : instruction.flags) {
        if (flag.name != "mount")
            continue;
        for (const MountField& field : readMount(subject.dockerfile, flag).fields) {
            if (field.hasValue)
                words.push_back(field.value);
        }
    }
}

} // namespace

void walkStages(const Subject& subject, const std::function<void(const Visit&)>& before)
{
    Walk(subject, before).run();
}

std::vector<Word> expandedWords(const Subject& subject, const Instruction& instruction)
{
    constexpr std::array<std::string_view, 4> kFileFlags{"chown", "chmod", "checksum", "exclude"};
    std::vector<Word> words;
    switch (instruction.keyword) {
    case Keyword::Add:
    case Keyword::Copy:
        addFlags(instruction, kFileFlags, words);
        std::ranges::remove_copy_if(instruction.args, std::back_inserter(words),
                                    [](const Word& word) { return isHeredocWord(word.text); });
        break;
    case Keyword::Env:
    case Keyword::Label:
        for (std::size_t i = 0; i < instruction.args.size(); ++i) {
            if (i % 3 != 2)
                words.push_back(instruction.args[i]);
        }
        break;
    case Keyword::Run:
        addMounts(subject, instruction, words);
        break;
    case Keyword::StopSignal:
    case Keyword::User:
    case Keyword::Volume:
    case Keyword::Workdir:
        words = instruction.args;
        break;
    default:
        break;
    }
    return words;
}

} // namespace stagelift
