// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a build is asked for, and the form that asks for it.

#include "core/engine/secrets.h"
#include "ui/build/build_controller.h"
#include "ui/build/build_form.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stagelift;
using namespace stagelift::ui;

class BuildOptionsTest : public QObject {
    Q_OBJECT
private slots:
    void knowsSecrets_data();
    void knowsSecrets();
    void takesTheFilesFolderAsContext();
    void refusesToStart_data();
    void refusesToStart();
    void offersTheDeclaredArguments();
    void fillsAndReadsTheForm();
    void growsARowForAnotherArgument();
};

void BuildOptionsTest::knowsSecrets_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("secret");

    QTest::newRow("a token") << u"GITHUB_TOKEN"_s << u"x"_s << true;
    QTest::newRow("a password in small letters") << u"db_password"_s << u"x"_s << true;
    QTest::newRow("a key") << u"AWS_SECRET_ACCESS_KEY"_s << u"x"_s << true;
    QTest::newRow("a version") << u"GO_VERSION"_s << u"1.22"_s << false;
    QTest::newRow("a word with key in it") << u"MONKEY"_s << u"x"_s << false;
    QTest::newRow("a link with a password") << u"INDEX"_s << u"https://me:pw@pypi.example/simple"_s << true;
    QTest::newRow("a link without") << u"INDEX"_s << u"https://pypi.example:8080/simple"_s << false;
    QTest::newRow("a token by its shape") << u"CI"_s << u"ghp_0123456789abcdef"_s << true;
}

void BuildOptionsTest::knowsSecrets()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, secret);
    QCOMPARE(looksSecret(name, value), secret);
}

void BuildOptionsTest::takesTheFilesFolderAsContext()
{
    BuildChoices choices;
    QCOMPARE(requestFor({}, {}, u"/src/app/Dockerfile"_s, 0, choices).context, u"/src/app"_s);
    QCOMPARE(requestFor({}, {}, {}, 0, choices).context, QString());
    choices.context = u"/src"_s;
    choices.tags = QStringList{u"a:1"_s};
    choices.buildArgs = {{u"V"_s, u"2"_s}};
    choices.platform = u"linux/arm64"_s;
    choices.noCache = true;
    const BuildRequest request = requestFor({}, {}, u"/src/app/Dockerfile"_s, 3, choices);
    QCOMPARE(request.context, u"/src"_s);
    QCOMPARE(request.target, 3);
    QCOMPARE(request.tags, choices.tags);
    QCOMPARE(request.buildArgs, choices.buildArgs);
    QCOMPARE(request.platform, u"linux/arm64"_s);
    QVERIFY(request.noCache);
    QVERIFY(!request.allStages);
}

void BuildOptionsTest::refusesToStart_data()
{
    QTest::addColumn<bool>("ready");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("context");
    QTest::addColumn<QString>("why");

    QTest::newRow("the engine is down") << false << u"FROM a\n"_s << u"/"_s
                                        << u"The docker daemon does not answer. Start it."_s;
    QTest::newRow("no stage") << true << u"# nothing\n"_s << u"/"_s
                              << u"There is no stage to build: a Dockerfile needs a FROM line."_s;
    QTest::newRow("never saved") << true << u"FROM a\n"_s << QString()
                                 << u"The file was never saved, so it has no folder to take as the build context."_s;
    QTest::newRow("no such context") << true << u"FROM a\n"_s << u"/no/such/folder"_s
                                     << u"The build context /no/such/folder is not a folder."_s;
}

void BuildOptionsTest::refusesToStart()
{
    QFETCH(bool, ready);
    QFETCH(QString, text);
    QFETCH(QString, context);
    QFETCH(QString, why);

    BuildRequest request;
    request.engine.id = u"docker"_s;
    request.engine.ready = ready;
    request.engine.problem = u"The docker daemon does not answer."_s;
    request.engine.mend = u"Start it."_s;
    request.analysis = analyse(text.toStdString());
    request.context = context;
    BuildController controller;
    const auto started = controller.start(request);
    QVERIFY(!started);
    QCOMPARE(started.error(), why);
    QVERIFY(!controller.isRunning());
}

void BuildOptionsTest::offersTheDeclaredArguments()
{
    const AnalysisPtr analysis = analyse("ARG V=1.22\nFROM go:$V\nARG V\nARG NAME\nARG A=1 B=2\n");
    QStringList shown;
    for (const DeclaredArgument& declared : declaredArguments(analysis->dockerfile))
        shown << declared.name + u'=' + declared.defaultValue;
    QCOMPARE(shown, (QStringList{u"V=1.22"_s, u"NAME="_s, u"A=1"_s, u"B=2"_s}));
}

void BuildOptionsTest::fillsAndReadsTheForm()
{
    BuildChoices choices;
    choices.buildArgs = {{u"EXTRA"_s, u"x"_s}, {u"V"_s, u"1.23"_s}};
    choices.context = u"/src"_s;
    choices.tags = QStringList{u"a:1"_s, u"b"_s};
    choices.platform = u"linux/arm64"_s;
    choices.allStages = true;
    BuildForm form(analyse("ARG V=1.22\nARG W\nFROM go:$V\n"), choices, u"/src/app"_s, [](const BuildChoices& now) {
        return BuildPreview{.command = u"build "_s + now.tags.join(u'+'), .problem = {}};
    });
    // Declared ones come first, those without a value say nothing.
    QCOMPARE(form.choices().buildArgs, (QList<QPair<QString, QString>>{{u"V"_s, u"1.23"_s}, {u"EXTRA"_s, u"x"_s}}));
    QCOMPARE(form.choices().context, choices.context);
    QCOMPARE(form.choices().tags, choices.tags);
    QCOMPARE(form.choices().platform, choices.platform);
    QVERIFY(form.choices().allStages);
    QVERIFY(!form.choices().noCache);
    const auto fields = form.findChildren<QPlainTextEdit*>();
    const auto command = std::ranges::find(fields, u"Command"_s, &QWidget::accessibleName);
    QVERIFY(command != fields.end());
    QCOMPARE((*command)->toPlainText(), u"build a:1+b"_s);
}

void BuildOptionsTest::growsARowForAnotherArgument()
{
    BuildForm form(analyse("FROM a\n"), {}, {}, [](const BuildChoices&) { return BuildPreview{}; });
    auto* table = form.findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), 1);
    table->item(0, 0)->setText(u"API_TOKEN"_s);
    table->item(0, 1)->setText(u"s3cret"_s);
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(form.choices().buildArgs, (QList<QPair<QString, QString>>{{u"API_TOKEN"_s, u"s3cret"_s}}));
    form.show();
    bool told = false;
    for (const QLabel* label : form.findChildren<QLabel*>())
        told = told || (label->isVisible() && label->text().contains(u"API_TOKEN"_s));
    QVERIFY2(told, "the form says that a secret is not remembered");
}

QTEST_MAIN(BuildOptionsTest)
#include "build_options_test.moc"
