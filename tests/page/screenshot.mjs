// The top of a page as a picture:   node screenshot.mjs MODULES PAGE.html OUT.png
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { open, start } from './browser.mjs';

const [modules, given, out] = process.argv.slice(2);
const browser = await start(modules),
  context = await browser.newContext({ offline: true });
const { page } = await open(context, pathToFileURL(path.resolve(given)).href, { width: 1040, height: 1190 });
const chart = await page.locator('.chart[data-part="course-chart"]').boundingBox();
await page.screenshot({ path: out, clip: { x: 0, y: 0, width: 1040, height: Math.ceil(chart.y + chart.height + 12) } });
await browser.close();
