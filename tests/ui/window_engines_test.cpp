// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engines in the toolbar: other places are there to be chosen, and nobody asks them before they are.

#include "ui/window/build_desk.h"
#include "window_fixture.h"

#include <QAbstractItemView>
#include <QComboBox>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

/// A docker with two contexts more, which writes down where it is asked.
const QByteArray kDocker =
    "where=default\n"
    "[ \"$1\" = --context ] && { where=$2; shift 2; }\n"
    "echo \"$where\" >> \"$0.log\"\n"
    "case \"$where $1 $2\" in\n"
    "\"away version --format\") echo 'Cannot connect to away' >&2; exit 1 ;;\n"
    "*\" version --format\")\n"
    "    echo '{\"Client\":{\"Version\":\"26.1.5\",\"Context\":\"'$where'\"},\"Server\":{\"Version\":\"25.0.3\"}}' ;;\n"
    "*\" context ls\")\n"
    "    echo '{\"Name\":\"default\",\"Current\":true}'\n"
    "    echo '{\"Name\":\"prod\",\"Current\":false,\"DockerEndpoint\":\"ssh://me@prod\"}'\n"
    "    echo '{\"Name\":\"away\",\"Current\":false,\"DockerEndpoint\":\"ssh://me@away\"}' ;;\n"
    "*) exit 1 ;;\n"
    "esac\n";

} // namespace

class WindowEnginesTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void asksThePlaceThatIsChosen();
    void saysWhyAPlaceIsNotReady();

private:
    [[nodiscard]] QByteArray asked() const;
    [[nodiscard]] QComboBox& box() const;
    [[nodiscard]] QStringList shown() const;
    void choose(const QString& text) const;

    std::unique_ptr<OnlyOnPath> m_path;
    std::unique_ptr<Desk> m_desk;
};

void WindowEnginesTest::init()
{
    m_path = std::make_unique<OnlyOnPath>();
    m_path->add(u"docker"_s, kDocker);
    qputenv("DOCKER_CONFIG", m_path->folder().toLocal8Bit()); // without any builder
    m_desk = std::make_unique<Desk>();
    m_desk->window().buildDesk().controller().findEngines();
    QTRY_VERIFY(box().findText(u"docker (prod)"_s) >= 0);
}

void WindowEnginesTest::cleanup()
{
    m_desk.reset();
    m_path.reset();
    qunsetenv("DOCKER_CONFIG");
}

QByteArray WindowEnginesTest::asked() const
{
    QFile file(m_path->file(u"docker.log"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QComboBox& WindowEnginesTest::box() const
{
    for (auto* each : m_desk->window().findChildren<QComboBox*>())
        if (each->accessibleName() == u"Engine")
            return *each;
    qFatal("no engines");
}

QStringList WindowEnginesTest::shown() const
{
    QStringList lines;
    for (int row = 0; row < box().count(); ++row)
        if (box().itemText(row).startsWith(u"docker"))
            lines << box().itemText(row);
    return lines;
}

void WindowEnginesTest::choose(const QString& text) const
{
    box().showPopup();
    for (int row = box().currentIndex(); row < box().findText(text); ++row)
        QTest::keyClick(box().view(), Qt::Key_Down);
    QTest::keyClick(box().view(), Qt::Key_Return);
}

void WindowEnginesTest::asksThePlaceThatIsChosen()
{
    QCOMPARE(shown(), (QStringList{u"docker 25.0.3 (default)"_s, u"docker (prod)"_s, u"docker (away)"_s}));
    QVERIFY2(!asked().contains("prod") && !asked().contains("away"), asked().constData());
    choose(u"docker (prod)"_s);
    QTRY_COMPARE(box().currentText(), u"docker 25.0.3 (prod)"_s);
    QVERIFY2(!asked().contains("away"), asked().constData());
    QVERIFY(m_desk->window().buildDesk().controller().engine()->ready);
}

void WindowEnginesTest::saysWhyAPlaceIsNotReady()
{
    choose(u"docker (away)"_s);
    QTRY_COMPARE(box().currentText(), u"docker@away (not ready)"_s);
    const EngineAdvice advice = adviceFor(m_desk->window().buildDesk().controller());
    QVERIFY2(advice.text.contains(u"Cannot connect to away"), qPrintable(advice.text));
    QVERIFY2(advice.text.contains(u"docker --context away info"), qPrintable(advice.text));
}

QTEST_MAIN(WindowEnginesTest)
#include "window_engines_test.moc"
