// Bundles the page's script and style into one C++ source, so that an installed program needs neither node nor files.
//   node bundle.mjs MODULES OUT.cpp     MODULES: the folder node_modules of package.json
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [modules, out] = process.argv.slice(2).map(name => path.resolve(name));
const here = path.dirname(fileURLToPath(import.meta.url));
const esbuild = createRequire(modules + '/')('esbuild');

const build = entry =>
  esbuild.buildSync({
    entryPoints: [path.join(here, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none', // the licences are kept whole, below
    nodePaths: [modules],
    write: false,
  }).outputFiles[0].text;

// Inside an HTML page neither may end the element it stands in, or begin a comment.
const escapeScript = text => text.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');

// What stands in the bundle is Apache ECharts and, within it, zrender and tslib: their terms ask that they be named.
const licences = ['echarts/NOTICE', 'echarts/LICENSE', 'zrender/LICENSE', 'tslib/LICENSE.txt']
  .map(name => `${name.split('/')[0]}\n\n${fs.readFileSync(path.join(modules, name), 'utf8').trim()}\n`)
  .join('\n\n');

// A C++ string literal, in lines, free of trigraphs and of bytes beyond ASCII.
const literal = text => {
  const bytes = Buffer.from(text, 'utf8');
  let line = '',
    lines = [];
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    const plain = byte >= 32 && byte < 127 && !'\\"?'.includes(character);
    line += plain ? character : '\\' + byte.toString(8).padStart(3, '0');
    if (line.length > 2000) (lines.push(line), (line = ''));
  }
  return [...lines, line].map(part => `    "${part}"`).join('\n');
};

const view = (name, text) => `const std::string_view ${name}(\n${literal(text)},\n    ${Buffer.byteLength(text)});\n`;
fs.writeFileSync(
  out,
  `// Made by sim/report/page/bundle.mjs.
#include "sim/report/page_assets.hpp"

#pragma GCC diagnostic ignored "-Woverlength-strings"

namespace passalong {
${view('page_script', escapeScript(build('main.js')))}
${view('page_style', build('page.css'))}
${view('page_licences', licences)}
}  // namespace passalong
`,
);
