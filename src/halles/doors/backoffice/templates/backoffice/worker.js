{% load static %}// SPDX-License-Identifier: AGPL-3.0-or-later
// The service worker of « Ma boutique ». Each part listens for its own events.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.halles = {
  offline: {
    door: "gestion",
    scope: "{% url "backoffice:today" %}",
    visit: "{% url "backoffice:visit" %}",
    elsewhere: "{% url "backoffice:elsewhere" %}",
    files: [
      "{% static "ui/halles.css" %}",
      "{% static "ui/gestion.css" %}",
      "{% static "ui/halles.js" %}",
      "{% static "ui/queue.js" %}",
      "{% static "ui/icon.svg" %}",
      "{% static "django_htmx/htmx-2.min.js" %}",
      "{% static "backoffice/device.js" %}",
      "{% static "backoffice/offline.js" %}",
      "{% static "backoffice/picking.js" %}",
      "{% static "backoffice/round.js" %}",
    ],
  },
};
importScripts("{% static "ui/queue.js" %}", "{% static "ui/offline.worker.js" %}");
const PICTURES = { icon: "{% static 'ui/icon-192.png' %}", badge: "{% static 'backoffice/badge.png' %}" };
importScripts("{% static 'backoffice/push.worker.js' %}");
