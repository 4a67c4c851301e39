// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/help.h"

#include "core/checks/rules.h"
#include "ui/diagram/words.h"
#include "ui/window/actions.h"

#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

constexpr QSize kHelpSize{680, 620}; // px

struct Gesture {
    const char* hand;
    const char* effect;
};

#define WORDS(text) QT_TRANSLATE_NOOP("stagelift::ui::Help", text)

constexpr std::array kGestures{
    Gesture{WORDS("Drag a file of a stage onto another stage"),
            WORDS("Writes a COPY --from line there; type to change its destination")},
    Gesture{WORDS("Ctrl or Shift and a click on files"), WORDS("Chooses several; dragged together they are one COPY")},
    Gesture{WORDS("Rest over a stage with a file, or hold Alt"),
            WORDS("Opens the stage: drop the file exactly between two of its instructions")},
    Gesture{WORDS("The arrow below a stage's name, or Alt+Down and Alt+Up"),
            WORDS("Shows and hides its instructions; the arrow keys walk through them")},
    Gesture{WORDS("Drag an instruction of an open stage, or Alt+Up and Alt+Down on it"),
            WORDS("Moves it to another place, or to another stage")},
    Gesture{WORDS("Stages ▸ Make Multi-Stage"), WORDS("Splits a file of one stage into a builder and a lean final "
                                                      "stage; shows the change and its reasons first")},
    Gesture{WORDS("Stages ▸ Split Stage, or the menu of a stage"),
            WORDS("Moves the instructions that you check into a builder, and copies back what the stage needs")},
    Gesture{WORDS("Drop something where it can't be"), WORDS("Says why, and offers the mend where there is one")},
    Gesture{WORDS("Drag something to an edge of the diagram"),
            WORDS("Scrolls there, the faster the nearer, to what is out of sight")},
    Gesture{WORDS("Drag a stage or an image by its name onto a stage"),
            WORDS("Asks whether to build it FROM there or to copy; with Ctrl builds it FROM there at once")},
    Gesture{WORDS("Drag the round port at the right of a node to a stage, or E"),
            WORDS("Draws a new edge, and asks what to copy")},
    Gesture{WORDS("Drag a file of the build context onto a stage"), WORDS("Writes a COPY line there")},
    Gesture{WORDS("Drag the end of an edge to another stage"), WORDS("Makes the copy come from there, or go there")},
    Gesture{WORDS("Click a stage or an edge"), WORDS("Selects its text")},
    Gesture{WORDS("Double-click a stage, or F2"), WORDS("Renames it wherever it is meant")},
    Gesture{WORDS("Alt+Return, on a stage or an edge"),
            WORDS("Shows in fields what it says: Enter changes the text, Esc takes back what is typed")},
    Gesture{WORDS("Rest on an edge, or on a name in the text"), WORDS("Tells what it means and why")},
    Gesture{WORDS("Delete"), WORDS("Takes out the edge or the unused stage that is selected")},
    Gesture{WORDS("Arrow keys"), WORDS("Walk from stage to stage")},
    Gesture{WORDS("Tab in the diagram"), WORDS("Goes on to the files of the stage, to its edges, and out at the end")},
    Gesture{WORDS("Enter on a file of a stage"), WORDS("Offers the stages that it can be copied to")},
    Gesture{WORDS("Ctrl+F or / in the diagram"),
            WORDS("Searches stages, images, files and destinations; Enter and F3 jump to the next, with Shift back")},
    Gesture{WORDS("View ▸ Diagram, or the menu of a stage"),
            WORDS("Shows only what a stage needs, hides images, draws chains of stages as one; Esc shows all again")},
    Gesture{WORDS("View ▸ Legend, or Alt+0"), WORDS("Shows what the signs of the diagram mean; Esc closes it")},
    Gesture{WORDS("View ▸ Diagram ▸ Compare Builders"),
            WORDS("Shows what BuildKit builds beside what the classic builder would; Esc closes it")},
    Gesture{WORDS("Double-click a collapsed chain, or Enter"), WORDS("Draws its stages again")},
    Gesture{WORDS("Ctrl and the wheel"), WORDS("Zooms; space or the middle button pans")},
    Gesture{WORDS("Click a bar of the timeline, or Enter on it"),
            WORDS("Goes to the step's line; the arrow keys walk from step to step, Ctrl and the wheel zooms")},
    Gesture{WORDS("Click a rectangle of the treemap, or Enter on it"),
            WORDS("Goes to the line that made the layer; the arrow keys walk from layer to layer")},
    Gesture{WORDS("Double-click a folder of the treemap, or Enter on it"),
            WORDS("Goes into it; plus goes a step in, Backspace back, Esc to all layers, Space to the layer's line")},
    Gesture{WORDS("Click a point of the history, or Enter on it"),
            WORDS("Chooses that build; left and right walk from build to build, up and down from stage to stage")},
    Gesture{
        WORDS("Drag a file out of the Files pane"),
        WORDS("Onto a stage or onto the text: writes the COPY --from line; its menu does the same without a mouse")},
    Gesture{WORDS("Enter on a file in the Files pane"),
            WORDS("Shows its text, or of a program what it needs to run; the menu saves it")},
    Gesture{WORDS("Click the strip that says what can't start, or Enter on it"),
            WORDS("Goes to the COPY that brought the program there; Show All lists them, Esc shows the files again")},
    Gesture{WORDS("Click a line of the build log"),
            WORDS("Selects the line of the Dockerfile that it comes from; Enter or a double click goes there")},
    Gesture{WORDS("Ctrl+Shift+L"), WORDS("Goes from the line at the caret to what the build said of it, and back")},
    Gesture{WORDS("Esc in the text, after a build has failed"),
            WORDS("Hides what the command said last; the line stays marked until the next build")},
    Gesture{WORDS("Right click, or the menu key"), WORDS("Offers all of this as a menu")},
    Gesture{WORDS("▶ beside a FROM line"), WORDS("Builds that stage")},
    Gesture{WORDS("Drag a file of a stage onto the text"), WORDS("Writes the COPY line right there")},
    Gesture{WORDS("Drop files from elsewhere on a stage"), WORDS("Copies them, if they lie in the build context")},
    Gesture{WORDS("Drop a file on the window"), WORDS("Opens it")},
};

constexpr const char* kIntroduction = WORDS(
    "The Dockerfile stands on the left, its build stages stand on the right, and a hand on either changes the same "
    "file. A line that you type shows in the diagram at once; a file that you drag from one stage to another is "
    "written into the text, one line, one undo step, and nothing else is touched.");
constexpr const char* kBuilding = WORDS(
    "Choose a target and an engine in the toolbar and press Build. Every stage is built and measured: Total is the "
    "size of all its layers, Base what it got from its FROM, Own what its instructions added. A stage ships when the "
    "target is that stage or is built FROM it; everything else is left behind, which is the point of building in "
    "stages. A line of the diagram is the wider the more its COPY brings. The Timeline shows when each step ran, and "
    "frames the critical path: only what makes a step of it quicker "
    "makes the build quicker. The Files pane reads what a built stage holds, and shows it as a tree, layer by layer, "
    "the largest files, what is stored and no container sees any more, or, under What could I COPY?, what another "
    "stage might want of it: programs and the libraries they load, virtual environments, built web sites, packages; "
    "from then on COPY --from completes the stage's own paths. A strip above says which programs can't start where a "
    "COPY has brought them, because their interpreter or a library is not there: of stages that were read, and of "
    "those FROM scratch that copy from them. A click or Enter on it goes to that COPY; Show All lists every such "
    "program with what it lacks, for which file, and what helps. They are among the problems, too. Compare with shows "
    "what one stage has more, less and otherwise than another one "
    "that was read, as docker diff does. A built stage can be run in your own terminal, with its command or with a "
    "shell, from its menu, the menu of the sizes and the Build menu; Copy Run Command has the line to type. Docker, "
    "Podman and Buildah are found by themselves; Docker's contexts, "
    "buildx's builders and Podman's connections are listed with them, and are asked once they are chosen. Ctrl+B "
    "builds once more what was "
    "built last; Build on Save in the Build menu does so by itself. The task bar shows how far a build is, and the "
    "desktop says what came of it where the window is not in front, unless Notify at the End in the Build menu is off. "
    "The build log has all that the engine said, step "
    "by step, however long it is: search it, or save it as text. Build Options has, under More, newer base images, "
    "a network, named contexts, secrets, SSH and caches; Build also chooses stages that are built in the same build as "
    "the "
    "target, each into an image of its own. Of a secret only where it comes from is remembered, never "
    "what it is. A comment "
    "<code># stagelift: budget STAGE &lt;= 25 MB</code> holds a stage to a size: where it is larger, its node and the "
    "table of sizes say by how much.");

constexpr const char* kHistory = WORDS(
    "Every build of a file that has a name is kept on this machine, by the window and by stagelift build: when, with "
    "which engine, how large each stage was and how long it took, and the text that was built. The History pane shows "
    "how that moved from build to build, a stage by itself where one is chosen. Compare shows two builds side by side, "
    "or one beside the build before it; Bring Text Back puts the text of a build into the editor, and undo takes it "
    "away again. Of build arguments that look like secrets, only the names are kept. A file is known by its path: one "
    "that is moved or renamed begins anew, and stagelift history finds the old one under its old name. Of each file "
    "the last 200 builds are kept; More forgets them all, and Keep History in the Build menu switches it off.");

constexpr const char* kTrying = WORDS("The inspector lists the build arguments of the file. A value that you type "
                                      "there shows in the diagram at once, for "
                                      "FROM ${BASE} may lead elsewhere; the text stays as it is. A build is given the "
                                      "same values, as if they were set in "
                                      "Build Options. As long as one of them decides what a stage is built from, a "
                                      "strip above the diagram says so; Reset "
                                      "shows the file's own defaults again.");

constexpr const char* kChecking = WORDS(
    "The Problems pane says what docker build --check says, word for word, and what Stagelift has found out about the "
    "stages. Ctrl+. mends what can be mended. What was seen in the files of a build says so, and is told as long as "
    "its "
    "line and the stage that it copies from are as they were built. What depends on a base image is certain once your "
    "engine has that "
    "image. A comment <code># check=skip=NAME</code> at the top of the file, or above an instruction, silences a "
    "check.");

#undef WORDS

QString row(const QString& left, const QString& right)
{
    return u"<tr><td style='padding-right:24px'><b>%1</b></td><td>%2</td></tr>"_s.arg(left.toHtmlEscaped(),
                                                                                      right.toHtmlEscaped());
}

QString gestures()
{
    QString rows;
    for (const Gesture& gesture : kGestures)
        rows += row(Help::tr(gesture.hand), Help::tr(gesture.effect));
    return rows;
}

QString keys()
{
    QString rows;
    for (const ActionRow& action : Actions::table()) {
        QStringList shortcuts;
        for (const QKeySequence& keys : Actions::shortcuts(action))
            shortcuts << keys.toString(QKeySequence::NativeText);
        if (!shortcuts.isEmpty())
            rows += row(shortcuts.join(Help::tr(" or ")), Actions::tip(action));
    }
    return rows;
}

/// Our own first, for nobody else explains them.
QString checks()
{
    QString rows;
    for (const DiagnosticSource source : {DiagnosticSource::Stagelift, DiagnosticSource::BuildKit}) {
        for (const Rule& rule : rules()) {
            if (rule.source != source)
                continue;
            const QString name = u"<b>%1</b>"_s.arg(toQt(rule.name));
            const QString linked = rule.url.empty() ? name : u"<a href='%1'>%2</a>"_s.arg(toQt(rule.url), name);
            rows += u"<tr><td style='padding-right:24px'>%1</td><td>%2</td></tr>"_s.arg(
                linked, toQt(rule.summary).toHtmlEscaped());
        }
    }
    return rows;
}

} // namespace

QString helpPage()
{
    static constexpr auto kPage = "<h2>Stagelift</h2><p>%1</p>"
                                  "<h3>%2</h3><p>%3</p>"
                                  "<h3>%4</h3><p>%5</p>"
                                  "<h3>%6</h3><p>%7</p>"
                                  "<h3>%8</h3><table cellpadding='3'>%9</table>"
                                  "<h3>%10</h3><table cellpadding='3'>%11</table>"
                                  "<h3>%12</h3><p>%13</p><table cellpadding='3'>%14</table>"_L1;
    return QString(kPage)
        .arg(Help::tr(kIntroduction), Help::tr("Building"), Help::tr(kBuilding), Help::tr("History"),
             Help::tr(kHistory))
        .arg(Help::tr("What if"), Help::tr(kTrying))
        .arg(Help::tr("Gestures"), gestures(), Help::tr("Keys"), keys(), Help::tr("Checks"), Help::tr(kChecking),
             checks());
}

QString aboutText()
{
    return Help::tr("<h3>Stagelift %1</h3>"
                    "<p>A visual editor for Dockerfiles with several build stages.</p>"
                    "<p>Free software under the GNU General Public License, version 3 or later. "
                    "Made with Qt, QScintilla and KSyntaxHighlighting.</p>")
        .arg(QStringLiteral(STAGELIFT_VERSION));
}

Help::Help(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Stagelift Help"));
    resize(kHelpSize);
    auto* page = new QTextBrowser(this);
    page->setFrameShape(QFrame::NoFrame);
    page->document()->setDocumentMargin(16);
    page->setOpenExternalLinks(true);
    page->setHtml(helpPage());
    page->setAccessibleName(windowTitle());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->addWidget(page);
    column->addWidget(buttons);
}

} // namespace stagelift::ui
