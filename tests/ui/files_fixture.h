// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pane of a stage's files over an image of three layers. A script stands in for the engine.

#pragma once

#include "engine/image_fixture.h"
#include "engine/scripted_engine.h"
#include "ui/artifacts/files_model.h"
#include "ui/artifacts/files_pane.h"
#include "ui/artifacts/stage_reader.h"

#include <QComboBox>
#include <QTemporaryDir>
#include <QTest>

namespace stagelift::ui {

inline constexpr auto kFilesText =
    "FROM scratch AS build\nCOPY a /\nRUN make\nRUN clean\nFROM scratch\nCOPY --from=build /bin/app /\n";

/// Stands in for podman: it builds without doing anything, and its image is a file.
class Scripted {
public:
    /// @param save what its `save` does
    explicit Scripted(const QByteArray& archive, const QByteArray& save = "cat \"$ARCHIVE\"")
    {
        test::writeFile(file(QStringLiteral("archive")), archive);
        m_request.engine =
            test::scriptedEngine(m_folder.path(), EngineKind::Podman,
                                 "ARCHIVE=" + m_folder.path().toUtf8() + "/archive\n[ $1 = build ] && exit 0\n" + save,
                                 QStringLiteral("podman"));
        m_request.context = m_folder.path();
        m_request.analysis = analyse(kFilesText);
        m_request.target = 0;
    }

    [[nodiscard]] const BuildRequest& request() const { return m_request; }
    [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    BuildRequest m_request;
};

inline QByteArray threeLayers()
{
    return test::dockerArchive(QStringList{QStringLiteral("bin/ bin/app:2000,755 etc/ etc/conf:30 big:9000"),
                                           QStringLiteral("bin/ bin/app:5000,755 lib/ lib/a->b"),
                                           QStringLiteral(".wh.big etc/ etc/extra:7")});
}

inline bool settled(FilesPane& pane)
{
    return QTest::qWaitFor([&] { return pane.reader().stageBeingRead() < 0 && !pane.isBusy(); }, 10'000);
}

/// A pane that shows the files of the first stage.
struct ReadPane {
    explicit ReadPane(const QByteArray& archive = threeLayers(), const QByteArray& save = "cat \"$ARCHIVE\"")
        : engine(archive, save)
    {
        pane.setBuild(engine.request());
        pane.readOrStop();
        if (!settled(pane) || !pane.reader().files(0))
            qFatal("no files");
    }

    Scripted engine;
    FilesPane pane;
};

inline QComboBox& box(FilesPane& pane, const QString& name)
{
    for (auto* each : pane.findChildren<QComboBox*>())
        if (each->accessibleName() == name)
            return *each;
    qFatal("there is no %s", qPrintable(name));
}

inline void choose(FilesPane& pane, const QString& name, int index)
{
    QComboBox& chosen = box(pane, name);
    chosen.setCurrentIndex(index);
    emit chosen.activated(index);
    QVERIFY(settled(pane));
}

inline QModelIndex find(const FilesModel& model, const std::string& path)
{
    return model.indexOf(model.view().files()->find(path));
}

} // namespace stagelift::ui
