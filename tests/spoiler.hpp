// Makes parameters wrong one at a time, so that a test can ask whether anybody would notice.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/scenario/fields.hpp"

namespace passalong {

// Makes one parameter wrong: a number by 1 %, a switch altogether.
class Spoiler : public Fields {
 public:
  explicit Spoiler(int which) : left_(which) {}
  std::string spoilt() const { return spoilt_; }

  void number(const char* name, double& value, const About&) override {
    if (hit(name)) value = value * 1.01;
  }
  void flag(const char* name, bool& value, const About&) override {
    if (hit(name)) value = !value;
  }
  void duration(const char* name, double& hours, const About& about) override { number(name, hours, about); }
  void rate(const char* name, double& per_day, const About& about) override { number(name, per_day, about); }
  void numbers(const char* name, std::vector<double>& values, const About&) override {
    if (!values.empty() && hit(name)) values.back() *= 1.01;
  }
  void matrix(const char*, std::vector<std::vector<double>>&, const About&) override {}
  void section(const char* name, const About&, const std::function<void(Fields&)>& declare) override {
    section_ = name;
    declare(*this);
  }
  void integer(const char* name, std::int64_t& value, const About&) override {
    if (hit(name)) value += std::max<std::int64_t>(1, value / 100);
  }
  void text(const char*, std::string&, const About&) override {}
  void choice(const char*, std::string&, const std::vector<const char*>&, const About&) override {}
  void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>&,
                      const About&) override {
    if (hit(name)) value *= 1.01, word.clear();
  }
  void accounts(const char*, std::vector<AccountChoice>&, const About&) override {}
  void rate_or_table(const char* name, double& per_day, bool&, const About& about,
                     const std::function<void(Fields&)>&) override {
    number(name, per_day, about);
  }
  void effort(const char* name, double& hours_a_day, const About& about) override { number(name, hours_a_day, about); }
  void distribution(const char*, Distribution&, const About&) override {}
  void sections(const char*, const About&, std::size_t&, const std::function<void(std::size_t, Fields&)>&) override {}
  void check(const char*, bool, const std::string&, const std::string&) override {}

 private:
  bool hit(const char* name) {
    if (left_-- != 0) return false;
    spoilt_ = section_ + "." + name;
    return true;
  }
  int left_;
  std::string section_, spoilt_;
};

// Spoils one parameter; its name, or nothing where there are no more.
template <class Parameters>
std::string spoil(Parameters& parameters, int which) {
  Spoiler spoiler(which);
  parameters.declare(spoiler);
  return spoiler.spoilt();
}

template <class Parameters>
std::map<int, std::string> all_of(Parameters parameters) {
  std::map<int, std::string> names;
  for (std::string name; !(name = spoil(parameters, static_cast<int>(names.size()))).empty();)
    names[static_cast<int>(names.size())] = name;
  return names;
}

}  // namespace passalong
