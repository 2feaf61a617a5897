// Puts gzipped files in place of those that vite wrote to dist, so that the binary embeds and serves them as they are.
// A file whose content is as it was keeps the bytes that git has: another zlib may pack the same text otherwise.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = process.argv[2] ?? join(web, 'dist');

function committed(path) {
  try {
    return execFileSync('git', ['show', `HEAD:./dist/${path}`], { cwd: web, maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined; // not in git yet
  }
}

function packed(text, path) {
  const old = committed(path);
  if (old && gunzipSync(old).equals(text)) return old;
  const fresh = gzipSync(text, { level: 9 });
  fresh[9] = 255; // the operating system's name stays out of it
  return fresh;
}

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || path.endsWith('.gz')) continue;
  writeFileSync(`${path}.gz`, packed(readFileSync(path), relative(dist, `${path}.gz`)));
  rmSync(path);
}
