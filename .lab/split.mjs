// Takes the page's WebAssembly apart, between cargo and wasm-bindgen: what `src/ui/surface.rs` puts
// into files of their own leaves the main file, which a visitor waits for, and is fetched later.
//
// Usage: split.mjs WASM_BINDGEN ARGUMENT ..: the arguments that Trunk gives to wasm-bindgen.
// The main file and its JavaScript go where wasm-bindgen puts them. The other files go to the folder
// `page-files` beside that place; `.lab/optimise.mjs` takes them from there, when Trunk has finished, and packs the
// pieces that several of them share into one file.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LINK = '__wasm_split.js';

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' });
  if (error?.code === 'ENOENT') throw new Error(`${program} is missing: build with ./lab, which installs it`);
  if (error) throw error;
  if (status !== 0) throw new Error(`${path.basename(program)} failed`);
}

function replaced(text, pattern, by, what) {
  const result = text.replaceAll(pattern, by);
  if (result === text) throw new Error(`there is no ${what} where one was before: another version of a tool?`);
  return result;
}

/**
 * The JavaScript that fetches the files: `names` says what each is called in the end, and `shared` the file that holds all pieces
 * (`chunk_N`) that several files need. There are about a hundred of them, and a request for each would be most of the wait.
 */
function loader(script, names, shared) {
  script = replaced(script, /^import \{ initSync \} from .*$/gm, '', 'import');
  script = replaced(script, 'export const', 'const', 'export');
  script = replaced(script, /fetch\(new URL\("\.\/(chunk_\d+)\.wasm", import\.meta\.url\)\)/g, 'piece("$1")', 'piece');
  script = replaced(script, /"\.\/(\w+\.wasm)"/g, (_, file) => `"./${names.get(file)}"`, 'file');
  // Streaming needs a server that knows WebAssembly; the main file does without it too.
  script = replaced(script, /\(WebAssembly\.instantiateStreaming\(src, imports\)\)/g, 'instantiated(src, imports)', 'instantiation');
  const loads = [...script.matchAll(/^const (__wasm_split_load_\w+)/gm)].map(([, name]) => name);
  return `${script}
async function bytesOf(answer) {
    const response = await answer;
    if (!response.ok) throw new Error(\`\${response.url}: \${response.status}\`);
    return response.arrayBuffer();
}
async function instantiated(source, imports) {
    const here = await source;
    return WebAssembly.instantiate(here instanceof Response ? await bytesOf(here) : here, imports);
}
/** Pieces are sections of one module that does nothing else; a failed fetch is tried again by whoever asks next. */
let pieces;
async function piece(name) {
    pieces ??= bytesOf(fetch(new URL("./${shared}", import.meta.url))).then((bytes) => WebAssembly.compile(bytes));
    try {
        return WebAssembly.Module.customSections(await pieces, name)[0];
    } catch (error) {
        pieces = undefined;
        throw error;
    }
}
const laterFiles = { ${loads.join(', ')} };
`;
}

function split(bindgen, args) {
  const option = (name) => args.flatMap((arg, at) => (arg === name ? [args[at + 1]] : arg.startsWith(`${name}=`) ? [arg.slice(name.length + 1)] : []))[0];
  const [folder, name] = [option('--out-dir'), option('--out-name')];
  const input = args.find((arg) => arg.endsWith('.wasm'));
  const work = mkdtempSync(path.join(tmpdir(), 'mores-split-'));
  try {
    run('wasm-split-cli', [input, work, '--out-name', name, '--target', 'web']);
    const main = path.join(work, `${name}.wasm`);
    // Addresses in one file hold for another only if both come from the same link: one name for all.
    const digest = createHash('sha256');
    const files = readdirSync(work).sort();
    for (const file of files) digest.update(readFileSync(path.join(work, file)));
    const mark = digest.digest('hex').slice(0, 16);
    const parts = files.filter((file) => file.endsWith('.wasm') && file !== `${name}.wasm`);
    const names = new Map(parts.map((file) => [file, `${name}-${mark}_${file.replace(/^split_/, '')}`]));

    run(bindgen, ['--keep-lld-exports', ...args.map((arg) => (arg === input ? main : arg))]);
    const script = path.join(folder, `${name}.js`);
    const fetching = loader(readFileSync(path.join(work, LINK), 'utf8'), names, `${name}-${mark}_shared.wasm`);
    const glue = replaced(readFileSync(script, 'utf8'), new RegExp(`^import \\* as (\\w+) from "\\./${LINK}";?$`, 'gm'), 'const $1 = laterFiles;', 'import');
    writeFileSync(script, fetching + glue);

    const place = path.join(folder, '..', 'page-files');
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    for (const [file, called] of names) writeFileSync(path.join(place, called), readFileSync(path.join(work, file)));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const [bindgen, ...args] = process.argv.slice(2);
try {
  split(bindgen, args);
} catch (error) {
  console.error(`split.mjs: ${error.message}`);
  process.exit(1);
}
