// A browser of its own for the tests of pages: no network, a profile that is thrown away, and a record of all it asked for.
import { createRequire } from 'node:module';
import path from 'node:path';

export async function start(modules) {
  const { chromium } = createRequire(path.resolve(modules) + '/')('playwright-core');
  return chromium.launch({
    executablePath: process.env.PASSALONG_CHROMIUM || '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

// Opens a page; what it says on the console and what it asks for goes into the record.
export async function open(context, url, { width = 1440, height = 1000, allow = asked => asked === url } = {}) {
  const page = await context.newPage(),
    record = { console: [], requests: [], refused: [] };
  page.on('console', message => ['error', 'warning'].includes(message.type()) && record.console.push(message.text()));
  page.on('pageerror', error => record.console.push(String(error)));
  page.on('request', request => record.requests.push(request.url()));
  await page.route('**/*', route => {
    if (allow(route.request().url())) return route.continue();
    record.refused.push(route.request().url());
    return route.abort();
  });
  await page.setViewportSize({ width, height });
  const begun = Date.now();
  await page.goto(url);
  record.loaded = Date.now() - begun;
  record.drawn = await page.evaluate(() => window.passalong?.drawn);
  record.total = Date.now() - begun;
  return { page, record };
}

export const overflow = page =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export const charts = page =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; ++frame) await new Promise(requestAnimationFrame);
    return [...document.querySelectorAll('.chart')].map(chart => ({
      name: chart.dataset.part,
      section: chart.closest('section').id,
      label: chart.getAttribute('aria-label'),
      hidden: chart.offsetParent === null,
      wider: (chart.querySelector('svg')?.clientWidth ?? 0) - chart.clientWidth,
      marks: chart.querySelectorAll('svg path, svg polyline, svg rect').length,
    }));
  });

// The tooltip over a chart at a place given as shares of its plot.
export async function hover(page, name, x, y) {
  const chart = page.locator(`.chart[data-part="${name}"]`);
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * x - 3, box.y + box.height * y);
  await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 2 });
  const tip = chart.locator('.tip-body');
  await tip.waitFor({ state: 'visible', timeout: 20000 });
  return tip.innerText();
}
