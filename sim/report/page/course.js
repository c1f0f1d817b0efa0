// One series over time, and what sets the best apart from the others; the reader chooses which.
import { drop, el, part, say, section } from './dom.js';
import { linesOption, spread, tipRow } from './lines.js';
import { capitalised, known, listed, quoted, range, readable, shortened, signed, value } from './numbers.js';
import { groupOf, legend, plot, zoomBar } from './plot.js';

const chosen = { name: null };

export const titleOf = series => (series.total ? `${series.label}, added up` : series.label);
export const linesOf = (data, series) => series.arms.map((curve, arm) => ({ name: data.arms[arm], curve, look: arm }));

export const dayTitle = what => day => `Day ${readable(day)} · ${what}`;

// value-add  3,642 accounts  3,571 to 3,713
export const levelRow = series => (line, i) =>
  tipRow(
    line.look,
    line.name,
    value(series, line.curve.mean[i]),
    line.curve.low && known(line.curve.low[i]) ? `${range(series, line.curve.low[i], line.curve.high[i])}` : '',
  );

// What the shading holds; of few replicates nothing less than all could be told.
export const shadingText = ({ shading }) =>
  shading === 'all' ? 'all replicates lie in the shading' : 'the middle 80 % of the replicates lie in the shading';
export const footOf = ({ shading }, series) =>
  series.arms[0].low ? `small: ${shading === 'all' ? 'all replicates' : 'the middle 80 % of the replicates'}` : '';

const many = 3; // arms beyond which a sentence names only the first and the last

// Replicates that run; each has the main series alone.
const thinOf = (data, series) =>
  (series.name === data.metric ? (data.progress?.curves ?? []) : []).map(({ arm, step, values }) => ({
    name: data.arms[arm],
    look: arm,
    data: values.map((value, i) => [i * step, value]),
  }));

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
  const named = trend => data.arms.filter((_, arm) => trends[arm] === trend).map(quoted);
  const verb = (names, one, more) =>
    `${data.arms.length > many && names.length > 1 ? countOf(names, data.arms) : listed(names)} ${names.length > 1 ? more : one}`;
  const told = [
    named(1).length && `${verb(named(1), 'gains', 'gain')} ${series.label}`,
    named(0).length && `${verb(named(0), 'keeps', 'keep')} about as many${named(1).length ? '' : ` ${series.label}`}`,
    named(-1).length && `${verb(named(-1), 'loses', 'lose')} ${named(1).length ? 'some' : series.label}`,
  ].filter(Boolean);
  return capitalised(told.join('; '));
}

const countOf = (names, all) => (names.length === all.length ? `all ${all.length}` : `${names.length} of ${all.length}`);

// What a series says, as a sentence.
export function findingOf(data, series) {
  const last = series.last.map(([mean]) => mean),
    what = titleOf(series);
  if (last.length === 1) return `${capitalised(what)}: ${value(series, last[0])} on day ${readable(data.day)}`;
  if (!series.pairs.length) return `${capitalised(what)}: ${levelsText(data, series, last)}`;
  const best = series.pairs[0].a,
    name = quoted(data.arms[best]);
  if (last.every(mean => mean === last[0])) return `${capitalised(what)}: all ${data.several} are alike`;
  if (!series.pairs.every(pair => pair.decided)) return `${capitalised(what)}: no clear lead, the differences may be chance`;
  const how = series.better < 0 ? (series.counts ? 'fewest' : 'lowest') : series.counts ? 'most' : 'highest';
  const bare = { ...series, unit: series.name.endsWith('_share') ? '1' : '' };
  const rest = series.pairs.map(pair => `${quoted(data.arms[pair.b])} ${value(bare, last[pair.b])}`);
  if (rest.length < many) return `${name} has the ${how} ${series.label}: ${value(series, last[best])}; ${listed(rest)}`;
  const far = series.pairs.reduce((far, { b }) => (Math.abs(last[b] - last[best]) > Math.abs(last[far] - last[best]) ? b : far), best);
  return `${name} has the ${how} ${series.label}: ${value(series, last[best])}; farthest from it is ${quoted(data.arms[far])} with ${value(bare, last[far])}`;
}

// Each arm's level, or of many the span from the lowest to the highest.
function levelsText(data, series, last) {
  const told = arm => `${quoted(data.arms[arm])} ${value(series, last[arm])}`,
    order = [...last.keys()].filter(arm => known(last[arm])).sort((a, b) => last[b] - last[a]);
  if (data.arms.length <= many || !order.length) return listed(data.arms.map((_, arm) => told(arm)));
  return `from ${told(order.at(-1))} to ${told(order[0])}`;
}

// With the name that compare --metric takes, where that is another and the series is the file's own.
const choiceOf = series => (titleOf(series) === series.name || series.name === 'other_share' ? titleOf(series) : `${titleOf(series)} (${series.name})`);

function chooser(host, data) {
  const label = part(host, 'chooser', 'label');
  if (!label.childElementCount) label.append('Show ', el('select', { id: 'metric' }));
  const select = label.lastChild,
    options = data.series.map(series => series.name);
  if (select.dataset.options === options.join()) return select;
  select.dataset.options = options.join();
  say(select, ...data.series.map(series => el('option', { value: series.name, title: series.about }, choiceOf(series))));
  return select;
}

const chances = data =>
  data.policies && data.arm === 'brand' ? '' : ': the same people and the same chances';
const bandText =
  'The shading holds the whole curve of the mean difference with 95 % confidence; where it stays off zero to the end, the difference is more than chance.';

// Differences of pairs over time. lines: those of linesOption, each with its pair and the name of the difference.
function differences(panel, { series, days, lines, marks, label, chart }) {
  const row = (line, i) =>
    tipRow(
      line.look,
      line.title,
      value(series, line.curve.mean[i], signed),
      known(line.curve.low?.[i]) ? range(series, line.curve.low[i], line.curve.high[i], signed) : '',
    );
  plot(panel, chart, {
    group: 'course',
    height: 'medium',
    after: spread,
    label,
    option: linesOption({
      days,
      lines,
      series,
      row,
      title: dayTitle(`difference in ${titleOf(series)}`),
      foot: 'small: the whole curve, 95 % confidence',
      marks,
      axis: { scale: false, min: ({ min, max }) => (min < 0 && min > -0.04 * max ? 0 : undefined) },
    }),
  });
}

// What a branch asked: each future against the policy it parts from.
function future(host, data, series, days) {
  const panel = part(host, 'future', 'div'),
    asked = series.asked ?? [];
  panel.classList.add('difference');
  panel.hidden = !asked.length;
  if (panel.hidden) return;
  const names = pair => `${quoted(data.arms[pair.a])} minus ${quoted(data.arms[pair.b])}`;
  const heading = asked.map(pair => `${names(pair)}: ${value(series, pair.difference[0], signed)}`);
  say(part(panel, 'subfinding', 'h3'), listed(heading.slice(0, many)));
  say(part(panel, 'note', 'p'), `What each future changes, replicate by replicate${chances(data)}. ${bandText}`);
  const lines = asked.map(pair => ({
    name: data.arms[pair.a],
    title: names(pair),
    curve: pair.curve,
    look: pair.a,
  }));
  differences(panel, { series, days, lines, marks: partings(data), label: listed(heading), chart: 'future-chart' });
}

function marksOf(data, series) {
  const apart = series.pairs.filter(pair => known(pair.crossing)),
    together = new Set(series.pairs.map(pair => pair.crossing)).size === 1 && series.pairs.length > 1;
  return apart.slice(0, together ? 1 : undefined).map((pair, i) => ({
    name: data.arms[pair.b],
    day: pair.crossing,
    look: together ? 6 : pair.b,
    place: i,
    // The heading tells the days of many.
    label: together
      ? `all apart from day ${readable(pair.crossing)} on`
      : apart.length > many
        ? ''
        : `over ${shortened(data.arms[pair.b], 12)} from day ${readable(pair.crossing)} on`,
    always: together,
  }));
}

function difference(host, data, series, days) {
  const panel = part(host, 'difference', 'div');
  panel.hidden = series.pairs.length === 0;
  if (panel.hidden) return;
  const best = data.arms[series.pairs[0].a],
    text = crossingText(data, series);
  say(part(panel, 'subfinding', 'h3'), text);
  say(
    part(panel, 'note', 'p'),
    `${quoted(best)} minus ${series.pairs.length > 1 ? 'each other' : quoted(data.arms[series.pairs[0].b])}, replicate by replicate${chances(data)}. ${bandText}`,
  );
  const lines = series.pairs.map(pair => ({
    name: data.arms[pair.b],
    title: `${best} minus ${data.arms[pair.b]}`,
    end: `over ${shortened(data.arms[pair.b], 8)}`,
    curve: pair.curve,
    look: pair.b,
  }));
  differences(panel, { series, days, lines, marks: marksOf(data, series), label: text, chart: 'difference-chart' });
}

function crossingText(data, series) {
  const best = quoted(data.arms[series.pairs[0].a]),
    apart = series.pairs.filter(pair => known(pair.crossing));
  if (!apart.length) return `No day can be named from which ${best} stays apart from the others`;
  const days = [...new Set(apart.map(pair => readable(pair.crossing)))];
  if (apart.length === series.pairs.length && days.length === 1)
    return `${best} stays apart from ${apart.length > 1 ? 'all others' : quoted(data.arms[apart[0].b])} from day ${days[0]} on`;
  if (apart.length > many) {
    const last = readable(Math.max(...apart.map(pair => pair.crossing)));
    return `${best} stays apart from ${apart.length === series.pairs.length ? 'all others' : `${apart.length} of ${series.pairs.length} others`} from day ${last} on`;
  }
  return `${best} stays apart from ${listed(apart.map(pair => `${quoted(data.arms[pair.b])} from day ${readable(pair.crossing)}`))} on`;
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
      data.replicates > 1 ? ` Lines are means over the replicates; ${shadingText(data)}.` : '';
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
  if (days.length > 2) zoomBar(bar, 'course', days);
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
      foot: footOf(data, series),
      marks: partings(data),
      thin,
    }),
  });
  future(host, data, series, days);
  difference(host, data, series, days);
  groupOf('course').told?.();
}
