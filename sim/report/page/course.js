// One series over time, and what sets the best apart from the others; the reader chooses which.
import { drop, el, part, say, section } from './dom.js';
import { linesOption, spread, tipRow } from './lines.js';
import { capitalised, known, listed, range, readable, signed, value } from './numbers.js';
import { groupOf, legend, plot, zoomBar } from './plot.js';

const chosen = { name: null };

export const titleOf = series => (series.total ? `${series.label}, added up` : series.label);
export const linesOf = (data, series) => series.arms.map((curve, arm) => ({ name: data.arms[arm], curve, look: arm }));

export const dayTitle = what => day => `Day ${readable(day)} · ${what}`;

// value-add  3,642 accounts  8 of 10 replicates: 3,571 to 3,713
export const levelRow = series => (line, i) =>
  tipRow(
    line.look,
    line.name,
    value(series, line.curve.mean[i]),
    line.curve.low && known(line.curve.low[i]) ? `${range(series, line.curve.low[i], line.curve.high[i])}` : '',
  );

export const footOf = series => (series.arms[0].low ? 'small: eight of ten replicates' : '');

// Replicates that run; each has the main series alone.
const thinOf = (data, series) =>
  (series.name === data.metric ? (data.progress?.curves ?? []) : []).map(({ arm, step, values }) => ({
    name: data.arms[arm],
    look: arm,
    data: values.map((value, i) => [i * step, value]),
  }));

const decided = pair => pair.difference[1] > 0 || pair.difference[2] < 0;

// Whether a stock has risen or fallen for each, beyond what chance explains.
const trendOf = (series, arm, first) => (series.last[arm][1] > first ? 1 : series.last[arm][2] < first ? -1 : 0);

// value-add gains followers: 3,000 to 3,642; mixed and pitch lose some
function storyOf(data, series) {
  const first = series.arms.map(arm => arm.mean[0]);
  if (
    series.total ||
    series.better <= 0 ||
    !series.counts ||
    first.some(value => !(value > 0)) ||
    series.last.some(([, low]) => !known(low))
  )
    return findingOf(data, series);
  const trends = first.map((value, arm) => trendOf(series, arm, value));
  const named = trend => data.arms.filter((_, arm) => trends[arm] === trend);
  const verb = (names, one, many) => `${listed(names)} ${names.length > 1 ? many : one}`;
  const told = [
    named(1).length && `${verb(named(1), 'gains', 'gain')} ${series.label}`,
    named(0).length && `${verb(named(0), 'keeps', 'keep')} about as many${named(1).length ? '' : ` ${series.label}`}`,
    named(-1).length && `${verb(named(-1), 'loses', 'lose')} ${named(1).length ? 'some' : series.label}`,
  ].filter(Boolean);
  return capitalised(told.join('; '));
}

// What a series says, as a sentence.
export function findingOf(data, series) {
  const last = series.last.map(([mean]) => mean),
    what = titleOf(series);
  if (last.length === 1) return `${capitalised(what)}: ${value(series, last[0])} on day ${readable(data.day)}`;
  if (!series.pairs.length)
    return `${capitalised(what)}: ${listed(data.arms.map((arm, i) => `${arm} ${value(series, last[i])}`))}`;
  const best = series.pairs[0].a,
    name = data.arms[best];
  if (last.every(mean => mean === last[0])) return `${capitalised(what)}: all ${data.several} are alike`;
  if (!series.pairs.every(decided)) return `${capitalised(what)}: no clear lead, the differences may be chance`;
  const how = series.better < 0 ? 'lowest' : series.counts ? 'most' : 'highest';
  const rest = series.pairs.map(
    pair =>
      `${data.arms[pair.b]} ${value({ ...series, unit: series.name.endsWith('_share') ? '1' : '' }, last[pair.b])}`,
  );
  return `${name} has the ${how} ${series.label}: ${value(series, last[best])}; ${listed(rest)}`;
}

function chooser(host, data) {
  const label = part(host, 'chooser', 'label');
  if (!label.childElementCount) label.append('Show ', el('select', { id: 'metric' }));
  const select = label.lastChild,
    options = data.series.map(series => series.name);
  if (select.dataset.options === options.join()) return select;
  select.dataset.options = options.join();
  say(select, ...data.series.map(series => el('option', { value: series.name }, titleOf(series))));
  return select;
}

function difference(host, data, series, days) {
  const panel = part(host, 'difference', 'div');
  panel.hidden = series.pairs.length === 0;
  if (panel.hidden) return;
  const best = data.arms[series.pairs[0].a];
  say(part(panel, 'subfinding', 'h3'), capitalised(crossingText(data, series, best)));
  say(
    part(panel, 'note', 'p'),
    `${best} minus each other, replicate by replicate${data.policies && data.arm === 'brand' ? '' : ': the same people and the same chances'}. The shading holds the whole curve of the mean difference with 95 % confidence; where it stays off zero to the end, the difference is more than chance.`,
  );
  const lines = series.pairs.map(pair => ({
    name: data.arms[pair.b],
    end: `over ${data.arms[pair.b]}`,
    curve: pair.curve,
    look: pair.b,
    pair,
  }));
  const row = (line, i) =>
    tipRow(
      line.look,
      `${best} minus ${line.name}`,
      value(series, line.curve.mean[i], signed),
      known(line.curve.low?.[i]) ? range(series, line.curve.low[i], line.curve.high[i], signed) : '',
    );
  const together = new Set(series.pairs.map(pair => pair.crossing)).size === 1 && series.pairs.length > 1;
  const marks = series.pairs
    .filter((pair, i) => known(pair.crossing) && !(together && i))
    .map((pair, i) => ({
      name: data.arms[pair.b],
      day: pair.crossing,
      look: together ? 6 : pair.b,
      place: i,
      label: together
        ? `all apart from day ${readable(pair.crossing)} on`
        : `over ${data.arms[pair.b]} from day ${readable(pair.crossing)} on`,
      always: together,
    }));
  const title = dayTitle(`difference in ${titleOf(series)}`);
  plot(panel, 'difference-chart', {
    group: 'course',
    height: 'medium',
    after: spread,
    label: crossingText(data, series, best),
    option: linesOption({
      days,
      lines,
      series,
      row,
      title,
      foot: 'small: the whole curve, 95 % confidence',
      marks,
      axis: { scale: false, min: ({ min, max }) => (min < 0 && min > -0.04 * max ? 0 : undefined) },
    }),
  });
}

function crossingText(data, series, best) {
  const apart = series.pairs.filter(pair => known(pair.crossing));
  if (!apart.length) return `No day can be named from which ${best} stays apart from the others`;
  const days = [...new Set(apart.map(pair => readable(pair.crossing)))];
  if (apart.length === series.pairs.length && days.length === 1)
    return `${best} stays apart from ${apart.length > 1 ? 'all others' : data.arms[apart[0].b]} from day ${days[0]} on`;
  return `${best} stays apart from ${listed(apart.map(pair => `${data.arms[pair.b]} from day ${readable(pair.crossing)}`))} on`;
}

// The day up to which several futures share their past.
const partings = ({ branch }) =>
  branch
    ? [{ day: branch.day, look: 6, place: 0, label: `one past until day ${readable(branch.day)}`, always: true }]
    : [];

export function course(page, data) {
  if (!data.series.length || !data.days[0].length || !data.policies) return drop('course');
  const series =
    data.series.find(each => each.name === chosen.name) ?? data.series.find(each => each.name === data.metric);
  const days = data.days[series.grid],
    shading =
      data.replicates > 1 ? ' Lines are means over the replicates; eight of ten replicates lie in the shading.' : '';
  const thin = thinOf(data, series),
    running = thin.length ? ' Thin lines are replicates that run.' : '';
  const host = section(page, 'course', {
    about: 'Over time',
    finding: storyOf(data, series),
    note: `${capitalised(series.about)}.${shading}${running}`,
  });
  const bar = part(host, 'toolbar', 'div'),
    select = chooser(bar, data);
  select.value = series.name;
  select.onchange = () => {
    chosen.name = select.value;
    course(page, data);
  };
  if (data.arms.length > 1)
    legend(
      bar,
      'course',
      data.arms.map((name, look) => ({ name, look })),
    );
  if (days.length > 2) zoomBar(bar, 'course', [days[0], days.at(-1)]);
  plot(host, 'course-chart', {
    group: 'course',
    height: 'large',
    after: spread,
    label: findingOf(data, series),
    option: linesOption({
      days,
      lines: linesOf(data, series),
      series,
      row: levelRow(series),
      title: dayTitle(titleOf(series)),
      foot: footOf(series),
      marks: partings(data),
      thin,
    }),
  });
  difference(host, data, series, days);
  groupOf('course').told?.();
}
