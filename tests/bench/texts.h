// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Dockerfiles that are measured.

#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace stagelift::bench {

using Texts = std::vector<std::string>;

/// All *.Dockerfile of a folder, by name; none where there is no such folder.
inline Texts textsIn(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        if (entry.path().extension() == ".Dockerfile")
            paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    Texts texts;
    texts.reserve(paths.size());
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return texts;
}

/// Our examples, which are always there.
inline Texts examples()
{
    return textsIn(std::filesystem::path(STAGELIFT_SOURCE_DIR) / "resources/examples");
}

/// Real Dockerfiles, where they lie beside the source.
inline Texts realFiles()
{
    return textsIn(std::filesystem::path(STAGELIFT_SOURCE_DIR) / "../shared/corpus/files/real");
}

} // namespace stagelift::bench
