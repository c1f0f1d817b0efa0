// Small charts side by side that share their lines and days: who is left, and what they think.
import { drop, part, say, section, table } from './dom.js';
import { dayTitle, findingOf, footOf, levelRow, linesOf, titleOf } from './course.js';
import { linesOption } from './lines.js';
import { capitalised, percent, quoted, readable } from './numbers.js';
import { legend, plot, zoomBar } from './plot.js';

function multiple(host, data, series, group) {
  const panel = part(host, `panel-${series.name}`, 'div');
  panel.classList.add('panel');
  say(part(panel, 'subfinding', 'h3'), capitalised(titleOf(series)));
  say(part(panel, 'note', 'p'), `${capitalised(series.about)}.`);
  const days = data.days[series.grid];
  plot(panel, `${series.name}-chart`, {
    group,
    height: 'small',
    label: findingOf(data, series),
    option: linesOption({
      days,
      lines: linesOf(data, series),
      series,
      row: levelRow(series),
      title: dayTitle(titleOf(series)),
      foot: footOf(data, series),
      ends: false,
    }),
  });
}

function multiples(page, data, { id, about, names, finding, note }) {
  const found = names.map(name => data.series.find(series => series.name === name)).filter(Boolean);
  if (!found.length || !data.policies || !data.days[0].length) return drop(id);
  const host = section(page, id, { about, finding: finding(found), note });
  const bar = part(host, 'toolbar', 'div'),
    days = data.days[found[0].grid];
  if (data.arms.length > 1)
    legend(
      bar,
      id,
      data.arms.map((name, look) => ({ name, look })),
    );
  if (days.length > 2) zoomBar(bar, id, days);
  const grid = part(host, 'panels', 'div');
  for (const series of found) multiple(grid, data, series, id);
  return host;
}

const clear = series => series.pairs.length > 0 && series.pairs.every(pair => pair.decided);

function audienceFinding(data, found) {
  const fans = found.find(series => series.name === 'fan_share');
  if (!fans || !clear(fans)) return findingOf(data, fans ?? found[0]);
  const most = fans.pairs[0].a,
    least = fans.last.reduce((at, [mean], arm) => (mean < fans.last[at][0] ? arm : at), 0);
  return `${percent(fans.last[most][0], 0)} of those left with ${quoted(data.arms[most])} are fans, ${percent(fans.last[least][0], 0)} of those with ${quoted(data.arms[least])}`;
}

function trustFinding(data, found) {
  const trust = found.find(series => series.name === 'trust_mean'),
    suspicion = found.find(series => series.name === 'suspicion_mean');
  if (!trust || !suspicion || !clear(trust) || !clear(suspicion)) return findingOf(data, found[0]);
  const most = trust.pairs[0].a,
    least = suspicion.pairs[0].a,
    level = (series, arm) => series.last[arm][0].toFixed(2);
  if (most !== least) return `${quoted(data.arms[most])} is trusted most, ${quoted(data.arms[least])} is suspected least`;
  const worst = suspicion.last.reduce((at, [mean], arm) => (mean > suspicion.last[at][0] ? arm : at), 0);
  return `${quoted(data.arms[most])} is trusted most and suspected least; suspicion of ${quoted(data.arms[worst])} ends at ${level(suspicion, worst)} of 1`;
}

export const audience = (page, data) =>
  multiples(page, data, {
    id: 'audience',
    about: 'Who is left',
    names: ['fan_share', 'seller_share', 'other_share', 'audience_diversity'],
    finding: found => audienceFinding(data, found),
    note: 'Fans like the product; sellers have something to pitch themselves.',
  });

// How often readers pass a post on when they first see it, by their trust in its author before; four bands together.
function sharesByTrust(host, { arms, trust: { low, arms: told } }) {
  const bands = low.map((from, i) => i).filter(i => i % 4 === 0),
    sum = (values, i) => values.slice(i, i + 4).reduce((a, b) => a + b, 0);
  const cell = ({ seen, shares }, i) =>
    sum(seen, i) ? `${percent(sum(shares, i) / sum(seen, i), 2)} of ${readable(sum(seen, i))}` : 'none seen';
  const rows = bands.map(i => [
    `${readable(low[i])} to ${readable(low[i + 4] ?? 1)}`,
    ...told.map(arm => cell(arm, i)),
  ]);
  const panel = part(host, 'by-trust', 'div');
  say(part(panel, 'subfinding', 'h3'), 'Passing on, by trust');
  say(part(panel, 'note', 'p'), 'Of readers who see a post for the first time, the share that pass it on, by their trust in its author before.');
  const wide = part(panel, 'wide', 'div', { tabindex: 0, role: 'region', 'aria-label': 'Passing on, by trust' });
  say(wide, table(['trust', ...arms], rows));
}

export function trust(page, data) {
  const host = multiples(page, data, {
    id: 'trust',
    about: 'Trust and suspicion',
    names: ['trust_mean', 'suspicion_mean'],
    finding: found => trustFinding(data, found),
    note: 'Both run from 0, none, to 1, full, and are means over those who follow at the time.',
  });
  if (host && data.trust) sharesByTrust(host, data);
}
