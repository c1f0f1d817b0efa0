// When worlds have had enough replicates: looks at their ends after so many, and tells how many to have by the next
// look. The numbers follow from each other alone, and what is decided from the worlds alone; neither threads nor time
// matter.
#pragma once
#include <optional>

#include "sim/experiment/outlook.hpp"
#include "sim/observe/tables.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// Replicates by the look after that with `done`: 8, 10, 12, 15, 18, 22, 27, ... x 5/4, at most `most`.
std::size_t next_look(std::size_t done, std::size_t most);

Until until_of(const Scenario& scenario);  // of worlds: with the series it is about, by its name in files

class StoppingRule {
 public:
  explicit StoppingRule(const Scenario& scenario);

  bool is_asked() const { return until_.asked(); }  // else all replicates are one batch
  std::size_t next() const { return next_; }        // replicates to have before the next look; 0: enough
  void look(const Ensemble& ensemble);              // these are whole now, as many as were asked for
  void break_off(const Ensemble& ensemble);         // or these, and there will be no more
  bool is_enough() const { return next_ == 0; }
  const std::optional<Outlook>& outlook() const { return outlook_; }  // where the scenario has an `until`

 private:
  Outlook stock_of(const Ensemble& ensemble) const;

  const Scenario& scenario_;
  Until until_;
  std::size_t most_, next_;
  std::optional<Outlook> outlook_;
};

// Failure(Exit::scenario), with a suggestion, where `until` names a series that the scenario's worlds do not have.
// Makes a tiny world to know.
void check_until(const Scenario& scenario, const ModelEntry& model);

}  // namespace passalong
