// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window for the end-to-end tests: opened by the same code as the program's, and answering on a local socket where
// things are on the screen and what they say. It only answers: every hand on the window is a real pointer and real
// keys, from outside.
//
// A question is a line of JSON, {"ask": "node", "name": "build"}; so is the answer, {} where there is no such thing.

#include "ui/build/sizes_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/picture.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/theme/apply_theme.h"
#include "ui/window/document_tab.h"
#include "ui/window/start.h"
#include "ui/window/toolbar.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTreeView>

#include <functional>
#include <map>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

using Answerer = std::function<QJsonObject(MainWindow&, const QJsonObject&)>;

QJsonObject place(const QRect& rect)
{
    return {{u"x"_s, rect.x()}, {u"y"_s, rect.y()}, {u"w"_s, rect.width()}, {u"h"_s, rect.height()}};
}

QJsonObject onScreen(const QWidget& widget, const QRect& rect)
{
    return place({widget.mapToGlobal(rect.topLeft()), rect.size()});
}

QJsonObject inDiagram(const DiagramView& diagram, const QRectF& rect)
{
    return onScreen(*diagram.viewport(), diagram.mapFromScene(rect).boundingRect());
}

const PictureNode* nodeCalled(const DiagramView& diagram, const QString& name)
{
    const Picture& picture = diagram.picture();
    const auto found = std::ranges::find_if(picture.nodes, [&](const PictureNode& n) { return n.title.whole == name; });
    return found == picture.nodes.end() ? nullptr : &*found;
}

QJsonObject whereIsNode(MainWindow& window, const QJsonObject& question)
{
    const DiagramView& diagram = window.tab().diagram();
    const PictureNode* node = nodeCalled(diagram, question[u"name"_s].toString());
    return node ? inDiagram(diagram, node->rect) : QJsonObject();
}

QJsonObject whereIsArtifact(MainWindow& window, const QJsonObject& question)
{
    const DiagramView& diagram = window.tab().diagram();
    const PictureNode* node = nodeCalled(diagram, question[u"name"_s].toString());
    if (!node)
        return {};
    const std::string path = question[u"path"_s].toString().toStdString();
    const auto row = std::ranges::find(node->rows, path, &PictureRow::path);
    return row == node->rows.end() ? QJsonObject() : inDiagram(diagram, row->rect.translated(node->rect.topLeft()));
}

QJsonObject whereIsButton(MainWindow& window, const QJsonObject& question)
{
    for (QAction* action : window.toolbar().actions()) {
        const QString text = action->text().remove(u'&');
        const QWidget* button = window.toolbar().widgetForAction(action);
        if (text == question[u"name"_s].toString() && button && button->isVisible()) {
            QJsonObject answer = onScreen(*button, button->rect());
            answer[u"enabled"_s] = action->isEnabled();
            return answer;
        }
    }
    return {};
}

QJsonObject whereIsTargetCombo(MainWindow& window, const QJsonObject& /*question*/)
{
    const QComboBox& combo = window.toolbar().targets();
    QJsonObject answer = onScreen(combo, combo.rect());
    answer[u"text"_s] = combo.currentText();
    return answer;
}

QJsonObject whereIsTarget(MainWindow& window, const QJsonObject& question)
{
    const QComboBox& combo = window.toolbar().targets();
    const int row = combo.findText(question[u"name"_s].toString());
    if (row < 0 || !combo.view()->isVisible())
        return {};
    return onScreen(*combo.view()->viewport(), combo.view()->visualRect(combo.model()->index(row, 0)));
}

QJsonObject whatIsText(MainWindow& window, const QJsonObject& /*question*/)
{
    const std::string bytes = window.tab().editor().bytes();
    return {{u"base64"_s, QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64())},
            {u"modified"_s, window.tab().document().isModified()},
            {u"path"_s, window.tab().document().path()}};
}

QJsonObject whatIsBuilt(MainWindow& window, const QJsonObject& /*question*/)
{
    SizesPane& pane = window.tab().sizes();
    const SizesModel& model = pane.model();
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto bytes = [&](SizesModel::Column column) {
            return model.index(row, column).data(SizesModel::BytesRole).toLongLong();
        };
        rows.append(QJsonObject{{u"stage"_s, model.index(row, SizesModel::Stage).data().toString()},
                                {u"total"_s, bytes(SizesModel::Total)},
                                {u"base"_s, bytes(SizesModel::Base)},
                                {u"own"_s, bytes(SizesModel::Own)},
                                {u"fate"_s, model.index(row, SizesModel::Fate).data().toString()}});
    }
    return {{u"running"_s, window.buildDesk().controller().isRunning()},
            {u"shown"_s, pane.view().isVisible()},
            {u"summary"_s, pane.summary()},
            {u"message"_s, window.tab().messages().text()},
            {u"rows"_s, rows}};
}

QJsonObject whatBuilds(MainWindow& window, const QJsonObject& /*question*/)
{
    const BuildController& controller = window.buildDesk().controller();
    const auto engine = controller.engine();
    return {{u"searching"_s, controller.isSearching()},
            {u"id"_s, engine ? engine->id : QString()},
            {u"ready"_s, engine && engine->ready},
            {u"problem"_s, engine ? engine->problem : QString()}};
}

QJsonObject whatHasFocus(MainWindow& window, const QJsonObject& /*question*/)
{
    const QWidget* focus = QApplication::focusWidget();
    return {{u"window"_s, window.isActiveWindow()},
            {u"widget"_s, focus ? QString::fromLatin1(focus->metaObject()->className()) : QString()}};
}

QJsonObject answer(MainWindow& window, const QJsonObject& question)
{
    static const std::map<QString, Answerer> kAnswerers{
        {u"node"_s, whereIsNode},     {u"artifact"_s, whereIsArtifact},
        {u"button"_s, whereIsButton}, {u"targetCombo"_s, whereIsTargetCombo},
        {u"target"_s, whereIsTarget}, {u"text"_s, whatIsText},
        {u"built"_s, whatIsBuilt},    {u"engine"_s, whatBuilds},
        {u"focus"_s, whatHasFocus}};
    const auto known = kAnswerers.find(question[u"ask"_s].toString());
    return known == kAnswerers.end() ? QJsonObject() : known->second(window, question);
}

void listen(QLocalServer& server, MainWindow& window)
{
    QObject::connect(&server, &QLocalServer::newConnection, &window, [&server, &window] {
        QLocalSocket* socket = server.nextPendingConnection();
        QObject::connect(socket, &QLocalSocket::readyRead, &window, [socket, &window] {
            while (socket->canReadLine()) {
                const QJsonObject question = QJsonDocument::fromJson(socket->readLine()).object();
                socket->write(QJsonDocument(answer(window, question)).toJson(QJsonDocument::Compact) + '\n');
                socket->flush();
            }
        });
        QObject::connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    });
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    nameApplication();
    holdStill(); // a hand finds a thing where it was said to be
    const QStringList arguments = QApplication::arguments();
    QLocalServer server;
    if (!server.listen(arguments.at(1)))
        qFatal("%s", qPrintable(server.errorString()));
    const auto window = openWindow(Settings::forgetful(), arguments.mid(2));
    window->move(0, 0);
    listen(server, *window);
    return QApplication::exec();
}
