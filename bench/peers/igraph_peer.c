/* igraph's side of bench/peers/compare and bench/peers/agree: igraph_sir, an SIR epidemic in continuous time (Gillespie),
 * from one random vertex of an undirected network.
 *   igraph_peer FILE ACCOUNTS      a request a line: BETA GAMMA SIMULATIONS SEED, the rates by tie and by vertex
 * An answer is one line of JSON: seconds, failed (simulations that igraph gave up with an error), and of each of the
 * others the size, the most infected at once and the moment of the last recovery. */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Each tie stands in the file in both directions; one of them is taken. */
static void read_ties(const char* path, igraph_vector_int_t* ties) {
  FILE* in = fopen(path, "rb");
  int pair[2];
  if (!in) exit(4);
  while (fread(pair, sizeof pair, 1, in) == 1) {
    if (pair[0] >= pair[1]) continue;
    igraph_vector_int_push_back(ties, pair[0]);
    igraph_vector_int_push_back(ties, pair[1]);
  }
  fclose(in);
}

typedef struct {
  igraph_vector_int_t sizes, peaks;
  igraph_vector_t ends;
  double seconds;
  int failed;
} Outcome;

static void note(const igraph_sir_t* one, Outcome* outcome) {
  igraph_vector_int_push_back(&outcome->sizes, igraph_vector_int_tail(&one->no_r));
  igraph_vector_int_push_back(&outcome->peaks, igraph_vector_int_max(&one->no_i));
  igraph_vector_push_back(&outcome->ends, igraph_vector_tail(&one->times));
}

static void simulate(const igraph_t* graph, double beta, double gamma, Outcome* outcome) {
  igraph_vector_ptr_t all;
  igraph_vector_ptr_init(&all, 0);
  const double start = now();
  const igraph_error_t failed = igraph_sir(graph, beta, gamma, 1, &all);
  outcome->seconds += now() - start;
  outcome->failed += failed != IGRAPH_SUCCESS;
  if (!failed) {
    igraph_sir_t* one = VECTOR(all)[0];
    note(one, outcome);
    igraph_sir_destroy(one);
    igraph_free(one);
  }
  igraph_vector_ptr_destroy(&all);
}

static void print_counts(const char* name, const igraph_vector_int_t* counts) {
  printf("\"%s\": [", name);
  for (long k = 0; k < igraph_vector_int_size(counts); ++k) printf("%s%ld", k ? "," : "", (long)VECTOR(*counts)[k]);
  printf("], ");
}

static void answer(const Outcome* outcome) {
  printf("{");
  print_counts("sizes", &outcome->sizes);
  print_counts("peaks", &outcome->peaks);
  printf("\"ends\": [");
  for (long k = 0; k < igraph_vector_size(&outcome->ends); ++k)
    printf("%s%.17g", k ? "," : "", VECTOR(outcome->ends)[k]);
  printf("], \"seconds\": %.9g, \"failed\": %d}\n", outcome->seconds, outcome->failed);
  fflush(stdout);
}

static void serve(const igraph_t* graph, double beta, double gamma, int simulations, unsigned long seed) {
  Outcome outcome = {.seconds = 0, .failed = 0};
  igraph_vector_int_init(&outcome.sizes, 0);
  igraph_vector_int_init(&outcome.peaks, 0);
  igraph_vector_init(&outcome.ends, 0);
  igraph_rng_seed(igraph_rng_default(), seed);
  for (int k = 0; k < simulations; ++k) simulate(graph, beta, gamma, &outcome);
  answer(&outcome);
  igraph_vector_int_destroy(&outcome.sizes);
  igraph_vector_int_destroy(&outcome.peaks);
  igraph_vector_destroy(&outcome.ends);
}

int main(int count, char** words) {
  if (count != 3) return 2;
  igraph_vector_int_t ties;
  igraph_t graph;
  igraph_vector_int_init(&ties, 0);
  read_ties(words[1], &ties);
  igraph_create(&graph, &ties, atol(words[2]), IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy(&ties);
  igraph_set_error_handler(igraph_error_handler_ignore);
  double beta, gamma;
  int simulations;
  unsigned long seed;
  while (scanf("%lf %lf %d %lu", &beta, &gamma, &simulations, &seed) == 4) serve(&graph, beta, gamma, simulations, seed);
  igraph_destroy(&graph);
  return 0;
}
