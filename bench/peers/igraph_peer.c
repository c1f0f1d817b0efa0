/* igraph's side of bench/peers/compare: igraph_sir, an SIR epidemic in continuous time (Gillespie), from one random
 * vertex of an undirected network.
 *   igraph_peer FILE ACCOUNTS      a request a line: BETA SIMULATIONS SEED; recovery has rate 1
 * An answer is one line of JSON: seconds, sizes, failed (simulations that igraph gave up with an error). */
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

/* Who ever was infected; 0 where igraph failed. */
static long simulate(const igraph_t* graph, double beta, double* seconds) {
  igraph_vector_ptr_t all;
  igraph_vector_ptr_init(&all, 0);
  const double start = now();
  const igraph_error_t failed = igraph_sir(graph, beta, 1.0, 1, &all);
  *seconds += now() - start;
  long size = 0;
  if (!failed) {
    igraph_sir_t* one = VECTOR(all)[0];
    size = (long)igraph_vector_int_tail(&one->no_r);
    igraph_sir_destroy(one);
    igraph_free(one);
  }
  igraph_vector_ptr_destroy(&all);
  return size;
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
  double beta;
  int simulations;
  unsigned long seed;
  while (scanf("%lf %d %lu", &beta, &simulations, &seed) == 3) {
    double seconds = 0;
    int failed = 0;
    igraph_rng_seed(igraph_rng_default(), seed);
    printf("{\"sizes\": [");
    for (int k = 0, told = 0; k < simulations; ++k) {
      const long size = simulate(&graph, beta, &seconds);
      if (size > 0)
        printf("%s%ld", told++ ? "," : "", size);
      else
        ++failed;
    }
    printf("], \"seconds\": %.9g, \"failed\": %d}\n", seconds, failed);
    fflush(stdout);
  }
  igraph_destroy(&graph);
  return 0;
}
