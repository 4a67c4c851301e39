// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sources: the Desktop Notifications Specification 1.3 (freedesktop.org), and Unity's LauncherEntry, which Plasma,
// Dash to Dock and others follow.

#include "ui/desktop/desktop_voice.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

const QString kService = u"org.freedesktop.Notifications"_s;
const QString kPath = u"/org/freedesktop/Notifications"_s;
const QString kApplication = u"stagelift"_s; // its desktop entry
const QString kDefault = u"default"_s;       // the action of a click on the notification itself
constexpr int kAsUsual = -1;                 // how long it stays

/// Where nothing says that there is a bus, asking for it would start one.
bool hasBus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           (!runtime.isEmpty() && QFileInfo::exists(runtime + u"/bus"_s));
}

} // namespace

DesktopVoice::DesktopVoice(QObject* parent) : QObject(parent) {}

bool DesktopVoice::isConnected()
{
    if (std::exchange(m_tried, true))
        return m_connected;
    if (!hasBus())
        return false;
    QDBusConnection bus = QDBusConnection::sessionBus();
    m_connected = bus.isConnected();
    if (m_connected) {
        bus.connect({}, kPath, kService, u"ActionInvoked"_s, this, SLOT(takeAction(uint, QString)));
        bus.connect({}, kPath, kService, u"ActivationToken"_s, this, SLOT(takeToken(uint, QString)));
    }
    return m_connected;
}

void DesktopVoice::update(const QVariantMap& properties)
{
    if (!isConnected())
        return;
    QDBusMessage message =
        QDBusMessage::createSignal(u"/com/canonical/unity/launcherentry/%1"_s.arg(QCoreApplication::applicationPid()),
                                   u"com.canonical.Unity.LauncherEntry"_s, u"Update"_s);
    message << u"application://%1.desktop"_s.arg(kApplication) << properties;
    QDBusConnection::sessionBus().send(message);
}

void DesktopVoice::showProgress(double share)
{
    update({{u"progress"_s, std::clamp(share, 0.0, 1.0)}, {u"progress-visible"_s, true}});
}

void DesktopVoice::hideProgress()
{
    update({{u"progress"_s, 0.0}, {u"progress-visible"_s, false}});
}

void DesktopVoice::notify(const QString& summary, const QString& body)
{
    if (!isConnected())
        return;
    QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, kService, u"Notify"_s);
    message << u"Stagelift"_s << m_notification << kApplication << summary << body.toHtmlEscaped()
            << QStringList{kDefault, tr("Show")} << QVariantMap{{u"desktop-entry"_s, kApplication}} << kAsUsual;
    auto* answer = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        if (const QDBusPendingReply<uint> reply = *answer; !reply.isError())
            m_notification = reply.value();
        answer->deleteLater();
    });
}

void DesktopVoice::takeAction(uint id, const QString& action)
{
    if (id == m_notification && id != 0 && action == kDefault)
        emit activated();
}

void DesktopVoice::takeToken(uint id, const QString& token)
{
    if (id == m_notification && id != 0)
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
}

} // namespace stagelift::ui
