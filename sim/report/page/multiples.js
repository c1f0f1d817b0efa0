// Small charts side by side that share their lines and days: who is left, and what they think.
import { drop, part, say, section } from './dom.js';
import { dayTitle, findingOf, footOf, levelRow, linesOf, titleOf } from './course.js';
import { linesOption } from './lines.js';
import { capitalised, percent } from './numbers.js';
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
      foot: footOf(series),
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
  if (days.length > 2) zoomBar(bar, id, [days[0], days.at(-1)]);
  const grid = part(host, 'panels', 'div');
  for (const series of found) multiple(grid, data, series, id);
}

const clear = series =>
  series.pairs.length > 0 && series.pairs.every(pair => pair.difference[1] > 0 || pair.difference[2] < 0);

function audienceFinding(data, found) {
  const fans = found.find(series => series.name === 'fan_share');
  if (!fans || !clear(fans)) return findingOf(data, fans ?? found[0]);
  const most = fans.pairs[0].a,
    least = fans.last.reduce((at, [mean], arm) => (mean < fans.last[at][0] ? arm : at), 0);
  return `${percent(fans.last[most][0], 0)} of those left with ${data.arms[most]} are fans, ${percent(fans.last[least][0], 0)} of those with ${data.arms[least]}`;
}

function trustFinding(data, found) {
  const trust = found.find(series => series.name === 'trust_mean'),
    suspicion = found.find(series => series.name === 'suspicion_mean');
  if (!trust || !suspicion || !clear(trust) || !clear(suspicion)) return findingOf(data, found[0]);
  const most = trust.pairs[0].a,
    least = suspicion.pairs[0].a,
    level = (series, arm) => series.last[arm][0].toFixed(2);
  if (most !== least) return `${data.arms[most]} is trusted most, ${data.arms[least]} is suspected least`;
  const worst = suspicion.last.reduce((at, [mean], arm) => (mean > suspicion.last[at][0] ? arm : at), 0);
  return `${data.arms[most]} is trusted most and suspected least; suspicion of ${data.arms[worst]} ends at ${level(suspicion, worst)} of 1`;
}

export const audience = (page, data) =>
  multiples(page, data, {
    id: 'audience',
    about: 'Who is left',
    names: ['fan_share', 'seller_share', 'other_share', 'audience_diversity'],
    finding: found => audienceFinding(data, found),
    note: 'Fans like the product; sellers have something to pitch themselves.',
  });

export const trust = (page, data) =>
  multiples(page, data, {
    id: 'trust',
    about: 'Trust and suspicion',
    names: ['trust_mean', 'suspicion_mean'],
    finding: found => trustFinding(data, found),
    note: 'Both run from 0, none, to 1, full, and are means over those who follow at the time.',
  });
