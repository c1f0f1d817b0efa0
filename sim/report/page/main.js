// Draws the data that stands in the page or, in a live page, what its server gives.
import { followRun } from './live.js';
import { drawPage } from './page.js';
import { chartOf, chartsDrawn } from './plot.js';

const begun = performance.now();
if (document.documentElement.hasAttribute('data-live')) followRun();
else drawPage(JSON.parse(document.getElementById('data').textContent));

// For whoever wants to draw other data in this page, and for tests.
window.passalong = { draw: drawPage, charts: chartsDrawn, chartOf, milliseconds: performance.now() - begun };
