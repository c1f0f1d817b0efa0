#include "sim/cli/verbs.hpp"

#include "sim/cli/console.hpp"
#include "sim/cli/options.hpp"

namespace passalong {

const std::vector<Verb>& all_verbs() {
  static const std::vector<Verb> verbs{
      {"run",
       "Run a scenario and write its result",
       "SCENARIO.toml",
       1,
       1,
       declare_run,
       run_scenario,
       {"passalong run my.toml", "passalong run my.toml -o long.h5 --set 'duration=\"360 days\"' --replicates 32",
        "passalong run my.toml --until decided --replicates 256",
        "passalong run my.toml --seed 8 --threads 2 --max-time 2h --force",
        "passalong run my.toml --watch        # a page on which the curves grow"},
       "The result is written whole at the end, or not at all. Interrupted once (Ctrl-C, SIGTERM), the run finishes "
       "the "
       "replicate in hand and writes a partial result; interrupted twice, it stops at once and writes nothing. Timings "
       "go to "
       "a file .run.json beside the result. The number of threads never changes a result, nor does --watch, whose page "
       "can be "
       "looked at and nothing else, from this machine alone unless HOST says otherwise."},
      {"check",
       "Validate scenarios and forecast what they would take; run nothing",
       "SCENARIO.toml...",
       1,
       1 << 20,
       declare_check,
       check_scenarios,
       {"passalong check my.toml", "passalong check scenarios/*.toml",
        "passalong check my.toml --set network.accounts=5_000_000 --json"},
       "All faults of all scenarios are told at once. Exit code 5 where a run would not fit into memory."},
      {"branch",
       "Continue the worlds of a result from a day on under another policy or other rules",
       "RESULT.h5",
       1,
       1,
       declare_branch,
       branch_result,
       {"passalong branch my.h5 --at 'day 60' --set strategy.pitch.mix.value=0.8",
        "passalong branch my.h5 --at 60 --name softer --set strategy.pitch.mix.value=0.5 -o softer.h5",
        "passalong branch my.h5 --at 60 --future 'softer: strategy.pitch.mix.value=0.5' --future 'rarer: "
        "strategy.pitch.posts=\"1 per day\"'",
        "passalong branch my.h5 --at 90 --set model.suspicion.misreading=0.3"},
       "The common past is simulated again, checked against the result, and continued once for each future. The new "
       "result holds the strategies as they were and, beside each that a future changes, how it goes on; up to that "
       "day they are equal. Changes of [model], [content] and [effort] concern everyone, and so every strategy, unless "
       "the future changes one strategy too: then it is a future of that one alone. Where a mechanism is switched on, "
       "its series are left out, as the past has none. What the past stands on, such as the network, the people or the "
       "seed, cannot change on the way."},
      {"compare",
       "Compare the strategies or brands of results: means, differences, who wins, who may be best",
       "RESULT.h5...",
       1,
       1 << 20,
       declare_compare,
       compare_strategies,
       {"passalong compare my.h5", "passalong compare my.h5 --metric shares/impressions --at 30",
        "passalong compare a.h5 b.h5 --metric adoptions --baseline pitch --json"},
       "Replicates are paired: strategies met the same people and the same chances, brands met in one world; "
       "strategies "
       "of several results are paired where seed, redraw, [network] and [population] are the same, and compared as "
       "independent (Welch's t) where not. Flows are added up to the day, ratios are of totals. Intervals are 95 %, "
       "each "
       "for its own comparison; of several pairs the p-values are Holm's, so that all verdicts together err with a "
       "chance of at most 5 %. CSV follows RFC 4180, empty cells are what does not apply."},
      {"explain",
       "Tell what happened to one account or one post, tick by tick, and why",
       "RESULT.h5",
       1,
       1,
       declare_explain,
       explain_result,
       {"passalong explain my.h5 --account leaver --strategy pitch",
        "passalong explain my.h5 --account 1234 --from 30 --to 60", "passalong explain my.h5 --post 25 --json"},
       "What it saw, why it shared or left: each decision with the terms it came from and the random number that "
       "decided it. The one world it lived in is simulated again and must equal the result's rows bit for bit; exit "
       "code 1 where it does not. Only models with worlds, such as conversation."},
      {"report",
       "Write a result as one web page that works offline",
       "RESULT.h5 [OTHER.h5...]",
       1,
       1 << 20,
       declare_report,
       write_report,
       {"passalong report my.h5", "passalong report my.h5 -o page.html --force",
        "passalong report my.h5 without_suspicion.h5"},
       "One file that needs no network and works from a disk. Further results are of the same scenario with something "
       "changed (run it with --set): the page then tells what each change does to the lead."},
      {"inspect",
       "Say what is in a result or network file, and whether it is complete",
       "FILE.h5",
       1,
       1,
       declare_reader,
       inspect_result,
       {"passalong inspect my.h5", "passalong inspect my.h5 --json", "passalong inspect my.h5 && echo readable"},
       "Exit code 0 for a complete or a partial result, 4 for a damaged one."},
      {"digest",
       "Print one SHA-256 over every value of a result or a network",
       "FILE.h5",
       1,
       1,
       declare_reader,
       print_digest,
       {"passalong digest my.h5", "test $(passalong digest a.h5) = $(passalong digest b.h5) && echo same",
        "passalong digest my.h5 --json"},
       "It covers names, dimensions and values; never the time, the host or the number of threads."},
      {"export",
       "Write a result or a network in a form other programs read: CSV, GEXF, GraphML, SocialSim",
       "FILE",
       1,
       1,
       declare_export,
       export_file,
       {"passalong export my.h5 --as csv -o my.csv", "passalong export my.h5 --as csv --table posts | head",
        "passalong export my.h5 --as gexf --post 17 -o tree.gexf",
        "passalong export net.h5 --as graphml -o net.graphml"},
       "FILE is a result, whose series and tables csv writes, and whose cascades ([output] cascades) gexf, graphml and "
       "socialsim write; or a network: a network file, a text, or a scenario (.toml), whose network is then made. "
       "Edges "
       "of cascades lead to who passed a post on next, edges of networks from the follower to the followed. Files are "
       "written whole or not at all."},
      {"network generate",
       "Generate a network and write it as a network file",
       "[SCENARIO.toml]",
       0,
       1,
       declare_generate,
       generate_network_file,
       {"passalong network generate --kind watts-strogatz --accounts 10000 -o small_world.h5",
        "passalong network generate my.toml --seed 8 -o my_net.h5",
        "passalong network generate --preset twitter-2009 --accounts 1000000 --set network.exponent=2.3 -o t.h5"},
       "Of a scenario, [network] and the seed count; for the kind power-law, whose follows are made along interests, "
       "[population] too. A scenario names the file with file = \"NET.h5\" under [network], and then gives the series "
       "that it gives when it makes the network itself. Says what was asked for and what came out."},
      {"network import",
       "Read a network from text and write it as a network file",
       "FILE",
       1,
       1,
       declare_import,
       import_network_file,
       {"passalong network import follows.txt.gz -o net.h5",
        "passalong network import edges.csv --direction 'source -> target' --weights probability -o net.h5",
        "passalong network import ties.mtx --direction undirected --attributes people.csv -o net.h5"},
       "Reads edge lists (SNAP), tables with a header (CSV, TSV) and Matrix Market, plain or .gz, with numbers or "
       "texts "
       "as ids. Follows of oneself and repeated ones are dropped and counted. A network file loads as fast as the disk "
       "gives it."},
      {"network describe",
       "Describe a network: degrees, reciprocity, clustering, components, distances, spectral radius",
       "FILE",
       1,
       1,
       declare_describe,
       describe_network,
       {"passalong network describe net.h5", "passalong network describe follows.txt.gz --json",
        "passalong network describe my.toml"},
       "FILE is a network file, a network as text, or a scenario (.toml), whose network is then made. Figures that "
       "were "
       "sampled are given with their standard error; all others are exact."},
      {"seeds",
       "Choose the accounts to court: those who together reach most in cascades",
       "SCENARIO.toml",
       1,
       1,
       declare_seeds,
       choose_accounts,
       {"passalong seeds ic.toml -k 50", "passalong seeds ic.toml -k 20 --epsilon 0.05 --confidence 0.999 -o seeds.csv",
        "passalong seeds ic.toml -k 5 --method greedy --samples 10000 --json"},
       "The scenario's model is independent-cascade; its own seeds do not count. What the chosen reach is told by "
       "fresh cascades, the replicates that `run` would make with these seeds, beside as many random accounts and the "
       "most followed. imm has a guarantee and takes large networks; greedy counts on the same sampled graphs "
       "throughout and suits small networks, and large ones where a cascade reaches a good part of all."},
      {"models",
       "List the models and mechanisms with their parameters",
       "[NAME]",
       0,
       1,
       declare_reader,
       list_models,
       {"passalong models", "passalong models conversation", "passalong models --json"}},
      {"schema",
       "List every key a scenario may have, with unit, range, default and source",
       "",
       0,
       0,
       declare_reader,
       print_schema,
       {"passalong schema", "passalong schema | less", "passalong schema --json"}},
      {"bench",
       "Time fixed workloads on this machine and check what they give",
       "[NAME...]",
       0,
       1 << 20,
       declare_bench,
       run_benchmarks,
       {"passalong bench", "passalong bench tick cascade-fused --threads 2 -o speed.svg",
        "passalong bench twitter-2009 --scale 1 --json"},
       "Workloads are generate, import, deliver, react, tick, twitter-2009, cascade-large, cascade-fused, "
       "cascade-small and write; all without a name. Each "
       "is timed with 1, 2, 4 ... threads in turns, and set against what this machine's memory gave in the same run. "
       "A digest that is not the pinned one ends the verb with exit code 1. Takes about a minute and 4 GiB."},
      {"validate",
       "Check the simulator against mathematics and published figures",
       "[ID...]",
       0,
       1 << 20,
       declare_validate,
       run_validation,
       {"passalong validate --quick", "passalong validate X4 X7 --seed 8", "passalong validate --json > checks.json"},
       "A table of targets: what is expected, what came out, its standard error, the deviation in standard errors (z), "
       "the "
       "size of fault that the row notices in 99 of 100 runs, and the verdict. The formulas share no code with the "
       "simulator. Where nothing is wrong, a table has a red row once in a thousand seeds at most. Exit code 1 where a "
       "row is red. Takes up to 10 minutes on two cores."},
      {"init",
       "Write a commented scenario to start from",
       "[NAME]",
       0,
       1,
       declare_init,
       write_starter,
       {"passalong init", "passalong init my", "passalong init my.toml --force"},
       "Writes NAME.toml, or scenario.toml without a name."},
  };
  return verbs;
}

Exit perform(const Request& request) {
  if (request.verb) return request.verb->perform(request);
  print(request.answer);
  return Exit::ok;
}

}  // namespace passalong
