/* 和议 Heyi: notes at doors with a bad connection. Without this file each note is a plain form.
   A note that could not be sent waits in localStorage and is sent again under the same token; the server writes it once. */
(function () {
  'use strict';
  var d = document, heyi = window.heyi, KEY = 'doors-queue', under = false;
  if (!heyi || heyi.shared || !window.fetch || !window.URLSearchParams) return;

  function kept() { try { return JSON.parse(heyi.store(KEY) || '[]'); } catch (e) { return []; } }
  function keep(list) { heyi.store(KEY, list.length ? JSON.stringify(list) : null); }
  function show(fresh) {
    var n = kept().length;
    Array.prototype.forEach.call(d.querySelectorAll('[data-queue-state]'), function (box) {
      box.hidden = !n;
      box.textContent = n ? (fresh ? box.getAttribute('data-t-kept') + ' ' : '') + box.getAttribute('data-t-waiting').replace('{n}', n) : '';
    });
    if (fresh && n) heyi.say(d.querySelector('[data-queue-state]').textContent);
  }
  /* One at a time, the oldest first. An answer below 500 settles a note: it was written, or will never be. Signed out, it waits. */
  function flush(done) {
    var one = kept()[0];
    if (under) return;
    if (!one) { show(); if (done) location.reload(); return; }
    under = true;
    fetch(one.url, { method: 'POST', body: new URLSearchParams(one.body), credentials: 'same-origin' }).then(function (answer) {
      under = false;
      if (answer.status >= 500 || answer.status === 429 || answer.url.indexOf('/sign-in') > 0) { show(); return; }
      keep(kept().filter(function (each) { return each.body !== one.body; }));
      flush(done);
    }, function () { under = false; show(true); });
  }
  d.addEventListener('submit', function (ev) {
    var form = ev.target, data;
    if (!form.hasAttribute('data-queue')) return;
    ev.preventDefault();
    data = new URLSearchParams(new FormData(form));
    if (ev.submitter && ev.submitter.name) data.set(ev.submitter.name, ev.submitter.value);
    keep(kept().concat([{ url: form.action, body: data.toString() }]));
    flush(true);
  });
  window.addEventListener('online', function () { flush(true); });
  flush();
})();
