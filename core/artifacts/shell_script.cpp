// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/artifacts/shell_script.h"

#include "core/dockerfile/paths.h"
#include "core/dockerfile/shell_tokens.h"

#include <algorithm>

namespace stagelift {

namespace {

class Reader {
public:
    Reader(std::string folder, Environment values) : m_folder(std::move(folder)), m_values(std::move(values)) {}

    std::vector<ShellCommand> read(std::string_view script)
    {
        ShellTokens tokens(script);
        for (std::string_view token = tokens.next(); !token.empty(); token = tokens.next()) {
            if (!isShellOperator(token)) {
                m_raw.push_back(token);
                continue;
            }
            endCommand();
            if (token == "(")
                m_outer.push_back(m_folder); // what a subshell changes ends with it
            if (token == ")" && !m_outer.empty()) {
                m_folder = m_outer.back();
                m_outer.pop_back();
            }
        }
        endCommand();
        return std::move(m_commands);
    }

private:
    static bool isRedirection(std::string_view raw) { return raw.contains('>') || raw.contains('<'); }
    /// `>`, `>>`, `1>` and `&>`; what goes to another stream is a log.
    static bool isOutput(std::string_view raw)
    {
        return raw.starts_with('>') || raw.starts_with("1>") || raw.starts_with("&>");
    }
    static std::string_view fileOf(std::string_view raw) { return raw.substr(raw.find_last_of('>') + 1); }
    std::string_view wordAt(std::size_t index) const
    {
        return index < m_raw.size() ? m_raw[index] : std::string_view();
    }

    std::string value(std::string_view raw, const Environment& values) const
    {
        const ShellText text = readShell(raw, {.keepsUnset = true}, values);
        // Without a USER that is known to have another, the home is root's.
        if (!text.failed() && (raw == "~" || raw.starts_with("~/")))
            return std::string(values.find("HOME").value_or("/root")) + text.text.substr(1);
        return text.failed() || raw.contains("$(") || raw.contains('`') ? std::string(raw) : text.text;
    }

    void endCommand()
    {
        ShellCommand command{.programme = {}, .words = {}, .folder = m_folder, .values = m_values, .writes = {}};
        bool exported = false;
        for (std::size_t index = 0; index < m_raw.size(); ++index) {
            const std::string_view raw = m_raw[index];
            if (isRedirection(raw)) { // with its file behind it or in the next word
                const bool isBehind = raw.ends_with('>') || raw.ends_with('<');
                index += isBehind ? 1 : 0;
                if (isOutput(raw))
                    command.writes.push_back(value(isBehind ? wordAt(index) : fileOf(raw), m_values));
                continue;
            }
            if (command.programme.empty() && standsAhead(raw)) {
                exported = exported || raw == "export";
                continue;
            }
            const std::string_view name = command.programme.empty() ? assignedName(raw) : std::string_view();
            if (!name.empty())
                command.values.set(name, value(raw.substr(name.size() + 1), command.values));
            else if (command.programme.empty())
                command.programme = std::string(lastPart(value(raw, m_values)));
            else
                command.words.push_back(value(raw, m_values));
        }
        m_raw.clear();
        std::erase(command.writes, "");
        if (command.programme.empty() || exported)
            m_values = command.values;
        else if (command.programme == "cd" && !command.words.empty())
            m_folder = pathFrom(m_folder, command.words.back());
        else
            m_commands.push_back(std::move(command));
    }

    std::string m_folder;
    Environment m_values;
    std::vector<std::string> m_outer;
    std::vector<std::string_view> m_raw; // of the command in the making
    std::vector<ShellCommand> m_commands;
};

} // namespace

bool ShellCommand::has(std::string_view word) const
{
    return std::ranges::contains(words, word);
}

std::optional<std::string> ShellCommand::option(std::string_view name) const
{
    const bool isLetter = name.size() == 2;
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string_view word = words[index];
        if (word == name)
            return index + 1 < words.size() ? std::optional(words[index + 1]) : std::nullopt;
        if (!word.starts_with(name))
            continue;
        if (word[name.size()] == '=')
            return std::string(word.substr(name.size() + 1));
        if (isLetter && word[1] != '-')
            return std::string(word.substr(name.size()));
    }
    return std::nullopt;
}

std::vector<std::string> ShellCommand::plainWords() const
{
    std::vector<std::string> plain;
    std::ranges::copy_if(words, std::back_inserter(plain),
                         [](const std::string& word) { return !word.starts_with('-'); });
    return plain;
}

std::vector<ShellCommand> commandsOf(std::string_view script, std::string folder, Environment values)
{
    return Reader(std::move(folder), std::move(values)).read(script);
}

} // namespace stagelift
