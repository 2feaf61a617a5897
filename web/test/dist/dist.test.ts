// The files in dist are what the sources give: whoever changes one and forgets `make web` learns it here.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { build } from 'vite';

const web = resolve(import.meta.dirname, '../..');

function files(folder: string): Map<string, Buffer> {
  const all = new Map<string, Buffer>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    const packed = path.endsWith('.gz');
    all.set(relative(folder, packed ? path.slice(0, -3) : path), packed ? gunzipSync(bytes) : bytes);
  }
  return all;
}

test('dist is what a build of the sources gives', async () => {
  const fresh = mkdtempSync(join(tmpdir(), 'newsgraph-dist-'));
  process.env.NODE_ENV = 'production';
  try {
    await build({ root: web, configFile: join(web, 'vite.config.ts'), mode: 'production', logLevel: 'error', build: { outDir: fresh, emptyOutDir: true } });
    const [want, got] = [files(fresh), files(join(web, 'dist'))];
    expect([...got.keys()].sort(), 'run make web').toEqual([...want.keys()].sort());
    for (const [name, bytes] of want) expect(got.get(name)!.equals(bytes), `${name}: run make web`).toBe(true);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}, 120_000);
