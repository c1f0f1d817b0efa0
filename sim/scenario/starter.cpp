// What `passalong init` writes: the smallest scenario that says something, with the keys one changes first.
#include "sim/scenario/scenario.hpp"

namespace passalong {

std::string starter_scenario() {
  return R"(# A scenario: two content policies on the same follower network. Check it, then run it:
#     passalong check FILE.toml
#     passalong run FILE.toml
# Everything not written here has a default; `passalong schema` lists every key, `passalong models` every mechanism.

title = "My first comparison"
seed = 1                      # the same seed gives the same result, bit for bit
duration = "60 days"
replicates = 8                # how often every arm is run, each time with other people

[network]                     # or, to use your own: file = "followers.txt.gz"
accounts = 20_000
mean_followers = 35

[population]
sellers = 0.1                 # share of accounts with something to pitch themselves
attention = { distribution = "log-normal", mean = 25, sigma = 1 }   # posts an account reads a day

[model]
name = "conversation"
# Every mechanism can be switched off, to see what it does:
# [model.suspicion]
# on = false

# Each strategy is one arm: the same people, the same chance events, another policy. To let accounts compete in one world
# instead, call the tables [[brand]].
[[strategy]]
name = "value-add"
posts = "2 per day"
followers = 1000              # at the start; at most half of the accounts
mix = { value = 0.9, pitch = 0.1 }

[[strategy]]
name = "pitch"
posts = "2 per day"
followers = 1000
mix = { value = 0.1, pitch = 0.9 }

[output]
every = "1 day"
)";
}

}  // namespace passalong
