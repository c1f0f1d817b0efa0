// Numbers as people read them; the same rules as the program's own texts.
export const known = value => value !== null && value !== undefined && Number.isFinite(value);

// To so many digits as C++ does it: what lies exactly in the middle, as means of 2, 4 or 8 counts do, to the even one.
function halfToEven(size, digits) {
  const exact = size.toExponential(60), // a half ends long before; it does not round
    all = exact.replace('.', '').split('e')[0];
  const down = /^50*$/.test(all.slice(digits)) && Number(all[digits - 1]) % 2 === 0;
  return down ? Number(`${exact.slice(0, digits + 1)}e${exact.split('e')[1]}`) : Number(size.toPrecision(digits));
}

const wholeOf = size => {
  const up = Math.round(size);
  return up - size === 0.5 && up % 2 ? up - 1 : up;
};

export function readable(value) {
  if (!known(value)) return 'none';
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(3);
  const tiny = size > 0 && size < 1e-4;
  const text = tiny
    ? halfToEven(size, 4)
        .toExponential()
        .replace(/e-(\d)$/, 'e-0$1')
    : size < 99.995
      ? String(halfToEven(size, 4))
      : wholeOf(size).toLocaleString('en-US');
  return (value < 0 && size > 0 ? '−' : '') + text;
}

export const whole = readable; // from 100 on

export const signed = value => (known(value) && value > 0 ? '+' : '') + readable(value);

export function percent(share, digits = 1) {
  if (!known(share)) return 'none';
  const value = 100 * share,
    size = Math.abs(value);
  const places =
    size >= 99.95 || size === 0 ? 0 : size >= 1 ? digits : Math.min(6, digits - Math.floor(Math.log10(size)));
  const told = Math.floor(Math.log10(size || 1)) + 1 + places; // digits
  const rounded = told < 1 ? Number(size.toFixed(places)) : halfToEven(size, told);
  return `${readable(Math.sign(value) * rounded)}\u00a0%`; // no line ends before the sign
}

// Shares are told as percentages, all else with its unit.
const isShare = series => series.unit === '1' && series.name.endsWith('_share');

export function value(series, number, show = readable) {
  if (!known(number)) return 'none';
  if (isShare(series)) return (show === signed && number > 0 ? '+' : '') + percent(number);
  return series.unit && series.unit !== '1' ? `${show(number)} ${unitOf(series.unit, number)}` : show(number);
}

const singular = {
  accounts: 'account',
  impressions: 'impression',
  posts: 'post',
  shares: 'share',
  deliveries: 'delivery',
};
export const unitOf = (unit, number) => (number === 1 && singular[unit]) || unit;

export function range(series, low, high, show = readable) {
  if (!known(low) || !known(high)) return 'unknown';
  const bare = { ...series, unit: isShare(series) ? series.unit : '' };
  return `${value(bare, low, show)} to ${value(bare, high, show)}`;
}

// Short numbers for axes: 20k, 1.5M, 40 %.
export function tick(series) {
  return number => {
    if (series && isShare(series)) return percent(number);
    const size = Math.abs(number);
    if (size >= 1e9) return `${readable(number / 1e9)}G`;
    if (size >= 1e6) return `${readable(number / 1e6)}M`;
    if (size >= 1e4) return `${readable(number / 1e3)}k`;
    return readable(number);
  };
}

// A name within a sentence, as the program's own texts have it.
export const quoted = name => `'${name}'`;
// Names as a chart's edge has room for them; what tells them apart often stands at their ends.
export function shortened(name, most = 13) {
  const letters = [...name],
    head = Math.ceil((most - 1) / 2);
  return letters.length > most ? `${letters.slice(0, head).join('')}…${letters.slice(head - most + 1).join('')}` : name;
}

export const capitalised = text => text.charAt(0).toUpperCase() + text.slice(1);
export const plural = (count, one, many) => `${readable(count)} ${count === 1 ? one : many}`;
export const listed = names =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
