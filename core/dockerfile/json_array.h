// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON form of an instruction: RUN ["a", "b"]. What is no JSON at all is read in the shell form; what is a JSON
// array but not of strings is an error. So all of JSON has to be recognised, though only strings are wanted.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stagelift {

enum class JsonForm : unsigned char { None, Strings, OtherValues };

/// A string of the array: where it stands between its quotes.
struct JsonString {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool isPlain = true; // the bytes stand for themselves
};

/// Reads `text` as a whole. `strings` is filled where the answer is Strings.
[[nodiscard]] JsonForm readJsonArray(std::string_view text, std::vector<JsonString>& strings);

/// What a string that is not plain stands for.
[[nodiscard]] std::string decodedJson(std::string_view betweenQuotes);

} // namespace stagelift
