// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures that take longer to paint than a frame lasts: however they are panned and zoomed, they end as they are
// painted at once, and there is no moment in which nothing is seen.

#include "diagram_fixture.h"
#include "ui/diagram/overview.h"
#include "ui/diagram/paint_bounds.h"

#include <QImage>
#include <QTest>

#include <cmath>
#include <cstdlib>

using namespace stagelift;
using namespace stagelift::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kStages = 200;

std::string large()
{
    std::string text = "FROM debian:13 AS base\nRUN make\n";
    for (int i = 0; i < kStages; ++i) {
        const std::string number = std::to_string(i);
        text += "FROM " + (i % 3 == 0 ? "base" : "s" + std::to_string(i - 1)) + " AS s" + number +
                "\nRUN go build -o /bin/s" + number + " .\n";
        if (i > 10)
            text += "COPY --from=s" + std::to_string(i - 10) + " /bin/s" + std::to_string(i - 10) + " /bin/\n";
    }
    return text;
}

/// The same part of the picture, painted with no view and no tiles.
QImage paintedAtOnce(const DiagramDesk& desk, const DiagramView& view, const Theme& theme)
{
    const double ratio = view.devicePixelRatioF();
    QImage image(view.viewport()->size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(theme.canvas);
    QPainter painter(&image);
    painter.setTransform(view.viewportTransform());
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const double zoom = view.transform().m11();
    const Look look{desk.picture(), theme, desk.marks(), zoom < 0.5 ? 1.0 : 0.0, zoom, desk.picture().bounds};
    paintExposed(painter, look, PaintBounds::of(desk.picture()));
    return image;
}

QImage onScreen(DiagramView& view)
{
    return view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
}

bool differs(QRgb one, QRgb other, int tolerance)
{
    return std::abs(qRed(one) - qRed(other)) > tolerance || std::abs(qGreen(one) - qGreen(other)) > tolerance ||
           std::abs(qBlue(one) - qBlue(other)) > tolerance;
}

/// How much of two images differs to the eye, beside the overview in the corner.
double difference(const QImage& one, const QImage& other, const DiagramView& view)
{
    const auto* overview = view.findChild<Overview*>();
    const double ratio = one.devicePixelRatio();
    int differing = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x)
            if (!overview->isVisible() || !overview->geometry().contains((QPointF(x, y) / ratio).toPoint()))
                differing += differs(one.pixel(x, y), other.pixel(x, y), 48) ? 1 : 0;
    return static_cast<double>(differing) / (one.width() * one.height());
}

class LargeDesk : public DiagramDesk {
public:
    LargeDesk() : DiagramDesk(large(), QSize(900, 600))
    {
        view().setTheme(theme());
        settle();
    }

    [[nodiscard]] static const Theme& theme() { return Theme::lightTheme(); }

    void settle()
    {
        if (!QTest::qWaitFor([this] { return picture().analysis && picture().graph().stages.size() > kStages; },
                             20'000))
            qFatal("nothing is composed");
        view().viewport()->repaint();
        if (!QTest::qWaitFor([this] { return view().isSharp(); }, 20'000))
            qFatal("it does not become sharp");
    }

    void zoomTo(double zoom) { view().zoomBy(zoom / view().transform().m11()); }
};

} // namespace

class DiagramLargeTest : public QObject {
    Q_OBJECT
private slots:
    void itEndsAsItIsPaintedAtOnce_data();
    void itEndsAsItIsPaintedAtOnce();
    void whileItIsZoomedThePictureStandsInForItself();
    void whileItIsPannedNoPlaceIsBare();
    void marksAreShown();
    void aChangedTextIsShown();
    void aSmallPictureIsNeverWaitedFor();
};

void DiagramLargeTest::itEndsAsItIsPaintedAtOnce_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QPoint>("pan");

    QTest::newRow("from afar") << 0.2 << QPoint(0, 0);
    QTest::newRow("where texts can just be read") << 0.8 << QPoint(-333, 101);
    QTest::newRow("at 100 %") << 1.0 << QPoint(1201, 77);
    QTest::newRow("near") << 2.3 << QPoint(-77, -401);
}

void DiagramLargeTest::itEndsAsItIsPaintedAtOnce()
{
    QFETCH(double, zoom);
    QFETCH(QPoint, pan);
    LargeDesk desk;
    desk.zoomTo(zoom);
    desk.view().panBy(pan);
    desk.settle();
    QVERIFY(difference(onScreen(desk.view()), paintedAtOnce(desk, desk.view(), LargeDesk::theme()), desk.view()) <
            0.002);
}

void DiagramLargeTest::whileItIsZoomedThePictureStandsInForItself()
{
    LargeDesk desk;
    desk.zoomTo(0.9);
    desk.settle();
    desk.zoomTo(1.1);
    const QImage first = onScreen(desk.view());
    desk.settle();
    const QImage sharp = onScreen(desk.view());
    const auto coarse = [](const QImage& image) {
        return image.scaled(45, 30, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    };
    QVERIFY(difference(coarse(first), coarse(sharp), desk.view()) < 0.1);
}

void DiagramLargeTest::whileItIsPannedNoPlaceIsBare()
{
    LargeDesk desk;
    desk.zoomTo(1);
    desk.settle();
    desk.view().centerOn(desk.picture().nodes.back().rect.center()); // far from all that has been painted
    const QImage first = onScreen(desk.view());
    int drawn = 0;
    for (int y = 0; y < first.height(); ++y)
        for (int x = 0; x < first.width(); ++x)
            drawn += differs(first.pixel(x, y), LargeDesk::theme().canvas.rgb(), 4) ? 1 : 0;
    QVERIFY(drawn > first.width() * first.height() / 50);
}

void DiagramLargeTest::marksAreShown()
{
    LargeDesk desk;
    desk.zoomTo(1);
    desk.view().centerOn(desk.node(u"s120"_s).rect.center());
    desk.settle();
    desk.view().select({.node = desk.node(u"s120"_s).ref, .edge = {}});
    desk.settle();
    QVERIFY(desk.marks().selectedNode >= 0);
    QVERIFY(difference(onScreen(desk.view()), paintedAtOnce(desk, desk.view(), LargeDesk::theme()), desk.view()) <
            0.002);
}

void DiagramLargeTest::aChangedTextIsShown()
{
    LargeDesk desk;
    desk.zoomTo(1);
    desk.settle();
    const AnalysisPtr before = desk.analysis();
    desk.type("FROM alpine AS ahead\n" + large());
    QTRY_VERIFY(desk.analysis() != before);
    desk.view().centerOn(desk.node(u"ahead"_s).rect.center());
    desk.settle();
    QVERIFY(difference(onScreen(desk.view()), paintedAtOnce(desk, desk.view(), LargeDesk::theme()), desk.view()) <
            0.002);
}

void DiagramLargeTest::aSmallPictureIsNeverWaitedFor()
{
    DiagramDesk desk(kGo);
    desk.view().setTheme(LargeDesk::theme());
    for (const double factor : {2.0, 1.3, 0.4, 0.9}) {
        desk.view().zoomBy(factor);
        desk.view().panBy({13, -7});
        QVERIFY(desk.view().isSharp());
        const QImage first = onScreen(desk.view());
        QVERIFY(difference(first, paintedAtOnce(desk, desk.view(), LargeDesk::theme()), desk.view()) < 0.002);
    }
}

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new StillStyle);
    DiagramLargeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagram_large_test.moc"
