// A plugin for vite that writes the licences of all that was bundled into dist/licences.txt.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** packageOf returns the folder of the package that a module belongs to, or undefined for our own. */
function packageOf(id) {
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/').replace(/^\0/, ''));
  return found?.[1];
}

function textOf(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${about.license}`;
  return { name: about.name, text: `${about.name} ${about.version} (${about.license})\n\n${text}\n` };
}

export function licences() {
  const folders = new Set();
  return {
    name: 'licences',
    apply: 'build',
    moduleParsed(module) {
      const folder = packageOf(module.id);
      if (folder) folders.add(folder);
    },
    generateBundle() {
      const list = [...folders].map(textOf).sort((a, b) => (a.name < b.name ? -1 : 1));
      const rule = '-'.repeat(78);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: list.map((l) => l.text).join(`\n${rule}\n\n`) });
    },
  };
}
