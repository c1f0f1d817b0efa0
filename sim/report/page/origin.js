// Every figure, what the verdict rests on, and how to come by all of it again.
import { drop, el, part, say, section, table } from './dom.js';
import { titleOf } from './course.js';
import { capitalised, plural, range, readable, value } from './numbers.js';

export function figures(page, data) {
  if (!data.series.length) return drop('figures');
  const host = section(page, 'figures', {
    about: 'All figures',
    finding: `Day ${readable(data.day)} in numbers`,
    note:
      data.replicates > 1
        ? `Means over ${plural(data.replicates, 'replicate', 'replicates')}, with 95 % intervals below.`
        : 'Of one replicate.',
  });
  const cell = (series, [mean, low, high]) =>
    el('span', {}, value(series, mean), el('small', {}, low === null ? '' : range(series, low, high)));
  const rows = data.series.map(series => [
    el('span', { title: `${series.about} (${series.name})` }, titleOf(series)),
    ...series.last.map(estimate => cell(series, estimate)),
  ]);
  say(
    part(host, 'wide', 'div', { tabindex: 0, role: 'region', 'aria-label': 'All figures' }),
    table(['', ...data.arms], rows),
  );
}

export function assumptions(page, data) {
  const list = data.origin.assumptions;
  if (!list.length) return drop('assumptions');
  const host = section(page, 'assumptions', {
    about: 'What this rests on',
    finding: `The scenario marks ${plural(list.length, 'value', 'values')} as assumed`,
    note: 'Nobody has measured these for the account in question. Change one with --set, run again, and give both results to passalong report: if the verdict turns, it hung on that. The model’s own defaults have their sources, or the word assumption, in passalong models.',
  });
  say(
    part(host, 'list', 'ul'),
    ...list.map(([setting, reason]) => el('li', {}, el('code', {}, setting), reason ? ` ${reason}` : '')),
  );
}

// softer, from pitch: strategy.pitch.mix.value=0.5
function futuresOf({ branch }) {
  if (!branch?.futures) return [];
  const futures = JSON.parse(branch.futures);
  return futures.map(({ name, of, set }) => ['future', `${name}${of ? `, from ${of}` : ''}: ${set.join('; ')}`]);
}

export function origin(page, data) {
  const o = data.origin;
  const host = section(page, 'origin', {
    about: 'Where this comes from',
    finding: 'How to run it again',
    note: 'The same version gives the same digest on any machine and any number of threads.',
  });
  say(part(host, 'command', 'pre', { tabindex: 0, 'aria-label': 'Command' }), o.command ?? '');
  host.querySelector('.command').hidden = !o.command;
  say(
    part(host, 'facts', 'dl'),
    ...[...o.facts, ...futuresOf(data)].flatMap(([name, text]) => [
      el('dt', {}, capitalised(name)),
      el('dd', {}, text),
    ]),
  );
  const more = part(host, 'scenario', 'details');
  more.hidden = !o.scenario;
  if (!more.childElementCount)
    more.append(
      el('summary', {}, 'The scenario, as it was read'),
      el('pre', { tabindex: 0, 'aria-label': 'Scenario' }),
    );
  say(more.lastChild, o.scenario);
}
