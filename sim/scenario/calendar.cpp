// Lines are told apart by commas alone; a quoted field may not hold one.
#include "sim/scenario/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_bytes = std::size_t{64} << 20, most_faults = 20;
constexpr const char* column_names[] = {"time", "kind", "topic", "quality"};
constexpr std::size_t columns = std::size(column_names);

struct Field {
  std::string text;
  unsigned column = 0;  // where it begins, from 1
};

std::vector<Field> split(const std::string& line) {
  std::vector<Field> fields;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    const std::size_t first = std::min(line.find_first_not_of(" \t", at), end);
    std::size_t last = end;
    while (last > first && (line[last - 1] == ' ' || line[last - 1] == '\t')) --last;
    Field field{line.substr(first, last - first), static_cast<unsigned>(first) + 1};
    if (field.text.size() > 1 && field.text.front() == '"' && field.text.back() == '"')
      field.text = field.text.substr(1, field.text.size() - 2), ++field.column;
    fields.push_back(std::move(field));
    at = end + 1;
  }
  return fields;
}

std::string whole_text(const std::string& path) {
  if (std::filesystem::is_directory(path))
    throw Failure(Exit::input, {Fault{.file = path, .message = "this is a directory", .help = "name a file of posts"}});
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file && text.empty())
    throw Failure(Exit::input, {Fault{.file = path,
                                      .message = "cannot read the calendar",
                                      .help = "`file` is relative to the scenario's folder"}});
  if (text.size() > most_bytes)
    throw Failure(Exit::input, {Fault{.file = path,
                                      .message = "the calendar is larger than 64 MB",
                                      .help = "it holds one line a post of one account"}});
  return text;
}

class CalendarReader {
 public:
  CalendarReader(const Scenario& scenario, CalendarSection& calendar)
      : scenario_(scenario), calendar_(calendar), path_(resolve_path(scenario, calendar.file)) {}

  void read() {
    const std::string text = whole_text(path_);
    for (std::size_t at = 0; at < text.size() && faults_.size() < most_faults;) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      line_text_ = text.substr(at, end - at), ++line_, at = end + 1;
      if (line_ == 1 && line_text_.starts_with("\xef\xbb\xbf")) line_text_.erase(0, 3);  // spreadsheets write a mark
      if (line_text_.ends_with('\r')) line_text_.pop_back();
      if (line_text_.find_first_not_of(" \t,") == line_text_.npos || line_text_.starts_with('#')) continue;
      headed_ ? take(split(line_text_)) : take_heading(split(line_text_));
    }
    if (faults_.empty() && calendar_.posts.empty()) whole_file("holds no post", "a heading, then one line a post");
    if (faults_.empty()) place_in_run();
    if (!faults_.empty()) throw Failure(Exit::input, std::move(faults_));
  }

 private:
  void fault(const Field& field, std::string message, std::string help) {
    faults_.push_back({.file = path_,
                       .line = line_,
                       .column = field.column,
                       .end_column = field.column + static_cast<unsigned>(field.text.size()),
                       .message = std::move(message),
                       .help = std::move(help),
                       .source_line = line_text_});
  }
  void whole_file(const std::string& what, std::string help) {
    faults_.push_back({.file = path_, .message = "the calendar " + what, .help = std::move(help)});
  }

  void take_heading(const std::vector<Field>& fields) {
    headed_ = true;
    const std::vector<std::string> known(std::begin(column_names), std::end(column_names));
    for (std::size_t k = 0; k < fields.size(); ++k) {
      const auto found = std::find(known.begin(), known.end(), fields[k].text);
      if (found != known.end()) {
        place_[static_cast<std::size_t>(found - known.begin())] = k;
        continue;
      }
      const auto near = suggest(fields[k].text, known);
      fault(
          fields[k], fmt::format("no column is called `{}`", harmless(fields[k].text, 40)),
          near ? "did you mean `" + *near + "`?" : "the heading names time, kind and, if you like, topic and quality");
    }
    for (const std::size_t needed : {0U, 1U})
      if (place_[needed] == absent && faults_.empty())
        fault(fields.front(), fmt::format("the heading has no column `{}`", column_names[needed]),
              "the first line names the columns, such as time,kind");
    width_ = fields.size();
  }

  void take(const std::vector<Field>& fields) {
    if (place_[0] == absent || place_[1] == absent) return;  // what the heading lacks has been told
    if (fields.size() != width_)
      return fault(fields.front(), fmt::format("{} fields, where the heading has {}", fields.size(), width_),
                   "separate fields by commas; leave one empty where there is nothing to say");
    CalendarPost post;
    take_time(fields[place_[0]], post);
    take_kind(fields[place_[1]], post);
    if (place_[2] != absent) take_topic(fields[place_[2]], post);
    if (place_[3] != absent) take_quality(fields[place_[3]], post);
    calendar_.posts.push_back(post);
  }

  void take_time(const Field& field, CalendarPost& post) {
    std::string_view rest = field.text;
    const bool dated = read_date(field.text, post.day);
    if (!dated && (!take_number(rest, post.day) || !rest.empty() || std::abs(post.day) > 1e6))
      return fault(field, fmt::format("`{}` is not a time", harmless(field.text, 40)),
                   "days since the output starts, such as 2.5, or a date such as 2012-09-10T14:30");
    if (!calendar_.posts.empty() && dated != dated_)
      return fault(field, "times are days in some lines and dates in others", "choose one of the two");
    dated_ = dated;
  }
  void take_kind(const Field& field, CalendarPost& post) {
    std::vector<std::string> names;
    for (const PostKind kind : mixed_kinds) {
      names.emplace_back(post_kind_names[static_cast<std::size_t>(kind)]);
      if (field.text == names.back()) return void(post.kind = kind);
    }
    const auto near = suggest(field.text, names);
    fault(field, fmt::format("no kind of post is called `{}`", harmless(field.text, 40)),
          near ? "did you mean `" + *near + "`?" : fmt::format("one of {}", fmt::join(names, ", ")));
  }
  void take_topic(const Field& field, CalendarPost& post) {
    if (field.text.empty()) return;
    std::string_view rest = field.text;
    double topic = 0;
    const auto topics = static_cast<double>(scenario_.population.topics);
    if (!take_number(rest, topic) || !rest.empty() || topic != std::floor(topic) || topic < 1 || topic > topics)
      return fault(field, fmt::format("`{}` is not a topic", harmless(field.text, 40)),
                   fmt::format("a number from 1 to {}, or nothing", topics));
    post.topic = static_cast<std::int16_t>(topic - 1);
  }
  void take_quality(const Field& field, CalendarPost& post) {
    if (field.text.empty()) return;
    std::string_view rest = field.text;
    double quality = 0;
    if (!take_number(rest, quality) || !rest.empty() || quality < 0 || quality > 1)
      return fault(field, fmt::format("`{}` is not a quality", harmless(field.text, 40)),
                   "a number from 0 to 1, or nothing");
    if (post.kind == PostKind::routine) return fault(field, "a routine post has no quality", "leave it empty");
    post.quality = static_cast<float>(quality);
  }

  // From dates to days; what falls outside the run is left out.
  void place_in_run() {
    std::vector<CalendarPost>& posts = calendar_.posts;
    std::ranges::stable_sort(posts, {}, &CalendarPost::day);
    double begin = 0;
    if (dated_ && !calendar_.begin.empty()) read_date(calendar_.begin, begin);
    if (dated_ && calendar_.begin.empty()) begin = std::floor(posts.front().day);
    // Dates are whole seconds; a thousandth more keeps each on its side of the border of a tick, whatever rounding
    // does.
    for (CalendarPost& post : posts)
      if (dated_) post.day = (std::round((post.day - begin) * 86400) + 1e-3) / 86400;
    std::erase_if(posts, [&](const CalendarPost& p) {
      return p.day < -scenario_.warm_up / 24 || p.day >= scenario_.duration / 24;
    });
    if (posts.empty())
      whole_file("has no post within the run",
                 "a run lasts from the warm-up to `duration`; for dates, `begin` says when the output starts");
    if (!dated_ && !calendar_.begin.empty()) whole_file("counts days: `begin` does not apply", "remove `begin`");
  }

  static constexpr std::size_t absent = ~std::size_t{0};
  const Scenario& scenario_;
  CalendarSection& calendar_;
  std::string path_, line_text_;
  unsigned line_ = 0;
  bool headed_ = false, dated_ = false;
  std::size_t place_[columns] = {absent, absent, absent, absent}, width_ = 0;
  std::vector<Fault> faults_;
};

// Days from 1970-01-01 to a day of the Gregorian calendar, by eras of 400 years that begin in March.
double days_from_epoch(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year, era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097.0 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// So many digits off the front, as a number within limits.
bool take_digits(std::string_view& text, std::size_t count, int low, int high, int& value) {
  if (text.size() < count) return false;
  value = 0;
  for (std::size_t k = 0; k < count; ++k) {
    if (text[k] < '0' || text[k] > '9') return false;
    value = value * 10 + (text[k] - '0');
  }
  text.remove_prefix(count);
  return value >= low && value <= high;
}
bool take_sign(std::string_view& text, std::string_view allowed) {
  if (text.empty() || allowed.find(text.front()) == allowed.npos) return false;
  text.remove_prefix(1);
  return true;
}

// "14:30", "14:30:15", then nothing, "Z" or "+02:00".
bool take_clock(std::string_view text, double& days) {
  int hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0;
  if (!take_digits(text, 2, 0, 23, hour) || !take_sign(text, ":") || !take_digits(text, 2, 0, 59, minute)) return false;
  if (take_sign(text, ":") && !take_digits(text, 2, 0, 60, second)) return false;
  days += (hour * 3600 + minute * 60 + second) / 86400.0;
  if (text.empty() || text == "Z") return true;
  const double east = text.front() == '+' ? 1 : -1;
  if (!take_sign(text, "+-") || !take_digits(text, 2, 0, 14, zone_hour)) return false;
  take_sign(text, ":");
  if (!take_digits(text, 2, 0, 59, zone_minute) || !text.empty()) return false;
  days -= east * (zone_hour * 60 + zone_minute) / 1440.0;
  return true;
}
}  // namespace

bool read_date(const std::string& text, double& days) {
  std::string_view rest = text;
  int year = 0, month = 0, day = 0;
  if (!take_digits(rest, 4, 1, 9999, year) || !take_sign(rest, "-") || !take_digits(rest, 2, 1, 12, month) ||
      !take_sign(rest, "-") || !take_digits(rest, 2, 1, 31, day))
    return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (day > lengths[month - 1] + (leap && month == 2 ? 1 : 0)) return false;
  days = days_from_epoch(year, month, day);
  return rest.empty() || (take_sign(rest, "T ") && take_clock(rest, days));
}

void read_calendars(Scenario& scenario) {
  std::vector<Fault> faults;
  std::set<std::string> told;
  for (std::vector<StrategySection>* policies : {&scenario.strategies, &scenario.brands})
    for (StrategySection& policy : *policies) {
      if (policy.calendar.file.empty()) continue;
      try {
        CalendarReader(scenario, policy.calendar).read();
      } catch (const Failure& failure) {
        if (told.insert(policy.calendar.file + "\n" + policy.calendar.begin).second)
          faults.insert(faults.end(), failure.faults().begin(), failure.faults().end());
      }
    }
  if (!faults.empty()) throw Failure(Exit::input, std::move(faults));
}

}  // namespace passalong
