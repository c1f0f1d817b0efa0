// A chart in its place, with what works without a mouse beside it: which lines show, and which days. Charts of one group
// share both. All of it outlives new data.
import { leastSpan } from './axes.js';
import { init } from './charts_library.js';
import { el, part, say } from './dom.js';
import { swatch } from './looks.js';

const plots = new Map(); // by element
const groups = new Map(); // name -> { hidden, span, members }

export function groupOf(name) {
  if (!groups.has(name)) groups.set(name, { hidden: new Set(), span: null, members: new Set() });
  return groups.get(name);
}

const text = { fontFamily: 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif' };

function apply(plot) {
  const width = plot.element.clientWidth || 600;
  plot.width = width;
  const option = plot.option({ width, narrow: width < 480, group: plot.group });
  plot.chart.setOption({ animation: false, textStyle: text, ...option }, { notMerge: true });
  plot.after?.(plot.chart);
}

// A chart has less room as soon as another stands beside it.
const rooms = new ResizeObserver(changes => {
  for (const own of changes.map(({ target }) => plots.get(target))) {
    if (!own?.element.isConnected || own.element.clientWidth === own.width) continue;
    own.chart.resize();
    apply(own);
  }
});

// Draws what `option` gives, now and whenever size, group or data change.
export function plot(host, name, { group = name, height, label, option, after }) {
  const element = part(host, name, 'div', { role: 'img' });
  element.classList.add('chart', `h-${height}`);
  element.setAttribute('aria-label', label);
  let own = plots.get(element);
  if (!own) {
    own = { element, chart: init(element), group: groupOf(group) };
    plots.set(element, own);
    rooms.observe(element);
    own.group.members.add(own);
    own.chart.on('datazoom', () => takeSpan(own));
  }
  Object.assign(own, { option, after });
  apply(own);
  return own.chart;
}

// After the reader has dragged or zoomed one chart, the others of its group follow.
function takeSpan(plot) {
  const zoom = plot.chart.getOption().dataZoom?.[0];
  if (!zoom) return;
  plot.group.span = zoom.start <= 0.01 && zoom.end >= 99.99 ? null : [zoom.startValue, zoom.endValue];
  clearTimeout(plot.group.settling);
  plot.group.settling = setTimeout(() => redraw(plot.group), 120);
}

function redraw(group) {
  for (const plot of group.members) apply(plot);
  group.told?.();
}

// A button for each line; pressed: it shows.
export function legend(host, name, items) {
  const group = groupOf(name),
    bar = part(host, 'legend', 'div', { role: 'group', 'aria-label': 'Lines shown' });
  const names = items.map(item => item.name).join('\n');
  if (bar.dataset.names === names) return;
  bar.dataset.names = names;
  say(
    bar,
    ...items.map(item => {
      const button = el(
        'button',
        { type: 'button', 'aria-pressed': String(!group.hidden.has(item.name)) },
        swatch(item.look),
        el('span', {}, item.name),
      );
      button.addEventListener('click', () => {
        if (!group.hidden.delete(item.name)) group.hidden.add(item.name);
        button.setAttribute('aria-pressed', String(!group.hidden.has(item.name)));
        redraw(group);
      });
      return button;
    }),
  );
}

// The middle half, but never so few days that no point is left.
function closer(from, to, low, high, least) {
  const width = Math.max((to - from) / 2, Math.min(least, to - from)),
    start = Math.min(Math.max(low, (from + to - width) / 2), high - width);
  return [start, start + width];
}

// Buttons for the days shown, of `days` in all.
export function zoomBar(host, name, days) {
  const group = groupOf(name);
  group.days = [days[0], days.at(-1)];
  group.least = leastSpan(days);
  const bar = part(host, 'zoom', 'div', { role: 'group', 'aria-label': 'Days shown' });
  if (bar.childElementCount) return group.told?.();
  const move = change => () => {
    const [from, to] = group.span ?? group.days,
      [low, high] = group.days;
    group.span = change(from, to, low, high);
    if (group.span && group.span[0] <= low && group.span[1] >= high) group.span = null;
    redraw(group);
  };
  const clamp = (from, to, low, high) =>
    from < low
      ? [low, Math.min(high, to + low - from)]
      : to > high
        ? [Math.max(low, from + high - to), high]
        : [from, to];
  const button = (sign, label, change) =>
    el('button', { type: 'button', 'aria-label': label, title: label, onclick: move(change) }, sign);
  const told = el('output', {});
  group.told = () => {
    const [from, to] = group.span ?? group.days,
      fine = group.days[1] - group.days[0] < 10;
    const round = day => (fine ? Number(day.toFixed(1)) : Math.round(day));
    say(told, `days ${round(from)}–${round(to)}`);
  };
  say(
    bar,
    button('−', 'Show more days', (a, b, low, high) => clamp(a - (b - a) / 2, b + (b - a) / 2, low, high)),
    button('+', 'Show fewer days', (a, b, low, high) => closer(a, b, low, high, group.least)),
    button('‹', 'Earlier days', (a, b, low, high) => clamp(a - (b - a) / 4, b - (b - a) / 4, low, high)),
    button('›', 'Later days', (a, b, low, high) => clamp(a + (b - a) / 4, b + (b - a) / 4, low, high)),
    button('all', 'All days', () => null),
    told,
  );
  group.told();
}

const resizeAll = () => {
  for (const plot of plots.values()) {
    if (!plot.element.isConnected) continue;
    plot.chart.resize();
    apply(plot);
  }
};

let waiting = 0;
addEventListener('resize', () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(resizeAll);
});
// Paper has a width of its own.
const paper = printing => () => {
  document.documentElement.classList.toggle('printing', printing);
  resizeAll();
};
addEventListener('beforeprint', paper(true));
addEventListener('afterprint', paper(false));

export const chartsDrawn = () => [...plots.values()].filter(plot => plot.element.isConnected).map(plot => plot.element);
export const chartOf = element => plots.get(element)?.chart;
