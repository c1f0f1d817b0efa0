# Completion of passalong for bash.
_passalong() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb='' word
  local verbs='run check branch compare explain report inspect digest export network seeds models schema bench validate init'
  local common='--json --color --help'
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $verb == network && " generate import describe " == *" $word "* ]] && verb="network $word" && break
    [[ -z $verb && " $verbs " == *" $word "* ]] && verb=$word
    [[ -n $verb && $verb != network ]] && break
  done
  COMPREPLY=()
  case $previous in
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current") && return ;;
    -m | --metric)
      mapfile -t COMPREPLY < <(compgen -W 'followers follows unfollows posts deliveries impressions shares reach
        trust_mean suspicion_mean audience_diversity fan_share seller_share checks adoptions customers clients pitch_share reward effort attendances real_ties
        size depth active shares/impressions adoptions/checks posts.size posts.structural_virality posts.went_viral' -- "$current")
      return
      ;;
    --direction)
      local IFS=$'\n'
      mapfile -t COMPREPLY < <(compgen -W $'follower -> followed\nfollowed -> follower\nsource -> target\nundirected' -- "$current")
      return
      ;;
    --weights) mapfile -t COMPREPLY < <(compgen -W 'ignore strength probability' -- "$current") && return ;;
    --as) mapfile -t COMPREPLY < <(compgen -W 'csv gexf graphml socialsim' -- "$current") && return ;;
    --table) mapfile -t COMPREPLY < <(compgen -W 'posts cascades network trust base_rates' -- "$current") && return ;;
    --method) mapfile -t COMPREPLY < <(compgen -W 'imm greedy' -- "$current") && return ;;
    --until) mapfile -t COMPREPLY < <(compgen -W 'decided' -- "$current") && return ;;
    --preset) mapfile -t COMPREPLY < <(compgen -W 'none twitter-2009' -- "$current") && return ;;
    --attributes) verb=any ;;
    --networks | --inputs) mapfile -t COMPREPLY < <(compgen -d -- "$current") && return ;;
    --account) mapfile -t COMPREPLY < <(compgen -W 'leaver sharer buyer follower client' -- "$current") && return ;;
    --kind | --accounts | --set | --seed | --replicates | -j | --threads | --max-time | --baseline | --at | --name | --future | --from | --to | --scale | -k | --count | --epsilon | --confidence | --samples | --strategy | --replicate | --post) return ;;
    -o | --output) verb=any ;;
  esac
  if [[ $current == -* && $previous != -o && $previous != --output && $previous != --attributes ]]; then
    local options=$common
    case $verb in
      run) options+=' --output --force --set --seed --replicates --until --threads --max-time --watch --quiet' ;;
      check) options+=' --set --seed --replicates --until --threads' ;;
      branch) options+=' --output --force --at --set --name --future --inputs --threads --max-time --quiet' ;;
      compare) options+=' --metric --baseline --at --per-step --list --csv --output --force' ;;
      explain) options+=' --account --post --strategy --replicate --from --to --inputs --threads' ;;
      report) options+=' --output --force --quiet' ;;
      export) options+=' --as --output --force --table --metric --strategy --replicate --post --direction --threads --quiet' ;;
      'network generate') options+=' --output --force --kind --preset --accounts --set --seed --threads --quiet' ;;
      'network import') options+=' --output --force --direction --weights --attributes --threads --quiet' ;;
      'network describe') options+=' --direction --threads' ;;
      seeds) options+=' --count --method --epsilon --confidence --samples --output --force --set --seed --replicates --threads --quiet' ;;
      bench) options+=' --output --force --scale --threads --quiet' ;;
      validate) options+=' --quick --list --seed --networks --threads --quiet' ;;
      init) options+=' --force --quiet' ;;
      '') options+=' --version' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  case $verb in
    '') mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$current") ;;
    network) mapfile -t COMPREPLY < <(compgen -W 'generate import describe' -- "$current") ;;
    export | 'network import' | 'network describe') mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    run | check | seeds | 'network generate') mapfile -t COMPREPLY < <(compgen -f -X '!*.toml' -- "$current"; compgen -d -S / -- "$current") ;;
    branch | compare | explain | report | inspect | digest)
      mapfile -t COMPREPLY < <(compgen -f -X '!*.h5' -- "$current"; compgen -d -S / -- "$current")
      ;;
    bench)
      mapfile -t COMPREPLY < <(compgen -W 'generate import deliver react tick twitter-2009 cascade-large cascade-fused
        cascade-small write' -- "$current")
      ;;
    any) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
  esac
}
complete -o filenames -F _passalong passalong
