// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/docker_api.h"

#include <QJsonDocument>
#include <QJsonObject>
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
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.ok = status == 200 && reply.error() == QNetworkReply::NoError;
    if (!answer.ok && status != 0)
        answer.problem = QJsonDocument::fromJson(answer.output)["message"_L1].toString();
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
