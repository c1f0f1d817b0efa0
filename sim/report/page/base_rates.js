// What becomes of ordinary posts, beside the bands in which it was observed.
import { categoryAxis, logAxis, tooltip } from './axes.js';
import { drop, el, part, say, section, table } from './dom.js';
import { tip } from './lines.js';
import { rule } from './looks.js';
import { percent } from './numbers.js';
import { plot } from './plot.js';

const inside = rate => rate.value >= rate.low && rate.value <= rate.high;

function option(rates) {
  const least = Math.min(...rates.map(rate => Math.min(rate.low, rate.value)).filter(v => v > 0));
  return ({ narrow }) => ({
    grid: { left: narrow ? 104 : 230, right: 24, top: 8, bottom: 40 },
    xAxis: logAxis(v => percent(v), '', { min: 10 ** Math.floor(Math.log10(least)), max: 1 }),
    yAxis: categoryAxis(
      rates.map(rate => rate.label),
      {
        inverse: true,
        axisLabel: { width: narrow ? 98 : 220, overflow: 'break', fontSize: 12 },
        splitLine: { show: true, lineStyle: { color: rule } },
      },
    ),
    tooltip: tooltip(
      ({ dataIndex: i }) =>
        tip(rates[i].label, [
          el('div', {}, `here ${percent(rates[i].value, 2)}`),
          el('div', {}, `observed ${percent(rates[i].low, 2)} to ${percent(rates[i].high, 2)}`),
          el('small', {}, rates[i].source),
        ]),
      { trigger: 'item' },
    ),
    series: [
      ...rates.map((rate, i) => ({
        type: 'line',
        silent: true,
        symbol: 'none',
        tooltip: { show: false },
        data: [
          [rate.low, i],
          [rate.high, i],
        ],
        lineStyle: { color: '#9dc3dd', width: 12, cap: 'butt' },
      })),
      {
        type: 'scatter',
        z: 4,
        symbolSize: 12,
        data: rates.map((rate, i) => ({
          value: [Math.max(rate.value, 1e-9), i],
          symbol: inside(rate) ? 'circle' : 'diamond',
          itemStyle: { opacity: 1, color: inside(rate) ? '#1c2430' : '#d55e00' },
        })),
      },
    ],
  });
}

export function baseRates(page, data) {
  const rates = data.base_rates;
  if (!rates?.length) return drop('base-rates');
  const hits = rates.filter(inside).length;
  const finding =
    hits === rates.length
      ? 'Ordinary posts do what was observed of real ones'
      : `${hits} of ${rates.length} rates of ordinary posts lie where they were observed`;
  const host = section(page, 'base-rates', {
    about: 'Base rates',
    finding,
    note: 'Bars: the band in the literature. Dots: what this world’s ordinary posts did; a diamond lies outside.',
  });
  plot(host, 'base-rates-chart', { height: 'medium', label: finding, option: option(rates) });
  say(
    part(host, 'wide', 'div', { tabindex: 0, role: 'region', 'aria-label': 'Base rates' }),
    table(
      ['', 'here', 'observed', 'source'],
      rates.map(rate => [
        rate.label,
        percent(rate.value, 2),
        `${percent(rate.low, 2)} to ${percent(rate.high, 2)}`,
        rate.source,
      ]),
    ),
  );
}
