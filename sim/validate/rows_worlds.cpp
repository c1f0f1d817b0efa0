// The tick itself: what is delivered, seen and passed on, when, by whom and how often, in worlds so plain that it can
// be counted. Exact rows leave a fault of delivery nowhere to hide; the others look at the draws behind seeing and
// sharing.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/observe/cascade.hpp"
#include "sim/output/output.hpp"
#include "sim/theory/judgement.hpp"
#include "sim/theory/reading.hpp"
#include "sim/theory/trees.hpp"
#include "sim/validate/validate.hpp"
#include "sim/validate/worlds.hpp"

namespace passalong {
namespace {

const std::string only_at_midnight =
    "\nhours = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]";  // in the first hour

double total(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

// How many steps of a course are not as expected.
double steps_off(const std::vector<double>& course, const std::vector<double>& expected) {
  double off = course.size() == expected.size() ? 0 : 1;
  for (std::size_t k = 0; k < std::min(course.size(), expected.size()); ++k) off += course[k] != expected[k];
  return off;
}

PlainWorld sure(const std::string& network, const std::string& strategy) {
  PlainWorld w;
  w.network = network, w.strategy = strategy, w.duration = "40 h", w.every = "1 h", w.on = {"forwarding"};
  w.model = sure_forwarding();
  return w;
}

// One post a tick runs down a path of 12, a hop a tick: in the n-th tick min(n, 11) of them move.
void relay(Sheet& sheet) {
  PlainWorld w = sure("kind = \"path\"\nmutual = false\naccounts = 12", "account = \"0\"");
  w.posts = "24 per day";
  const Result path = sheet.run(w.toml()).result;
  std::vector<double> moving, shares, reach;
  for (int n = 0; n <= 40; ++n) moving.push_back(std::min(n, 11)), shares.push_back(std::clamp(n - 1, 0, 11));
  sheet.equal("path: steps whose deliveries are not one a post and hop", 0,
              steps_off(course_of(path, "deliveries"), moving));
  sheet.equal("path: steps whose impressions are not", 0, steps_off(course_of(path, "impressions"), moving));
  sheet.equal("path: steps whose reach is not one further a tick", 0, steps_off(course_of(path, "reach"), moving));
  sheet.equal("path: steps whose shares do not follow a tick later", 0, steps_off(course_of(path, "shares"), shares));
  sheet.equal("path: depth of the first cascade", 11, column_of(path, "posts", "depth")[0]);

  w = sure("kind = \"path\"\nmutual = false\naccounts = 12", "account = \"11\"");
  const Result end = sheet.run(w.toml()).result;
  sheet.equal("path, from its end, whom nobody follows: deliveries", 0, total(course_of(end, "deliveries")));

  w = sure("kind = \"star\"\nmutual = false\naccounts = 12", "account = \"0\"");
  const Result star = sheet.run(w.toml()).result;
  sheet.equal("star: impressions a post of 11 followers", 11, column_of(star, "posts", "impressions")[0]);
  sheet.equal("star: depth of a cascade", 1, column_of(star, "posts", "depth")[0]);

  // 30 of 60 who all follow each other follow the account, too: they see a post and pass it on; then the rest does.
  w = sure("kind = \"complete\"\naccounts = 60", "followers = 30");
  const Result crowd = sheet.run(w.toml()).result;
  sheet.equal("complete: deliveries of a post, 30 + 60 x 59", 3570, column_of(crowd, "posts", "deliveries")[0]);
  sheet.equal("complete: impressions, each reader once", 60, column_of(crowd, "posts", "impressions")[0]);
  sheet.equal("complete: shares", 60, column_of(crowd, "posts", "shares")[0]);
  sheet.equal("complete: of them by followers", 30, column_of(crowd, "posts", "first_generation")[0]);
  sheet.equal("complete: reach", 60, last_of(crowd, "reach"));

  w = sure("kind = \"complete\"\naccounts = 30", "account = \"0\"");
  const Result taken = sheet.run(w.toml()).result;
  sheet.equal("complete, in an account's place: who else sees a post", 29, column_of(taken, "posts", "impressions")[0]);

  w = sure("kind = \"tree\"\nmutual = false\nchildren = 3\naccounts = 121", "account = \"0\"");
  const Result tree = sheet.run(w.toml()).result;
  sheet.equal("tree of threes, four levels: cascade size", 121, column_of(tree, "posts", "size")[0]);
  sheet.equal("... depth", 4, column_of(tree, "posts", "depth")[0]);
  sheet.equal("... breadth", 81, column_of(tree, "posts", "breadth")[0]);
}

void virality(Sheet& sheet) {
  PlainWorld w = sure("kind = \"path\"\nmutual = false\naccounts = 40", "account = \"0\"");
  w.duration = "72 h";
  sheet.exact("cascade down a path of 40", theory::path_virality(40),
              column_of(sheet.run(w.toml()).result, "posts", "structural_virality")[0], 1e-6);
  w = sure("kind = \"star\"\nmutual = false\naccounts = 100", "account = \"0\"");
  sheet.exact("cascade over a star of 100", theory::star_virality(100),
              column_of(sheet.run(w.toml()).result, "posts", "structural_virality")[0], 1e-6);
  sheet.as_published({{1.98, theory::star_virality(100)}}, 1e-12);
  double off = 0;
  for (std::uint32_t n = 2; n <= 8; ++n) {  // every tree whose parents come before their children
    std::vector<std::uint32_t> parents(n);
    for (std::uint32_t k = 1; k > 0;) {
      off = std::max(off, std::fabs(measure_cascade(parents).structural_virality - theory::mean_distance(parents)));
      for (k = n - 1; k > 0 && parents[k] + 1 == k; --k) parents[k] = 0;
      if (k > 0) ++parents[k];
    }
  }
  sheet.exact("all recursive trees of up to 8: largest difference from all pairs", 0, off);
}

// Posts, each of which `readers` may see with chance p.
struct Sights {
  std::vector<double> impressions;  // by post
  double reach = 0;
};
void check_sights(Sheet& sheet, const std::string& what, const Sights& s, double readers, double p) {
  const auto posts = static_cast<double>(s.impressions.size());
  sheet.share(what + ": share of copies seen", p, total(s.impressions), posts * readers);
  double statistic = 0;
  for (const double k : s.impressions) statistic += (k - readers * p) * (k - readers * p) / (readers * p * (1 - p));
  sheet.fit("... spread over posts", statistic, posts, posts * readers);
  sheet.share("... readers who saw any", 1 - std::pow(1 - p, posts), s.reach, readers);
}

void sight(Sheet& sheet) {
  const auto readers = sheet.full_or(50'000, 5'000);
  const auto run = [&](PlainWorld w, double posts) {
    w.network = fmt::format("kind = \"ring\"\nneighbours = 4\naccounts = {}", 2 * readers);
    w.strategy = fmt::format("followers = {}", readers), w.duration = "6 days", w.on = {"attention"};
    w.posts = fmt::format("{} per day", posts);
    const Result result = sheet.run(w.toml()).result;
    return Sights{column_of(result, "posts", "impressions"), last_of(result, "reach")};
  };
  PlainWorld fixed;
  fixed.population += "\nattention = 0.13", fixed.model = "attention.form = \"fixed\"";
  check_sights(sheet, "fixed chance .13", run(fixed, 2), readers, .13);
  // Each follows four who post 3 a day, and the account under study, which posts 2: C / (C + 14).
  PlainWorld load;
  load.population = "topics = 1\nsellers = 0\nactivity = 3\nattention = 2";
  check_sights(sheet, "load, 2 of 14 posts a day read", run(load, 2), readers, 2.0 / (2 + 14));
}

// What ordinary accounts post, on a ring where everyone has four followers and a tenth of all copies is seen.
void background(Sheet& sheet) {
  PlainWorld w;
  const double accounts = sheet.full_or(20'000, 4'000), days = 5, rate = 2;
  w.network = fmt::format("kind = \"ring\"\nneighbours = 4\naccounts = {}", accounts);
  w.population =
      fmt::format("topics = 1\nsellers = 0\nactivity = {}\nattention = 0.1\nposts = \"{} per day\"", rate, rate);
  w.duration = fmt::format("{} days", days), w.model = "attention.form = \"fixed\"", w.on = {"attention"};
  w.posts = "0 per day", w.strategy = "followers = 1";
  const Result result = sheet.run(w.toml()).result;
  const double deliveries = total(course_of(result, "world_deliveries")), expected = 4 * accounts * days * rate;
  sheet.mean("deliveries: posts are Poisson, four followers each", expected, deliveries, 4 * std::sqrt(expected / 4));
  sheet.equal("... what is left of them by fours", 0, std::fmod(deliveries, 4));
  sheet.share("share of copies seen, a tenth", .1, total(course_of(result, "world_impressions")), deliveries);
}

// Readers all but one of whom have no followers: what they pass on goes nowhere.
std::string whom_nobody_follows(int readers) {
  return fmt::format("kind = \"star\"\nmutual = false\naccounts = {}", 2 * readers);
}

// Of 30 % who see a post, so many pass it on as the noise in their judgement says; the same draw may not decide both.
void sharing(Sheet& sheet) {
  PlainWorld w;
  const auto readers = sheet.full_or(100'000, 20'000);
  w.network = whom_nobody_follows(readers);
  w.strategy = fmt::format("followers = {}", readers), w.duration = "8 days", w.posts = "1 per day",
  w.lifetime = "24 h";
  w.population = "topics = 1\nsellers = 0\nactivity = 1\nattention = 0.3";
  w.content = "value_quality = 0.5";
  w.model =
      "attention.form = \"fixed\"\nappraisal.decay = 0\nappraisal.noise = 0.4\nappraisal.cost = "
      "0.2\nforwarding.friends = "
      "false\nforwarding.rate = 0.7\nforwarding.steepness = 2\nforwarding.stranger = 0";
  w.on = {"attention", "appraisal", "forwarding"};
  const Result result = sheet.run(w.toml()).result;
  const std::vector<double> seen = column_of(result, "posts", "impressions");
  std::vector<double> first = column_of(result, "posts", "shares");
  double impressions = 0, shares = 0, statistic = 0;
  const double p = theory::chance_to_pass_on(.7, 2, .5 - .2, .4);
  for (std::size_t k = 0; k + 1 < seen.size(); ++k) {  // the last may be cut short
    impressions += seen[k], shares += first[k];
    statistic += (first[k] - seen[k] * p) * (first[k] - seen[k] * p) / (seen[k] * p * (1 - p));
  }
  sheet.share("passed on, of those who saw it, noise integrated", p, shares, impressions);
  sheet.fit("... spread over posts", statistic, static_cast<double>(seen.size()) - 1, impressions);
}

// One post; half of the accounts follow its author, all of them pass it on, and each has one follower: who follows only
// the sharer sees it as a stranger, once, and joins with half of f0. Of all who see it so many look closer and buy.
void joining(Sheet& sheet) {
  PlainWorld w;
  const int readers = sheet.full_or(100'000, 20'000);
  w.network = fmt::format("kind = \"ring\"\nneighbours = 2\nmutual = false\naccounts = {}", 2 * readers);
  w.strategy = fmt::format("followers = {}", readers), w.duration = "1 day";
  w.strategy += only_at_midnight;
  w.population = "topics = 1\nsellers = 0\nactivity = 1\naffinity_interested = 0.5\naffinity_others = 0.5";
  w.on = {"forwarding", "follow", "ladder"};
  w.model =
      "forwarding.friends = false\nforwarding.rate = 1\nforwarding.steepness = 1000\nforwarding.stranger = 0\n"
      "follow.rate = 0.3\nfollow.slope = 0\nfollow.repetition = 0\nladder.check_rate = 0.9\nladder.pull = 0.7\n"
      "ladder.adopt_rate = 0.35\nladder.client_rate = 0";
  const Result result = sheet.run(w.toml()).result;
  const double seen = column_of(result, "posts", "impressions")[0], strangers = seen - readers;
  // Places on the ring where one who follows is followed by one who does not (Wald & Wolfowitz 1940).
  sheet.mean("strangers it reaches", readers / (2 - 1.0 / readers), strangers, std::sqrt(readers / 8.0));
  const double checks = course_of(result, "checks")[1], bought = course_of(result, "adoptions")[1];
  sheet.share("strangers who follow, half of f0 = .3", .15, course_of(result, "follows")[1], strangers);
  sheet.share("looked closer, of those who saw it", .9 * (.1 + .9 * .5) * .7, checks, seen);
  sheet.share("bought, of those who looked", .35, bought, checks);
}

// When what is passed on appears: the kernel, cut at the lifetime, in ticks of a quarter of an hour.
void timing(Sheet& sheet) {
  constexpr double theta = .2314843, plateau = 300, lifetime = 24;
  sheet.as_published({{.4568, 1 - theory::kernel_within(3600, theta, plateau)},
                      {.2189, 1 - theory::kernel_within(86'400, theta, plateau)},
                      {.1395, 1 - theory::kernel_within(604'800, theta, plateau)},
                      {.8120, 1 - theory::kernel_within(300, theta, plateau)}},
                     5e-5);
  sheet.as_published({{6.265725e-4, theory::seismic_plateau_density(theta, plateau)}}, 1e-9);
  PlainWorld w;
  const auto readers = sheet.full_or(200'000, 30'000);
  w.network = whom_nobody_follows(readers);
  w.strategy = fmt::format("followers = {}", readers), w.duration = "2 days", w.tick = w.every = "15 min";
  w.lifetime = fmt::format("{} h", lifetime), w.on = {"forwarding", "delay"};
  w.posts = "1 per week",
  w.strategy += only_at_midnight + "\nweekdays = [1, 0, 0, 0, 0, 0, 0]";  // one, on the first day
  w.model = sure_forwarding();
  const Result result = sheet.run(w.toml()).result;
  const std::vector<double> posts = course_of(result, "posts_made"), shares = course_of(result, "shares");
  // A delay within the n-th quarter of an hour, from 1, appears n ticks after the sight, which is in the tick of the
  // post.
  const auto born = static_cast<std::size_t>(std::find(posts.begin(), posts.end(), 1) - posts.begin());
  constexpr std::size_t ticks = 95;
  std::vector<double> chances, counts;
  const auto within = [&](double hours) {
    return theory::kernel_within(3600 * hours, theta, plateau) / theory::kernel_within(3600 * lifetime, theta, plateau);
  };
  for (std::size_t n = 1; n <= ticks; ++n) {
    const double n_th = static_cast<double>(n);
    chances.push_back(within(n_th / 4) - within((n_th - 1) / 4)), counts.push_back(shares.at(born + n));
  }
  sheet.equal("shares in the tick of the post itself", 0, shares.at(born));
  const double sum = total(chances);
  sheet.share("passed on before the last quarter of an hour", sum, total(counts), readers);
  for (double& c : chances) c /= sum;
  sheet.fit("share times of a post, by quarters of an hour", chances, counts);
}

// Arms are paired; threads change nothing; replicates do not repeat each other.
void order(Sheet& sheet) {
  PlainWorld w;
  w.network = "accounts = 3000\nmean_followers = 12", w.population = "posts = \"0.7 per day\"";
  w.duration = "7 days", w.replicates = 2, w.posts = "2 per day", w.strategy = "followers = 300";
  w.on = {"attention", "appraisal", "suspicion", "trust", "forwarding", "delay", "follow", "unfollow", "ladder"};
  w.strategy += "\n[[strategy]]\nname = \"two\"\nposts = \"2 per day\"\nmix = { value = 1 }\nfollowers = 300";
  const std::uint64_t seed = sheet.seed();
  const Result one = sheet.run(w.toml(), seed, 1).result, three = sheet.run(w.toml(), seed, 3).result;
  sheet.equal("digest with 3 threads is that with 1 (1: yes)", 1, digest_of(one) == digest_of(three));
  double apart = 0, repeated = 0;
  for (const char* name : {"followers", "impressions", "shares", "reach"}) {
    apart += steps_off(course_of(one, name, 0, 0), course_of(one, name, 0, 1));
    repeated += steps_off(course_of(one, name, 0, 0), course_of(one, name, 1, 0)) == 0;
  }
  sheet.equal("steps in which two arms of one policy differ", 0, apart);
  sheet.equal("series that a second replicate repeats", 0, repeated);
}

}  // namespace

std::vector<Target> world_targets() {
  return {
      {"W1", "counting", "the tick: who gets a post, when, and how often", relay},
      {"W2", "binomial", "who sees a post: attention, one draw a reader and post", sight},
      {"W3", "Poisson", "the posts of ordinary accounts", background},
      {"W4", "quadrature", "who passes a post on", sharing},
      {"W5", "binomial", "who joins, looks closer and buys", joining},
      {"W6", "identity", "arms, replicates, threads", order},
      {"X16", "Goel et al. 2016", "structural virality: the mean distance of two accounts", virality},
      {"T1", "Zhao et al. 2015", "reaction times: the kernel", timing},
  };
}

}  // namespace passalong
