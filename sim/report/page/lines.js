// Curves over time with the shading around them.
import { dayAxis, dayZoom, grid, leastSpan, tooltip, valueAxis } from './axes.js';
import { el } from './dom.js';
import { lookOf } from './looks.js';
import { known, shortened } from './numbers.js';

// A marker now and then, each line's at places of its own, so that lines differ without their colours.
function markers(days, { name, curve, look }) {
  const { colour, symbol } = lookOf(look),
    step = Math.max(1, Math.ceil(days.length / 7)),
    first = Math.floor(step * (0.3 + look * 0.23)) % step;
  const places = days.map((day, i) => i).filter(i => i % step === first && known(curve.mean[i]));
  return {
    name,
    type: 'scatter',
    silent: true,
    symbol,
    symbolSize: 8,
    z: 4,
    tooltip: { show: false },
    emphasis: { disabled: true },
    itemStyle: { color: colour, borderColor: colour, opacity: 1 },
    data: places.map(i => [days[i], curve.mean[i]]),
  };
}

// The shading is the difference of two stacked lines, of which the lower one is not drawn.
function band(days, curve, colour, name) {
  if (!curve.low) return [];
  const base = {
    name,
    type: 'line',
    stack: name,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    color: colour,
    z: 1,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
  };
  const height = i => (known(curve.low[i]) && known(curve.high[i]) ? curve.high[i] - curve.low[i] : null);
  return [
    { ...base, data: days.map((day, i) => [day, curve.low[i]]) },
    { ...base, areaStyle: { color: colour, opacity: 0.16 }, data: days.map((day, i) => [day, height(i)]) },
  ];
}

function line(days, { name, curve, look }) {
  const { colour, dash } = lookOf(look);
  return {
    name,
    type: 'line',
    color: colour,
    symbol: 'none',
    z: 3,
    lineStyle: { width: 2.5, type: dash },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    connectNulls: false,
    data: days.map((day, i) => [day, curve.mean[i]]),
  };
}

// The last point in sight: where the line leaves the span it is between two of its points.
function endOf(days, mean, span) {
  const i = days.findLastIndex((day, at) => known(mean[at]) && (!span || day <= span[1] + 1e-9));
  if (i < 0) return null;
  if (!span || days[i] > span[1] - 1e-9 || !known(mean[i + 1])) return [days[i], mean[i]];
  const share = (span[1] - days[i]) / (days[i + 1] - days[i]);
  return [span[1], mean[i] + share * (mean[i + 1] - mean[i])];
}

// Names where the lines end; spread, below, moves apart those that would cover each other.
function endLabels(days, lines, span) {
  const label = ({ name, end, curve, look }) => {
    const at = endOf(days, curve.mean, span);
    return at && { value: at, label: { formatter: end ?? shortened(name), color: lookOf(look).text } };
  };
  return {
    id: 'ends',
    type: 'scatter',
    silent: true,
    symbolSize: 0.01,
    z: 6,
    clip: false,
    tooltip: { show: false },
    itemStyle: { opacity: 1 },
    data: lines.map(label).filter(Boolean),
    label: {
      show: true,
      position: 'right',
      distance: 8,
      fontWeight: 600,
      fontSize: 13,
      width: 118,
      overflow: 'truncate',
    },
  };
}

const apart = 16; // pixels from label to label

export function spread(chart) {
  const ends = chart.getOption().series.find(series => series.id === 'ends');
  if (!ends || ends.data.length < 2) return;
  const placed = ends.data
    .map(item => ({ item, y: chart.convertToPixel({ seriesId: 'ends' }, item.value)[1] }))
    .sort((a, b) => a.y - b.y);
  let last = -Infinity;
  for (const each of placed) each.to = last = Math.max(each.y, last + apart);
  for (const { item, y, to } of placed) item.label = { ...item.label, offset: [0, to - y] };
  if (placed.some(({ item }) => item.label.offset[1])) chart.setOption({ series: [{ id: 'ends', data: ends.data }] });
}

// A row of a tooltip: the mark of a line, its name, its value and what goes with it.
export const tipRow = (look, name, value, more) =>
  el(
    'div',
    { class: `row look-${look % 8}` },
    el('i', {}, lookOf(look).mark),
    el('span', {}, name),
    el('b', {}, value),
    more ? el('small', {}, more) : undefined,
  );

export const tip = (title, rows) => el('div', { class: 'tip-body' }, el('strong', {}, title), ...rows);

// lines: [{ name, curve: { mean, low, high }, look }]; row(line, i): the tooltip's row of a line at place i.
export function linesOption({ days, lines, series, row, title, foot = '', ends = true, axis = {}, marks = [], thin = [] }) {
  return size => {
    const { group, narrow } = size;
    const shown = lines.filter(each => !group.hidden.has(each.name));
    const formatter = params => {
      const at = params.find(p => p.dataIndex !== undefined)?.dataIndex ?? 0;
      return tip(title(days[at]), [...shown.map(each => row(each, at)), ...(foot ? [el('small', {}, foot)] : [])]);
    };
    return {
      grid: grid(size, ends && !narrow ? { right: 128 } : {}),
      xAxis: dayAxis(days, group.span, narrow),
      yAxis: valueAxis(series, axis),
      dataZoom: dayZoom(group.span, leastSpan(days)),
      tooltip: tooltip(formatter),
      series: [
        ...shown.flatMap(each => [
          ...band(days, each.curve, lookOf(each.look).colour, `${each.name} range`),
          line(days, each),
          markers(days, each),
        ]),
        ...(ends && !narrow ? [endLabels(days, shown, group.span)] : []),
        ...thin.filter(each => !group.hidden.has(each.name)).map(faint),
        ...marks.filter(each => each.always || !group.hidden.has(each.name)).map(mark(size, group.span ?? [days[0], days.at(-1)])),
      ],
    };
  };
}

// A replicate that still runs, as far as it is.
const faint = ({ name, look, data }) => ({
  name: `${name}, running`,
  type: 'line',
  data,
  symbol: 'none',
  silent: true,
  z: 2,
  tooltip: { show: false },
  color: lookOf(look).colour,
  lineStyle: { width: 1.2, opacity: 0.75, color: lookOf(look).colour },
});

// An upright line at a day, such as that from which a difference stays off zero; its label on the side with more room.
const mark =
  ({ width, narrow }, [from, to]) =>
  ({ day, label, look, place }) => {
    const at = (day - from) / (to - from || 1),
      right = at > 0.5;
    return {
      type: 'line',
      data: [],
      silent: true,
      tooltip: { show: false },
      markLine: {
        silent: true,
        symbol: 'none',
        data: [{ xAxis: day }],
        lineStyle: { color: lookOf(look).colour, type: 'dotted', width: 1.5 },
        label: {
          show: Boolean(label),
          formatter: label,
          position: 'insideEndTop',
          rotate: 0,
          align: right ? 'right' : 'left',
          offset: [right ? -8 : 8, 8 + 17 * place],
          width: (width - (narrow ? 56 : 184)) * Math.max(at, 1 - at) - 12,
          overflow: 'truncate',
          color: lookOf(look).text,
          fontWeight: 600,
          fontSize: 12,
        },
      },
    };
  };
