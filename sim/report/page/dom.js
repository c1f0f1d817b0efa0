// Elements, made once and found again, so that new data redraws a page without disturbing who reads it.
import { capitalised } from './numbers.js';

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== undefined && child !== null));
  return node;
}

// The child of `host` by this name; made the first time.
export function part(host, name, tag = 'div', attributes = {}) {
  const found = [...host.children].find(child => child.dataset.part === name);
  if (found) return found;
  const node = el(tag, { class: name, ...attributes });
  node.dataset.part = name;
  host.append(node);
  return node;
}

// Text in which a number stays with its percent sign, and a name with its hyphen.
export const tied = text => text.replaceAll(' %', '\u00a0%').replace(/(\w)-(?=\w)/g, '$1\u2011');

export const say = (node, ...children) => (
  node.replaceChildren(...children.filter(c => c !== undefined && c !== null)),
  node
);

// A section with its place in the page: what it is about, in a few words; what it finds, as a sentence; how to read it.
export function section(page, id, { about, finding, note }) {
  const host =
    document.getElementById(id) ?? page.appendChild(el('section', { id, 'aria-labelledby': `${id}-finding` }));
  say(part(host, 'about', 'p'), about);
  say(part(host, 'finding', 'h2', { id: `${id}-finding` }), capitalised(tied(finding)));
  const noted = part(host, 'note', 'p');
  say(noted, note ?? '');
  noted.hidden = !note;
  return host;
}

// Where to look further: a command, with the name of the result to be filled in.
export const hint = (host, text, command) => say(part(host, 'hint', 'p'), text, el('code', {}, command));

// Takes away a section that new data no longer has.
export const drop = id => document.getElementById(id)?.remove();

export const table = (head, rows, attributes = {}) =>
  el(
    'table',
    attributes,
    el('thead', {}, el('tr', {}, ...head.map((cell, i) => el(i ? 'th' : 'td', i ? { scope: 'col' } : {}, cell)))),
    el(
      'tbody',
      {},
      ...rows.map(row => el('tr', {}, ...row.map((cell, i) => el(i ? 'td' : 'th', i ? {} : { scope: 'row' }, cell)))),
    ),
  );
