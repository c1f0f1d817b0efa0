// One cascade, drawn: who passed the post on, and through whom it came. Branches close and open at a click or by degrees.
import { tooltip } from './axes.js';
import { drop, el, part, say, section } from './dom.js';
import { tip, tipRow } from './lines.js';
import { lookOf } from './looks.js';
import { known, plural, readable } from './numbers.js';
import { plot } from './plot.js';

const state = { arm: null, depth: -1 };

// Rows [parent, account, hours, hidden] as nested nodes; hidden: how many below a node are not drawn.
function nest({ nodes }, colour) {
  const made = nodes.map(([, account, hours, hidden], i) => ({ name: String(i), account, hours, hidden, children: [],
    itemStyle: { color: hidden ? '#fff' : colour, borderColor: colour, borderWidth: hidden ? 2 : 1 } }));
  nodes.forEach(([parent], i) => parent >= 0 && made[parent].children.push(made[i]));
  for (const node of made) node.symbolSize = node === made[0] ? 16 : 5 + Math.min(9, 2 * Math.sqrt(node.children.length + node.hidden));
  return made[0];
}

function nodeTip(tree, look) {
  return ({ data, treeAncestors }) => {
    const degree = treeAncestors.length - 2, root = degree <= 0;
    const facts = [known(data.hours) && !root ? `after ${readable(Number(data.hours.toFixed(1)))} h` : '', !root ? `${plural(degree, 'step', 'steps')} from the author` : '',
      data.hidden ? `${plural(data.hidden, 'account', 'accounts')} below it not drawn` : ''];
    const told = data.children?.length + data.hidden;
    return tip(root ? 'The author' : `Account ${data.account}`, [tipRow(look, 'passed on to', plural(told ?? 0, 'account', 'accounts'), facts.filter(Boolean).join('; '))]);
  };
}

function option(tree) {
  return ({ width, narrow }) => ({
    tooltip: tooltip(nodeTip(tree, tree.arm), { trigger: 'item', triggerOn: 'mousemove' }),
    series: [{ type: 'tree', data: [nest(tree, lookOf(tree.arm).colour)], layout: tree.nodes.length > 40 ? 'radial' : 'orthogonal', orient: 'LR', symbol: 'circle',
      top: 24, bottom: 24, left: narrow ? 16 : Math.max(40, (width - 900) / 2), right: narrow ? 16 : Math.max(40, (width - 900) / 2), expandAndCollapse: true, initialTreeDepth: state.depth, roam: false,
      label: { show: false }, leaves: { label: { show: false } }, lineStyle: { color: '#b9c2cd', width: 1, curveness: 0.4 }, emphasis: { focus: 'ancestor' }, animationDuration: 0, animationDurationUpdate: 0 }],
  });
}

function controls(host, data, tree, again) {
  const bar = part(host, 'toolbar', 'div');
  const degrees = tree.depth, at = state.depth < 0 ? degrees : state.depth;
  const to = depth => () => {
    state.depth = depth >= degrees ? -1 : Math.max(0, depth);
    again();
  };
  const choices = data.trees.map(({ arm, size }) => el('option', { value: arm }, `${data.arms[arm]}: ${plural(size, 'account', 'accounts')}`));
  const select = el('select', { 'aria-label': 'Whose largest cascade', onchange: ({ target }) => {
    state.arm = Number(target.value), state.depth = -1;
    again();
  } }, ...choices);
  select.value = tree.arm;
  const focused = bar.contains(document.activeElement) ? [...bar.querySelectorAll('select,button')].indexOf(document.activeElement) : -1;
  say(bar, data.trees.length > 1 ? el('label', {}, 'Cascade of ', select) : undefined, el('div', { class: 'zoom', role: 'group', 'aria-label': 'Degrees shown' },
    el('button', { type: 'button', 'aria-label': 'One degree less', onclick: to(at - 1) }, '−'), el('button', { type: 'button', 'aria-label': 'One degree more', onclick: to(at + 1) }, '+'),
    el('button', { type: 'button', 'aria-label': 'All degrees', onclick: to(degrees) }, 'all'), el('output', {}, `${at} of ${plural(degrees, 'degree', 'degrees')}`)));
  if (focused >= 0) [...bar.querySelectorAll('select,button')][focused]?.focus();
}

export function tree(page, data) {
  if (!data.trees?.length) return drop('tree');
  const largest = data.trees.reduce((most, each) => each.size > most.size ? each : most);
  const shown = data.trees.find(({ arm }) => arm === state.arm) ?? largest, drawn = shown.nodes.length, direct = shown.nodes.filter(([parent]) => parent === 0).length + shown.nodes[0][3];
  const what = [shown.kind && `a ${shown.kind} post`, known(shown.time) && `of day ${readable(Math.floor(shown.time))}`, known(shown.replicate) && `in replicate ${shown.replicate}`].filter(Boolean).join(' ');
  const host = section(page, 'tree', { about: 'One cascade, as it was',
    finding: `${data.arms[shown.arm]}’s largest cascade reached ${plural(shown.size, 'account', 'accounts')} in ${plural(shown.depth, 'step', 'steps')}`,
    note: `It is ${what || 'one of many'}. The author is in the middle or at the left; each dot is an account that passed it on${known(shown.structural_virality) ? `; structural virality ${readable(Number(shown.structural_virality.toFixed(2)))}` : ''}.${drawn < shown.size ? ` Drawn are ${readable(drawn)}; the other ${readable(shown.size - drawn)} hang below the hollow dots.` : ''} Click a dot to close or open its branch.` });
  controls(host, data, shown, () => tree(page, data));
  plot(host, 'tree-chart', { height: 'tree', label: `A tree of ${plural(drawn, 'account', 'accounts')} of the cascade, ${plural(direct, 'account', 'accounts')} of them direct`, option: option(shown) });
}

