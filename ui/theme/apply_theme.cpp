// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/apply_theme.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStandardPaths>
#include <QStyleFactory>
#include <QStyleOption>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace stagelift::ui {

namespace {

bool& isStill()
{
    static bool still = false;
    return still;
}

/// Fusion, with the few hints that we want otherwise.
class Style : public QProxyStyle {
public:
    Style() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        if (hint == SH_Widget_Animation_Duration && isStill())
            return 0;
        if (hint == SH_ToolTip_WakeUpDelay)
            return kToolTipDelay;
        return QProxyStyle::styleHint(hint, option, widget, data);
    }

    /// Fields and boxes to be filled in have an outline that can be seen: Fusion's is darker than a dark ground.
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool outlined = element == PE_IndicatorCheckBox || element == PE_FrameLineEdit;
        if (!outlined || option->state.testFlag(State_HasFocus))
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        QColor outline = option->palette.color(QPalette::PlaceholderText);
        outline.setAlphaF(kOutline);
        painter->setPen(outline);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
        painter->restore();
    }

    /// Faded, whatever the icon's colours: Fusion's own way hardly shows on a dark ground.
    QPixmap generatedIconPixmap(QIcon::Mode mode, const QPixmap& pixmap, const QStyleOption* option) const override
    {
        if (mode != QIcon::Disabled)
            return QProxyStyle::generatedIconPixmap(mode, pixmap, option);
        QPixmap faded(pixmap.size());
        faded.setDevicePixelRatio(pixmap.devicePixelRatio());
        faded.fill(Qt::transparent);
        QPainter painter(&faded);
        painter.setOpacity(kDisabledOpacity);
        painter.drawPixmap(0, 0, pixmap);
        return faded;
    }

private:
    static constexpr int kToolTipDelay = 500; // ms
    static constexpr qreal kCorner = 2;       // px
    static constexpr float kOutline = 0.7F;   // of the colour of quiet text
    static constexpr qreal kDisabledOpacity = 0.35;
};

/// Not every platform plugin knows where icons lie; the offscreen one does not.
void addSearchPaths()
{
    QStringList paths = QIcon::themeSearchPaths();
    for (const QString& folder :
         QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, u"icons"_s, QStandardPaths::LocateDirectory)) {
        if (!paths.contains(folder))
            paths << folder;
    }
    QIcon::setThemeSearchPaths(paths);
}

/// Breeze where it is installed; else whatever the desktop uses.
void useIcons(bool dark)
{
    static const QString kDesktopTheme = QIcon::themeName();
    QIcon::setThemeName(dark ? u"breeze-dark"_s : u"breeze"_s);
    if (!QIcon::hasThemeIcon(u"document-open"_s))
        QIcon::setThemeName(kDesktopTheme);
}

} // namespace

const Theme& themeFor(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return Theme::lightTheme();
    case ThemeChoice::Dark:
        return Theme::darkTheme();
    case ThemeChoice::System:
        break;
    }
    return Theme::ofDesktop();
}

void applyTheme(const Theme& theme)
{
    static const bool kStyled = [] {
        QApplication::setStyle(new Style);
        addSearchPaths();
        return true;
    }();
    Q_UNUSED(kStyled)
    useIcons(theme.dark);
    QApplication::setPalette(theme.palette);
    QToolTip::setPalette(theme.palette);
}

void holdStill()
{
    isStill() = true;
    QApplication::setCursorFlashTime(0);
}

QIcon themeIcon(const QString& name)
{
    return QIcon::fromTheme(name);
}

} // namespace stagelift::ui
