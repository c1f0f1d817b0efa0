// The answer: two sentences, the paragraph behind them, and a card for each strategy.
import { el, part, say, tied } from './dom.js';
import { swatch } from './looks.js';
import { capitalised, known, plural, range, readable, unitOf, value } from './numbers.js';

const timeLeft = seconds =>
  seconds < 90
    ? `about ${Math.max(1, Math.round(seconds))} s`
    : seconds < 5400
      ? `about ${Math.round(seconds / 60)} min`
      : `about ${(seconds / 3600).toFixed(1)} h`;

// How far a run is that still goes on.
function progressText(p) {
  if (p.ended) return `The run has ended; its result is ${p.output || 'written'}.`;
  const parts = [`replicates ${p.finished} of ${p.planned} finished`];
  if (p.running) parts.push(`${p.running} running`);
  if (p.days) parts.push(`day ${readable(Math.floor(p.day))} of ${readable(p.days)}`);
  if (known(p.seconds_left)) parts.push(`${timeLeft(p.seconds_left)} left`);
  return `${capitalised(parts.join(', '))}.`;
}

function progressBar(host, progress) {
  const bar = part(host, 'progress', 'p', { role: 'status' });
  bar.hidden = !progress;
  if (!progress) return;
  const done = progress.planned
    ? (progress.finished +
        (progress.running && progress.days ? (progress.running * progress.day) / progress.days : 0)) /
      progress.planned
    : 0;
  say(
    bar,
    el('progress', {
      max: 1,
      value: progress.ended ? 1 : Math.min(1, done),
      'aria-label': 'Share of the run that is done',
    }),
    progressText(progress),
  );
}

function card(data, series, arm) {
  const [mean, low, high] = series.last[arm];
  const unit = series.counts ? (series.unit === 'accounts' ? series.label : unitOf(series.unit, mean)) : series.label;
  return el(
    'div',
    { class: 'card' },
    el('p', { class: 'name' }, data.policies ? swatch(arm) : undefined, data.arms[arm]),
    el('p', { class: 'figure' }, value({ ...series, unit: series.name.endsWith('_share') ? '1' : '' }, mean)),
    el('p', { class: 'soft' }, `${unit} on day ${readable(data.day)}`),
    el('p', { class: 'soft' }, known(low) ? `95 % interval ${range(series, low, high)}` : 'one replicate: no interval'),
  );
}

export function verdict(page, data) {
  const head = part(page, 'head', 'header');
  say(part(head, 'title', 'h1'), data.title);
  say(part(head, 'summary', 'p'), data.summary);
  progressBar(head, data.progress);
  const notice = part(head, 'notice', 'p');
  say(notice, data.notice);
  notice.hidden = !data.notice;
  const host = part(page, 'verdict', 'section', { id: 'verdict', 'aria-label': 'Verdict' });
  const waiting = data.progress && !data.progress.ended;
  const nothing = waiting ? 'The first results will show here in a moment.' : 'This result holds no series over time.';
  say(part(host, 'who', 'p'), tied(data.verdict[0] ?? nothing));
  say(part(host, 'sure', 'p'), tied(data.verdict[1] ?? ''));
  const answers = part(host, 'answers', 'div');
  say(answers, ...(data.answers ?? []).map(text => el('p', {}, tied(text))));
  answers.hidden = !data.answers?.length;
  const more = part(host, 'more', 'details');
  more.hidden = !data.paragraph;
  if (!more.childElementCount) more.append(el('summary', {}, 'In full'), el('p', {}));
  say(more.lastChild, data.paragraph);
  const main = data.series.find(series => series.name === data.metric);
  const cards = part(host, 'cards', 'div');
  say(cards, ...(main && data.policies ? data.arms.map((_, arm) => card(data, main, arm)) : []));
}

// The figures of a classic model's replicates.
export function finals(page, data) {
  if (!data.finals?.length) return;
  const host = part(page, 'finals', 'section', { id: 'finals', 'aria-label': 'Figures of the replicates' });
  const figure = f =>
    el(
      'div',
      { class: 'card' },
      el('p', { class: 'name' }, f.name.replaceAll('_', ' ')),
      el('p', { class: 'figure' }, readable(f.value[0]), el('small', {}, f.unit === 'd' ? ' days' : '')),
      el('p', { class: 'soft' }, f.about),
      el(
        'p',
        { class: 'soft' },
        data.replicates > 1
          ? `95 % interval ${readable(f.value[1])} to ${readable(f.value[2])}; ${readable(f.low)} to ${readable(f.high)} in ${plural(data.replicates, 'replicate', 'replicates')}`
          : 'one replicate',
      ),
    );
  say(part(host, 'cards', 'div'), ...data.finals.map(figure));
}
