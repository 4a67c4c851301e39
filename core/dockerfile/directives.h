// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parser directives: `# syntax=…`, `# escape=…`, `# check=…` at the very top of a file. The first line that is none
// ends them. Rules: BuildKit, parser/directives.go.

#pragma once

#include "core/dockerfile/dockerfile.h"

namespace stagelift {

class DirectiveReader {
public:
    explicit DirectiveReader(Dockerfile& dockerfile) : m_dockerfile(dockerfile) {}

    [[nodiscard]] bool isDone() const { return m_done; }
    /// Takes the next line of the file, without blanks at its begin and without its ending.
    void read(std::string_view line, std::uint32_t number);

private:
    void add(const Directive& directive);
    void refuse(std::string message, const Directive& directive);

    Dockerfile& m_dockerfile;
    bool m_done = false;
};

} // namespace stagelift
