# Completion of passalong for fish.
complete -c passalong -f
complete -c passalong -l json -d 'Print one JSON object'
complete -c passalong -l color -x -a 'auto always never' -d 'When to colour'
complete -c passalong -s h -l help -d 'Print help'
complete -c passalong -n __fish_use_subcommand -s V -l version -d 'Print the version'

complete -c passalong -n __fish_use_subcommand -a run -d 'Run a scenario and write its result'
complete -c passalong -n __fish_use_subcommand -a check -d 'Check scenarios and forecast what a run would take'
complete -c passalong -n __fish_use_subcommand -a compare -d 'Paired differences between strategies'
complete -c passalong -n __fish_use_subcommand -a report -d 'Write the result as an HTML page'
complete -c passalong -n __fish_use_subcommand -a inspect -d 'Say what is in a result file'
complete -c passalong -n __fish_use_subcommand -a digest -d 'Print one SHA-256 over every value'
complete -c passalong -n __fish_use_subcommand -a models -d 'List models and mechanisms with their parameters'
complete -c passalong -n __fish_use_subcommand -a schema -d 'List every key of a scenario'
complete -c passalong -n __fish_use_subcommand -a init -d 'Write a commented scenario to start from'

complete -c passalong -n '__fish_seen_subcommand_from run check' -k -a '(__fish_complete_suffix .toml)'
complete -c passalong -n '__fish_seen_subcommand_from compare report inspect digest' -k -a '(__fish_complete_suffix .h5)'
complete -c passalong -n '__fish_seen_subcommand_from run report' -s o -l output -r -F -d 'Where to write'
complete -c passalong -n '__fish_seen_subcommand_from run report init' -s f -l force -d 'Overwrite a file that exists'
complete -c passalong -n '__fish_seen_subcommand_from run report init' -s q -l quiet -d 'Print nothing but errors'
complete -c passalong -n '__fish_seen_subcommand_from run check' -l set -x -d 'Change one key, KEY=VALUE'
complete -c passalong -n '__fish_seen_subcommand_from run check' -s j -l threads -x -d 'Threads'
complete -c passalong -n '__fish_seen_subcommand_from run check' -l seed -x -d 'Change the seed'
complete -c passalong -n '__fish_seen_subcommand_from run check' -l replicates -x -d 'Change the number of replicates'
complete -c passalong -n '__fish_seen_subcommand_from run' -l max-time -x -d 'Stop after this time, for example 2h'
complete -c passalong -n '__fish_seen_subcommand_from compare' -l baseline -x -d 'Compare with this strategy'
complete -c passalong -n '__fish_seen_subcommand_from compare' -l at -x -d 'Day'
complete -c passalong -n '__fish_seen_subcommand_from compare' -s m -l metric -x -d 'Series to compare' -a 'followers follows \
unfollows posts deliveries impressions shares reach trust_mean suspicion_mean audience_diversity fan_share seller_share \
checks adoptions customers clients'
