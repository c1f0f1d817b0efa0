// Horizontal bars, one a strategy, with the figure at the end of each.
import { categoryAxis, tooltip, valueAxis } from './axes.js';
import { tip, tipRow } from './lines.js';
import { ink, lookOf } from './looks.js';
import { plot } from './plot.js';

const patterns = ['none', 'line', 'dot', 'cross', 'thin', 'dense', 'grid', 'wide'];
const lines = {
  line: [Math.PI / 4, 5, 2],
  cross: [-Math.PI / 4, 5, 2],
  thin: [0, 6, 1],
  dense: [Math.PI / 2, 3, 1],
  grid: [Math.PI / 3, 8, 3],
  wide: [-Math.PI / 3, 9, 2],
};

// A pattern over a colour, for those who see none.
export function decalOf(index) {
  const name = patterns[(index + 4 * Math.floor(index / 8)) % patterns.length]; // beyond eight, colours come again
  if (name === 'none') return { symbol: 'none' };
  if (name === 'dot')
    return {
      symbol: 'circle',
      dashArrayX: [
        [6, 6],
        [0, 6, 6, 0],
      ],
      dashArrayY: [6, 0],
      symbolSize: 0.7,
      color: 'rgba(255,255,255,.75)',
    };
  const [rotation, gap, width] = lines[name];
  return { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [width, gap], rotation, color: 'rgba(255,255,255,.65)' };
}

// rows: [{ name, look, value, text, tip }]
export function bars(host, name, { rows, title, label }) {
  const option = () => ({
    grid: { left: 0, right: 84, top: 4, bottom: 4, containLabel: false },
    xAxis: valueAxis(null, { show: false, scale: false, min: 0, max: Math.max(...rows.map(row => row.value), 1e-9) }),
    yAxis: categoryAxis(
      rows.map(row => row.name),
      { inverse: true, show: false },
    ),
    tooltip: tooltip(
      params =>
        tip(
          title,
          params.slice(0, 1).map(({ dataIndex: i }) => tipRow(rows[i].look, rows[i].name, rows[i].text, rows[i].tip)),
        ),
      { axisPointer: { type: 'none' } },
    ),
    series: [
      {
        type: 'bar',
        barCategoryGap: '28%',
        data: rows.map(row => ({
          value: row.value,
          name: row.name,
          itemStyle: { color: lookOf(row.look).colour, decal: decalOf(row.look), borderRadius: [0, 3, 3, 0] },
        })),
        label: {
          show: true,
          position: 'right',
          formatter: ({ dataIndex: i }) => rows[i].text,
          color: ink,
          fontSize: 13,
          fontWeight: 600,
        },
      },
    ],
  });
  return plot(host, name, { height: `bars-${Math.min(8, rows.length)}`, label, option });
}

// Bars made of parts: parts: [{ name, values }], one value a strategy.
export function stacked(host, name, { arms, parts, unit, title, label, colours }) {
  const option = ({ narrow }) => ({
    grid: { left: narrow ? 76 : 110, right: 24, top: 6, bottom: 26 },
    xAxis: valueAxis(unit, { scale: false, min: 0, splitNumber: narrow ? 3 : 5 }),
    yAxis: categoryAxis(arms, {
      inverse: true,
      axisLabel: { color: ink, fontSize: 12, width: narrow ? 68 : 100, overflow: 'truncate' },
    }),
    tooltip: tooltip(
      params =>
        tip(
          `${arms[params[0].dataIndex]} · ${title}`,
          parts.map((part, i) => tipRow(i, part.name, part.told(part.values[params[0].dataIndex]))),
        ),
      { axisPointer: { type: 'none' } },
    ),
    series: parts.map((part, i) => ({
      name: part.name,
      type: 'bar',
      stack: 'all',
      data: part.values,
      barCategoryGap: '30%',
      itemStyle: { color: colours[i % colours.length], decal: decalOf(i), borderColor: '#fff', borderWidth: 1 },
    })),
  });
  return plot(host, name, { height: `bars-${Math.min(8, arms.length + 1)}`, label, option });
}
