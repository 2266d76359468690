{% load static %}// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker of « Ma boutique ». Each part listens for its own events.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
const PICTURES = { icon: "{% static 'ui/icon-192.png' %}", badge: "{% static 'backoffice/badge.png' %}" };
importScripts("{% static 'backoffice/push.worker.js' %}");
