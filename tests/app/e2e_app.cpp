// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window for the end-to-end tests: opened by the same code as the program's, and answering on a local socket where
// things are on the screen and what they say. It only answers: every hand on the window is a real pointer and real
// keys, from outside.
//
// A question is a line of JSON, {"ask": "node", "name": "build"}; so is the answer, {} where there is no such thing.

#include "ui/build/sizes_pane.h"
#include "ui/diagram/diagram_view.h"
#include "ui/diagram/hit.h"
#include "ui/diagram/picture.h"
#include "ui/document/document.h"
#include "ui/editor/editor.h"
#include "ui/editor/scintilla.h"
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
#include <QMenu>
#include <QPushButton>
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

/// A row by its text: an artifact, an instruction of an open stage.
QJsonObject whereIsRow(MainWindow& window, const QJsonObject& question)
{
    const DiagramView& diagram = window.tab().diagram();
    const PictureNode* node = nodeCalled(diagram, question[u"name"_s].toString());
    if (!node)
        return {};
    const QString text = question[u"path"_s].toString();
    const auto row = std::ranges::find_if(node->rows, [&](const PictureRow& r) { return r.text.whole == text; });
    return row == node->rows.end() ? QJsonObject() : inDiagram(diagram, row->rect.translated(node->rect.topLeft()));
}

/// A part of a node: its title, its port, the sign that opens it.
QJsonObject whereIsPart(MainWindow& window, const QJsonObject& question)
{
    const DiagramView& diagram = window.tab().diagram();
    const PictureNode* node = nodeCalled(diagram, question[u"name"_s].toString());
    if (!node)
        return {};
    const QString part = question[u"path"_s].toString();
    const QRectF around(-1, -1, 2, 2);
    if (part == u"port")
        return inDiagram(diagram, around.translated(portOf(*node)));
    const QRectF rect = part == u"sign" ? node->chevron : node->title.rect;
    return inDiagram(diagram, rect.translated(node->rect.topLeft()));
}

/// The edge from the node `name` to the node `path`: its middle, its tail or its head.
QJsonObject onEdge(MainWindow& window, const QJsonObject& question, double part)
{
    const DiagramView& diagram = window.tab().diagram();
    const Picture& picture = diagram.picture();
    const PictureNode* from = nodeCalled(diagram, question[u"name"_s].toString());
    const PictureNode* to = nodeCalled(diagram, question[u"path"_s].toString());
    for (const PictureEdge& edge : picture.edges)
        if (&picture.nodes[static_cast<std::size_t>(edge.from)] == from &&
            &picture.nodes[static_cast<std::size_t>(edge.to)] == to)
            return inDiagram(diagram, QRectF(-1, -1, 2, 2).translated(edge.path.pointAtPercent(part)));
    return {};
}

QJsonObject whereIsEdge(MainWindow& window, const QJsonObject& question)
{
    return onEdge(window, question, 0.5);
}

QJsonObject whereIsTail(MainWindow& window, const QJsonObject& question)
{
    return onEdge(window, question, 0);
}

QJsonObject whereIsHead(MainWindow& window, const QJsonObject& question)
{
    return onEdge(window, question, 1);
}

/// The first line of the text that holds `name`.
QJsonObject whereIsLine(MainWindow& window, const QJsonObject& question)
{
    const Editor& editor = window.tab().editor();
    const std::size_t at = editor.bytes().find(question[u"name"_s].toString().toStdString());
    if (at == std::string::npos)
        return {};
    const Scintilla sci(editor);
    const auto offset = static_cast<std::int64_t>(at);
    const auto x = static_cast<int>(sci(QsciScintillaBase::SCI_POINTXFROMPOSITION, 0, offset));
    const auto y = static_cast<int>(sci(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0, offset));
    const auto height = static_cast<int>(sci(QsciScintillaBase::SCI_TEXTHEIGHT, 0));
    return onScreen(*editor.viewport(), QRect(x, y, 80, height));
}

/// An entry of the menus that are open, by its text up to a reason behind it.
QJsonObject whereIsEntry(MainWindow& /*window*/, const QJsonObject& question)
{
    for (const QWidget* widget : QApplication::topLevelWidgets()) {
        const auto* menu = qobject_cast<const QMenu*>(widget);
        if (!menu || !menu->isVisible())
            continue;
        for (QAction* action : menu->actions())
            if (action->text().remove(u'&').section(u'\t', 0, 0) == question[u"name"_s].toString())
                return onScreen(*menu, menu->actionGeometry(action));
    }
    return {};
}

/// A widget on the diagram by its name, with what it says: the bubble, the offer, the field.
QJsonObject whereIsWidget(MainWindow& window, const QJsonObject& question)
{
    const auto* widget = window.tab().diagram().findChild<QWidget*>(question[u"name"_s].toString());
    if (!widget || !widget->isVisible())
        return {};
    const auto* button = widget->findChild<QPushButton*>();
    QJsonObject answer = button ? onScreen(*button, button->rect()) : onScreen(*widget, widget->rect());
    answer[u"text"_s] = widget->accessibleName();
    answer[u"button"_s] = button ? button->text() : QString();
    return answer;
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
        {u"node"_s, whereIsNode},     {u"artifact"_s, whereIsArtifact}, {u"row"_s, whereIsRow},
        {u"part"_s, whereIsPart},     {u"edge"_s, whereIsEdge},         {u"tail"_s, whereIsTail},
        {u"head"_s, whereIsHead},     {u"line"_s, whereIsLine},         {u"entry"_s, whereIsEntry},
        {u"widget"_s, whereIsWidget}, {u"button"_s, whereIsButton},     {u"targetCombo"_s, whereIsTargetCombo},
        {u"target"_s, whereIsTarget}, {u"text"_s, whatIsText},          {u"built"_s, whatIsBuilt},
        {u"engine"_s, whatBuilds},    {u"focus"_s, whatHasFocus}};
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
