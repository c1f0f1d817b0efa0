// A learner of pitch shares: a bandit with one arm a share, pulled once a period, paid by what the account won in it.
// Arms that were never tried come first, in their order; of equals the first wins. Its state is plain columns.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace passalong {

enum class LearningRule : std::uint8_t { none, epsilon_greedy, ucb, thompson };
LearningRule learning_rule(const std::string& name);  // as a scenario names it

struct Learner {
  struct Arm {
    std::uint64_t tries = 0;
    double mean = 0, squares = 0;  // of its rewards; squares: sum of squared deviations from the mean (Welford 1962)
  };
  std::vector<Arm> arms{};
  double least = 0, greatest = 0;  // reward ever met
  std::uint64_t tries = 0;
  double mean = 0, squares = 0;  // of all rewards

  void reward(std::size_t arm, double value) {
    least = tries == 0 ? value : std::min(least, value), greatest = tries == 0 ? value : std::max(greatest, value);
    note(value, tries, mean, squares), note(value, arms[arm].tries, arms[arm].mean, arms[arm].squares);
  }

  // words(block): four words of the period's draws.
  template <class WordsOf>
  std::size_t choose(LearningRule rule, double epsilon, double exploration, const WordsOf& words) const {
    for (std::size_t k = 0; k < arms.size(); ++k)
      if (arms[k].tries == 0) return k;
    if (rule == LearningRule::epsilon_greedy) {
      const Words w = words(0);
      if (uniform(w[0]) < epsilon) return static_cast<std::size_t>(uniform(w[1]) * static_cast<double>(arms.size()));
      return best([&](std::size_t k) { return arms[k].mean; });
    }
    if (rule == LearningRule::ucb) {
      const double bonus = exploration * (greatest - least), logs = 2 * log(static_cast<double>(tries));
      return best([&](std::size_t k) { return arms[k].mean + bonus * std::sqrt(logs / count(k)); });
    }
    const double variance = pooled_variance();
    return best([&](std::size_t k) {
      const double z = normal_quantile(uniform(words(static_cast<std::uint32_t>(k / 4))[k % 4]));
      return arms[k].mean + std::sqrt(variance / count(k)) * z;
    });
  }

  // Of one reward about its arm's mean: that of all rewards counts as one more degree of freedom, so that it can be
  // told when each arm has been tried once.
  double pooled_variance() const {
    double within = squares / static_cast<double>(tries);
    for (const Arm& arm : arms) within += arm.squares;
    return within / static_cast<double>(tries - arms.size() + 1);
  }

  template <class Archive>
  void visit(Archive& a) {
    a(arms), a(least), a(greatest), a(tries), a(mean), a(squares);
  }

 private:
  double count(std::size_t k) const { return static_cast<double>(arms[k].tries); }
  static void note(double value, std::uint64_t& n, double& mean, double& squares) {
    const double before = value - mean;
    mean += before / static_cast<double>(++n);
    squares += before * (value - mean);
  }
  template <class Score>
  std::size_t best(const Score& score) const {
    std::size_t at = 0;
    double most = score(0);
    for (std::size_t k = 1; k < arms.size(); ++k)
      if (const double s = score(k); s > most) at = k, most = s;
    return at;
  }
};

inline LearningRule learning_rule(const std::string& name) {
  if (name == "epsilon-greedy") return LearningRule::epsilon_greedy;
  if (name == "ucb") return LearningRule::ucb;
  return name == "thompson" ? LearningRule::thompson : LearningRule::none;
}

}  // namespace passalong
