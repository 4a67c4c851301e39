// SPDX-License-Identifier: GPL-3.0-or-later
//
// Composes pictures without making the window wait: a small one at once, a large one in a thread of the pool, where a
// newer request makes an older one's answer worthless.

#pragma once

#include "ui/diagram/picture.h"

#include <QObject>

#include <memory>

namespace stagelift::ui {

class Composer : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Answers with composed(), before it returns or later. Only the last request is sure to be answered.
    void request(const PictureInput& input);
    [[nodiscard]] bool isBusy() const { return m_busy; }

signals:
    void composed(const std::shared_ptr<stagelift::ui::Picture>& picture);

private:
    void start(const PictureInput& input);
    void finish(const std::shared_ptr<Picture>& picture);

    std::shared_ptr<const Picture> m_last; // nodes keep near their places in it
    std::optional<PictureInput> m_next;    // asked for while a thread is at work
    bool m_busy = false;
};

} // namespace stagelift::ui
