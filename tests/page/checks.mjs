// Looks at pages in a browser and writes what it saw as JSON, for page_test.py to judge.
//   node checks.mjs MODULES PAGES.json SEEN.json     PAGES: { policies, classic, brands, drivers, shot? } as file names
import fs from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import { charts, hover, open, overflow, start } from './browser.mjs';

const [modules, given, out] = process.argv.slice(2);
const pages = JSON.parse(fs.readFileSync(given, 'utf8'));
const browser = await start(modules),
  context = await browser.newContext({ offline: true });
const urlOf = name => pathToFileURL(name).href;

async function overview(name) {
  const { page, record } = await open(context, urlOf(pages[name]));
  const sections = await page.evaluate(() => [...document.querySelectorAll('section')].map(section => section.id));
  const seen = { ...record, sections, charts: await charts(page), text: await page.locator('main').innerText() };
  return { page, seen };
}

async function widths(page) {
  const found = {};
  for (const width of [320, 420, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(150);
    found[width] = await overflow(page);
    if (pages.shots) await page.screenshot({ path: `${pages.shots}/page-${width}.png`, fullPage: true });
  }
  return found;
}

const lines = page =>
  page.evaluate(() => {
    const chart = window.passalong.charts().find(element => element.dataset.part === 'course-chart');
    const option = window.passalong.chartOf(chart).getOption();
    return {
      names: [
        ...new Set(
          option.series.filter(s => s.type === 'line' && s.name && !s.name.endsWith(' range')).map(s => s.name),
        ),
      ],
      from: option.dataZoom[0].startValue,
      to: option.dataZoom[0].endValue,
    };
  });

async function legend(page) {
  const button = page.locator('#course .legend button').first();
  await button.click();
  const without = await lines(page),
    pressed = await button.getAttribute('aria-pressed');
  await button.click();
  return { without: without.names, pressed, again: (await lines(page)).names };
}

async function zoom(page) {
  await page.getByRole('button', { name: 'Show fewer days' }).first().click();
  const near = await lines(page),
    told = await page.locator('#course .zoom output').innerText();
  await page.getByRole('button', { name: 'Later days' }).first().click();
  const later = await lines(page);
  // New data leaves what the reader has set alone.
  await page.evaluate(() => window.passalong.draw(JSON.parse(document.getElementById('data').textContent)));
  const redrawn = await lines(page);
  for (let i = 0; i < 8; ++i) await page.getByRole('button', { name: 'Show fewer days' }).first().click();
  const least = await lines(page);
  await page.getByRole('button', { name: 'All days' }).first().click();
  return { near, told, later, redrawn, least, all: await lines(page) };
}

// How lines of many strategies look, and what stands at their ends and at the days marked.
const many = page =>
  page.evaluate(() => {
    const optionOf = name =>
      window.passalong.chartOf(document.querySelector(`[data-part="${name}"]`)).getOption();
    const labels = optionOf('difference-chart').series.flatMap(s => (s.markLine?.data.length ? [s.markLine.label] : []));
    return {
      looks: [...document.querySelectorAll('#verdict .swatch')].map(svg => svg.innerHTML),
      ends: optionOf('course-chart').series.find(s => s.id === 'ends').data.map(({ label }) => label.formatter),
      marks: labels.filter(({ formatter }) => formatter).length,
      headings: [...document.querySelectorAll('h2')].map(h => h.innerText),
    };
  });

// Contrast of text in the colours of lines, and of what is switched off, against white.
const contrasts = page =>
  page.evaluate(() => {
    const part = v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const ratio = colour => {
      const probe = document.createElement('i');
      probe.style.color = colour;
      document.body.append(probe);
      const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(v => part(v / 255));
      probe.remove();
      return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
    };
    const option = window.passalong.chartOf(document.querySelector('[data-part="course-chart"]')).getOption();
    return option.series.find(s => s.id === 'ends').data.map(({ label }) => ratio(label.color));
  });

async function choose(page) {
  await page.locator('#metric').selectOption('adoptions');
  const finding = await page.locator('#course .finding').innerText(),
    tip = await hover(page, 'course-chart', 0.5, 0.5);
  await page.locator('#metric').selectOption('followers');
  return { finding, tip };
}

// From the top by Tab alone: what gets the focus, and whether it shows.
async function keyboard() {
  const { page } = await open(context, urlOf(pages.policies)),
    path = [];
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press('Tab');
    path.push(
      await page.evaluate(() => {
        const at = document.activeElement;
        return {
          tag: at.tagName,
          text: (at.getAttribute('aria-label') ?? at.innerText ?? '').slice(0, 40),
          ring: getComputedStyle(at).outlineStyle,
        };
      }),
    );
  }
  await page.locator('#course .legend button').first().focus();
  await page.keyboard.press('Space');
  const toggled = (await lines(page)).names;
  await page.keyboard.press('Space');
  await page.locator('#metric').focus();
  await page.keyboard.press('ArrowDown');
  const chosen = await page.locator('#metric').inputValue();
  await page.locator('#metric').selectOption('followers');
  await page.close();
  return { path, toggled, chosen };
}

async function tree(page) {
  if (!(await page.locator('#tree').count())) return null;
  const count = () =>
    page.evaluate(
      () =>
        window.passalong.chartOf(document.querySelector('[data-part="tree-chart"]')).getOption().series[1].data.length,
    );
  const all = await count();
  await page.locator('#tree').getByRole('button', { name: 'One step less' }).click();
  const fewer = await count();
  await page.locator('#tree').getByRole('button', { name: 'All steps' }).click();
  const again = await count();
  const chart = page.locator('.chart[data-part="tree-chart"]');
  await chart.scrollIntoViewIfNeeded();
  const author = async () => {
    const box = await chart.boundingBox();
    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(100);
  };
  await author();
  const closed = await count();
  await author();
  return { all, fewer, again, closed, reopened: await count(), tip: await hover(page, 'tree-chart', 0.5, 0.5) };
}

async function plain() {
  const without = await browser.newContext({ javaScriptEnabled: false, offline: true }),
    page = await without.newPage();
  await page.goto(urlOf(pages.policies));
  const text = await page.locator('body').innerText(),
    rows = await page.locator('tbody tr').count();
  await without.close();
  return { text, rows };
}

async function paper(page) {
  await page.emulateMedia({ media: 'print' });
  const sections = await page.evaluate(() =>
    [...document.querySelectorAll('section')].filter(section => section.offsetHeight > 0).map(section => section.id),
  );
  await page.emulateMedia({ media: null });
  const pdf = await page.pdf({ format: 'A4', printBackground: true });
  if (pages.shots) fs.writeFileSync(`${pages.shots}/page.pdf`, pdf);
  return { sections, bytes: pdf.length, sheets: (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length };
}

// A live page as its server gives it, with the page's own data for a run that goes on and then has ended.
async function live() {
  const text = fs.readFileSync(pages.policies, 'utf8'),
    data = JSON.parse(text.match(/id="data">(.*?)<\/script>/s)[1]);
  const html = text
    .replace('<html lang="en">', '<html lang="en" data-live>')
    .replace('img-src data:', "img-src data:; connect-src 'self'")
    .replace(/<script type="application\/json".*?<\/script>/s, '');
  let progress = {
      finished: 2,
      running: 1,
      planned: 6,
      day: 7,
      days: 14,
      seconds_left: 40,
      ended: false,
      output: 'out.h5',
    },
    asked = 0,
    gone = false;
  const server = http
    .createServer((request, answer) => {
      if (gone) return answer.destroy();
      asked += request.url === '/data.json';
      answer.writeHead(200, { 'Content-Type': request.url === '/data.json' ? 'application/json' : 'text/html' });
      answer.end(request.url === '/data.json' ? JSON.stringify({ ...data, progress }) : html);
    })
    .listen(0, '127.0.0.1');
  await new Promise(done => server.once('listening', done));
  const online = await browser.newContext(),
    page = await online.newPage(),
    complaints = [];
  page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  await page.clock.install();
  const { address, port } = server.address();
  await page.goto(`http://${address}:${port}/`);
  const status = page.locator('.progress'),
    drawn = { complaints };
  await status.waitFor();
  drawn.running = await status.innerText();
  await page.clock.runFor(500);
  await page.locator('#course .legend button').first().click();
  progress = { ...progress, finished: 3, day: 9, seconds_left: 200 };
  const next = async text => {
    for (let i = 0; i < 40 && !(await page.locator('#page').innerText()).includes(text); ++i)
      (await page.clock.runFor(1000), await page.waitForTimeout(50));
    return (await page.locator('#page').innerText()).includes(text);
  };
  drawn.next = await next('3 of 6 finished');
  await page.clock.runFor(500);
  drawn.kept = (await lines(page)).names;
  gone = true;
  const before = complaints.length;
  drawn.lost = await next('The run has ended; its result is out.h5.');
  complaints.length = before; // requests that fail are told on the console
  drawn.asked = asked;
  await online.close();
  server.close();
  return drawn;
}

const seen = {};
{
  const { page, seen: first } = await overview('policies');
  seen.policies = first;
  seen.tips = {
    course: await hover(page, 'course-chart', 0.5, 0.5),
    difference: await hover(page, 'difference-chart', 0.5, 0.5),
    bars: await hover(page, 'adoptions-chart', 0.2, 0.3),
    trust: await hover(page, 'trust_mean-chart', 0.5, 0.5),
    sizes: await hover(page, 'sizes-chart', 0.3, 0.5),
  };
  seen.legend = await legend(page);
  seen.zoom = await zoom(page);
  seen.choose = await choose(page);
  seen.keyboard = await keyboard();
  seen.tree = await tree(page);
  seen.widths = await widths(page);
  seen.paper = await paper(page);
  await page.close();
}
for (const name of Object.keys(pages).filter(each => !['policies', 'shots'].includes(each))) {
  const { page, seen: other } = await overview(name);
  if (name === 'many') seen.looks = { ...(await many(page)), contrasts: await contrasts(page) };
  seen[name] = { ...other, widths: await widths(page) };
  await page.close();
}
seen.plain = await plain();
seen.live = await live();
fs.writeFileSync(out, JSON.stringify(seen));
await browser.close();
