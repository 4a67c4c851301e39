// SPDX-License-Identifier: GPL-3.0-or-later
//
// The toolchains that a split knows: how each is told by the base image and by the commands of the RUNs, and what it is
// called. Adding one is adding a row here, and rows in bases.cpp and products.cpp.

#pragma once

#include "core/multistage/reading.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stagelift::multistage {

enum class Language : std::uint8_t { Go, Rust, Java, DotNet, Node, Python, Php, Ruby, C };

struct Toolchain {
    Language language = Language::C;
    std::string_view title;                   // "A Go program"
    std::array<std::string_view, 6> images;   // repositories that are made for it
    std::array<std::string_view, 8> starters; // programmes that run what it makes
    bool (*works)(const ShellCommand&) = nullptr;

    /// What runs is the sources, or files made of them in their folder; not a programme of its own.
    [[nodiscard]] bool isInterpreted() const
    {
        return language == Language::Node || language == Language::Python || language == Language::Php ||
               language == Language::Ruby;
    }
};

/// The toolchain that what the stage starts is made with; nullptr where none is known.
[[nodiscard]] const Toolchain* toolchainOf(const Reading& reading);

/// What the start runs that belongs to the builder: "mvn", "dotnet run", "npm run dev"; "" where nothing does.
[[nodiscard]] std::string toolThatIsStarted(const Reading& reading);

/// What the start runs that is a development dependency of Node as a rule: "nodemon", "vite preview"; "" where nothing
/// is, or where it was installed for all.
[[nodiscard]] std::string developmentToolThatIsStarted(const Reading& reading);

/// An interpreter that is started with nothing to run, as images of languages do: "python3"; "" where there is none.
[[nodiscard]] std::string idleInterpreter(const Reading& reading);

/// Commands of Node's package managers, and of pip and its like.
[[nodiscard]] bool installsNodePackages(const ShellCommand& command);
[[nodiscard]] bool buildsNode(const ShellCommand& command);
/// An install of Node's packages without development dependencies: --omit=dev, NODE_ENV=production.
[[nodiscard]] bool leavesOutDevelopment(const ShellCommand& command);
[[nodiscard]] bool installsPythonPackages(const ShellCommand& command);

} // namespace stagelift::multistage
