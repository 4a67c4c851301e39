// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/log_style.h"

#include <QVarLengthArray>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr char kEscape = '\x1b';
constexpr quint32 kMostIndexed = 255;

/// SGR parameters that switch one thing.
struct Switch {
    int number;
    bool LogStyle::* what;
    bool on;
};
constexpr std::array kSwitches{
    Switch{1, &LogStyle::bold, true},      Switch{2, &LogStyle::faint, true},
    Switch{3, &LogStyle::italic, true},    Switch{4, &LogStyle::underline, true},
    Switch{7, &LogStyle::inverse, true},   Switch{21, &LogStyle::underline, true},
    Switch{22, &LogStyle::bold, false},    Switch{22, &LogStyle::faint, false},
    Switch{23, &LogStyle::italic, false},  Switch{24, &LogStyle::underline, false},
    Switch{27, &LogStyle::inverse, false},
};

/// SGR parameters that choose one of eight colours, from `first` on.
struct Eight {
    int first;
    LogColour LogStyle::* what;
    quint32 colour; // of the first
};
constexpr std::array kEights{
    Eight{30, &LogStyle::text, 0},
    Eight{40, &LogStyle::ground, 0},
    Eight{90, &LogStyle::text, 8},
    Eight{100, &LogStyle::ground, 8},
};

/// One parameter, with what is divided from it by ":"; -1 is one that is left out.
using Parameter = QVarLengthArray<int, 6>;
using Parameters = QVarLengthArray<Parameter, 8>;

constexpr int kLeftOut = -1;
constexpr int kLargest = 100'000; // a number that is larger means nothing either

Parameters parametersIn(QStringView text)
{
    Parameters all{{kLeftOut}};
    for (const QChar c : text) {
        if (c == u';')
            all.append(Parameter{kLeftOut});
        else if (c == u':')
            all.last().append(kLeftOut);
        else if (int& number = all.last().last(); number < kLargest)
            number = std::max(number, 0) * 10 + (c.unicode() - u'0');
    }
    return all;
}

std::optional<LogColour> trueColour(const std::array<int, 3>& rgb)
{
    if (std::ranges::any_of(rgb, [](int c) { return c < 0 || c > 255; }))
        return std::nullopt;
    return LogColour{.kind = LogColour::Kind::True,
                     .value = static_cast<quint32>(rgb[0]) << 16 | static_cast<quint32>(rgb[1]) << 8 |
                              static_cast<quint32>(rgb[2])};
}

std::optional<LogColour> indexedColour(int index)
{
    if (index < 0 || static_cast<quint32>(index) > kMostIndexed)
        return std::nullopt;
    return LogColour{.kind = LogColour::Kind::Indexed, .value = static_cast<quint32>(index)};
}

/// Behind 38 or 48: "5;N" or "2;R;G;B", or the same with ":", where a colour space may stand ahead of the red.
/// @param used how many of the parameters behind it belong to it.
std::optional<LogColour> longColour(const Parameters& parameters, qsizetype at, qsizetype& used)
{
    const Parameter& own = parameters[at];
    if (own.size() > 1) {
        used = 0;
        const qsizetype red = own.size() > 5 ? 3 : 2;
        return own[1] == 5 && own.size() > 2   ? indexedColour(own[2])
               : own[1] == 2 && own.size() > 4 ? trueColour({own[red], own[red + 1], own[red + 2]})
                                               : std::nullopt;
    }
    const auto number = [&](qsizetype i) {
        return at + i < parameters.size() ? std::max(0, parameters[at + i][0]) : kLeftOut;
    };
    used = number(1) == 5 ? 2 : number(1) == 2 ? 4 : 1;
    return number(1) == 5   ? indexedColour(number(2))
           : number(1) == 2 ? trueColour({number(2), number(3), number(4)})
                            : std::nullopt;
}

void applyShort(LogStyle& style, int number, bool off)
{
    if (number == 0)
        style = {};
    else if (number == 39)
        style.text = {};
    else if (number == 49)
        style.ground = {};
    for (const Switch& each : kSwitches)
        if (each.number == number)
            style.*each.what = each.on && !off;
    for (const Eight& each : kEights)
        if (number >= each.first && number < each.first + 8)
            style.*each.what = {.kind = LogColour::Kind::Indexed,
                                .value = each.colour + static_cast<quint32>(number - each.first)};
}

QString colourSequence(const LogColour& colour, int number)
{
    switch (colour.kind) {
    case LogColour::Kind::Default:
        return {};
    case LogColour::Kind::Indexed:
        return u";%1;5;%2"_s.arg(number).arg(colour.value);
    case LogColour::Kind::True:
        return u";%1;2;%2;%3;%4"_s.arg(number)
            .arg(colour.value >> 16)
            .arg(colour.value >> 8 & 0xFF)
            .arg(colour.value & 0xFF);
    }
    return {};
}

char16_t unit(QChar c)
{
    return c.unicode();
}

char16_t unit(char c)
{
    return static_cast<unsigned char>(c);
}

qsizetype indexOfEscape(QStringView text)
{
    return text.indexOf(QLatin1Char(kEscape));
}

qsizetype indexOfEscape(QByteArrayView text)
{
    return text.indexOf(kEscape);
}

bool isParameter(char16_t c)
{
    return (c >= '0' && c <= '9') || c == ';' || c == ':';
}

/// Where the style sequence that begins at `escape` has its "m"; -1 where it is none.
template<typename View>
qsizetype styleEnd(View text, qsizetype escape)
{
    qsizetype at = escape + 1;
    if (at >= text.size() || unit(text[at]) != '[')
        return -1;
    while (++at < text.size() && isParameter(unit(text[at]))) {
    }
    return at < text.size() && unit(text[at]) == 'm' ? at : -1;
}

/// Calls for each piece of text between sequences, and with the parameters of each sequence.
template<typename View>
void walk(View text, auto&& onText, auto&& onStyle)
{
    while (!text.isEmpty()) {
        const qsizetype escape = indexOfEscape(text);
        const qsizetype end = escape < 0 ? -1 : styleEnd(text, escape);
        const qsizetype plain = escape < 0 ? text.size() : end < 0 ? escape + 1 : escape;
        if (plain > 0)
            onText(text.first(plain));
        if (end >= 0)
            onStyle(text.sliced(escape + 2, end - escape - 2));
        text = text.sliced(end < 0 ? plain : end + 1);
    }
}

} // namespace

bool isStyle(QStringView parameters)
{
    return std::ranges::all_of(parameters, [](QChar c) { return isParameter(c.unicode()); });
}

void LogStyle::apply(QStringView parameters)
{
    const Parameters all = parametersIn(parameters);
    for (qsizetype at = 0; at < all.size(); ++at) {
        const int number = std::max(0, all[at][0]);
        if (number == 38 || number == 48 || number == 58) { // 58 is the colour of the underline, which we don't show
            qsizetype used = 0;
            if (const auto colour = longColour(all, at, used); colour && number != 58)
                (number == 38 ? text : ground) = *colour;
            at += used;
        } else {
            applyShort(*this, number, all[at].size() > 1 && all[at][1] == 0); // "4:0" ends an underline
        }
    }
}

QString LogStyle::sequence() const
{
    if (isPlain())
        return {};
    QString numbers = u"0"_s;
    for (const Switch& each : kSwitches)
        if (each.on && each.number < 20 && this->*each.what)
            numbers += u";%1"_s.arg(each.number);
    return u"\x1b["_s + numbers + colourSequence(text, 38) + colourSequence(ground, 48) + u'm';
}

StyledLine styledLine(const QString& line)
{
    StyledLine styled;
    LogStyle style;
    walk(
        QStringView(line),
        [&](QStringView text) {
            if (!style.isPlain() && !text.isEmpty())
                styled.runs.append({.begin = styled.text.size(), .size = text.size(), .style = style});
            styled.text += text;
        },
        [&](QStringView parameters) { style.apply(parameters); });
    return styled;
}

QString withoutStyles(const QString& text)
{
    if (indexOfEscape(text) < 0)
        return text;
    QString bare;
    bare.reserve(text.size());
    walk(QStringView(text), [&](QStringView piece) { bare += piece; }, [](QStringView) {});
    return bare;
}

QByteArray withoutStyles(const QByteArray& utf8)
{
    if (indexOfEscape(QByteArrayView(utf8)) < 0)
        return utf8;
    QByteArray bare;
    bare.reserve(utf8.size());
    walk(QByteArrayView(utf8), [&](QByteArrayView piece) { bare += piece; }, [](QByteArrayView) {});
    return bare;
}

bool showsAnything(QStringView text)
{
    while (!text.isEmpty() && text.front() == QLatin1Char(kEscape)) {
        const qsizetype end = styleEnd(text, 0);
        if (end < 0)
            return true;
        text = text.sliced(end + 1);
    }
    return !text.isEmpty();
}

QList<qsizetype> placesWithoutStyles(QStringView text)
{
    QList<qsizetype> places;
    places.reserve(text.size() + 1);
    walk(
        text,
        [&](QStringView piece) {
            const qsizetype begin = piece.data() - text.data();
            for (qsizetype i = 0; i < piece.size(); ++i)
                places << begin + i;
        },
        [](QStringView) {});
    places << text.size();
    return places;
}

LogStyle styleBehind(LogStyle before, QStringView text)
{
    walk(text, [](QStringView) {}, [&](QStringView parameters) { before.apply(parameters); });
    return before;
}

} // namespace stagelift
