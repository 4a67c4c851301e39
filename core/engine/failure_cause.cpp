// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/failure_cause.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

struct Cause {
    const char* sign;     // a regular expression, in any case
    const char* sentence; // %1: the engine's name, %2: what makes room on its disk
    bool speaksForItself; // the error is kept ahead of it
};

constexpr Cause kDiskIsFull{
    "no space left on device",
    QT_TRANSLATE_NOOP("stagelift::Build",
                      "The disk is full that %1 keeps its data on, or the one it reads from: “%2” removes what nothing "
                      "uses any more."),
    true};

/// The first that fits. The errors are those of docker's client, BuildKit, containers/image and Go's network package.
constexpr Cause kCauses[]{
    {"error reading from server: EOF|transport is closing|Cannot connect to the Docker daemon|failed to receive status",
     QT_TRANSLATE_NOOP("stagelift::Build",
                       "The %1 daemon went away while it was building. Start it and build again: what was done is in "
                       "its cache."),
     false},
    {"Error while dialing|failed to list workers|error during connect",
     QT_TRANSLATE_NOOP("stagelift::Build",
                       "The place that %1 builds at can't be reached: see that its daemon or builder runs, and the way "
                       "to it."),
     true},
    kDiskIsFull,
    {"error getting credentials|credential helper|docker-credential-",
     QT_TRANSLATE_NOOP("stagelift::Build",
                       "A credential helper is named in %1's configuration (credsStore or credHelpers in "
                       "~/.docker/config.json) that does not work: mend it, or take it out for public images."),
     true},
    {"no such host|network is unreachable|i/o timeout|connection refused|server misbehaving",
     QT_TRANSLATE_NOOP(
         "stagelift::Build",
         "The registry can't be reached from where %1 runs: look at its network and proxy; images that it "
         "has already need none."),
     true},
};

const Cause* causeOf(const QString& error)
{
    // A command that failed is quoted in the error: its words are no signs.
    if (error.startsWith(u"process \"") || error.startsWith(u"The command '"))
        return nullptr;
    const auto* const cause = std::ranges::find_if(kCauses, [&error](const Cause& row) {
        return QRegularExpression(QString::fromLatin1(row.sign), QRegularExpression::CaseInsensitiveOption)
            .match(error)
            .hasMatch();
    });
    return cause == std::end(kCauses) ? nullptr : cause;
}

/// What a builder keeps is its own; Buildah has no `system`.
QString roomMaker(const Engine& engine)
{
    if (engine.kind == EngineKind::Buildah)
        return shellLine(engine.command({u"prune"_s}));
    if (!engine.builder.isEmpty())
        return shellLine(engine.command({u"buildx"_s, u"prune"_s, u"--builder"_s, engine.builder}));
    return shellLine(engine.command({u"system"_s, u"prune"_s}));
}

} // namespace

QString withCause(const QString& error, bool isDiskFull, const Engine& engine)
{
    const Cause* cause = isDiskFull ? &kDiskIsFull : causeOf(error);
    if (!cause)
        return error;
    QString sentence = QCoreApplication::translate("stagelift::Build", cause->sentence)
                           .replace(u"%1"_s, engine.name()) // not arg(): few have both
                           .replace(u"%2"_s, roomMaker(engine));
    if (!cause->speaksForItself)
        return sentence;
    return error + (error.endsWith(u'.') ? u" "_s : u". "_s) + sentence;
}

QString helperHangs(const QString& helper, const Engine& engine)
{
    return QCoreApplication::translate(
               "stagelift::Build",
               "%1 waits for the credential helper %2, which does not answer: see what “%2 list” waits for (a locked "
               "key "
               "ring, a password), or take it out of credsStore and credHelpers in ~/.docker/config.json for public "
               "images.")
        .replace(u"%1"_s, engine.name())
        .replace(u"%2"_s, helper);
}

} // namespace stagelift
