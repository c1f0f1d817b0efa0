// Axes, grids and tooltips that all charts share.
import { ink, rule, soft } from './looks.js';
import { tick } from './numbers.js';

const quiet = { color: soft, fontSize: 12 };

export const grid = ({ narrow }, more = {}) => ({
  left: narrow ? 44 : 56,
  right: narrow ? 12 : 24,
  top: 14,
  bottom: 38,
  ...more,
});

export const dayAxis = (days, span, narrow) => ({
  type: 'value',
  min: days[0],
  max: days.at(-1),
  name: 'day',
  nameLocation: 'middle',
  nameGap: 24,
  nameTextStyle: quiet,
  splitNumber: narrow ? 3 : 6,
  axisLabel: { ...quiet, hideOverlap: true },
  axisLine: { onZero: false, lineStyle: { color: rule } },
  axisTick: { show: false },
  splitLine: { show: false },
});

export const valueAxis = (series, more = {}) => ({
  type: 'value',
  scale: true,
  splitNumber: 4,
  axisLabel: { ...quiet, formatter: tick(series), hideOverlap: true },
  splitLine: { lineStyle: { color: rule } },
  axisLine: { show: false },
  axisTick: { show: false },
  ...more,
});

export const logAxis = (formatter, name, more = {}) => ({
  type: 'log',
  name,
  nameLocation: 'middle',
  nameGap: 26,
  nameTextStyle: quiet,
  axisLabel: { ...quiet, formatter, hideOverlap: true },
  splitLine: { lineStyle: { color: rule } },
  axisLine: { show: true, lineStyle: { color: rule } },
  axisTick: { show: false },
  ...more,
});

export const categoryAxis = (names, { axisLabel, ...more } = {}) => ({
  type: 'category',
  data: names,
  axisLabel: { color: ink, fontSize: 12, lineHeight: 14, ...axisLabel },
  axisLine: { lineStyle: { color: rule } },
  axisTick: { show: false },
  ...more,
});

// Plain elements, so that names need no escaping and the page's policy holds.
export const tooltip = (formatter, more = {}) => ({
  trigger: 'axis',
  confine: true,
  className: 'tip',
  renderMode: 'html',
  borderWidth: 0,
  padding: 0,
  backgroundColor: 'transparent',
  extraCssText: 'box-shadow:none',
  transitionDuration: 0,
  formatter,
  axisPointer: { type: 'line', lineStyle: { color: soft, type: 'solid' } },
  ...more,
});

// Fewer days than that show no course.
export const leastSpan = days => Math.min(days.at(-1) - days[0], 4 * (days.length > 1 ? days[1] - days[0] : 0));

// Drag moves along the days where some are out of sight; the wheel zooms only with Ctrl, so that it scrolls the page.
export const dayZoom = (span, least) => [
  {
    type: 'inside',
    xAxisIndex: 'all',
    filterMode: 'none',
    minValueSpan: least,
    zoomOnMouseWheel: 'ctrl',
    moveOnMouseWheel: false,
    moveOnMouseMove: true,
    preventDefaultMouseMove: false,
    ...(span ? { startValue: span[0], endValue: span[1] } : { start: 0, end: 100 }),
  },
];
