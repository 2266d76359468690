// SPDX-License-Identifier: AGPL-3.0-or-later
// This device gets the service worker of « Ma boutique ». Without https (or localhost) there is none: pages say so.
navigator.serviceWorker?.register("/gestion/sw.js");
