// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of the build form that is folded, by hand and by keys.

#include "ui/build/build_controller.h"
#include "ui/build/build_form.h"
#include "ui/build/lines_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

namespace {

/// What a build of these choices would be asked, in docker's words.
BuildPreview previewOf(const BuildChoices& choices)
{
    Engine engine;
    engine.kind = EngineKind::DockerBuildx;
    engine.program = u"/usr/bin/docker"_s;
    const BuildRequest request = requestFor(engine, analyse("FROM a\n"), u"/src/app/Dockerfile"_s, 0, choices);
    return {.command = Build(request).commandLine(), .problem = {}};
}

class Shown {
public:
    explicit Shown(const BuildChoices& choices = {})
        : form(analyse("FROM a\n"), choices, u"/src/app"_s, previewOf), more(form.findChild<QToolButton*>())
    {
        form.show();
        static_cast<void>(QTest::qWaitForWindowExposed(&form));
    }

    template<typename Field>
    Field* field(const QString& name)
    {
        for (auto* each : form.findChildren<Field*>())
            if (each->accessibleName() == name)
                return each;
        qFatal("no field %s", qPrintable(name));
    }
    LinesField* lines(const QString& name) { return field<LinesField>(name); }
    QString command() { return field<QPlainTextEdit>(u"Command"_s)->toPlainText(); }
    QPushButton* ok() { return form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok); }
    bool says(const QString& words)
    {
        const auto labels = form.findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
    }

    BuildForm form;
    QToolButton* more;
};

void type(QWidget* field, const QString& text)
{
    field->setFocus();
    for (const QChar key : text) {
        if (key == u'\n')
            QTest::keyClick(field, Qt::Key_Return);
        else
            QTest::keyClick(field, key.toLatin1());
    }
}

} // namespace

class BuildFormTest : public QObject {
    Q_OBJECT
private slots:
    void foldsWhatFewBuildsNeed();
    void showsWhatIsSet_data();
    void showsWhatIsSet();
    void takesEachOptionByKeys();
    void growsWithItsLines();
    void acceptsNoSecretThatIsTyped();
    void tellsWhatTheEngineLacks();
    void offersTheOtherStages();
    void oneStageHasNoOthers();
};

void BuildFormTest::foldsWhatFewBuildsNeed()
{
    Shown shown;
    QVERIFY(!shown.lines(u"Secrets"_s)->isVisible());
    const int folded = shown.form.height();
    shown.more->setFocus();
    QTest::keyClick(shown.more, Qt::Key_Space);
    QVERIFY(shown.lines(u"Secrets"_s)->isVisible());
    QVERIFY(shown.form.height() > folded);
    QTest::keyClick(shown.more, Qt::Key_Space);
    QVERIFY(!shown.lines(u"Secrets"_s)->isVisible());
    QCOMPARE(shown.form.height(), folded);
}

void BuildFormTest::showsWhatIsSet_data()
{
    QTest::addColumn<BuildChoices>("choices");
    QTest::addColumn<bool>("unfolded");

    BuildChoices choices;
    choices.noCache = true;
    choices.tags = QStringList{u"a"_s};
    QTest::newRow("only frequent ones") << choices << false;
    choices.extras.pull = true;
    QTest::newRow("newer base images") << choices << true;
    choices.extras = {};
    choices.extras.secrets = {{u"a"_s, u"b"_s, {}}};
    QTest::newRow("a secret") << choices << true;
}

void BuildFormTest::showsWhatIsSet()
{
    QFETCH(BuildChoices, choices);
    QFETCH(bool, unfolded);
    Shown shown(choices);
    QCOMPARE(shown.lines(u"Secrets"_s)->isVisible(), unfolded);
    QVERIFY(shown.form.choices() == choices);
}

void BuildFormTest::takesEachOptionByKeys()
{
    Shown shown;
    QTest::keyClick(shown.more, Qt::Key_Space);
    for (QCheckBox* box : shown.form.findChildren<QCheckBox*>())
        if (box->text().contains(u"registry"_s))
            QTest::keyClick(box, Qt::Key_Space);
    QTest::keyClick(shown.field<QComboBox>(u"Network"_s), Qt::Key_Down);
    type(shown.lines(u"Named contexts"_s), u"assets=../assets\nbase=docker-image://b:1"_s);
    type(shown.lines(u"Secrets"_s), u"id=npm,src=.npmrc\nid=key,env=API_KEY"_s);
    type(shown.lines(u"SSH"_s), u"default"_s);
    type(shown.lines(u"Cache from"_s), u"r/a"_s);
    type(shown.lines(u"Cache to"_s), u"type=inline\n\n"_s);

    const BuildExtras extras = shown.form.choices().extras;
    QVERIFY(extras.pull);
    QCOMPARE(extras.network, BuildNetwork::None);
    QCOMPARE(allWritten(extras.contexts), (QStringList{u"assets=../assets"_s, u"base=docker-image://b:1"_s}));
    QCOMPARE(allWritten(extras.secrets), (QStringList{u"id=npm,src=.npmrc"_s, u"id=key,env=API_KEY"_s}));
    QCOMPARE(allWritten(extras.ssh), QStringList{u"default"_s});
    QCOMPARE(extras.cacheFrom, QStringList{u"r/a"_s});
    QCOMPARE(extras.cacheTo, QStringList{u"type=inline"_s});
    QCOMPARE(shown.command(), u"docker buildx build --file /src/app/Dockerfile --network none "
                              "--build-context assets=/src/assets --build-context base=docker-image://b:1 "
                              "--secret id=npm,src=/src/app/.npmrc --secret id=key,env=API_KEY --ssh default "
                              "--pull --cache-from r/a --cache-to type=inline /src/app"_s);
    QVERIFY(shown.ok()->isEnabled());
}

void BuildFormTest::growsWithItsLines()
{
    Shown shown;
    QTest::keyClick(shown.more, Qt::Key_Space);
    LinesField* field = shown.lines(u"Secrets"_s);
    const int one = field->height();
    QCOMPARE(one, QLineEdit().sizeHint().height());
    type(field, u"\n"_s);
    QTRY_VERIFY(field->height() > one);
    const int two = field->height();
    type(field, u"\n\n\n\n\n\n"_s);
    QTRY_COMPARE(field->height(), one + (LinesField::kMostLines - 1) * (two - one));
    QTest::keyClick(field, Qt::Key_Tab);
    QVERIFY(!field->hasFocus());
}

void BuildFormTest::acceptsNoSecretThatIsTyped()
{
    Shown shown;
    QTest::keyClick(shown.more, Qt::Key_Space);
    type(shown.lines(u"Secrets"_s), u"id=npm,src=a"_s);
    QVERIFY(shown.ok()->isEnabled());
    type(shown.lines(u"Secrets"_s), u"\nid=key,value=hunter2"_s);
    QVERIFY(!shown.ok()->isEnabled());
    QVERIFY(shown.says(u"A secret is id=NAME,src=FILE or id=NAME,env=VARIABLE"_s));
    QVERIFY(!shown.says(u"hunter2"_s));
    for (const QLabel* label : shown.form.findChildren<QLabel*>()) // it is seen to its end
        QVERIFY2(!label->isVisible() || label->height() >= label->heightForWidth(label->width()),
                 qPrintable(label->text()));
    QVERIFY(!shown.command().contains(u"hunter2"_s));
    QCOMPARE(shown.form.choices().extras.secrets.size(), 1);
    for (int i = 0; i < 21; ++i)
        QTest::keyClick(shown.lines(u"Secrets"_s), Qt::Key_Backspace);
    QVERIFY(shown.ok()->isEnabled());
    QVERIFY(!shown.says(u"A secret is"_s));
}

void BuildFormTest::tellsWhatTheEngineLacks()
{
    BuildChoices choices;
    choices.extras.pull = true;
    BuildForm form(analyse("FROM a\n"), choices, u"/src"_s, [](const BuildChoices& now) {
        return BuildPreview{.command = u"build"_s, .problem = now.extras.pull ? u"It can't."_s : QString()};
    });
    form.show();
    const auto labels = form.findChildren<QLabel*>();
    const auto told = std::ranges::find(labels, u"It can't."_s, &QLabel::text);
    QVERIFY(told != labels.end());
    QVERIFY((*told)->isVisible());
    QVERIFY(form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled()); // another engine can
}

void BuildFormTest::offersTheOtherStages()
{
    const AnalysisPtr file = analyse("FROM a AS base\nFROM a\nFROM a AS web\nFROM a AS worker\n");
    BuildChoices choices;
    choices.alsoTargets = QStringList{u"gone"_s, u"web"_s};
    BuildForm form(
        file, choices, u"/src"_s,
        [&](const BuildChoices& now) -> BuildPreview {
            Engine engine;
            engine.program = u"docker"_s;
            return {.command = Build(requestFor(engine, file, u"/src/Dockerfile"_s, 3, now)).commandLine(),
                    .problem = {}};
        },
        nullptr, 3);
    form.show();
    auto* also = form.findChild<QListWidget*>();
    QStringList offered;
    for (int row = 0; row < also->count(); ++row)
        offered << (also->item(row)->checkState() == Qt::Checked ? u"+"_s : u"-"_s) + also->item(row)->text();
    QCOMPARE(offered, (QStringList{u"-base"_s, u"-stage 1"_s, u"+web"_s}));
    QVERIFY(also->isVisible());
    QCOMPARE(form.choices().alsoTargets, (QStringList{u"web"_s, u"gone"_s}));

    also->setFocus();
    also->setCurrentRow(0);
    QTest::keyClick(also, Qt::Key_Space);
    QCOMPARE(form.choices().alsoTargets, (QStringList{u"base"_s, u"web"_s, u"gone"_s}));
    QString command;
    for (const auto* each : form.findChildren<QPlainTextEdit*>())
        if (each->accessibleName() == u"Command"_s)
            command = each->toPlainText();
    QCOMPARE(command.count(u"docker buildx build"_s), 3);
}

void BuildFormTest::oneStageHasNoOthers()
{
    Shown shown;
    QVERIFY(!shown.form.findChild<QListWidget*>()->isVisible());
}

QTEST_MAIN(BuildFormTest)
#include "build_form_test.moc"
