// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector shows of each kind of thing: the line of a COPY, an ADD or a mount; the FROM of a stage; where an
// image or a build context is used. Forms only show; what is typed goes through Editing to a pure operation.

#pragma once

#include "ui/inspector/edge_links.h"
#include "ui/inspector/editing.h"
#include "ui/inspector/list_field.h"
#include "ui/inspector/property_field.h"
#include "ui/inspector/section.h"

#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;

namespace stagelift::ui {

class Form : public Section {
    Q_OBJECT
public:
    Form(Editing& editing, QWidget* parent);

    void setTheme(const Theme& theme);
    /// Shows the thing at the place of `editing`. Where it is the one of before, what is being typed stays.
    void showPlace(bool isSame);

protected:
    using FieldAct = std::function<EditOutcome(const Analysis&, const Place&, const std::string&)>;

    PropertyField* addField(PropertyField::Kind kind, const QString& label, const FieldAct& act);
    /// Wires a field that is added by itself.
    void bind(PropertyField& field, const FieldAct& act);
    [[nodiscard]] const Analysis& analysis() const { return *m_editing.analysis(); }
    [[nodiscard]] const Place& place() const { return m_editing.place(); }
    [[nodiscard]] Editing& editing() { return m_editing; }
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    static void put(PropertyField& field, const QString& value, bool isSame);

    virtual void fill(bool isSame) = 0;

private:
    Editing& m_editing;
    Theme m_theme;
};

/// The line of a copy, or the mount of a RUN.
class CopyForm : public Form {
    Q_OBJECT
public:
    CopyForm(Editing& editing, QWidget* parent);

signals:
    /// Another copy that is drawn as the same line is to be shown.
    void spanChosen(stagelift::Span span);

protected:
    void fill(bool isSame) override;

private:
    /// A flag of COPY and ADD, as a field, a check box or a list.
    struct FlagRow {
        std::string name;
        PropertyField* field = nullptr;
        QCheckBox* box = nullptr;
        ListField* list = nullptr;

        [[nodiscard]] QWidget* widget() const;
    };

    using ListAct = std::function<EditOutcome(const Analysis&, std::size_t edge, const std::vector<std::string>&)>;

    using Form::bind;
    void bind(ListField& list, const ListAct& act);
    void addFlag(const std::string& name);
    void fillFlags(bool isSame);
    void fillOthers();

    EdgeLinks* m_others = nullptr; // that run with it
    PropertyField* m_from = nullptr;
    ListField* m_sources = nullptr;
    PropertyField* m_destination = nullptr;
    std::vector<FlagRow> m_flags;
    QLabel* m_boxObjection = nullptr;
};

class StageForm : public Form {
    Q_OBJECT
public:
    StageForm(Editing& editing, QWidget* parent);

    void setTarget(int target);

signals:
    void targetChosen(int stage);

protected:
    void fill(bool isSame) override;

private:
    PropertyField* m_name = nullptr;
    PropertyField* m_base = nullptr;
    PropertyField* m_tag = nullptr;
    QLabel* m_digest = nullptr;
    PropertyField* m_platform = nullptr;
    QPushButton* m_makeTarget = nullptr;
    int m_target = -1;
};

/// Of what is no stage there is nothing to set; but it is told who takes from it.
class UsesForm : public Form {
    Q_OBJECT
public:
    UsesForm(Editing& editing, QWidget* parent);

signals:
    void spanChosen(stagelift::Span span);

protected:
    void fill(bool isSame) override;

private:
    EdgeLinks* m_uses = nullptr;
};

} // namespace stagelift::ui
