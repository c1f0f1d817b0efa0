// The keys of [dynamics].
#include "sim/scenario/dynamics_section.hpp"

#include <fmt/format.h>

#include "sim/base/types.hpp"

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";

void declare_leaving(DynamicsSection& d, Fields& f) {
  f.rate("unfollow", d.unfollow,
         {.low = 0,
          .high = 100,
          .help = "hazard of a follow to end; \"0.00133 per day\" was measured, 0: none ends",
          .source = "Kivran-Swaine et al. 2011"});
  f.rate("chatty", d.chatty,
         {.low = 0,
          .high = 100,
          .help = "what each post a day of the followed above `chatty_above` adds to that hazard",
          .source = assumption});
  f.rate("chatty_above", d.chatty_above,
         {.low = 0, .high = 1e6, .help = "posts a day an account may make before it is chatty", .source = assumption});
  f.number("mutual", d.mutual,
           {.low = 0,
            .high = 1,
            .help = "factor on the probability that a follow ends where it is returned",
            .source = assumption});
}

void declare_coming(DynamicsSection& d, Fields& f) {
  f.rate("follow", d.follow, {.low = 0, .high = 1e4, .help = "new follows an account makes", .source = assumption});
  f.number("preferential", d.preferential,
           {.low = 0,
            .high = 1,
            .help = "share of new follows that choose the followed by its follower count",
            .source = assumption});
  f.number(
      "closure", d.closure,
      {.low = 0, .high = 1, .help = "share of new follows that go to a followee's followee", .source = assumption});
  f.check("closure", d.preferential + d.closure <= 1 + 1e-9,
          fmt::format("`preferential` + `closure` = {:.9g} is more than 1", d.preferential + d.closure),
          "what they leave of 1 is the share of follows that go to anyone");
  f.number("follow_back", d.follow_back,
           {.low = 0, .high = 1, .help = "probability that a new follow is returned at once", .source = assumption});
  f.number("on_reshare", d.on_reshare,
           {.low = 0,
            .high = 1,
            .help = "probability that a reader of a stranger's post that was passed on follows its author",
            .source = "mechanism: Myers & Leskovec 2014; number: assumption"});
}

void declare_newcomers(DynamicsSection& d, Fields& f) {
  f.integer("newcomers", d.newcomers,
            {.unit = "accounts",
             .low = 0,
             .high = static_cast<double>(max_accounts) / 2,
             .help = "accounts that join during the run, beside those of the network",
             .source = assumption});
  f.rate("newcomer_rate", d.newcomer_rate,
         {.low = 0, .high = 1e9, .help = "accounts that join, until all have", .source = assumption});
  f.check("newcomer_rate", d.newcomers == 0 || d.newcomer_rate > 0, "`newcomers` never join: `newcomer_rate` is 0",
          "such as newcomer_rate = \"10 per day\"");
  f.integer(
      "newcomer_follows", d.newcomer_follows,
      {.unit = "accounts", .low = 0, .high = 1e5, .help = "follows a newcomer begins with", .source = assumption});
}
}  // namespace

void DynamicsSection::declare(Fields& f) {
  declare_leaving(*this, f);
  declare_coming(*this, f);
  declare_newcomers(*this, f);
}

}  // namespace passalong
