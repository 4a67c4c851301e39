// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dockerfiles made up by chance, the same ones for the same seed: stages with and without names, references by name,
// index and in the wrong case, comments, continuation lines, heredocs, CRLF, and no line ending at the end.

#pragma once

#include <array>
#include <format>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift::test {

class RandomDockerfile {
public:
    explicit RandomDockerfile(unsigned seed) : m_random(seed) {}

    std::string make()
    {
        m_text.clear();
        m_names.clear();
        m_lower = chance(5);
        m_ending = chance(4) ? "\r\n" : "\n";
        if (chance(3))
            line("# syntax=docker/dockerfile:1");
        if (chance(3))
            line(word("ARG") + " VERSION=3");
        const int stages = 1 + below(6);
        for (int stage = 0; stage < stages; ++stage)
            addStage(stage);
        if (chance(4))
            m_text.resize(m_text.size() - m_ending.size());
        return m_text;
    }

    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(m_random); }
    bool chance(int oneIn) { return below(oneIn) == 0; }

private:
    void line(std::string_view text) { m_text += std::format("{}{}", text, m_ending); }

    std::string word(std::string_view upper) const
    {
        std::string text(upper);
        for (char& c : text)
            c = m_lower && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return text;
    }

    std::string base()
    {
        static constexpr std::array kImages{"alpine", "golang:1.22", "debian:${VERSION}", "scratch", "ghcr.io/t/app:1"};
        if (!m_names.empty() && chance(3))
            return m_names[below(static_cast<int>(m_names.size()))];
        return kImages[below(kImages.size())];
    }

    void addStage(int stage)
    {
        while (chance(3))
            line("");
        while (chance(3))
            line(std::format("# about stage {}", stage));
        std::string from = std::format("{} {}", word("FROM"), base());
        if (!chance(3)) {
            m_names.push_back(std::format("s{}", stage));
            from += std::format(" {} {}{}", word("AS"), chance(5) ? "S" : "s", stage);
        }
        line(from);
        for (int count = below(7); count > 0; --count)
            addInstruction(stage);
        if (chance(5))
            line("# behind it");
    }

    std::string reference(int stage)
    {
        if (stage == 0)
            return "nginx:1";
        if (!m_names.empty() && !chance(3)) {
            // The last name may be the stage's own, which nothing may be copied from.
            const std::string& name = m_names[below(static_cast<int>(m_names.size()))];
            if (name != std::format("s{}", stage))
                return name;
        }
        return chance(3) ? "nginx:1" : std::format("{}", below(stage));
    }

    void addInstruction(int stage)
    {
        const std::string from = reference(stage);
        const bool isIndex = from.find_first_not_of("0123456789") == std::string::npos;
        switch (below(11)) {
        case 0:
            return line(std::format("{} . /src", word("COPY")));
        case 1:
            return line(std::format("{} --from={} /out/{} /usr/bin/", word("COPY"), from, stage));
        case 2:
            return line(std::format("  {} --from={} \\{}  # why{}  /a{} /b /c/", word("COPY"), from, m_ending, m_ending,
                                    stage));
        case 3:
            return line(std::format("{} --mount=type=bind,from={},target=/m{} make", word("RUN"),
                                    isIndex ? "nginx:1" : from, stage));
        case 4:
            return line(std::format("{} <<EOF{}FROM nothing{}EOF", word("RUN"), m_ending, m_ending));
        case 5:
            return line(std::format("{} /app{}", word("WORKDIR"), stage));
        case 6:
            return line(std::format("{} 1000", word("USER")));
        case 7:
            return line(std::format("{} [\"app\"]", word("CMD")));
        case 8:
            return line(std::format("{} [\"/a b\", \"/c d\"]", word("COPY")));
        case 9:
            return line("# a remark");
        default:
            return line(std::format("{} make \\{}  install", word("RUN"), m_ending));
        }
    }

    std::mt19937 m_random;
    std::string m_text;
    std::string m_ending;
    std::vector<std::string> m_names;
    bool m_lower = false;
};

} // namespace stagelift::test
