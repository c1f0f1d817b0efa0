// Draws the data that stands in the page or, in a live page, what its server gives.
import { followRun } from './live.js';
import { drawPage } from './page.js';
import { chartOf, chartsDrawn } from './plot.js';

// For whoever wants to draw other data in this page, and for tests: `drawn` holds when all of it is there.
window.passalong = { draw: drawPage, charts: chartsDrawn, chartOf };
const begun = performance.now();
const work = document.documentElement.hasAttribute('data-live')
  ? followRun()
  : drawPage(JSON.parse(document.getElementById('data').textContent));
window.passalong.drawn = work.then(() => performance.now() - begun);
