// SPDX-License-Identifier: AGPL-3.0-or-later
// The bell's part of the service worker: a message becomes a notification, and its press opens what it is about.
// A later ring about the same takes the place of the earlier one, and is heard all the same.
{
  const pages = () => self.clients.matchAll({ type: "window" });

  const ring = async ({ title, body, tag, url, open, trial }) => {
    await self.registration.showNotification(title, {
      body,
      tag,
      renotify: true,
      requireInteraction: !trial,
      vibrate: [300, 150, 300, 150, 600],
      icon: PICTURES.icon,
      badge: PICTURES.badge,
      data: { url },
      actions: [{ action: "open", title: open }],
    });
    for (const page of await pages()) page.postMessage({ rung: true, trial });
  };

  const openAt = async (url) => {
    const [page] = await pages();
    if (!page) return self.clients.openWindow(url);
    await page.focus().catch(() => null); // not every browser lets us bring it forward
    return page.navigate(url);
  };

  // The browser's maker gave it a new address: the shop must know, or nothing rings any more.
  const move = async (before, after) => {
    const applicationServerKey = before?.options.applicationServerKey;
    if (!after && !applicationServerKey) return;
    const made = after || (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
    const { endpoint, keys } = made.toJSON();
    const body = new URLSearchParams({ endpoint, ...keys, formerly: before?.endpoint || "" });
    await fetch("/gestion/sonnette/appareils", { method: "POST", body });
  };

  self.addEventListener("push", (event) => event.waitUntil(ring(event.data.json())));
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(openAt(event.notification.data.url));
  });
  self.addEventListener("pushsubscriptionchange", (event) =>
    event.waitUntil(move(event.oldSubscription, event.newSubscription)),
  );
}
