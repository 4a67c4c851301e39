// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/file_drag.h"

#include "ui/diagram/words.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

Refusal refusal(const QString& reason, const QString& mend)
{
    return {reason.toStdString(), mend.toStdString()};
}

/// The folder's real place: a path that leads through a link is in the context where its end is.
QString realPath(const QString& path)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    return real.isEmpty() ? QDir::cleanPath(path) : real;
}

/// The file as it is called in the context; "" where it is outside, "." for the context itself. A link in the context
/// is copied as the link that it is: only the folder above it is followed.
QString pathInContext(const QString& context, const QString& file)
{
    const QFileInfo info(file);
    const QString root = realPath(context);
    const QString place =
        info.fileName().isEmpty() ? realPath(file) : QDir(realPath(info.absolutePath())).filePath(info.fileName());
    if (place == root)
        return u"."_s;
    const QString inside = root.endsWith(u'/') ? root : root + u'/';
    return place.startsWith(inside) ? place.mid(inside.size()) : QString();
}

} // namespace

std::expected<ArtifactDrag, Refusal> filesDrag(const Analysis& analysis, const QString& context,
                                               const QList<QUrl>& files)
{
    if (context.isEmpty())
        return std::unexpected(refusal(Diagram::tr("There is no build context yet to take files from."),
                                       Diagram::tr("Save the file, or choose a context in the build options.")));
    ArtifactDrag drag = artifactDrag(analysis, buildContext(analysis.graph), {});
    for (const QUrl& file : files) {
        if (!file.isLocalFile())
            return std::unexpected(refusal(Diagram::tr("%1 is not on this computer.").arg(file.toDisplayString()),
                                           Diagram::tr("An ADD fetches what has an address.")));
        const QString path = pathInContext(context, file.toLocalFile());
        if (path.isEmpty()) // solver/llbsolver: what is not sent with the context is not there
            return std::unexpected(
                refusal(u"failed to calculate checksum: \"%1\": not found"_s.arg(file.toLocalFile()),
                        Diagram::tr("It lies outside the build context %1. Move it there, or choose another context in "
                                    "the build options.")
                            .arg(context)));
        drag.paths.push_back(literalPath(path.toStdString(), analysis.dockerfile.escape));
    }
    // What is in a folder goes into one of the same name: COPY alone would spread it over the working folder.
    if (files.size() == 1 && drag.paths.front() != "." && QFileInfo(files.front().toLocalFile()).isDir())
        drag.destination = "./" + drag.paths.front() + "/";
    return drag;
}

} // namespace stagelift::ui
