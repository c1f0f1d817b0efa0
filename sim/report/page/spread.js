// The page of a classic model: how large its replicates became, and their course.
import { survivalOption } from './cascades.js';
import { drop, part, say, section } from './dom.js';
import { dayTitle, footOf, levelRow, shadingText, titleOf } from './course.js';
import { linesOption, spread as spreadLabels } from './lines.js';
import { capitalised, percent, plural, readable } from './numbers.js';
import { legend, plot, zoomBar } from './plot.js';

export function sizes(page, data) {
  const s = data.sizes;
  if (!s || s.survival.length < 2) return drop('sizes');
  const whole = s.exact ? 1 : s.count,
    wide = s.high > 20 * Math.max(1, s.low),
    tail = s.exact || s.count >= 1000,
    share = s.accounts ? `, ${percent(s.mean[0] / s.accounts)} of all accounts` : '';
  const host = section(page, 'sizes', {
    about: 'How large it gets',
    finding: `From ${readable(s.low)} to ${readable(s.high)} accounts, ${readable(s.mean[0])} on average${share}`,
    note: s.exact
      ? 'The exact chance of at least so many accounts.'
      : `Share of ${plural(s.count, 'replicate', 'replicates')} with at least so many accounts.`,
  });
  plot(host, 'sizes-chart', {
    height: 'medium',
    label: 'Share of replicates by least size',
    option: survivalOption([{ name: data.arms[0], look: 0, survival: s.survival, count: whole }], {
      unit: 'accounts',
      of: s.exact ? 'all' : 'replicates',
      wide,
      tail,
    }),
  });
}

// Series of one unit share a chart: susceptible, infected, recovered.
function panel(host, data, unit, found, place) {
  const box = part(host, `panel-${place}`, 'div'),
    days = data.days[found[0].grid],
    group = `spread-${place}`;
  say(part(box, 'subfinding', 'h3'), capitalised(found.map(titleOf).join(', ')));
  const bar = part(box, 'toolbar', 'div'),
    lines = found.map((series, look) => ({
      name: titleOf(series),
      end: series.label,
      curve: series.arms[0],
      look,
      series,
    }));
  if (lines.length > 1) legend(bar, group, lines);
  if (days.length > 2) zoomBar(bar, group, days);
  plot(box, `spread-${place}-chart`, {
    group,
    height: 'large',
    after: spreadLabels,
    label: `${found.map(titleOf).join(', ')} over time`,
    option: linesOption({
      days,
      lines,
      series: found[0],
      row: (line, i) => levelRow(line.series)(line, i),
      title: dayTitle(unit === '1' ? 'levels' : unit),
      foot: footOf(data, found[0]),
    }),
  });
}

// Where a curve has its peak or, of one that only rises, when it had come half of its way.
function courseText(series, mean, days) {
  const at = mean.reduce((most, v, i) => (v > mean[most] ? i : most), 0),
    what = capitalised(titleOf(series));
  if (mean.some((v, i) => i && v < mean[i - 1]))
    return `${what}: ${readable(mean[at])} on day ${readable(days[at])}, where the mean is highest`;
  const half = days[mean.findIndex(v => v - mean[0] >= (mean[at] - mean[0]) / 2)];
  return `${what}: ${readable(mean[at])} on day ${readable(days.at(-1))}; half the way was reached on day ${readable(half)}`;
}

export function spread(page, data) {
  if (data.policies || !data.series.length || !data.days[0].length) return drop('spread');
  const kinds = new Map();
  for (const series of data.series) {
    const kind = `${series.unit}|${series.total}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), series]);
  }
  const peak = data.series.find(series => !series.total && series.name !== 'susceptible') ?? data.series[0];
  const { mean } = peak.arms[0];
  const host = section(page, 'spread', {
    about: 'Course over time',
    finding: courseText(peak, mean, data.days[peak.grid]),
    note: data.replicates > 1 ? `Lines are means over the replicates; ${shadingText(data)}.` : '',
  });
  [...kinds.entries()].forEach(([kind, found], place) => panel(host, data, kind.split('|')[0], found, place));
}
