// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/docker_api.h"

#include <QNetworkReply>
#include <QUrl>

#include <utility>

using namespace Qt::StringLiterals;

namespace stagelift {

namespace {

constexpr QStringView kSocketScheme = u"unix://";

Answer answerOf(QNetworkReply& reply)
{
    Answer answer;
    answer.output = reply.readAll();
    answer.ok = reply.error() == QNetworkReply::NoError;
    answer.problem = answer.ok ? QString() : reply.errorString();
    return answer;
}

} // namespace

QString socketOf(const QString& endpoint)
{
    const QString path = endpoint.startsWith(kSocketScheme) ? endpoint.sliced(kSocketScheme.size()) : QString();
    return path.startsWith(u'/') ? path : QString();
}

void DockerApi::askHistory(const QString& image, QObject* context, std::function<void(const Answer&)> hear)
{
    QUrl url(u"unix+http://docker"_s);
    url.setPath(u"/images/%1/history"_s.arg(image));
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::FullLocalServerNameAttribute, m_socket);
    request.setTransferTimeout(kPatience);
    QNetworkReply* reply = m_network.get(request);
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, hear = std::move(hear)] {
        reply->deleteLater();
        hear(answerOf(*reply));
    });
}

} // namespace stagelift
