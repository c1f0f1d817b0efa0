// One cascade, drawn as rings around its author: who passed the post on, and through whom it came. Branches close and open
// at a click, whole degrees by buttons.
import { tooltip } from './axes.js';
import { drop, el, hint, part, say, section } from './dom.js';
import { tip, tipRow } from './lines.js';
import { lookOf } from './looks.js';
import { passersText } from './cascades.js';
import { known, plural, quoted, readable } from './numbers.js';
import { plot } from './plot.js';

const state = { arm: null, depth: -1, closed: new Set() };

// Rows [parent, account, hours, hidden] as nodes that know their children; hidden: how many below one are not drawn.
function nodesOf({ nodes }) {
  const made = nodes.map(([parent, account, hours, hidden], i) => ({
    i,
    parent,
    account,
    hours,
    hidden,
    children: [],
    degree: 0,
  }));
  for (const node of made.slice(1)) {
    node.degree = made[node.parent].degree + 1;
    made[node.parent].children.push(node);
  }
  return made;
}

const isOpen = node => !state.closed.has(node.i) && (state.depth < 0 || node.degree < state.depth);

// Large branches apart from each other, small ones between them.
function interleaved(children) {
  const large = children.filter(child => child.children.length),
    small = children.filter(child => !child.children.length);
  const mixed = [];
  for (const [k, child] of large.entries())
    mixed.push(child, ...small.splice(0, Math.ceil(small.length / (large.length - k))));
  return [...mixed, ...small];
}

const weigh = node =>
  (node.weight =
    isOpen(node) && node.children.length ? node.children.reduce((sum, child) => sum + weigh(child), 0) : 1);

// Angles by the leaves below a node, radii by how many there are of each degree.
function place(root) {
  const rings = [],
    shown = [];
  weigh(root);
  const visit = (node, from, to) => {
    node.angle = (from + to) / 2;
    shown.push(node);
    rings[node.degree] = (rings[node.degree] ?? 0) + 1;
    if (!isOpen(node)) return;
    let at = from;
    for (const child of interleaved(node.children)) {
      const share = ((to - from) * child.weight) / node.weight;
      visit(child, at, at + share);
      at += share;
    }
  };
  visit(root, 0, 2 * Math.PI);
  const steps = rings.map((count, degree) => (degree ? 1 + Math.sqrt(count) : 0)),
    all = steps.reduce((a, b) => a + b, 0) || 1;
  let radius = 0;
  const radii = steps.map(step => (radius += step) / all);
  for (const node of shown)
    node.at = [radii[node.degree] * Math.sin(node.angle), radii[node.degree] * Math.cos(node.angle)];
  return shown;
}

const below = node => node.hidden + node.children.reduce((sum, child) => sum + 1 + below(child), 0);

function nodeTip(shown, look) {
  return ({ dataIndex }) => {
    const node = shown[dataIndex],
      inside = isOpen(node) ? node.hidden : below(node);
    const facts = [
      node.degree && known(node.hours) ? `after ${readable(Number(node.hours.toFixed(1)))} h` : '',
      node.degree ? `${plural(node.degree, 'step', 'steps')} from the author` : '',
      inside ? `${plural(inside, 'account', 'accounts')} below not drawn` : '',
    ];
    const direct = node.children.length;
    return tip(node.degree ? `Account ${node.account}` : 'The author', [
      tipRow(
        look,
        'passed on to',
        `${plural(direct, 'account', 'accounts')}${node.hidden ? ' or more' : ''}`,
        facts.filter(Boolean).join('; '),
      ),
    ]);
  };
}

function option(tree, nodes) {
  const { colour } = lookOf(tree.arm);
  return ({ width, narrow }) => {
    const shown = place(nodes[0]),
      height = narrow ? 384 : 544,
      side = Math.min(width, height) - 32;
    const axis = { type: 'value', min: -1, max: 1, show: false };
    const closed = node => (!isOpen(node) && node.children.length > 0) || node.hidden > 0;
    const size = node => (node.degree ? 5 + Math.min(11, 1.8 * Math.sqrt(node.children.length + node.hidden)) : 18);
    tree.shown = shown;
    return {
      grid: { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side },
      xAxis: axis,
      yAxis: axis,
      tooltip: tooltip(nodeTip(shown, tree.arm), { trigger: 'item' }),
      series: [
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          tooltip: { show: false },
          lineStyle: { color: '#c3cad3', width: 1 },
          connectNulls: false,
          data: shown.slice(1).flatMap(node => [nodes[node.parent].at, node.at, [null, null]]),
        },
        {
          type: 'scatter',
          z: 3,
          cursor: 'pointer',
          data: shown.map(node => ({
            value: node.at,
            symbolSize: size(node),
            itemStyle: {
              opacity: 1,
              color: closed(node) ? '#fff' : colour,
              borderColor: colour,
              borderWidth: closed(node) ? 2 : 0,
            },
          })),
        },
      ],
    };
  };
}

function controls(host, data, tree, again) {
  const bar = part(host, 'toolbar', 'div'),
    degrees = tree.depth,
    at = state.depth < 0 ? degrees : state.depth;
  const to = depth => () => {
    state.depth = depth >= degrees ? -1 : Math.max(0, depth);
    state.closed.clear();
    again();
  };
  const select = el(
    'select',
    {
      'aria-label': 'Whose largest cascade',
      onchange: ({ target }) => {
        Object.assign(state, { arm: Number(target.value), depth: -1 });
        state.closed.clear();
        again();
      },
    },
    ...data.trees.map(({ arm, size }) =>
      el('option', { value: arm }, `${data.arms[arm]}: ${plural(size, 'account', 'accounts')}`),
    ),
  );
  select.value = tree.arm;
  const all = () => [...bar.querySelectorAll('select,button')],
    focused = all().indexOf(document.activeElement);
  say(
    bar,
    data.trees.length > 1 ? el('label', { class: 'chooser' }, 'Cascade of', select) : undefined,
    el(
      'div',
      { class: 'zoom', role: 'group', 'aria-label': 'Steps shown' },
      el('button', { type: 'button', 'aria-label': 'One step less', onclick: to(at - 1) }, '−'),
      el('button', { type: 'button', 'aria-label': 'One step more', onclick: to(at + 1) }, '+'),
      el('button', { type: 'button', 'aria-label': 'All steps', onclick: to(degrees) }, 'all'),
      el('output', {}, `${at} of ${plural(degrees, 'step', 'steps')}`),
    ),
  );
  all()[focused]?.focus();
}

function noteOf(tree) {
  const what = [
    tree.kind && `a ${tree.kind} post`,
    known(tree.time) && `of day ${readable(Math.floor(tree.time))}`,
    known(tree.replicate) && `in replicate ${tree.replicate}`,
  ]
    .filter(Boolean)
    .join(' ');
  const drawn = tree.nodes.length,
    left = tree.size - drawn;
  return `${what ? `It is ${what}. ` : ''}The author is in the middle; each dot is an account that passed the post on, joined to the one it came through.${known(tree.structural_virality) ? ` Structural virality ${readable(Number(tree.structural_virality.toFixed(2)))}.` : ''}${left > 0 ? ` Drawn are ${readable(drawn)}; the other ${readable(left)} hang below hollow dots.` : ''} Click a dot to close or open its branch.`;
}

export function tree(page, data) {
  if (!data.trees?.length) return drop('tree');
  const shown =
    data.trees.find(({ arm }) => arm === state.arm) ??
    data.trees.reduce((most, each) => (each.size > most.size ? each : most));
  const nodes = nodesOf(shown),
    again = () => tree(page, data);
  const host = section(page, 'tree', {
    about: 'One cascade, as it was',
    note: noteOf(shown),
    finding: `In the largest cascade of ${quoted(data.arms[shown.arm])} ${passersText(shown.size, ['passed', 'passed'])}, up to ${plural(shown.depth, 'step', 'steps')} from the author`,
  });
  controls(host, data, shown, again);
  const chart = plot(host, 'tree-chart', {
    height: 'tree',
    option: option(shown, nodes),
    label: `A tree of ${plural(shown.nodes.length, 'account', 'accounts')}, ${plural(nodes[0].children.length, 'account', 'accounts')} of them next to the author`,
  });
  hint(host, 'Why each of them passed it on: ', `passalong explain RESULT.h5 --post ${shown.post}`);
  chart.off('click');
  chart.on('click', ({ seriesType, dataIndex }) => {
    const node = seriesType === 'scatter' ? shown.shown[dataIndex] : null;
    if (!node?.children.length) return;
    if (!state.closed.delete(node.i)) state.closed.add(node.i);
    again();
  });
}
