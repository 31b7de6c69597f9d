/* 和议 Heyi: notes at doors with a bad connection. Without this file each note is a plain form.
   A note that could not be sent waits in this telephone, for this person, and is sent again under the same token; the
   server writes it once. Nobody's choice is ever kept here. Signing out forgets what waits. */
(function () {
  'use strict';
  var d = document, heyi = window.heyi, box = d.querySelector('[data-queue-state]'), under = false, KEY;
  if (!heyi || heyi.shared || !box || !window.fetch || !window.URLSearchParams) return;
  KEY = 'doors-queue-' + box.getAttribute('data-queue-state');

  function kept() { try { return JSON.parse(localStorage.getItem(KEY) || '[]'); } catch (e) { return []; } }
  function keep(list) {
    try { if (list.length) localStorage.setItem(KEY, JSON.stringify(list)); else localStorage.removeItem(KEY); return true; } catch (e) { return false; }
  }
  function of(note, name) { return new URLSearchParams(note.body).get(name); }
  function said(name) { return box.getAttribute('data-t-' + name); }
  function show(fresh) {
    var list = kept(), n = list.length;
    box.hidden = !n;
    box.textContent = n ? (fresh ? said('kept') + ' ' : '') + said('waiting').replace('{n}', n) : '';
    if (fresh && n) heyi.say(box.textContent);
    Array.prototype.forEach.call(d.querySelectorAll('form[data-queue]'), function (form) {
      var mark = form.querySelector('[data-kept]'), head = new FormData(form).get('head');
      if (mark) mark.hidden = !list.some(function (note) { return note.url === form.action && of(note, 'head') === head; });
    });
  }
  /* One at a time, the oldest first. An answer below 500 settles a note: it was written, or never will be, and then the
     page says so. Signed out, or asked to slow down, it waits. */
  function flush(done, lost) {
    var one = kept()[0];
    if (under) return;
    if (!one) { show(); if (lost) { box.hidden = false; box.textContent = said('lost'); heyi.say(said('lost')); } else if (done) location.reload(); return; }
    under = true;
    fetch(one.url, { method: 'POST', body: new URLSearchParams(one.body), credentials: 'same-origin' }).then(function (answer) {
      under = false;
      if (answer.status >= 500 || answer.status === 429 || answer.url.indexOf('/sign-in') > 0) { show(); return; }
      keep(kept().filter(function (each) { return each.body !== one.body; }));
      flush(done, lost || answer.status >= 400);
    }, function () { under = false; show(true); });
  }
  d.addEventListener('submit', function (ev) {
    var form = ev.target, data, note;
    if (form.hasAttribute('data-forget')) { keep([]); return; }
    if (!form.hasAttribute('data-queue')) return;
    data = new URLSearchParams(new FormData(form));
    if (ev.submitter && ev.submitter.name) data.set(ev.submitter.name, ev.submitter.value);
    note = { url: form.action, body: data.toString() };
    /* who presses again at one door changes the note that waits */
    if (!keep(kept().filter(function (each) { return of(each, 'token') !== of(note, 'token'); }).concat([note]))) return;
    ev.preventDefault();
    form.removeAttribute('data-under-way'); /* what is kept may be changed by the next press */
    if (ev.submitter) ev.submitter.removeAttribute('aria-busy');
    flush(true);
  });
  window.addEventListener('online', function () { flush(true); });
  flush();
})();
