// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/search.h"

#include "ui/editor/utf8_line.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

std::expected<QRegularExpression, QString> compile(const SearchQuery& query)
{
    QString pattern = query.regularExpression ? query.pattern : QRegularExpression::escape(query.pattern);
    if (query.wholeWords)
        pattern = u"(?<!\\w)(?:%1)(?!\\w)"_s.arg(pattern);
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    if (!query.matchCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    // $ stands ahead of CRLF too.
    QRegularExpression expression(u"(*ANYCRLF)"_s + pattern, options);
    if (!expression.isValid())
        return std::unexpected(expression.errorString());
    return expression;
}

QString replacementFor(const QRegularExpressionMatch& match, const QString& with)
{
    QString text;
    for (qsizetype at = 0; at < with.size(); ++at) {
        const QChar here = with[at];
        const QChar next = at + 1 < with.size() ? with[at + 1] : QChar();
        const bool special = here == u'\\' || here == u'$';
        if (special && next >= u'0' && next <= u'9')
            text += match.captured(next.digitValue());
        else if (here == u'\\' && (next == u'n' || next == u't' || next == u'\\'))
            text += next == u'n' ? u'\n' : next == u't' ? u'\t' : u'\\';
        else {
            text += here;
            continue;
        }
        ++at;
    }
    return text;
}

/// @param visit says whether to go on
template<typename Visit>
std::expected<void, QString> eachMatch(std::string_view text, const SearchQuery& query, Visit visit)
{
    if (query.pattern.isEmpty())
        return {};
    const auto expression = compile(query);
    if (!expression)
        return std::unexpected(expression.error());
    const Utf8Line decoded(text);
    for (auto matches = expression->globalMatch(decoded.text()); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedLength() == 0)
            continue;
        if (!visit(match, Span{decoded.byteAt(match.capturedStart()), decoded.byteAt(match.capturedEnd())}))
            break;
    }
    return {};
}

} // namespace

std::expected<std::vector<Span>, QString> findAll(std::string_view text, const SearchQuery& query)
{
    std::vector<Span> found;
    const auto done = eachMatch(text, query, [&found](const QRegularExpressionMatch&, Span span) {
        found.push_back(span);
        return found.size() < kMostMatches;
    });
    if (!done)
        return std::unexpected(done.error());
    return found;
}

std::expected<TextEdits, QString> replaceAll(std::string_view text, const SearchQuery& query, const QString& with,
                                             Span within)
{
    TextEdits edits;
    const auto done = eachMatch(text, query, [&](const QRegularExpressionMatch& match, Span span) {
        if (span.begin >= within.begin && span.end <= within.end) {
            const QString replacement = query.regularExpression ? replacementFor(match, with) : with;
            edits.push_back({.span = span, .text = replacement.toStdString()});
        }
        return span.begin < within.end;
    });
    if (!done)
        return std::unexpected(done.error());
    return edits;
}

} // namespace stagelift::ui
