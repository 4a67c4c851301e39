// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/edits/settings.h"

#include "core/dockerfile/paths.h"

#include <algorithm>
#include <array>
#include <format>

namespace stagelift::edits {

Part partOf(const Instruction& instruction)
{
    struct Row {
        Keyword keyword;
        Part part;
    };
    constexpr std::array kRows{
        Row{Keyword::Run, Part::Work},         Row{Keyword::Copy, Part::Work},
        Row{Keyword::Add, Part::Work},         Row{Keyword::Env, Part::Setting},
        Row{Keyword::Arg, Part::Setting},      Row{Keyword::Shell, Part::Setting},
        Row{Keyword::User, Part::Setting},     Row{Keyword::Workdir, Part::Folder},
        Row{Keyword::Cmd, Part::Describe},     Row{Keyword::Entrypoint, Part::Describe},
        Row{Keyword::Expose, Part::Describe},  Row{Keyword::Healthcheck, Part::Describe},
        Row{Keyword::Label, Part::Describe},   Row{Keyword::Maintainer, Part::Describe},
        Row{Keyword::Onbuild, Part::Describe}, Row{Keyword::StopSignal, Part::Describe},
        Row{Keyword::Volume, Part::Describe},
    };
    const auto* const row = std::ranges::find(kRows, instruction.keyword, &Row::keyword);
    return row == kRows.end() ? Part::Other : row->part;
}

std::string meaningOf(const Instruction& instruction)
{
    std::string meaning(keywordName(instruction.keyword));
    for (const Word& word : instruction.args)
        meaning += std::format(" {}", word.text);
    return meaning;
}

std::string settingInWords(const Instruction& instruction)
{
    const std::string_view keyword = keywordName(instruction.keyword);
    if (instruction.args.empty() || instruction.keyword == Keyword::Shell)
        return std::string(keyword);
    const std::string_view word = instruction.args.front().text;
    const bool isArgument = instruction.keyword == Keyword::Arg;
    return std::format("{} {}", keyword, isArgument ? word.substr(0, word.find('=')) : word);
}

std::string folderBehind(std::span<const Instruction> instructions, std::string folder)
{
    for (const Instruction& instruction : instructions) {
        if (instruction.keyword != Keyword::Workdir || instruction.args.empty())
            continue;
        const std::string_view path = instruction.args.front().text;
        const bool isTold = isAbsoluteFolder(instruction) || (isAbsolutePath(folder) && !path.starts_with('$'));
        folder = isTold ? pathFrom(folder, path) : std::string(kUnknown);
    }
    return folder;
}

bool isAbsoluteFolder(const Instruction& instruction)
{
    return instruction.keyword == Keyword::Workdir && !instruction.args.empty() &&
           isAbsolutePath(instruction.args.front().text);
}

} // namespace stagelift::edits
