// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/size_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <nlohmann/json.hpp>

namespace stagelift {

namespace {

using Json = nlohmann::ordered_json;
using Cells = std::array<std::string, 6>;

Cells cells(const SizeRow& row)
{
    std::string fate = row.ships ? "ships" : row.needed ? "left behind" : "not needed";
    if (row.isOver())
        fate += std::format(", {} over its {}", humanBytes(row.total - row.budget), humanBytes(row.budget));
    return {row.stage + (row.target ? " *" : ""),
            row.from,
            humanBytes(row.total),
            humanBytes(row.base),
            humanBytes(row.own),
            fate};
}

/// As many columns of a terminal as the text takes, as long as nobody writes stage names in wide characters.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](unsigned char byte) { return (byte & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& text, std::size_t columns, bool right)
{
    const std::string blanks(columns - std::min(columns, width(text)), ' ');
    return right ? blanks + text : text + blanks;
}

Json lines(const std::pair<std::uint32_t, std::uint32_t>& range)
{
    return Json::array({range.first, range.second});
}

Json rowJson(const SizeRow& row)
{
    Json json{{"index", row.index},   {"name", row.stage},
              {"from", row.from},     {"total", row.total},
              {"base", row.base},     {"own", row.own},
              {"ships", row.ships},   {"needed", row.needed},
              {"cached", row.cached}, {"milliseconds", row.milliseconds}};
    if (row.budget > 0) {
        json["budget"] = row.budget;
        json["over"] = row.isOver();
    }
    Json layers = Json::array();
    for (const auto& layer : row.layers) {
        Json one{{"createdBy", layer.createdBy}, {"bytes", layer.bytes}};
        if (layer.lines.first > 0)
            one["lines"] = lines(layer.lines);
        layers.push_back(std::move(one));
    }
    json["layers"] = std::move(layers);
    Json copies = Json::array();
    for (const auto& copy : row.copies)
        copies.push_back({{"from", copy.from},
                          {"paths", copy.paths},
                          {"destination", copy.destination},
                          {"bytes", copy.bytes},
                          {"lines", lines(copy.lines)}});
    json["copies"] = std::move(copies);
    return json;
}

} // namespace

std::string humanBytes(std::int64_t bytes)
{
    constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    constexpr double kStep = 1000;
    // Where three digits would round up to 1000, the next unit has it.
    constexpr double kLargest = 999.5;
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (std::abs(value) >= kLargest && unit + 1 < units.size()) {
        value /= kStep;
        ++unit;
    }
    return std::format("{:.3g} {}", value, units.at(unit));
}

std::string sizeTable(const SizeReport& report)
{
    std::vector<Cells> table{{"STAGE", "FROM", "TOTAL", "BASE", "OWN", ""}};
    for (const SizeRow& row : report.rows)
        table.push_back(cells(row));
    Cells::size_type column = 0;
    std::array<std::size_t, std::tuple_size_v<Cells>> widths{};
    for (auto& widest : widths) {
        for (const Cells& row : table)
            widest = std::max(widest, width(row.at(column)));
        ++column;
    }
    std::string text;
    for (const Cells& row : table) {
        std::string line;
        for (column = 0; column < row.size(); ++column) {
            const bool number = column >= 2 && column <= 4;
            line += padded(row.at(column), widths.at(column), number) + "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    }
    return text;
}

std::string sizeJson(const SizeReport& report)
{
    Json json{{"file", report.file}, {"engine", report.engine}, {"target", report.target}};
    if (report.error.empty()) {
        json["milliseconds"] = report.milliseconds;
        json["stages"] = Json::array();
        for (const SizeRow& row : report.rows)
            json["stages"].push_back(rowJson(row));
    } else {
        json["error"] = {{"msg", report.error}};
        if (report.errorLines.first > 0)
            json["error"]["lines"] = Json::array({lines(report.errorLines)});
    }
    // A file's name or a log may hold bytes that are no UTF-8: better a replacement than no report.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace stagelift
