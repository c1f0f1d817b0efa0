// What drove the result: the lead as it is, and in each result in which something was changed.
import { categoryAxis, tooltip, valueAxis } from './axes.js';
import { drop, el, part, say, section } from './dom.js';
import { tip, tipRow } from './lines.js';
import { rule, soft } from './looks.js';
import { capitalised, known, listed, plural, quoted, range, readable, signed, value } from './numbers.js';
import { plot } from './plot.js';

// without suspicion; forwarding.friends = false instead of true
function wordsOf([key, from, to]) {
  const name = key.replace(/^model\./, '');
  if (name.endsWith('.on') && to === 'false') return `without ${name.slice(0, -3).replaceAll('_', ' ')}`;
  if (name.endsWith('.on') && to === 'true') return `with ${name.slice(0, -3).replaceAll('_', ' ')}`;
  return `${name} = ${to} instead of ${from}`;
}

const changeText = ({ changes, changed }) =>
  !changed
    ? 'the same scenario'
    : listed([...changes.slice(0, 3).map(wordsOf), ...(changed > 3 ? [`${changed - 3} more changes`] : [])]);

// Of another length or with other policies a result answers another question: it is told below, but is no cause.
const isCause = v => v.alike && v.difference && known(v.difference[0]);
// Two changes are told in a row's name, more are known by their file's.
const rowName = v => (v.changed > 2 ? v.name : changeText(v));

// The change that takes most of the lead away or, where none does, that none does.
function findingOf(d, told) {
  if (!told.length) return 'No other result changes one cause of the same comparison';
  const lead = `the lead of ${quoted(d.a)} over ${quoted(d.b)}`;
  if (!d.decided) return `There is no sure lead of ${quoted(d.a)} over ${quoted(d.b)} for a change to take away`;
  const left = v => v.difference[0] / v.own[0],
    least = told.reduce((a, b) => (left(b) < left(a) ? b : a)),
    name = least.changed > 2 ? `with the changes of ${least.name}` : changeText(least);
  if (left(least) > 0.9) return `No change here takes ${lead} away`;
  if (left(least) <= 0) return `${capitalised(name)}, ${lead} is gone`;
  return `${capitalised(name)}, ${readable(Math.round(100 * left(least)))} % of ${lead} ${told.length > 1 ? 'is left, the least of all' : 'is left'}`;
}

// +12.3 accounts (+10 to +14; 8 replicates), on day 30, where it is +20 otherwise
function differenceText(v, series, day) {
  if (!v.difference || !known(v.difference[0])) return `holds no ${series.label} of both`;
  const short = v.day < day ? ` on day ${readable(v.day)}, where this result has ${value(series, v.own[0], signed)}` : '';
  return `${value(series, v.difference[0], signed)} (${range(series, v.difference[1], v.difference[2], signed)}; ${plural(v.replicates, 'replicate', 'replicates')})${short}`;
}

function option(rows, series, title) {
  const axis = i => ({
    type: 'line',
    data: [
      [rows[i].difference[1], i],
      [rows[i].difference[2], i],
    ],
    symbol: 'rect',
    symbolSize: [2, 12],
    silent: true,
    tooltip: { show: false },
    lineStyle: { color: i ? '#0072b2' : '#1c2430', width: 3 },
    itemStyle: { color: i ? '#0072b2' : '#1c2430' },
  });
  return ({ narrow }) => ({
    grid: { left: narrow ? 92 : 220, right: narrow ? 18 : 40, top: 8, bottom: 30 },
    xAxis: valueAxis(series, { scale: false, splitNumber: narrow ? 3 : 6 }),
    yAxis: categoryAxis(
      rows.map(row => row.name),
      {
        inverse: true,
        axisLabel: { width: narrow ? 84 : 208, overflow: 'break', fontSize: 12 },
        axisLine: { onZero: true, lineStyle: { color: soft } },
        splitLine: { show: true, lineStyle: { color: rule } },
      },
    ),
    tooltip: tooltip(
      ({ dataIndex: i }) =>
        tip(title, [
          tipRow(
            i ? 0 : 6,
            rows[i].name,
            value(series, rows[i].difference[0], signed),
            `95 % interval ${range(series, rows[i].difference[1], rows[i].difference[2], signed)}`,
          ),
        ]),
      { trigger: 'item' },
    ),
    series: [
      ...rows.map((_, i) => axis(i)),
      {
        type: 'scatter',
        symbolSize: 13,
        data: rows.map((row, i) => ({
          value: [row.difference[0], i],
          itemStyle: { opacity: 1, color: i ? '#0072b2' : '#1c2430' },
          symbol: i ? 'circle' : 'diamond',
        })),
      },
    ],
  });
}

export function drivers(page, data) {
  const d = data.drivers;
  if (!d) return drop('drivers');
  const series = data.series.find(each => each.name === d.metric),
    told = d.variations.filter(isCause);
  const rows = [{ name: 'as it is', difference: d.difference }, ...told.map(v => ({ ...v, name: rowName(v) }))];
  const host = section(page, 'drivers', {
    about: 'What drove the result',
    finding: findingOf(d, told),
    note: `How far ${quoted(d.a)} is ahead of ${quoted(d.b)} in ${series.label}, with 95 % intervals: as it is, and with something changed.`,
  });
  if (told.length)
    plot(host, 'drivers-chart', {
      height: `bars-${Math.min(8, rows.length + 1)}`,
      label: listed(rows.map(row => `${row.name}: ${readable(row.difference[0])}`)),
      option: option(rows, series, `${d.a} minus ${d.b}`),
    });
  say(
    part(host, 'changes', 'ul'),
    ...d.variations.map(v =>
      el(
        'li',
        {},
        el('b', {}, v.name),
        `: ${changeText(v)}; `,
        differenceText(v, series, data.day),
      ),
    ),
  );
}
