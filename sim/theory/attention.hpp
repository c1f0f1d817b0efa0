// What competition for attention comes to: posts of a screen read by chance, quality that is not selected, and the
// popularity of memes near criticality (Simon 1955; Weng et al. 2012; Gleeson et al. 2014).
#pragma once
#include <cstdint>

namespace passalong::theory {

// Mean of the density e^(slope q) on [0, 1].
double exponential_mean(double slope);

// Posts a step where all follow so many, write something new with the chance `fresh`, else make a post of each they see
// in the window (in ticks) with the chance `reading`.
double posts_a_step(double fresh, double reading, double followees, double window);

// P(N >= n) of a meme's posts, those of a branching process whose offspring are the posts made from the screens of z
// followers, each read and renewed by chance: a negative binomial with the mean 1 - fresh (Otter 1949).
double popularity_at_least(std::uint64_t n, double fresh, double followers);

}  // namespace passalong::theory
