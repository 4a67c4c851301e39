// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scintilla's messages, without QScintilla's fourteen overloads that a plain int is ambiguous between.

#pragma once

#include <QColor>
#include <Qsci/qsciscintillabase.h>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace stagelift::ui {

template<typename T>
concept ScintillaNumber = std::is_integral_v<T> || std::is_enum_v<T>;

class Scintilla {
public:
    using Base = QsciScintillaBase;

    explicit Scintilla(const QsciScintillaBase& widget) : m_widget(widget) {}

    template<ScintillaNumber First = int, ScintillaNumber Second = int>
    long operator()(unsigned int message, First first = {}, Second second = {}) const
    {
        return m_widget.SendScintilla(message, static_cast<unsigned long>(first), static_cast<long>(second));
    }
    template<ScintillaNumber First>
    long operator()(unsigned int message, First first, const char* text) const
    {
        return m_widget.SendScintilla(message, static_cast<std::uintptr_t>(first), text);
    }
    template<ScintillaNumber First>
    long operator()(unsigned int message, First first, std::string_view text) const
    {
        // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): its length is the first number
        return m_widget.SendScintilla(message, static_cast<std::uintptr_t>(first), text.data());
    }
    template<ScintillaNumber First>
    long operator()(unsigned int message, First first, const QColor& colour) const
    {
        return (*this)(message, first, colourNumber(colour));
    }

    /// The bytes themselves; they stay until the next change.
    [[nodiscard]] std::string_view bytes(std::int64_t begin, std::int64_t end) const
    {
        const auto address = (*this)(Base::SCI_GETRANGEPOINTER, begin, end - begin);
        return {reinterpret_cast<const char*>(address), static_cast<std::size_t>(end - begin)};
    }
    [[nodiscard]] std::int64_t length() const { return (*this)(Base::SCI_GETLENGTH); }
    [[nodiscard]] std::int64_t caret() const { return (*this)(Base::SCI_GETCURRENTPOS); }
    [[nodiscard]] int lineCount() const { return static_cast<int>((*this)(Base::SCI_GETLINECOUNT)); }
    [[nodiscard]] int lineAt(std::int64_t position) const
    {
        return static_cast<int>((*this)(Base::SCI_LINEFROMPOSITION, position));
    }
    [[nodiscard]] std::int64_t lineBegin(int line) const { return (*this)(Base::SCI_POSITIONFROMLINE, line); }
    /// Ahead of its line ending.
    [[nodiscard]] std::int64_t lineEnd(int line) const { return (*this)(Base::SCI_GETLINEENDPOSITION, line); }

    [[nodiscard]] static std::int64_t colourNumber(const QColor& colour)
    {
        return colour.red() | colour.green() << 8 | colour.blue() << 16;
    }

private:
    const QsciScintillaBase& m_widget;
};

} // namespace stagelift::ui
