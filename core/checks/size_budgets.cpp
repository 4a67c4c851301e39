// SPDX-License-Identifier: GPL-3.0-or-later
//
// Comments that set a size for a stage, and can't be read as such.

#include "core/checks/rules.h"
#include "core/stages/budgets.h"

namespace stagelift {

void sizeBudget(const Subject& subject, Report& report)
{
    for (const BudgetFault& fault : budgetsOf(subject.dockerfile, subject.graph).faults)
        report.add(fault.lines, fault.span, fault.message);
}

} // namespace stagelift
