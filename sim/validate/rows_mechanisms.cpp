// Mechanisms of the conversation model, one at a time, against closed forms; each row is a run of a scenario in which
// all others are off, but where a formula is about one reader alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/mechanisms/problem.hpp"
#include "models/mechanisms/suspicion.hpp"
#include "sim/theory/judgement.hpp"
#include "sim/theory/stocks.hpp"
#include "sim/validate/validate.hpp"
#include "sim/validate/worlds.hpp"

namespace passalong {
namespace {

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

PlainWorld quiet(int accounts, int followers) {  // nobody posts, comes or goes by itself
  PlainWorld w;
  w.network = fmt::format("kind = \"ring\"\nneighbours = 2\naccounts = {}", accounts);
  w.strategy = fmt::format("followers = {}", followers), w.posts = "0 per day";
  w.tick = w.every = "1 day", w.lifetime = "24 h";
  return w;
}

constexpr int unit = 40;  // days: a day's step costs up to .7 %

// When, how many have bought by then, and how fast: the rate over one unit about the peak, where it hardly changes.
void at_the_peak(Sheet& sheet, const theory::BassPeak& peak, const theory::BassCourse& course,
                 const std::vector<double>& customers, int people, const std::string& what) {
  const auto day = static_cast<std::size_t>(std::lround(peak.time * unit));
  const auto within = [&](const char* of, double expected, double got, double se) {
    sheet.band(fmt::format("{}: {}, 1 %", what, of), expected * .99, expected * 1.01, got, se);
  };
  const double se = std::sqrt(course.variance[day]);
  within("F at the peak", peak.share, customers[day] / people, se);
  const auto there = std::ranges::lower_bound(customers, peak.share * people) - customers.begin();
  within("time of the peak's F", peak.time, static_cast<double>(there) / unit, se / peak.rate);
  const double bought = customers[day + unit / 2] - customers[day - unit / 2];
  within("rate at the peak", peak.rate, bought / people, std::sqrt(bought) / people);
}

void bass(Sheet& sheet) {
  struct Case {
    double p, q;
  };
  const theory::BassPeak a = theory::bass_peak(.03, .38), b = theory::bass_peak(.01, .4);
  sheet.as_published({{.03576, theory::bass_share(.03, .38, 1)},
                      {.33120, theory::bass_share(.03, .38, 5)},
                      {.81280, theory::bass_share(.03, .38, 10)},
                      {6.1926, a.time},
                      {.46053, a.share},
                      {.11059, a.rate},
                      {8.9973, b.time},
                      {.4875, b.share}},
                     6e-5);
  const int people = sheet.full_or(100'000, 20'000);
  for (const auto& [p, q] : {Case{.03, .38}, Case{.01, .4}}) {
    PlainWorld w = quiet(2 * people, people);
    w.duration = fmt::format("{} days", 11 * unit), w.on = {"ladder"};
    w.model = fmt::format("ladder.innovation = {:.17g}\nladder.imitation = {:.17g}", p / unit, q / unit);
    const std::vector<double> customers = course_of(sheet.run(w.toml()).result, "customers");
    const theory::BassCourse course = theory::bass_by_days(p / unit, q / unit, people, 11 * unit);
    for (const int t : {1, 5, 9}) {
      const auto day = static_cast<std::size_t>(t * unit);
      sheet.mean(fmt::format("p = {}, q = {}: F({}), day by day", p, q, t), course.share[day], customers[day] / people,
                 std::sqrt(course.variance[day]));
    }
    at_the_peak(sheet, theory::bass_peak(p, q), course, customers, people, fmt::format("p = {}, q = {}", p, q));
  }
}

// Everyone answers every problem of an account that sees.
PlainWorld hall(int readers) {
  PlainWorld w;
  w.network = fmt::format("kind = \"star\"\nmutual = false\naccounts = {}", 2 * readers);
  w.strategy = fmt::format("followers = {}", readers), w.mix = "{ problem = 1 }";
  w.tick = w.every = "1 h", w.lifetime = "24 h";
  w.model =
      "problem.on = true\nproblem.response = 1\nproblem.expertise = 0\nproblem.skill = 0\nproblem.distance = "
      "0\nproblem.trust = 0\nproblem.meet = 0\nproblem.asking = 0\nproblem.luck = 1\nproblem.error = 1\n";
  return w;
}

void crowds(Sheet& sheet) {
  sheet.as_published({{.5642, theory::expected_best(2)},
                      {1.5388, theory::expected_best(10)},
                      {2.5076, theory::expected_best(100)},
                      {3.2414, theory::expected_best(1000)}},
                     1e-4);
  for (const int readers : {2, 10, 100}) {
    PlainWorld w = hall(readers);
    w.duration = "1 day", w.every = "1 day", w.replicates = sheet.full_or(4000, 400);
    const Result result = sheet.run(w.toml()).result;
    Sample best;
    for (std::size_t r = 0; r < static_cast<std::size_t>(w.replicates); ++r) best.add(last_of(result, "idea_best", r));
    sheet.mean(fmt::format("best of {} ideas", readers), theory::expected_best(static_cast<unsigned>(readers)),
               best.mean(), std::sqrt(theory::variance_of_best(static_cast<unsigned>(readers)) / best.count()));
  }
  for (const auto& [readers, common] : {std::pair{1, 0.0}, {25, 0.0}, {25, .2}}) {
    PlainWorld w = hall(readers);
    w.duration = sheet.quick() ? "20 days" : "200 days", w.posts = "24 per day";
    w.model += fmt::format("problem.common = {}", common);
    const Result result = sheet.run(w.toml()).result;
    const double problems = total(course_of(result, "posts_made"));
    const double variance = theory::crowd_variance(1, common, readers), error = last_of(result, "crowd_error");
    sheet.mean(fmt::format("{} estimates, {} common: crowd's squared error", readers, common), variance, error * error,
               variance * std::sqrt(2 / problems));
  }
  IdeaPool pool;
  double squares = 0, off = 0;
  for (int k = 0; k < 1000; ++k) {
    const double e = .7 + std::sin(k * 1.7);
    pool.add(0, e), squares += e * e;
    off = std::max(off, std::fabs(pool.miss() - (squares / (k + 1) - pool.spread())));
  }
  sheet.exact("Page: crowd's error = mean error - diversity, 1,000 estimates", 0, off);
}

// Every reader sees every post, so all of a replicate's readers think the same.
PlainWorld seen_by_all(double pitch_share, const std::string& model) {
  PlainWorld w;
  w.network = "kind = \"star\"\nmutual = false\naccounts = 20", w.strategy = "followers = 4";
  w.posts = "24 per day", w.every = "1 h", w.lifetime = "24 h", w.model = model;
  w.mix = fmt::format("{{ value = {}, pitch = {} }}", 1 - pitch_share, pitch_share);
  w.content = "value_quality = 1", w.output = "trust = false";
  w.population = "topics = 1\nactivity = 1\nsellers = 0\naffinity_interested = 0\naffinity_others = 0";
  return w;
}

// How many posts of each kind a replicate's readers have seen by each hour.
struct Kinds {
  std::vector<int> values, pitches;
};
std::vector<Kinds> kinds_by_hour(const Result& result) {
  std::vector<Kinds> all(result.replicates.size());
  const std::vector<double> replicate = column_of(result, "posts", "replicate"),
                            kind = column_of(result, "posts", "kind");
  for (Kinds& k : all) k.values.push_back(0), k.pitches.push_back(0);
  for (std::size_t n = 0; n < kind.size(); ++n) {
    Kinds& k = all.at(static_cast<std::size_t>(replicate[n]));
    k.values.push_back(k.values.back() + (kind[n] == 0)), k.pitches.push_back(k.pitches.back() + (kind[n] == 1));
  }
  return all;
}

void motives(Sheet& sheet) {
  const Suspicion s{.pitcher_rate = .6, .ordinary_rate = .1, .misreading = 0, .prior = .15, .memory = 1, .bound = 700};
  double off = 0;
  for (unsigned path = 0; path < 1024; ++path) {
    float odds = s.initial();
    int pitches = 0;
    for (unsigned post = 0; post < 10; ++post) {
      const bool pitch = (path >> post & 1U) != 0;
      odds = s.update(odds, s.perceive(pitch, .5)), pitches += pitch;
    }
    off = std::max(off,
                   std::fabs(static_cast<double>(odds) - theory::log_odds_after(.15, .6, .1, pitches, 10 - pitches)));
  }
  sheet.exact("log-odds on all paths of ten posts, largest difference", 0, off, 1e-5);
  sheet.as_published({{3.54, theory::wald_posts(.8, .2)},
                      {7.71, theory::wald_posts(.6, .2)},
                      {13.2, theory::wald_posts(.5, .2)},
                      {104.5, theory::wald_posts(.3, .2)}},
                     5e-2);
  sheet.as_published({{4.82, theory::detection(.8, .2, .8).posts}, {13.87, theory::detection(.5, .2, .5).posts}}, .1);
  for (const auto& [q1, q0, days] : {std::tuple{.8, .2, 5}, {.5, .2, 12}}) {
    PlainWorld w = seen_by_all(q1, fmt::format("suspicion.pitcher_rate = {}\nsuspicion.ordinary_rate = {}\n"
                                               "suspicion.misreading = 0\nsuspicion.memory = 1\nsuspicion.bound = 700\n"
                                               "suspicion.prior = 0.5",
                                               q1, q0));
    w.on = {"suspicion"}, w.duration = fmt::format("{} days", days), w.replicates = sheet.full_or(4000, 300);
    const Result result = sheet.run(w.toml()).result;
    const std::vector<Kinds> kinds = kinds_by_hour(result);
    double most_off = 0, wrong = 0;
    Sample posts;
    for (std::size_t r = 0; r < kinds.size(); ++r) {
      const std::vector<double> suspicion = course_of(result, "suspicion_mean", r);
      std::size_t decided = 0;
      for (std::size_t h = 1; h < suspicion.size(); ++h) {
        const double odds = theory::log_odds_after(.5, q1, q0, kinds[r].pitches[h], kinds[r].values[h]);
        most_off = std::max(most_off, std::fabs(suspicion[h] - 1 / (1 + std::exp(-odds))));
        if (decided == 0 && std::fabs(suspicion[h] - .5) > .45) decided = h, wrong += suspicion[h] < .5;
      }
      posts.add(decided > 0 ? static_cast<double>(decided) : 1e9);
    }
    const theory::Detection expected = theory::detection(q1, q0, q1);
    sheet.exact(fmt::format("{} against {}: suspicion after each post, largest difference", q1, q0), 0, most_off, 1e-6);
    sheet.mean(fmt::format("{} against {}: posts until 95 % sure", q1, q0), expected.posts, posts.mean(),
               std::sqrt((expected.square - expected.posts * expected.posts) / posts.count()));
    sheet.share(fmt::format("{} against {}: wrongly acquitted", q1, q0), expected.wrong, wrong, posts.count());
  }
}

void trust(Sheet& sheet) {
  sheet.as_published({{.9, theory::long_run_trust(.9, 1)},
                      {.8182, theory::long_run_trust(.9, 2)},
                      {.7759, theory::long_run_trust(.9, 2.6)},
                      {.6667, theory::long_run_trust(.8, 2)}},
                     5e-5);
  for (const auto& [good, loss] : {std::pair{.9, 2.0}, {.9, 2.6}, {.8, 2.0}}) {
    PlainWorld w =
        seen_by_all(1 - good, fmt::format("appraisal.decay = 0\nappraisal.noise = 0\nappraisal.residual_dislike "
                                          "= 1\ntrust.memory = 1\ntrust.repeated_loss = 1\ntrust.dead_zone = "
                                          "0\ntrust.loss = {}",
                                          loss));
    const int days = sheet.full_or(20, 8);
    w.on = {"appraisal", "trust"}, w.duration = fmt::format("{} days", days), w.replicates = sheet.full_or(1000, 100);
    const Result result = sheet.run(w.toml()).result;
    const std::vector<Kinds> kinds = kinds_by_hour(result);
    double most_off = 0, values = 0;
    Sample last;
    for (std::size_t r = 0; r < kinds.size(); ++r) {
      const std::vector<double> course = course_of(result, "trust_mean", r);
      for (std::size_t h = 0; h < course.size(); ++h) {
        const double A = 1 + kinds[r].values[h], B = 1 + loss * kinds[r].pitches[h];
        most_off = std::max(most_off, std::fabs(course[h] - A / (A + B)));
      }
      last.add(course.back()), values += kinds[r].values.back();
    }
    sheet.share(fmt::format("{} good: share of value posts made", good), good, values, 24.0 * days * last.count());
    const theory::Moments expected = theory::trust_after(24 * days, good, loss);
    sheet.exact(fmt::format("{} good, losses x {}: trust after each post, largest difference", good, loss), 0, most_off,
                1e-6);
    sheet.mean(fmt::format("{} good, losses x {}: after {} posts, towards {:.4f}", good, loss, 24 * days,
                           theory::long_run_trust(good, loss)),
               expected.mean, last.mean(), std::sqrt(expected.variance / last.count()));
  }
}

void narrowing(Sheet& sheet) {
  sheet.as_published({{.6321, theory::narrowed_share(1)},
                      {.5820, theory::narrowed_affinity(1)},
                      {.3167, theory::narrowed_share(3)},
                      {.7191, theory::narrowed_affinity(3)},
                      {.1000, theory::narrowed_share(10)},
                      {.9000, theory::narrowed_affinity(10)}},
                     6e-5);
  const int followers = sheet.full_or(100'000, 10'000);
  PlainWorld w;
  w.network = fmt::format("kind = \"ring\"\nneighbours = 2\naccounts = {}", 2 * followers);
  w.strategy = fmt::format("followers = {}", followers), w.mix = "{ pitch = 1 }", w.duration = "100 days";
  const std::string any = "{ distribution = \"uniform\", low = 0, high = 1 }";
  w.population = "topics = 1\nsellers = 0\nactivity = 1\naffinity_interested = " + any + "\naffinity_others = " + any;
  w.on = {"suspicion", "unfollow"}, w.tick = "1 day";
  w.model =
      "suspicion.prior = 0.999999\nsuspicion.bound = 700\nsuspicion.misreading = 0\nsuspicion.memory = "
      "1\nunfollow.rate = "
      "0.1\nunfollow.pitch = 1\nunfollow.memory = 1\nunfollow.base = 0\nunfollow.irrelevance = 0\nunfollow.volume = "
      "0\nunfollow.routine = 0";
  const Result result = sheet.run(w.toml()).result;
  const std::vector<double> left = course_of(result, "followers"), fans = course_of(result, "fan_share");
  for (const int day : {10, 30, 100}) {
    const double x = .1 * day;
    const auto d = static_cast<std::size_t>(day);
    sheet.share(fmt::format("after {:g} hazards: followers left", x), theory::narrowed_share(x), left[d], followers);
    sheet.share("... of them those who like the product", theory::narrowed_fans(x), std::round(fans[d] * left[d]),
                left[d]);
  }
}

void renewal(Sheet& sheet) {
  constexpr double h = .0406 / 30;
  sheet.as_published({{17.1, std::log(2) / .0406}}, .05);
  const int first = sheet.full_or(20'000, 5'000);
  const double accounts = 20.0 * first, inflow = .0812;
  for (const bool filled : {false, true}) {
    PlainWorld w = quiet(static_cast<int>(accounts), first);
    w.audience = fmt::format("affinity_weight = 0\ntopic_weight = 0\nreciprocal = 0\ninflow = {}\ninflow_near = 0",
                             filled ? inflow : 0);
    w.model = fmt::format("unfollow.rate = {:.17g}\nunfollow.base = 1\nunfollow.new_tie = 1", h);
    w.on = {"unfollow"}, w.duration = "1030 days";
    const std::vector<double> followers = course_of(sheet.run(w.toml()).result, "followers");
    for (const int day : {515, 1030}) {
      const double got = followers[static_cast<std::size_t>(day)], stay = std::exp(-h * day);
      if (!filled) {
        sheet.share(fmt::format("no inflow: left after {} days", day), stay, got, first);
        continue;
      }
      // Who came first stays by a binomial; of the others a Poisson number is there.
      const double expected = theory::renewed_stock(first, h, inflow * first / 30, accounts, day);
      const double variance = first * stay * (1 - stay) + expected - first * stay;
      sheet.mean(fmt::format("inflow: followers after {} days, towards g / h", day), expected, got,
                 std::sqrt(variance));
    }
  }
}

// What ties a follower to an account keeps it there.
void shields(Sheet& sheet) {
  constexpr double h = .0406 / 30;
  constexpr int days = 515;
  const int first = sheet.full_or(20'000, 5'000);
  struct Tie {
    const char* what;
    int reciprocal, sellers;
    double factor;  // on the hazard
  };
  for (const Tie& tie : {Tie{"followed back, ln 2.3", 1, 0, 1 / 2.3},
                         {"sellers, 1.5", 0, 1, std::exp(-1.5)},
                         {"both", 1, 1, std::exp(-1.5) / 2.3}}) {
    PlainWorld w = quiet(4 * first, first);
    w.population = fmt::format("topics = 1\nactivity = 1\nsellers = {}", tie.sellers);
    w.audience = fmt::format("affinity_weight = 0\ntopic_weight = 0\nreciprocal = {}\ninflow = 0", tie.reciprocal);
    w.model = fmt::format("unfollow.rate = {:.17g}\nunfollow.base = 1\nunfollow.new_tie = 1", h);
    w.on = {"unfollow"}, w.duration = fmt::format("{} days", days);
    sheet.share(fmt::format("{}: left after {} days", tie.what, days), std::exp(-h * tie.factor * days),
                course_of(sheet.run(w.toml()).result, "followers").back(), first);
  }
}

// Every planned post is a new one with chance mu, else a copy of what the account's feed shows.
void copies(Sheet& sheet) {
  for (const double mu : {.5, .2}) {
    PlainWorld w;
    const double accounts = sheet.full_or(5'000, 1'000), days = sheet.full_or(40, 16), warm = 4, rate = 2;
    w.network = fmt::format("kind = \"ring\"\nneighbours = 10\naccounts = {}", accounts);
    w.population =
        fmt::format("topics = 1\nsellers = 0\nactivity = {}\nattention = 20\nposts = \"{} per day\"", rate, rate);
    w.root = fmt::format("warm_up = \"{} days\"", warm), w.duration = fmt::format("{} days", days);
    w.model = fmt::format("attention.form = \"feed\"\nattention.new = {}", mu), w.on = {"attention"};
    w.posts = "0 per day", w.strategy = "followers = 1", w.output = "base_rates = true";
    const Result result = sheet.run(w.toml()).result;
    const double expected = (1 - mu) * accounts * rate * days;  // of a Poisson number of posts so many are copies
    sheet.mean(fmt::format("mu = {}: copies", mu), expected, total(course_of(result, "world_shares")),
               std::sqrt(expected));
  }
}

}  // namespace

std::vector<Target> mechanism_targets() {
  return {
      {"X13", "Bass 1969", "word of mouth by numbers among an account's followers", bass},
      {"X17", "Simon 1955; Gleeson et al. 2014", "feeds: new with chance mu, else a copy: how many are copies", copies},
      {"X18", "order statistics; Page 2007", "open problems: the best idea and the crowd's error", crowds},
      {"X19", "Bayes 1763; Wald 1945", "how suspicion grows, and how soon it is sure", motives},
      {"X20", "algebra", "trust: where gains and losses balance", trust},
      {"X21", "algebra", "narrowing: who leaves an account that pitches", narrowing},
      {"X22", "renewal", "followers that come and go at constant rates", renewal},
      {"X22", "renewal", "ties that keep followers", shields},
  };
}

}  // namespace passalong
