// How large cascades get, what shape they have, and one of them as it was.
import { grid, logAxis, tooltip, valueAxis, categoryAxis } from './axes.js';
import { decalOf } from './bars.js';
import { drop, part, say, section } from './dom.js';
import { tip, tipRow } from './lines.js';
import { lookOf, soft } from './looks.js';
import { listed, percent, plural, quoted, readable } from './numbers.js';
import { legend, plot } from './plot.js';

// The share of posts at least so large, at any size.
const shareAt = (survival, size) => {
  for (const [from, share] of survival) if (from >= size) return share;
  return 0;
};

// Stairs from size to size, on logarithmic axes where there is much to span. sets: [{ name, look, survival, count }]
export function survivalOption(sets, { unit, of, wide = true, tail = true }) {
  return size => {
    const shown = sets.filter(set => !size.group.hidden.has(set.name) && set.survival.length);
    const least = Math.min(1, ...shown.map(set => set.survival.at(-1)[1]));
    const formatter = params => {
      const at = Math.max(1, Math.round(params[0].axisValue));
      return tip(
        `${readable(at)} ${unit} or more`,
        shown.map(set =>
          tipRow(
            set.look,
            set.name,
            `${percent(shareAt(set.survival, at), 2)} of ${of}`,
            `${readable(Math.round(shareAt(set.survival, at) * set.count))} of ${readable(set.count)}`,
          ),
        ),
      );
    };
    return {
      grid: grid(size, { left: size.narrow ? 54 : 66, bottom: 44 }),
      tooltip: tooltip(formatter, { axisPointer: { type: 'line', snap: false } }),
      xAxis: logAxis(
        value => readable(value),
        `size, ${unit}`,
        wide ? { min: 1 } : { type: 'value', scale: true, splitLine: { show: false } },
      ),
      yAxis: logAxis(
        value => percent(value),
        '',
        tail
          ? { min: 10 ** Math.floor(Math.log10(least)), max: 1 }
          : { type: 'value', min: 0, max: 1, axisLine: { show: false } },
      ),
      series: shown.map(set => ({
        name: set.name,
        type: 'line',
        step: 'end',
        data: set.survival,
        color: lookOf(set.look).colour,
        symbol: 'none',
        lineStyle: { width: 2.5, type: lookOf(set.look).dash },
        emphasis: { disabled: true },
      })),
    };
  };
}

function shapesOption(data, arms) {
  const found = arms.flatMap(({ shapes }) => shapes.map(([low]) => low)),
    first = Math.min(...found),
    { bin } = data.posts;
  const places = Array.from({ length: Math.round((Math.max(...found) - first) / bin) + 1 }, (_, i) => first + i * bin); // empty ones between too
  return size => {
    const shown = data.arms
      .map((name, look) => ({ name, look, ...arms[look] }))
      .filter(arm => !size.group.hidden.has(arm.name) && arm.shaped);
    const share = (arm, low) => (arm.shapes.find(([from]) => from === low)?.[1] ?? 0) / arm.shaped;
    const formatter = params => {
      const low = places[params[0].dataIndex];
      return tip(
        `Structural virality ${readable(low)} to ${readable(low + bin)}`,
        shown.map(arm =>
          tipRow(
            arm.look,
            arm.name,
            percent(share(arm, low)),
            `${readable(Math.round(share(arm, low) * arm.shaped))} of ${plural(arm.shaped, 'cascade', 'cascades')}`,
          ),
        ),
      );
    };
    return {
      grid: grid(size, { bottom: 44 }),
      tooltip: tooltip(formatter, { axisPointer: { type: 'shadow' } }),
      xAxis: categoryAxis(places.map(readable), {
        name: 'mean distance of two accounts',
        nameLocation: 'middle',
        nameGap: 26,
        nameTextStyle: { color: soft, fontSize: 12 },
        axisLabel: { interval: 'auto', fontSize: 12 },
      }),
      yAxis: valueAxis({ name: '_share', unit: '1' }, { scale: false }),
      series: shown.map(arm => ({
        name: arm.name,
        type: 'bar',
        barGap: '8%',
        barCategoryGap: '24%',
        data: places.map(low => share(arm, low)),
        itemStyle: { color: lookOf(arm.look).colour, decal: decalOf(arm.look) },
      })),
    };
  };
}

// Its author is one of a cascade's accounts.
export const passersText = (size, verb = ['passes', 'pass']) =>
  `${plural(size - 1, 'account', 'accounts')} ${size === 2 ? verb[0] : verb[1]} the post on`;

function passedText(data, passed) {
  if (data.arms.length < 2 || passed.every(share => share === passed[0]))
    return `${percent(passed[0], 0)} of posts are passed on`;
  const most = passed.indexOf(Math.max(...passed)),
    least = passed.indexOf(Math.min(...passed));
  return `${percent(passed[most], 0)} of the posts of ${quoted(data.arms[most])} are passed on, ${percent(passed[least], 0)} of those of ${quoted(data.arms[least])}`;
}

const countText = (data, arms) =>
  arms.every(arm => arm.posts === arms[0].posts)
    ? `${plural(arms[0].posts, 'post', 'posts')}${arms.length > 1 ? ' each' : ''}`
    : `Posts: ${listed(data.arms.map((name, i) => `${name} ${readable(arms[i].posts)}`))}`;

export function cascades(page, data) {
  if (!data.posts?.arms.some(arm => arm.posts > 0)) return drop('cascades');
  const { arms } = data.posts,
    most = arms.reduce((best, arm, i) => (arm.largest > arms[best].largest ? i : best), 0);
  const passed = arms.map(arm => (arm.posts ? arm.passed / arm.posts : 0));
  const host = section(page, 'cascades', {
    about: 'How far posts travel',
    finding:
      arms[most].largest < 2
        ? 'No post is passed on'
        : `In the largest cascade${data.arms.length > 1 ? `, one of ${quoted(data.arms[most])},` : ''} ${passersText(arms[most].largest)}; ${passedText(data, passed)}`,
    note: `${countText(data, arms)}, all replicates together.`,
  });
  if (data.arms.length > 1)
    legend(
      part(host, 'toolbar', 'div'),
      'cascades',
      data.arms.map((name, look) => ({ name, look })),
    );
  const panels = part(host, 'panels', 'div'),
    sizes = part(panels, 'sizes', 'div');
  sizes.classList.add('panel');
  say(part(sizes, 'subfinding', 'h3'), 'Size of cascades');
  say(
    part(sizes, 'note', 'p'),
    'Share of posts whose cascade has at least so many accounts, the author included. Both scales are logarithmic.',
  );
  plot(sizes, 'sizes-chart', {
    group: 'cascades',
    height: 'medium',
    label: 'Share of posts by the least size of their cascade',
    option: survivalOption(
      data.arms.map((name, look) => ({ name, look, survival: arms[look].survival, count: arms[look].posts })),
      { unit: 'accounts', of: 'posts' },
    ),
  });
  const shapes = part(panels, 'shapes', 'div'),
    shaped = arms.some(arm => arm.shaped);
  shapes.classList.add('panel');
  shapes.hidden = !shaped;
  if (!shaped) return;
  say(part(shapes, 'subfinding', 'h3'), 'Shape of cascades');
  say(
    part(shapes, 'note', 'p'),
    `Structural virality of cascades of ${data.posts.shaped_from} accounts or more: near 2, one account told many; higher, it went from hand to hand.`,
  );
  plot(shapes, 'shapes-chart', {
    group: 'cascades',
    height: 'medium',
    label: 'Structural virality of cascades',
    option: shapesOption(data, arms),
  });
}
