// SPDX-License-Identifier: AGPL-3.0-or-later
// Nobody is signed in on this device: the pages it kept for where there is no network go. What waits to be sent stays
// under its account, is shown to nobody else, and goes when that account comes back.
self.caches?.keys().then((names) =>
  names.filter((name) => name.endsWith("-pages")).forEach((name) => caches.delete(name)),
);
