// Memes and messages that compete for attention, through runs of attention-memes and simsom: conservation, criticality,
// quality that is not selected, diversity, and the shape of competition.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/theory/attention.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {
namespace {

std::string scenario_of(const std::string& root, const std::string& network, const std::string& model) {
  return fmt::format("tick = \"1 day\"\n{}\n[network]\n{}\n[model]\n{}\n", root, network, model);
}

// Screens of one meme, on a network where all have somebody to follow.
void criticality(Sheet& sheet) {
  const int accounts = 4000, ticks = sheet.full_or(2500, 250);
  const double fresh = sheet.full_or(.001, .002);
  const Result result =
      sheet
          .run(scenario_of(
              fmt::format("duration = \"{} days\"\nreplicates = 1", ticks),
              fmt::format("kind = \"erdos-renyi\"\naccounts = {}\nmean_followers = 25", accounts),
              fmt::format("name = \"simsom\"\nacting = \"in turn\"\nnew = {}\nslots = 1\nappeal = \"none\"\n"
                          "popularity = \"none\"\nrecency = \"none\"\nconverged = 0",
                          fresh)))
          .result;
  const std::vector<double> born = column_of(result, "messages", "born"),
                            posts = column_of(result, "messages", "posts");
  double new_ones = 0, ten = 0, thousand = 0;
  for (std::size_t i = 0; i < born.size(); ++i) {
    if (born[i] < 5) continue;  // by then no screen is empty
    ++new_ones;
    if (born[i] > ticks * .7) continue;  // has had no time
    ten += posts[i] >= 10, thousand += posts[i] >= 1000;
  }
  sheet.share("X17: new messages among all posts", fresh, new_ones, double(accounts) * (ticks - 5));
  if (sheet.quick()) return;
  const double se = std::sqrt((1 - thousand / ten) / thousand) / std::log(100);
  sheet.band("slope of the share with so many posts, from 10 to 1,000", -.57, -.43,
             std::log(thousand / ten) / std::log(100), se);
}

// What is drawn by appeal knows nothing of quality.
void quality(Sheet& sheet) {
  for (const double slope : {10.0, 5.0}) {
    const Result result =
        sheet
            .run(scenario_of(fmt::format("replicates = {}", sheet.full_or(64, 12)),
                             "kind = \"configuration\"\naccounts = 3000\nmean_followers = 20",
                             fmt::format("name = \"simsom\"\nquality_slope = {}\nrows_from = 0", slope)))
            .result;
    Sample last;
    for (std::size_t r = 0; r < result.replicates.size(); ++r) last.add(last_of(result, "feed_quality", r));
    sheet.mean(fmt::format("mean quality of feeds, density e^({} q)", slope), theory::exponential_mean(slope), last);
    if (slope == 10) sheet.mean("tau-b of quality and posts", 0, Sample(replicate_values(result, "discrimination")));
  }
}

// Posts of screens, counted.
void screens(Sheet& sheet) {
  for (const double window : {.5, 1.0, 2.0}) {
    const double fresh = .45, reading = .016 / window;
    const Result result =
        sheet
            .run(scenario_of(
                fmt::format("duration = \"60 days\"\nreplicates = {}", sheet.full_or(32, 8)),
                "kind = \"ring\"\nneighbours = 30\naccounts = 1000",
                fmt::format("name = \"attention-memes\"\nnew = {}\nreading = {}\nwindow = {}\nrows_from = 0", fresh,
                            reading, window)))
            .result;
    Sample rate;
    for (std::size_t r = 0; r < result.replicates.size(); ++r) {
      const std::vector<double> posts = course_of(result, "posts_made", r);
      double sum = 0;
      for (std::size_t t = 41; t < posts.size(); ++t) sum += posts[t];
      rate.add(sum / (1000.0 * static_cast<double>(posts.size() - 41)));
    }
    sheet.mean(fmt::format("posts an action, window {} ticks", window),
               theory::posts_a_step(fresh, reading, 30, window), rate);
  }
}

}  // namespace

std::vector<Target> meme_targets() {
  return {
      {"A1", "Gleeson et al. 2014; Otter 1949",
       "competition of memes for screens: conservation, the tail at criticality", criticality},
      {"A2", "Weng et al. 2012; counting", "memes on screens: how much is posted", screens},
      {"A3", "Truong et al. 2024; exchangeability", "quality of feeds without bots; it says nothing of popularity",
       quality},
  };
}

}  // namespace passalong
