// A log of real posts as a policy: CSV with a heading, columns time and kind and, if there are such, topic and quality.
// Times are days since the output starts, or dates; all rows the same.
#pragma once
#include <string>

#include "sim/scenario/scenario.hpp"

namespace passalong {

// Reads what is named by calendars of the scenario's policies. Failure(Exit::input) with the faults of every file, the
// first twenty of each.
void read_calendars(Scenario& scenario);
// Days from 1970-01-01 to a date such as "2012-09-10" or "2012-09-10T14:30:00+02:00"; false where it is none.
bool read_date(const std::string& text, double& days);

}  // namespace passalong
