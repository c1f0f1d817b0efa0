// Every key of a scenario outside [network] and [model]: unit, range, help, source, in the order in which they are
// documented. The source is a citation where the number was read there, else the word 'assumption'.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/scenario.hpp"

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";
constexpr double hour = 1, day = 24, minute = 1.0 / 60, most_ids = static_cast<double>(max_accounts);

bool sums_to_one(double sum) { return std::abs(sum - 1) <= 1e-9; }

void declare_background_posts(PopulationSection& p, Fields& f) {
  const char* survey = "Pear Analytics 2009";
  f.rate("posts", p.posts,
         {.unit = "posts a day",
          .low = 0,
          .high = 1000,
          .help = "mean posts of an ordinary account, simulated one by one; 0: they are load only",
          .source = assumption});
  f.number("routine", p.routine,
           {.low = 0, .high = 1, .help = "share of ordinary posts that are daily routine", .source = survey});
  f.number("conversation", p.conversation,
           {.low = 0, .high = 1, .help = "share of ordinary posts that are conversation", .source = survey});
  f.number("news", p.news,
           {.low = 0, .high = 1, .help = "share of ordinary posts that are news or passed along", .source = survey});
  f.number("promotion", p.promotion,
           {.low = 0, .high = 1, .help = "share of ordinary posts that promote something", .source = survey});
  const double sum = p.routine + p.conversation + p.news + p.promotion;
  f.check("promotion", sums_to_one(sum), fmt::format("the shares of ordinary posts sum to {:.9g}, not 1", sum),
          "routine + conversation + news + promotion must be 1");
  f.number("seller_promotion", p.seller_promotion,
           {.low = 0, .high = 1, .help = "share of a seller's own posts that promote", .source = assumption});
  f.distribution(
      "news_value", p.news_value,
      {.low = 0, .high = 1, .help = "value of a piece of news to who cares for its topic", .source = assumption});
  f.number("conversation_value", p.conversation_value,
           {.low = 0, .high = 1, .help = "value of conversation, as a factor on news_value", .source = assumption});
  f.number("conversation_routine", p.conversation_routine,
           {.low = 0, .high = 1, .help = "how much of conversation is routine", .source = assumption});
}
}  // namespace

void PopulationSection::declare(Fields& f) {
  f.integer("topics", topics,
            {.unit = "topics", .low = 1, .high = 255, .help = "number of topics", .source = assumption});
  f.number("concentration", concentration,
           {.low = 1e-3,
            .high = 1e3,
            .help = "Dirichlet parameter of interests: small, and each cares for few topics",
            .source = assumption});
  f.number("homophily", homophily,
           {.low = 0,
            .high = 1,
            .help = "share of follows made within a topic of the follower's interests",
            .source = assumption});
  f.distribution("attention", attention,
                 {.unit = "posts a day", .low = 0, .help = "posts an account reads", .source = assumption});
  f.distribution("activity", activity,
                 {.unit = "posts a day", .low = 0, .help = "posts an account makes", .source = assumption});
  f.number("activity_fame", activity_fame,
           {.low = -1,
            .high = 1,
            .help = "correlation of activity and follower count (Gaussian copula)",
            .source = assumption});
  f.integer("product_topic", product_topic,
            {.low = 1, .high = 255, .help = "which topic the product belongs to, from 1", .source = assumption});
  f.check("product_topic", product_topic <= topics,
          fmt::format("`product_topic` = {} is not among the {} topics", product_topic, topics),
          fmt::format("choose 1 to {}", topics));
  f.distribution(
      "affinity_interested", affinity_interested,
      {.low = 0, .high = 1, .help = "liking of the product among those interested in its topic", .source = assumption});
  f.distribution("affinity_others", affinity_others,
                 {.low = 0, .high = 1, .help = "liking of the product among all others", .source = assumption});
  f.number("sellers", sellers,
           {.low = 0, .high = 1, .help = "share of accounts with something to pitch themselves", .source = assumption});
  f.distribution("expertise", expertise, {.low = 0, .high = 1, .help = "skill of an account", .source = assumption});
  f.number("celebrity_share", celebrity_share,
           {.low = 1e-9,
            .high = 1,
            .help = "fame is measured against the follower count of the top such share",
            .source = assumption});
  declare_background_posts(*this, f);
  declare_crowd(*this, f);
}

void AudienceSection::declare(Fields& f) {
  f.number(
      "affinity_weight", affinity_weight,
      {.low = -20, .high = 20, .help = "pull of liking the product: weight exp(w x affinity)", .source = assumption});
  f.number("topic_weight", topic_weight,
           {.low = -20,
            .high = 20,
            .help = "pull of sharing the account's topics: weight exp(w x match)",
            .source = assumption});
  f.number("followee_cap", followee_cap,
           {.unit = "accounts",
            .low = 1,
            .high = most_ids,
            .help = "those who follow more join more readily, up to this many",
            .source = assumption});
  f.number("reciprocal", reciprocal,
           {.low = 0, .high = 1, .help = "share of the first audience that is followed back", .source = assumption});
  f.number("inflow", inflow,
           {.unit = "a month",
            .low = 0,
            .high = 10,
            .help = "followers who come by themselves, as a share of the first audience",
            .source = assumption});
  f.number(
      "inflow_near", inflow_near,
      {.low = 0, .high = 1, .help = "share of these who come through a follower's followers", .source = assumption});
}

void ContentSection::declare(Fields& f) {
  f.integer("topics", topics,
            {.unit = "topics",
             .low = 1,
             .high = 255,
             .help = "breadth of the value posts, the product's topic first",
             .source = assumption});
  f.number("topic_decay", topic_decay,
           {.low = 0, .high = 1, .help = "the topic of rank k has weight decay^k", .source = assumption});
  f.distribution(
      "value_quality", value_quality,
      {.low = 0, .high = 1, .help = "value of a value post to who cares for its topic", .source = assumption});
  f.distribution("pitch_quality", pitch_quality,
                 {.low = 0, .high = 1, .help = "value of a pitch, beside what it sells", .source = assumption});
  f.distribution("problem_quality", problem_quality,
                 {.low = 0, .high = 1, .help = "how interesting an open problem is", .source = assumption});
  f.distribution("invitation_quality", invitation_quality,
                 {.low = 0, .high = 1, .help = "how attractive an invitation is", .source = assumption});
  f.duration("lifetime", lifetime,
             {.low = hour, .high = 366 * day, .help = "how long a post can be shared", .source = assumption});
}

void OutputSection::declare(Fields& f) {
  f.duration("every", every, {.low = minute, .high = 366 * day, .help = "time between two rows of the series"});
  f.integer("viral_size", viral_size,
            {.unit = "shares",
             .low = 2,
             .high = 1e12,
             .help = "a cascade this large 'went viral'",
             .source = "Goel et al. 2016"});
  f.flag("posts", posts, {.help = "write the table of posts"});
  f.choice("cascades", cascades, {"none", "viral", "all", "largest"},
           {.help = "whose trees to write, node by node: of posts that went viral, of all, of the largest of each "
                    "strategy and replicate"});
  f.flag("base_rates", base_rates,
         {.help = "write how often and how far the posts of ordinary accounts are passed on"});
  f.flag("trust", trust, {.help = "write what readers did with what they saw, by the trust they had, and how soon"});
}

}  // namespace passalong
