// From a post that is seen to a customer: how many at each step, and how many of the step before.
import { bars, stacked } from './bars.js';
import { drop, el, hint, part, say, section, table } from './dom.js';
import { swatch } from './looks.js';
import { known, listed, plural, range, readable, unitOf, value, whole } from './numbers.js';

const steps = [
  { name: 'impressions', title: 'Seen', note: 'Posts seen, each once a reader.', per: 'posts_made' },
  { name: 'reach', title: 'Reached', note: 'Accounts that saw at least one post.', per: 'reach' },
  { name: 'shares', title: 'Passed on', note: 'Shares of its posts.', per: 'impressions' },
  { name: 'follows', title: 'Followed', note: 'New followers.', per: 'impressions' },
  { name: 'checks', title: 'Looked closer', note: 'Looks at what the account offers.', per: 'impressions' },
  { name: 'adoptions', title: 'Bought', note: 'First purchases.', per: 'checks' },
];

const seriesOf = (data, name) => data.series.find(series => series.name === name);
const meanOf = (series, arm) => series.last[arm][0];

// 4.2 in 1,000 impressions
function rateText(data, step, arm, mean) {
  const base = step.per && seriesOf(data, step.per);
  if (!base || !(meanOf(base, arm) > 0)) return '';
  const seen = seriesOf(data, 'impressions');
  if (step.per === 'reach')
    return seen ? `${readable(Number((meanOf(seen, arm) / mean).toPrecision(3)))} views each` : '';
  const rate = mean / meanOf(base, arm);
  if (step.per === 'posts_made') return `${readable(Number(rate.toPrecision(3)))} a post`;
  if (step.per === 'checks') return `${readable(Math.round(1000 * rate) / 10)} in 100 looks`;
  return rate >= 0.001
    ? `${readable(Number((1000 * rate).toPrecision(3)))} in 1,000 views`
    : `${readable(Number((1e6 * rate).toPrecision(3)))} in a million views`;
}

function stage(host, data, step, series) {
  const panel = part(host, `stage-${step.name}`, 'div');
  panel.classList.add('panel');
  say(part(panel, 'subfinding', 'h3'), step.title);
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
    title: `${step.title} · by day ${readable(data.day)}`,
    label: `${step.title}: ${listed(rows.map(row => `${row.name} ${row.text}`))}`,
  });
  const rates = rows.map((row, arm) => [row.name, rateText(data, step, arm, row.value)]).filter(([, rate]) => rate);
  say(part(panel, 'rates', 'ul'), ...rates.map(([name, rate]) => el('li', {}, el('span', {}, name), ` ${rate}`)));
}

const priced = [
  ['adoptions', 'purchase'],
  ['checks', 'closer look'],
  ['follows', 'new follower'],
  ['shares', 'share'],
];

// One purchase takes 3,700 views with value-add and 1,900 with pitch; or, where nobody buys, a step before.
function priceOf(data) {
  const seen = seriesOf(data, 'impressions'),
    [name, what] = priced.find(([each]) => seriesOf(data, each)?.last.some(([mean]) => mean > 0)) ?? [];
  if (!seen || !name) return null;
  const values = seriesOf(data, name).last.map(([mean]) => mean),
    none = data.arms.filter((_, arm) => !(values[arm] > 0));
  const prices = data.arms
    .map((arm, i) => [arm, values[i] > 0 ? meanOf(seen, i) / values[i] : 0])
    .filter(([, price]) => price)
    .map(([arm, price], i) => `${readable(Number(price.toPrecision(2)))}${i ? '' : ' views'} with ${arm}`);
  return `One ${what} takes ${listed(prices)}${none.length ? `; ${listed(none)} ${none.length > 1 ? 'have' : 'has'} none` : ''}`;
}

export function funnel(page, data) {
  const found = steps.map(step => [step, seriesOf(data, step.name)]).filter(([, series]) => series);
  if (found.length < 2 || !data.policies) return drop('funnel');
  const finding = priceOf(data) ?? found.map(([step]) => step.title).join(', ');
  const host = section(page, 'funnel', {
    about: 'From seen to bought',
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
const quoted = name => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

const colours = ['#0072b2', '#d55e00', '#009e73', '#c98500', '#b5578f', '#3b9ad1'];

// What it took, and whom it drove away.
export function costs(page, data) {
  const unfollows = seriesOf(data, 'unfollows'),
    posts = seriesOf(data, 'posts_made');
  if (!data.policies || (!unfollows && !posts)) return drop('costs');
  const reasons = data.series.filter(
    series => series.name.startsWith('unfollows_for_') && series.last.some(([mean]) => mean > 0),
  );
  const main = reasons.length
    ? data.arms.map((_, arm) => reasons.reduce((most, each) => (meanOf(each, arm) > meanOf(most, arm) ? each : most)))
    : [];
  const worst = unfollows
    ? unfollows.last.reduce((at, [mean], arm) => (mean > unfollows.last[at][0] ? arm : at), 0)
    : 0;
  const finding =
    unfollows && main.length
      ? `${data.arms[worst]} drives ${whole(meanOf(unfollows, worst))} ${meanOf(unfollows, worst) === 1 ? 'follower' : 'followers'} away, most ${main[worst].label.replace('unfollows ', '')}`
      : 'What it took';
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
        `passalong explain RESULT.h5 --account leaver --strategy ${quoted(data.arms[worst])}`,
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
    of('impressions') && posts && ['views a post', ...per(of('impressions'), posts, 1)],
    of('shares') && posts && ['shares a post', ...per(of('shares'), posts, 1)],
    of('shares') && of('impressions') && ['shares in 1,000 views', ...per(of('shares'), of('impressions'), 1000)],
    of('follows') && posts && ['new followers a post', ...per(of('follows'), posts, 1)],
    unfollows && posts && ['followers lost a post', ...per(unfollows, posts, 1)],
    of('adoptions') && posts && ['purchases in 100 posts', ...per(of('adoptions'), posts, 100)],
  ].filter(Boolean);
  say(
    part(host, 'wide', 'div', { tabindex: 0, role: 'region', 'aria-label': 'Rates by post' }),
    table(['', ...data.arms], rows),
  );
}
