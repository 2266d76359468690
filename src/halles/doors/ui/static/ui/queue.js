// SPDX-License-Identifier: AGPL-3.0-or-later
// What is done where there is no network waits on the device, and is sent in its order when there is one again.
// One module for every door, for its pages and for its service worker: `halles.queue("gestion", "/gestion/appareil")`.
//
// An act: {key, account, shop, address, fields, words, page}, and once it was asked for and not done: `said`, in the
// house's words or "" when it had none. It is sent under its key, so that a repeated one is done once, in its own
// shop, and only while its own account is signed in.

self.halles ??= {};
halles.queue = (door, visit) => {
  const name = `halles-${door}`;
  const news = new BroadcastChannel(name);
  const SECONDS = 15; // for one answer
  const TRIES = 5; // of an act that makes the house stumble, before it lets the others pass

  function open() {
    return new Promise((done, fail) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore("acts", { keyPath: "id", autoIncrement: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  }

  async function use(mode, work) {
    const database = await open();
    try {
      const transaction = database.transaction("acts", mode);
      const request = work(transaction.objectStore("acts"));
      await new Promise((done, fail) => {
        transaction.oncomplete = done;
        transaction.onabort = () => fail(transaction.error);
      });
      return request.result;
    } finally {
      database.close();
    }
  }

  const all = () => use("readonly", (acts) => acts.getAll());

  async function change(work) {
    const result = await use("readwrite", work);
    news.postMessage("changed");
    return result;
  }

  const add = (act) =>
    change((acts) => acts.add({ ...act, key: crypto.randomUUID(), at: Date.now(), tries: 0 }));
  const put = (act) => change((acts) => acts.put(act));
  const forget = (id) => change((acts) => acts.delete(id));

  // Somebody's acts, oldest first; nobody sees those of another.
  const list = async (account) => (await all()).filter((act) => act.account === account);

  class Stop extends Error {}

  async function ask(address, options) {
    const signal = AbortSignal.timeout(1000 * SECONDS);
    const headers = { Accept: "application/json", ...options.headers };
    try {
      return await fetch(address, { ...options, headers, redirect: "manual", signal });
    } catch {
      throw new Stop("network");
    }
  }

  // Who is signed in, and the token of this visit.
  async function visitor() {
    const answer = await ask(visit, {});
    if (answer.status === 401) throw new Stop("signed out");
    if (!answer.ok) throw new Stop("network");
    return answer.json();
  }

  // Photographs travel in a form of many parts. How long ago it was says this device's clock, right or wrong, by itself.
  function post(act, token, follows) {
    const fields = [...act.fields, ["key", act.key], ["csrfmiddlewaretoken", token]];
    const isPlain = fields.every(([, value]) => typeof value === "string");
    const body = isPlain ? new URLSearchParams(fields) : new FormData();
    if (!isPlain) fields.forEach(([name, value]) => body.append(name, value));
    const age = Math.round((Date.now() - act.at) / 1000);
    const headers = { "X-Shop": act.shop, "X-Age": age, ...(follows && { "X-Page-Follows": "1" }) };
    return ask(act.address, { method: "POST", body, headers });
  }

  // What comes of one answer: done and gone; not done, which is told; or, stopping everything, later.
  async function settle(act, answer) {
    if (answer.ok) {
      await forget(act.id);
      return { done: true, ...(await answer.json()) };
    }
    if (answer.status === 401) throw new Stop("signed out");
    if (answer.status === 403 || answer.status === 429 || answer.status > 500) throw new Stop("network");
    if (answer.status === 500 && act.tries + 1 < TRIES) {
      await put({ ...act, tries: act.tries + 1 });
      throw new Stop("network");
    }
    const told = answer.status === 409 ? await answer.json() : { words: "" };
    await put({ ...act, said: told.words, page: told.address || act.page });
    return { done: false, ...told };
  }

  async function sendAll(known, follows, answers) {
    let who = known;
    for (const act of (await all()).filter((one) => one.said === undefined)) {
      who ??= await visitor();
      if (act.account !== who.account) continue;
      let answer = await post(act, who.token, act.id === follows);
      if (answer.status === 403) {
        who = await visitor(); // the token was of a former visit
        if (act.account !== who.account) continue;
        answer = await post(act, who.token, act.id === follows);
      }
      answers.set(act.id, await settle(act, answer));
    }
  }

  // Send what waits; one of all windows at a time. `known` is {account, token} where a page has them, `follows` the act
  // whose words the next page says. Gives why it stopped ("" when nothing waits any more) and what came of each act.
  const send = (known = null, follows = 0) =>
    navigator.locks.request(name, async () => {
      const answers = new Map();
      try {
        await sendAll(known, follows, answers);
        return { stopped: "", answers };
      } catch (stop) {
        if (!(stop instanceof Stop)) throw stop;
        return { stopped: stop.message, answers };
      }
    });

  const onChange = (tell) => new BroadcastChannel(name).addEventListener("message", tell);

  return { add, list, forget, send, onChange };
};
