// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/editor/explanation.h"

#include "core/stages/resolution.h"
#include "ui/editor/completion.h"
#include "ui/editor/stage_names.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cctype>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

struct Meaning {
    Keyword keyword;
    const char* sentence;
};

constexpr std::array kMeanings{
    Meaning{Keyword::Add, QT_TRANSLATE_NOOP("Explanation", "Copies files, and fetches URLs and Git repositories; "
                                                           "unpacks local archives.")},
    Meaning{Keyword::Arg, QT_TRANSLATE_NOOP("Explanation", "Declares a build argument, which is set by --build-arg and "
                                                           "gone from the finished image.")},
    Meaning{Keyword::Cmd, QT_TRANSLATE_NOOP("Explanation", "What a container runs, or the arguments of its "
                                                           "ENTRYPOINT. The last one counts.")},
    Meaning{Keyword::Copy, QT_TRANSLATE_NOOP("Explanation", "Copies files from the build context, or with --from out "
                                                            "of a stage or an image.")},
    Meaning{Keyword::Entrypoint, QT_TRANSLATE_NOOP("Explanation", "The program that a container always runs.")},
    Meaning{Keyword::Env, QT_TRANSLATE_NOOP("Explanation", "Sets environment variables, here and in the finished "
                                                           "image.")},
    Meaning{Keyword::Expose, QT_TRANSLATE_NOOP("Explanation", "Notes the ports a container listens on. Publishes "
                                                              "none.")},
    Meaning{Keyword::From, QT_TRANSLATE_NOOP("Explanation", "Begins a build stage on top of an image or of an earlier "
                                                            "stage.")},
    Meaning{Keyword::Healthcheck, QT_TRANSLATE_NOOP("Explanation", "How to tell whether a container still works.")},
    Meaning{Keyword::Label, QT_TRANSLATE_NOOP("Explanation", "Adds metadata to the image.")},
    Meaning{Keyword::Maintainer, QT_TRANSLATE_NOOP("Explanation", "Deprecated: use LABEL "
                                                                  "org.opencontainers.image.authors.")},
    Meaning{Keyword::Onbuild, QT_TRANSLATE_NOOP("Explanation", "Runs later, when another stage is built FROM this "
                                                               "one.")},
    Meaning{Keyword::Run, QT_TRANSLATE_NOOP("Explanation", "Runs a command and keeps what it changed as a layer.")},
    Meaning{Keyword::Shell, QT_TRANSLATE_NOOP("Explanation", "The shell that runs commands written without "
                                                             "brackets.")},
    Meaning{Keyword::StopSignal, QT_TRANSLATE_NOOP("Explanation", "The signal that asks a container to stop.")},
    Meaning{Keyword::User, QT_TRANSLATE_NOOP("Explanation", "The user that later instructions and the container run "
                                                            "as.")},
    Meaning{Keyword::Volume, QT_TRANSLATE_NOOP("Explanation", "Folders whose contents live outside of the "
                                                              "container.")},
    Meaning{Keyword::Workdir, QT_TRANSLATE_NOOP("Explanation", "The folder that later instructions and the container "
                                                               "start in; made where it is missing.")},
};

QString tr(const char* text)
{
    return QCoreApplication::translate("Explanation", text);
}

QString escaped(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size())).toHtmlEscaped();
}

QString strong(const QString& text)
{
    return u"<b>%1</b>"_s.arg(text);
}

QString findingText(const Diagnostic& diagnostic)
{
    QString text = escaped(diagnostic.message);
    if (!diagnostic.rule.empty())
        text += u" <i>%1</i>"_s.arg(escaped(diagnostic.rule));
    if (diagnostic.provisional)
        text += u"<br>"_s + tr("The base image is not known here; it may say otherwise.");
    if (!diagnostic.fixes.empty())
        text += u"<br>"_s + tr("Ctrl+. mends it: %1").arg(escaped(diagnostic.fixes.front().title));
    return text;
}

void addFindings(const Analysis& analysis, std::uint32_t offset, QStringList& paragraphs)
{
    for (const Diagnostic& diagnostic : analysis.diagnostics) {
        const Span span = diagnostic.span;
        if (span.begin <= offset && (offset < span.end || (span.empty() && offset == span.begin)))
            paragraphs += findingText(diagnostic);
    }
}

QString stageText(const Analysis& analysis, int index)
{
    const Stage& stage = analysis.graph.stages[static_cast<std::size_t>(index)];
    const auto uses = static_cast<int>(std::ranges::count(analysis.graph.edges, stageNode(index), &Edge::from));
    return tr("%1: a stage on %2, lines %3 to %4, used %5 times.")
        .arg(strong(escaped(analysis.graph.label(stageNode(index)))), escaped(stage.baseName))
        .arg(stage.lines.first)
        .arg(stage.lines.last)
        .arg(uses);
}

/// What a name means where it is used, and why.
QString resolutionText(const Analysis& analysis, std::size_t edge)
{
    const Resolution resolution = resolutionOf(analysis.dockerfile, analysis.graph, edge, analysis.build);
    QStringList sentences;
    for (const UsedVariable& variable : resolution.variables)
        sentences += escaped(variable.sentence());
    for (const std::string& reason : resolution.reasons)
        sentences += escaped(reason);
    return tr("%1: %2.").arg(strong(escaped(resolution.written)), escaped(resolution.meaning)) + u"<br>"_s +
           sentences.join(u' ');
}

QString referenceText(const Analysis& analysis, std::uint32_t offset)
{
    const auto& edges = analysis.graph.edges;
    const auto edge = std::ranges::find_if(
        edges, [offset](const Edge& each) { return !each.specSpan.empty() && each.specSpan.touches(offset); });
    QStringList paragraphs;
    if (const int stage = stageNamedAt(analysis, offset); stage >= 0)
        paragraphs += stageText(analysis, stage);
    if (edge != edges.end())
        paragraphs += resolutionText(analysis, static_cast<std::size_t>(edge - edges.begin()));
    return paragraphs.join(u"</p><p>"_s);
}

QString variableText(const Analysis& analysis, std::uint32_t offset)
{
    const std::string_view text = analysis.source.bytes();
    const auto isName = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    std::size_t begin = offset;
    while (begin > 0 && isName(text[begin - 1]))
        --begin;
    std::size_t end = offset;
    while (end < text.size() && isName(text[end]))
        ++end;
    const std::size_t before = begin > 0 && text[begin - 1] == '{' ? begin - 1 : begin;
    if (begin == end || before == 0 || text[before - 1] != '$')
        return {};
    const std::string_view name = text.substr(begin, end - begin);
    const auto variables = variablesAt(analysis, offset);
    const auto last = std::ranges::find_last(variables, name, &Variable::name);
    if (last.empty())
        return {};
    const QString where = QString::number(analysis.source.lineAt(last.front().span.begin));
    if (last.front().value.empty())
        return tr("%1: declared in line %2, without a value of its own.").arg(strong(escaped(name)), where);
    return tr("%1 is %2, set in line %3.").arg(strong(escaped(name)), escaped(last.front().value), where);
}

QString instructionText(const Analysis& analysis, std::uint32_t offset)
{
    const Instruction* instruction = instructionAt(analysis, offset);
    while (instruction && !instruction->keywordWord.span.touches(offset))
        instruction = instruction->child.get();
    if (!instruction)
        return {};
    const auto* meaning = std::ranges::find(kMeanings, instruction->keyword, &Meaning::keyword);
    if (meaning == kMeanings.end())
        return {};
    return strong(escaped(keywordName(meaning->keyword))) + u": "_s + tr(meaning->sentence);
}

} // namespace

QString explain(const Analysis& analysis, std::uint32_t offset)
{
    QStringList paragraphs;
    addFindings(analysis, offset, paragraphs);
    for (const auto tell : {referenceText, variableText, instructionText}) {
        if (const QString text = tell(analysis, offset); !text.isEmpty()) {
            paragraphs += text;
            break;
        }
    }
    if (paragraphs.isEmpty())
        return {};
    return u"<p>"_s + paragraphs.join(u"</p><p>"_s) + u"</p>"_s;
}

} // namespace stagelift::ui
