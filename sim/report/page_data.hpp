// The whole of a page's data, and the few texts of it that stand in the page for those without scripts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/report/report.hpp"

namespace passalong {

struct PageData {
  std::string title, summary, notice;  // notice: what is amiss; may be empty
  std::vector<std::string> verdict;    // two sentences; none where there is nothing to judge
  std::string json;
};
PageData make_page_data(const Result& result, const std::vector<Variation>& variations,
                        const std::optional<RunProgress>& progress);

}  // namespace passalong
