// The page from its data, whether it is drawn for the first time or again.
import { baseRates } from './base_rates.js';
import { cascades } from './cascades.js';
import { course } from './course.js';
import { drivers } from './drivers.js';
import { el, part } from './dom.js';
import { costs, funnel } from './funnel.js';
import { audience, trust } from './multiples.js';
import { assumptions, figures, origin } from './origin.js';
import { sizes, spread } from './spread.js';
import { tree } from './tree.js';
import { finals, verdict } from './verdict.js';

const parts = [
  verdict,
  finals,
  course,
  sizes,
  spread,
  funnel,
  costs,
  audience,
  trust,
  cascades,
  tree,
  drivers,
  baseRates,
  figures,
  assumptions,
  origin,
];

// Sections that come later than the first drawing go where they belong.
function inOrder(page) {
  const order = [
    'verdict',
    'finals',
    'course',
    'sizes',
    'spread',
    'funnel',
    'costs',
    'audience',
    'trust',
    'cascades',
    'tree',
    'drivers',
    'base-rates',
    'figures',
    'assumptions',
    'origin',
  ];
  const found = order.map(id => document.getElementById(id)).filter(Boolean);
  found.forEach((node, i) => i && found[i - 1].nextElementSibling !== node && found[i - 1].after(node));
  return page;
}

const pause = () => new Promise(done => setTimeout(done));

// Part by part, so that the verdict is there at once; newer data takes over from older that is still being drawn.
let latest = null;
export async function drawPage(data) {
  latest = data;
  document.title = data.title;
  const host = document.getElementById('page');
  if (!host.childElementCount) host.append(el('a', { class: 'skip', href: '#verdict' }, 'Skip to the verdict'));
  const page = part(host, 'main', 'main');
  for (const draw of parts) {
    draw(page, data);
    if (draw === verdict || draw === course) await pause();
    if (latest !== data) return;
  }
  inOrder(page);
}
