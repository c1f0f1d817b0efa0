// Follows a run that goes on: asks for the data every three seconds and draws it, until the run has ended.
import { el, part, say } from './dom.js';
import { drawPage } from './page.js';

const pause = 3000,
  patience = 5; // milliseconds; failures in a row until the run is taken for ended

function tell(text) {
  const host = document.getElementById('page');
  say(part(host, 'offline', 'p', { role: 'status' }), el('b', {}, text));
}

export async function followRun() {
  let failures = 0,
    output = '',
    tag = '';
  for (;;) {
    try {
      const answer = await fetch('data.json', { cache: 'no-store', headers: tag ? { 'If-None-Match': tag } : {} });
      if (answer.status === 200) {
        const data = await answer.json();
        tag = answer.headers.get('ETag') ?? '';
        output = data.progress?.output || output;
        await drawPage(data);
        document.querySelector('.offline')?.remove();
        if (data.progress?.ended) return;
      } else if (answer.status !== 304) {
        throw new Error(`status ${answer.status}`);
      }
      failures = 0;
    } catch {
      failures += 1;
      if (failures >= patience) return tell(`The run has ended${output ? `; its result is ${output}` : ''}.`);
      if (failures > 1) tell('The run does not answer; asking again.');
    }
    await new Promise(done => setTimeout(done, pause));
  }
}
