// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of a door's service worker for where there is no network: pages the house lets it keep (`X-Keep-For`) are
// shown as they last were, and say so; what waits in the queue is sent when the network is back.
// `halles.offline` says which door: {door, scope, visit, elsewhere, files}.
{
  const { door, scope, visit, elsewhere, files } = halles.offline;
  const PAGES = `${door}-pages`;
  const FILES = `${door}-files`;
  const MOST_PAGES = 60;
  const MOST_FILES = 300;
  const LONGEST = 3 * 24 * 3600e3; // so long a page with customers' names stays on a device
  const FRESH = 10 * 60e3; // a page this young is not fetched ahead again
  const PATIENCE = 2500; // for the network, where there is something to show instead
  const LONG_PATIENCE = 10e3; // where a page asks by itself

  const queue = halles.queue(door, visit);
  const age = (response) => Date.now() - Number(response.headers.get("X-Kept-At"));
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const isOurFile = (path) => /^\/(static|media)\//.test(path);

  async function install() {
    const cache = await caches.open(FILES);
    await cache.addAll([...files, elsewhere]);
  }

  // A file's address says what is in it: once here, it need not be asked for again. Those of a former version stay as
  // long as there is room: kept pages were made with them.
  async function file(request) {
    const cache = await caches.open(FILES);
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    const fresh = await fetch(request);
    if (fresh.status === 200) {
      await cache.put(request, fresh.clone());
      const known = await cache.keys();
      for (const old of known.filter((one) => !files.includes(new URL(one.url).pathname)).slice(0, -MOST_FILES)) {
        await cache.delete(old);
      }
    }
    return fresh;
  }

  async function keep(address, response) {
    const whose = response.headers.get("X-Keep-For");
    if (!whose || response.status !== 200) return;
    const headers = new Headers(response.headers);
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    headers.set("X-Kept-At", Date.now());
    const copy = new Response(await response.blob(), { headers });
    const cache = await caches.open(PAGES);
    const others = await cache.keys();
    for (const [place, request] of others.entries()) {
      const other = await cache.match(request, { ignoreVary: true });
      // Of somebody else or of another shop nothing stays; nor what is old, or too many.
      const stays = other?.headers.get("X-Keep-For") === whose && age(other) < LONGEST;
      if (!stays || request.url === address || others.length - place >= MOST_PAGES) await cache.delete(request);
    }
    await cache.put(address, copy);
  }

  // As it was, with when that was.
  async function shown(kept) {
    const text = await kept.text();
    const body = text.replace("<body", `<body data-kept="${kept.headers.get("X-Kept-At")}"`);
    return new Response(body, { headers: kept.headers });
  }

  async function page(request, fresh) {
    const kept = await (await caches.open(PAGES)).match(request.url, { ignoreVary: true });
    if (kept && age(kept) < LONGEST) {
      const answer = await Promise.race([fresh, wait(PATIENCE)]).catch(() => null);
      return answer && answer.status <= 500 ? answer : shown(kept);
    }
    return fresh.catch(async () => (await caches.match(elsewhere, { ignoreVary: true })) || Response.error());
  }

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return;
    if (isOurFile(pathname)) return event.respondWith(file(request));
    const isPage = request.mode === "navigate";
    if (!pathname.startsWith(scope) || !(isPage || request.headers.has("HX-Request"))) return;
    const fresh = fetch(request);
    const kept = fresh.then((answer) => keep(request.url, answer.clone())).catch(() => {});
    event.waitUntil(kept);
    const cut = wait(LONG_PATIENCE).then(() => Response.error());
    event.respondWith(isPage ? page(request, fresh) : Promise.race([fresh, cut]));
  });

  // Pages that may be wanted where there is no network, before anybody asks for them.
  async function ahead(addresses) {
    const cache = await caches.open(PAGES);
    for (const address of addresses.slice(0, MOST_PAGES / 2)) {
      const kept = await cache.match(address, { ignoreVary: true });
      if (kept && age(kept) < FRESH) continue;
      await keep(address, await fetch(address, { headers: { "X-Ahead": "1" } }));
    }
  }

  self.addEventListener("message", (event) => {
    if (event.data.ahead) event.waitUntil(ahead(event.data.ahead).catch(() => {}));
  });

  self.addEventListener("sync", (event) => {
    if (event.tag !== door) return;
    const sent = queue.send().then(({ stopped }) => {
      if (stopped === "network") throw new Error(stopped); // the browser tries again later
    });
    event.waitUntil(sent);
  });

  self.addEventListener("install", (event) => event.waitUntil(install()));
}
