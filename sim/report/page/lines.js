// Curves over time with the shading around them.
import { dayAxis, dayZoom, grid, tooltip, valueAxis } from './axes.js';
import { el } from './dom.js';
import { lookOf } from './looks.js';
import { known } from './numbers.js';

// A marker now and then, each line's at places of its own.
const spaced = (count, line) => {
  const step = Math.max(1, Math.ceil(count / 7)), shift = Math.floor(step * (0.3 + line * 0.23)) % step;
  return (_, { dataIndex }) => dataIndex % step === shift ? 8 : 0;
};

// The shading is the difference of two stacked lines, of which the lower one is not drawn.
function band(days, curve, colour, name) {
  if (!curve.low) return [];
  const base = { name, type: 'line', stack: name, stackStrategy: 'all', symbol: 'none', silent: true, color: colour, z: 1,
    lineStyle: { opacity: 0 }, tooltip: { show: false } };
  const height = i => known(curve.low[i]) && known(curve.high[i]) ? curve.high[i] - curve.low[i] : null;
  return [{ ...base, data: days.map((day, i) => [day, curve.low[i]]) },
    { ...base, areaStyle: { color: colour, opacity: 0.16 }, data: days.map((day, i) => [day, height(i)]) }];
}

function line(days, { name, curve, look }, { narrow, ends }) {
  const { colour, dash, symbol } = lookOf(look);
  return { name, type: 'line', color: colour, symbol, showSymbol: true, showAllSymbol: true, symbolSize: spaced(days.length, look), z: 3,
    lineStyle: { width: 2.5, type: dash }, itemStyle: { color: colour }, emphasis: { disabled: true }, connectNulls: false,
    endLabel: { show: ends && !narrow, formatter: name, color: colour, fontWeight: 600, fontSize: 13, distance: 8, width: 110, overflow: 'truncate' },
    labelLayout: { moveOverlap: 'shiftY' }, data: days.map((day, i) => [day, curve.mean[i]]) };
}

// A row of a tooltip: the mark of a line, its name, its value and what goes with it.
export const tipRow = (look, name, value, more) => el('div', { class: `row look-${look % 8}` },
  el('i', {}, lookOf(look).mark), el('span', {}, name), el('b', {}, value), more ? el('small', {}, more) : undefined);

export const tip = (title, rows) => el('div', { class: 'tip-body' }, el('strong', {}, title), ...rows);

// lines: [{ name, curve: { mean, low, high }, look }]; row(line, i): the tooltip's row of a line at place i.
export function linesOption({ days, lines, series, row, title, ends = true, axis = {}, points = [] }) {
  return size => {
    const { group, narrow } = size;
    const shown = lines.filter(each => !group.hidden.has(each.name));
    const formatter = params => {
      const at = params.find(p => p.dataIndex !== undefined)?.dataIndex ?? 0;
      return tip(title(days[at]), shown.map(each => row(each, at)));
    };
    return {
      grid: grid(size, ends && !narrow ? { right: 128 } : {}), xAxis: dayAxis(days, group.span, narrow), yAxis: valueAxis(series, axis),
      dataZoom: dayZoom(group.span), tooltip: tooltip(formatter),
      series: [...shown.flatMap(each => [...band(days, each.curve, lookOf(each.look).colour, `${each.name} range`), line(days, each, { narrow, ends })]),
        ...points.filter(each => !group.hidden.has(each.name)).map(mark)],
    };
  };
}

// A labelled point on a line, such as the day from which it stays apart from zero.
const mark = ({ at, label, look }) => ({ type: 'scatter', data: [at], symbol: 'circle', symbolSize: 11, silent: true, z: 5, tooltip: { show: false },
  itemStyle: { color: '#fff', borderColor: lookOf(look).colour, borderWidth: 3 },
  label: { show: true, formatter: label, position: [14, -16], color: lookOf(look).colour, fontWeight: 600, fontSize: 12 }, labelLayout: { moveOverlap: 'shiftY' } });
