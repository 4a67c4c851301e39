// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/diagram/glyphs.h"

#include <QPolygonF>

#include <cmath>
#include <numbers>

namespace stagelift::ui::glyphs {

namespace {

/// Points are given in a square of 0 to 1.
class Pen {
public:
    explicit Pen(const QRectF& square) : m_square(square) {}

    Pen& move(double x, double y)
    {
        m_path.moveTo(at(x, y));
        return *this;
    }
    Pen& line(double x, double y)
    {
        m_path.lineTo(at(x, y));
        return *this;
    }
    Pen& close()
    {
        m_path.closeSubpath();
        return *this;
    }
    Pen& dot(double x, double y, double radius)
    {
        m_path.addEllipse(at(x, y), radius * m_square.width(), radius * m_square.height());
        return *this;
    }
    [[nodiscard]] QPainterPath path() const { return m_path; }

private:
    [[nodiscard]] QPointF at(double x, double y) const
    {
        return {m_square.left() + x * m_square.width(), m_square.top() + y * m_square.height()};
    }

    QRectF m_square;
    QPainterPath m_path;
};

} // namespace

QPainterPath star(const QRectF& square)
{
    constexpr int kPoints = 5;
    constexpr double kInner = 0.42;
    Pen pen(square);
    for (int i = 0; i < 2 * kPoints; ++i) {
        const double angle = std::numbers::pi * (static_cast<double>(i) / kPoints - 0.5);
        const double radius = (i % 2 == 0 ? 1.0 : kInner) * 0.5;
        const double x = 0.5 + radius * std::cos(angle);
        const double y = 0.53 + radius * std::sin(angle);
        i == 0 ? pen.move(x, y) : pen.line(x, y);
    }
    return pen.close().path();
}

QPainterPath file(const QRectF& square)
{
    return Pen(square)
        .move(0.2, 0.06)
        .line(0.58, 0.06)
        .line(0.82, 0.3)
        .line(0.82, 0.94)
        .line(0.2, 0.94)
        .close()
        .move(0.58, 0.06)
        .line(0.58, 0.3)
        .line(0.82, 0.3)
        .path();
}

QPainterPath folder(const QRectF& square)
{
    return Pen(square)
        .move(0.06, 0.2)
        .line(0.4, 0.2)
        .line(0.5, 0.34)
        .line(0.94, 0.34)
        .line(0.94, 0.86)
        .line(0.06, 0.86)
        .close()
        .path();
}

QPainterPath layers(const QRectF& square)
{
    return Pen(square)
        .move(0.5, 0.1)
        .line(0.95, 0.34)
        .line(0.5, 0.58)
        .line(0.05, 0.34)
        .close()
        .move(0.05, 0.54)
        .line(0.5, 0.78)
        .line(0.95, 0.54)
        .move(0.05, 0.73)
        .line(0.5, 0.97)
        .line(0.95, 0.73)
        .path();
}

QPainterPath grip(const QRectF& square)
{
    Pen pen(square);
    for (const double y : {0.2, 0.5, 0.8})
        pen.dot(0.32, y, 0.085).dot(0.68, y, 0.085);
    return pen.path();
}

QPainterPath chevron(const QRectF& square, bool open)
{
    const QPointF middle = square.center();
    const double reach = square.width() * 0.2;
    QPainterPath path;
    if (open) {
        path.moveTo(middle + QPointF(-1.6 * reach, -0.8 * reach));
        path.lineTo(middle + QPointF(0, 0.8 * reach));
        path.lineTo(middle + QPointF(1.6 * reach, -0.8 * reach));
    } else {
        path.moveTo(middle + QPointF(-0.8 * reach, -1.6 * reach));
        path.lineTo(middle + QPointF(0.8 * reach, 0));
        path.lineTo(middle + QPointF(-0.8 * reach, 1.6 * reach));
    }
    return path;
}

QPainterPath cross(const QRectF& square)
{
    return Pen(square).move(0.1, 0.1).line(0.9, 0.9).move(0.9, 0.1).line(0.1, 0.9).path();
}

QPainterPath warningGround(const QRectF& square)
{
    return Pen(square).move(0.5, 0).line(1, 0.92).line(0, 0.92).close().path();
}

QPainterPath warning(const QRectF& square)
{
    QPainterPath path = warningGround(square);
    path.addPath(Pen(square).move(0.43, 0.34).line(0.57, 0.34).line(0.55, 0.62).line(0.45, 0.62).close().path());
    path.addPath(Pen(square).dot(0.5, 0.75, 0.07).path());
    return path;
}

QPainterPath state(StepState state, const QRectF& square)
{
    QPainterPath ring;
    ring.addEllipse(square.adjusted(1, 1, -1, -1));
    Pen pen(square);
    switch (state) {
    case StepState::Waiting:
        return ring;
    case StepState::Running:
        ring.addPath(pen.move(0.4, 0.3).line(0.7, 0.5).line(0.4, 0.7).close().path());
        return ring;
    case StepState::Cached:
    case StepState::Done:
        ring.addPath(pen.move(0.28, 0.52).line(0.45, 0.68).line(0.73, 0.35).path());
        return ring;
    case StepState::Failed:
        ring.addPath(pen.move(0.33, 0.33).line(0.67, 0.67).move(0.67, 0.33).line(0.33, 0.67).path());
        return ring;
    case StepState::Stopped:
        ring.addPath(pen.move(0.35, 0.35).line(0.65, 0.35).line(0.65, 0.65).line(0.35, 0.65).close().path());
        return ring;
    }
    return ring;
}

} // namespace stagelift::ui::glyphs
