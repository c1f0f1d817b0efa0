// What drove the result: the lead as it is, and in each result in which something was changed.
import { categoryAxis, tooltip, valueAxis } from './axes.js';
import { drop, el, part, say, section } from './dom.js';
import { tip, tipRow } from './lines.js';
import { rule, soft } from './looks.js';
import { capitalised, known, listed, plural, range, readable, signed, value } from './numbers.js';
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

// The change that takes most of the lead away or, where none does, that none does.
function findingOf(d, series, told) {
  if (!told.length) return 'No other result holds the same two to compare';
  const left = v => v.difference[0] / d.difference[0],
    least = told.reduce((a, b) => (left(b) < left(a) ? b : a));
  const lead = `${d.a}’s lead over ${d.b}`;
  if (left(least) > 0.9) return `No change here takes ${lead} away`;
  if (left(least) <= 0) return `${capitalised(changeText(least))}, ${lead} is gone`;
  return `${capitalised(changeText(least))}, ${readable(Math.round(100 * left(least)))} % of ${lead} ${told.length > 1 ? 'is left, the least of all' : 'is left'}`;
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
    told = d.variations.filter(v => v.difference && known(v.difference[0]));
  const rows = [{ name: 'as it is', difference: d.difference }, ...told.map(v => ({ ...v, name: changeText(v) }))];
  const host = section(page, 'drivers', {
    about: 'What drove the result',
    finding: findingOf(d, series, told),
    note: `How far ${d.a} is ahead of ${d.b} in ${series.label}, with 95 % intervals: as it is, and with something changed.`,
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
        v.difference && known(v.difference[0])
          ? `${value(series, v.difference[0], signed)} (${range(series, v.difference[1], v.difference[2], signed)}; ${plural(v.replicates, 'replicate', 'replicates')})`
          : `holds no ${series.label} of both`,
      ),
    ),
  );
}
