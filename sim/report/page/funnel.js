// From a post that is seen to a customer: how many at each step, and how many of the step before.
import { bars, stacked } from './bars.js';
import { drop, el, hint, part, say, section, table } from './dom.js';
import { swatch } from './looks.js';
import { capitalised, known, listed, plural, quoted, range, readable, unitOf, value, whole } from './numbers.js';

const steps = [
  { name: 'impressions', note: 'Posts seen, each once a reader.', per: 'posts_made' },
  { name: 'reach', note: 'Accounts that saw at least one post.', per: 'reach' },
  { name: 'shares', note: 'Times its posts were passed on.', per: 'impressions' },
  { name: 'follows', note: 'Accounts that began to follow.', per: 'impressions' },
  { name: 'checks', note: 'Looks at what the account offers.', per: 'impressions' },
  { name: 'adoptions', note: 'First purchases.', per: 'checks' },
];

const seriesOf = (data, name) => data.series.find(series => series.name === name);
const meanOf = (series, arm) => series.last[arm][0];

// 4.2 in 1,000 impressions
function rateText(data, step, arm, mean) {
  const base = step.per && seriesOf(data, step.per);
  if (!base || !(meanOf(base, arm) > 0)) return '';
  const seen = seriesOf(data, 'impressions');
  if (step.per === 'reach')
    return seen ? `${readable(Number((meanOf(seen, arm) / mean).toPrecision(3)))} impressions each` : '';
  const rate = mean / meanOf(base, arm);
  if (step.per === 'posts_made') return `${readable(Number(rate.toPrecision(3)))} a post`;
  if (step.per === 'checks') return `${readable(Math.round(1000 * rate) / 10)} in 100 ${base.label}`;
  return rate >= 0.001
    ? `${readable(Number((1000 * rate).toPrecision(3)))} in 1,000 impressions`
    : `${readable(Number((1e6 * rate).toPrecision(3)))} in a million impressions`;
}

function stage(host, data, step, series) {
  const panel = part(host, `stage-${step.name}`, 'div');
  panel.classList.add('panel');
  const title = capitalised(series.label);
  say(part(panel, 'subfinding', 'h3', { title: series.name }), title);
  say(part(panel, 'note', 'p'), step.note);
  const rows = data.arms.map((name, look) => {
    const [mean, low, high] = series.last[look],
      rate = rateText(data, step, look, mean);
    return {
      name,
      look,
      value: known(mean) ? mean : 0,
      text: whole(mean),
      tip: [unitOf(series.unit, mean), rate, known(low) ? `95 % interval ${range(series, low, high)}` : '']
        .filter(Boolean)
        .join('; '),
    };
  });
  bars(panel, `${step.name}-chart`, {
    rows,
    title: `${title} · by day ${readable(data.day)}`,
    label: `${title}: ${listed(rows.map(row => `${row.name} ${row.text}`))}`,
  });
  const rates = rows.map((row, arm) => [row.name, rateText(data, step, arm, row.value)]).filter(([, rate]) => rate);
  say(part(panel, 'rates', 'ul'), ...rates.map(([name, rate]) => el('li', {}, el('span', {}, name), ` ${rate}`)));
}

const priced = ['adoptions', 'checks', 'follows', 'shares'];
const many = 3; // strategies beyond which a sentence names only the ends

// Whether a count of events can be told from none; of one replicate by the spread such a count has at least.
const isSure = ([mean, low]) => (known(low) ? low : mean - 2 * Math.sqrt(mean)) > 0;

// One purchase takes 3,700 impressions with 'value-add' and 1,900 with 'pitch'; where purchases are too few, a step
// before.
function priceOf(data) {
  const seen = seriesOf(data, 'impressions'),
    series = priced.map(name => seriesOf(data, name)).find(each => each?.last.every(isSure));
  if (!seen || !series) return null;
  const prices = data.arms
    .map((arm, i) => [quoted(arm), meanOf(seen, i) / meanOf(series, i)])
    .filter(([, price]) => price > 0);
  if (!prices.length) return null;
  const told = prices.length > many ? ends(prices) : prices,
    text = ([arm, price], i) => `${readable(Number(price.toPrecision(2)))}${i ? '' : ' impressions'} with ${arm}`;
  return `One ${series.one ?? series.label} takes ${prices.length > many ? `from ${text(told[0], 0)} to ${text(told[1], 1)}` : listed(told.map(text))}`;
}

const ends = prices => {
  const order = [...prices].sort(([, a], [, b]) => a - b);
  return [order[0], order.at(-1)];
};

export function funnel(page, data) {
  const found = steps.map(step => [step, seriesOf(data, step.name)]).filter(([, series]) => series);
  if (found.length < 2 || !data.policies) return drop('funnel');
  const finding = priceOf(data) ?? capitalised(found.map(([, series]) => series.label).join(', '));
  const host = section(page, 'funnel', {
    about: 'From impressions to purchases',
    finding,
    note: `Totals over ${plural(data.day, 'day', 'days')}, means over the replicates. Each step has a scale of its own.`,
  });
  if (data.arms.length > 1) armKey(host, data);
  const grid = part(host, 'panels', 'div');
  for (const [step, series] of found) stage(grid, data, step, series);
}

function armKey(host, data) {
  say(part(host, 'key', 'p'), ...data.arms.map((name, arm) => el('span', {}, swatch(arm), name)));
}

// As a shell takes it.
const forShell = name => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

const colours = ['#0072b2', '#d55e00', '#009e73', '#c98500', '#b5578f', '#3b9ad1'];

// 'pitch' loses 1,376 followers, most often for pitching; where chance cannot be ruled out, no more than that.
function lossText(data, unfollows, reasons, worst) {
  const lost = meanOf(unfollows, worst),
    against = unfollows.pairs.find(pair => pair.b === worst);
  if (!(lost > 0)) return 'No follower is lost';
  if (data.arms.length > 1 && !against?.decided) return 'Followers lost: no clear difference';
  const known = reasons.filter(each => each.name !== 'unfollows_for_other' && meanOf(each, worst) > 0);
  const most = known.length && known.reduce((a, b) => (meanOf(b, worst) > meanOf(a, worst) ? b : a));
  return `${quoted(data.arms[worst])} loses ${whole(lost)} ${lost === 1 ? 'follower' : 'followers'}${most ? `, most often ${most.label.replace('unfollows ', '')}` : ''}`;
}

// What it took, and whom it drove away.
export function costs(page, data) {
  const unfollows = seriesOf(data, 'unfollows'),
    posts = seriesOf(data, 'posts_made');
  if (!data.policies || (!unfollows && !posts)) return drop('costs');
  const reasons = data.series.filter(
    series => series.name.startsWith('unfollows_for_') && series.last.some(([mean]) => mean > 0),
  );
  const worst = unfollows
    ? unfollows.last.reduce((at, [mean], arm) => (mean > unfollows.last[at][0] ? arm : at), 0)
    : 0;
  const finding = unfollows ? lossText(data, unfollows, reasons, worst) : 'What it took';
  const host = section(page, 'costs', {
    about: 'What it cost',
    finding,
    note: `Totals by day ${readable(data.day)}, means over the replicates.`,
  });
  if (reasons.length) {
    const parts = reasons.map(each => ({
      name: each.label.replace('unfollows ', ''),
      values: data.arms.map((_, arm) => meanOf(each, arm)),
      told: number => value(each, number),
    }));
    say(
      part(host, 'key', 'p'),
      ...parts.map((each, i) => el('span', {}, el('i', { class: `patch patch-${i % 6}` }), each.name)),
    );
    stacked(host, 'costs-chart', {
      arms: data.arms,
      parts,
      unit: unfollows,
      title: 'unfollows by reason',
      label: finding,
      colours,
    });
    if (data.arm === 'strategy')
      hint(
        host,
        'Why one of them left: ',
        `passalong explain RESULT.h5 --account leaver --strategy ${forShell(data.arms[worst])}`,
      );
  }
  const of = name => seriesOf(data, name),
    per = (above, below, factor) =>
      data.arms.map((_, arm) =>
        meanOf(below, arm) > 0
          ? readable(Number(((factor * meanOf(above, arm)) / meanOf(below, arm)).toPrecision(3)))
          : 'none',
      );
  const rows = [
    posts && ['posts made', ...data.arms.map((_, arm) => readable(meanOf(posts, arm)))],
    of('impressions') && posts && ['impressions a post', ...per(of('impressions'), posts, 1)],
    of('shares') && posts && ['shares a post', ...per(of('shares'), posts, 1)],
    of('shares') && of('impressions') && ['shares in 1,000 impressions', ...per(of('shares'), of('impressions'), 1000)],
    of('follows') && posts && ['new followers a post', ...per(of('follows'), posts, 1)],
    unfollows && posts && ['followers lost a post', ...per(unfollows, posts, 1)],
    of('adoptions') && posts && ['purchases in 100 posts', ...per(of('adoptions'), posts, 100)],
  ].filter(Boolean);
  say(
    part(host, 'wide', 'div', { tabindex: 0, role: 'region', 'aria-label': 'Rates by post' }),
    table(['', ...data.arms], rows),
  );
}
