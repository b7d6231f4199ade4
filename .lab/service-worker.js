// Keeps one build of the page for when there is no network, and never mixes two.
//
// `.lab/seal.mjs` writes the first lines of what is shipped: SEAL, a digest of the whole build; BUILD, its
// name for people; FILES, each with its digest and size; LATER, those that nobody waits for; IF_USED, those
// that are not kept before they have been used.
//
// A build has a cache of its own, named after its seal. It is filled with files that fit their digests, or
// it does not count. A page is given the build of the worker that rules it, and says in the addresses of
// what it asks for later which build it is of; whatever a worker asks for belongs to the build in that
// worker's own address. A newer build waits until no page of this one is left, or until a visitor takes it;
// then the pages that are still open go on with the files they began with. Every page holds a lock named
// after its build: a cache without one is swept away.

const PREFIX = `mores ${new URL(registration.scope).pathname} `;
const CACHE = PREFIX + SEAL;
const LIST = 'files.json';

const addressOf = (path) => new URL(path, registration.scope).href;

/** The path below this page's folder; null for what lies elsewhere. */
function pathOf(address) {
  const { origin, pathname } = new URL(address);
  const scope = new URL(registration.scope);
  return origin === scope.origin && pathname.startsWith(scope.pathname) ? decodeURI(pathname.slice(scope.pathname.length)) : null;
}

const sealIn = (address) => new URL(address).searchParams.get('build');

// ---- filling a cache ------------------------------------------------------------------------------

async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

/** A file of that digest which another build left here. */
async function inherited(path, digest) {
  for (const name of await ours()) {
    const found = await (await caches.open(name)).match(addressOf(path));
    if (found?.headers.get('mores-digest') === digest) return found;
  }
  return null;
}

/** The file as the server has it, or an error where that is not the one of this build. */
async function fetched(path, digest) {
  const answer = await fetch(addressOf(path), { cache: 'no-cache', credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  if ((await digestOf(bytes)) !== digest) throw new Error(`${path} is of another build`);
  const headers = new Headers({ 'mores-digest': digest, 'content-length': bytes.byteLength });
  const type = answer.headers.get('content-type');
  if (type) headers.set('content-type', type);
  return new Response(bytes, { headers });
}

/** Whether a build can't do without a file. One that is kept if it was used is needed if an earlier build has it. */
async function isNeeded(path) {
  if (LATER.test(path)) return false;
  return !IF_USED.test(path) || isKept(path);
}

async function isKept(path) {
  for (const name of await ours()) if (await (await caches.open(name)).match(addressOf(path))) return true;
  return false;
}

/** Puts a file into a build's cache, if it is not there. */
async function bring(name, path, digest) {
  const cache = await caches.open(name);
  const there = await cache.match(addressOf(path));
  if (there) return there;
  const found = (await inherited(path, digest)) ?? (await fetched(path, digest));
  // A full disk is no reason to withhold what was fetched.
  await cache.put(addressOf(path), found.clone()).catch((why) => (name === CACHE && !LATER.test(path) && !IF_USED.test(path) ? Promise.reject(why) : null));
  return found;
}

async function install() {
  try {
    const cache = await caches.open(CACHE);
    await cache.put(addressOf(LIST), new Response(JSON.stringify({ build: BUILD, files: FILES }), { headers: { 'content-type': 'application/json' } }));
    // One after the other: the page has the right of way.
    for (const [path, [digest]] of Object.entries(FILES)) if (await isNeeded(path)) await bring(CACHE, path, digest);
  } catch (why) {
    await caches.delete(CACHE);
    throw why;
  }
}

async function bringAll(which) {
  for (const [path, [digest]] of Object.entries(FILES)) {
    // What can't be had now is had when it is asked for.
    if (which.test(path)) await bring(CACHE, path, digest).catch(() => null);
  }
}

// ---- several builds ---------------------------------------------------------------------------------

/** The caches of this page's folder; other folders of the same host may have theirs. */
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function filesOf(name) {
  if (name === CACHE) return FILES;
  if (!(await caches.has(name))) return null;
  const list = await (await caches.open(name)).match(addressOf(LIST));
  return list ? (await list.json()).files : null;
}

/** Removes builds that no open page is of. */
async function sweep() {
  // What is being made ready has no page yet.
  if (registration.installing || registration.waiting) return;
  const left = (await ours()).filter((name) => name !== CACHE);
  if (left.length === 0) return;
  const held = navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : null;
  const open = held ?? (await clients.matchAll({ includeUncontrolled: true })).map(() => null);
  for (const name of left) {
    const lives = held ? open.includes(`mores build ${name.slice(PREFIX.length)}`) : open.length > 1;
    if (!lives) await caches.delete(name);
  }
}

// ---- answering ----------------------------------------------------------------------------------------

/** The build that a request is for: named in its address, or in that of the worker that asks; else null. */
async function wanted(event) {
  const named = sealIn(event.request.url);
  if (named || !event.clientId) return named;
  const client = await clients.get(event.clientId);
  return client && client.type !== 'window' ? sealIn(client.url) : null;
}

async function answer(event, path) {
  const seal = await wanted(event);
  const names = seal ? [PREFIX + seal] : [CACHE, ...(await ours()).filter((name) => name !== CACHE)];
  for (const name of names) {
    const digest = (await filesOf(name))?.[path]?.[0];
    if (digest) return bring(name, path, digest).catch(() => Response.error());
  }
  return fetch(event.request);
}

addEventListener('install', (event) => event.waitUntil(install()));

addEventListener('activate', (event) => event.waitUntil(sweep().then(() => clients.claim())));

addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathOf(request.url);
  // Other builds that are published beside this one, and the list of them, are none of its business.
  if (request.method !== 'GET' || path === null || /^builds(\/|\.json$)/.test(path)) return;
  if (request.mode !== 'navigate') {
    event.respondWith(answer(event, path));
  } else if (path === '' || path === 'index.html') {
    event.respondWith(bring(CACHE, 'index.html', FILES['index.html'][0]).catch(() => fetch(request)));
    event.waitUntil(sweep());
  }
});

addEventListener('message', (event) => {
  if (event.data === 'which') event.ports[0]?.postMessage([SEAL, BUILD]);
  else if (event.data === 'take over') event.waitUntil(skipWaiting());
  else if (event.data === 'bring the rest') event.waitUntil(bringAll(LATER).then(sweep));
  else if (event.data === 'bring what was used') event.waitUntil(bringAll(IF_USED));
});
