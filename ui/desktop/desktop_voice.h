// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desktop is told of a build, over D-Bus: how far it is, which task bars show on the program's entry, and what
// came of it, as a notification. Where there is no session bus, or nobody on it who listens, nothing happens. Nothing
// here waits for an answer.

#pragma once

#include <QObject>
#include <QString>
#include <QVariantMap>

namespace stagelift::ui {

class DesktopVoice : public QObject {
    Q_OBJECT
public:
    explicit DesktopVoice(QObject* parent = nullptr);

    /// @param share from 0 to 1
    void showProgress(double share);
    void hideProgress();
    /// Takes the place of the notification before.
    void notify(const QString& summary, const QString& body);

signals:
    /// Someone has clicked on the notification. Where the desktop wants one, the token that lets a window come to the
    /// front is in XDG_ACTIVATION_TOKEN by then.
    void activated();

private slots:
    void takeAction(uint id, const QString& action);
    void takeToken(uint id, const QString& token);

private:
    [[nodiscard]] bool isConnected();
    void update(const QVariantMap& properties);

    bool m_tried = false;
    bool m_connected = false;
    uint m_notification = 0; // as the desktop calls it; 0 before there was one
};

} // namespace stagelift::ui
