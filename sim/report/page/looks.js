// How each strategy looks: a colour all can tell apart (Okabe & Ito 2008) and, without colour, a dash, a marker, a pattern.
// text: the colour, dark enough for letters.
const looks = [
  { colour: '#0072b2', text: '#0072b2', dash: 'solid', svg: '', symbol: 'circle', mark: '●' },
  { colour: '#d55e00', text: '#b04e00', dash: [7, 4], svg: '7 4', symbol: 'rect', mark: '■' },
  { colour: '#009e73', text: '#00795a', dash: [2, 3], svg: '2 3', symbol: 'triangle', mark: '▲' },
  { colour: '#b5578f', text: '#a3477d', dash: [9, 3, 2, 3], svg: '9 3 2 3', symbol: 'diamond', mark: '◆' },
  { colour: '#3b9ad1', text: '#1f6fa3', dash: [12, 5], svg: '12 5', symbol: 'emptyCircle', mark: '○' },
  { colour: '#c98500', text: '#8a5c00', dash: [4, 2], svg: '4 2', symbol: 'emptyRect', mark: '□' },
  { colour: '#1c2430', text: '#1c2430', dash: [1, 4], svg: '1 4', symbol: 'emptyTriangle', mark: '△' },
  { colour: '#7f7f7f', text: '#666666', dash: [9, 3, 2, 3, 2, 3], svg: '9 3 2 3 2 3', symbol: 'emptyDiamond', mark: '◇' },
];

// Beyond those, the same colours with the other marker, full for hollow, and a longer dash.
const again = (look, i) => ({
  ...look,
  symbol: looks[(i + 4) % 8].symbol,
  mark: looks[(i + 4) % 8].mark,
  dash: [16, 3, 2, 3 + i],
  svg: `16 3 2 ${3 + i}`,
});
const more = looks.map(again);

export const lookOf = index => (index % 16 < 8 ? looks : more)[index % 8];

export const ink = '#1c2430',
  soft = '#5b6675',
  rule = '#e3e7ec';

const SVG = 'http://www.w3.org/2000/svg';
const shape = (name, attributes) => {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};

const markers = {
  circle: ['circle', { cx: 14, cy: 6, r: 4 }],
  rect: ['rect', { x: 10.5, y: 2.5, width: 7, height: 7 }],
  triangle: ['path', { d: 'M14 1.5 18.5 9.5H9.5Z' }],
  diamond: ['path', { d: 'M14 1 19 6 14 11 9 6Z' }],
};

// A short sample of the line, for legends and cards.
export function swatch(index) {
  const look = lookOf(index),
    hollow = look.symbol.startsWith('empty');
  const [name, attributes] = markers[look.symbol.replace('empty', '').toLowerCase()];
  const svg = shape('svg', { class: 'swatch', width: 28, height: 12, viewBox: '0 0 28 12', 'aria-hidden': 'true' });
  svg.append(
    shape('path', {
      d: 'M0 6H28',
      stroke: look.colour,
      'stroke-width': 2.5,
      'stroke-dasharray': look.svg,
      fill: 'none',
    }),
    shape(name, {
      ...attributes,
      fill: hollow ? '#fff' : look.colour,
      stroke: look.colour,
      'stroke-width': hollow ? 1.5 : 0,
    }),
  );
  return svg;
}
