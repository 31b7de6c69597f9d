/* 和议 Heyi: the talk in a room, live. Without this file the composer is a plain form and the page shows what was said.
   Frames are JSON with a "type". Out: send {client_id, text, reply_to, sure}, seen {seq}, typing, resume {after}.
   In: ack {client_id, seq}, message {seq, html, client_id?}, event {seq?, html?}, presence {here, typing}, gap, error {reason, client_id?, seconds?, sure?}.
   What a person wrote is never lost: it waits in the outbox until acknowledged, and is sent again under the same client_id. */
(function () {
  'use strict';
  var d = document, heyi = window.heyi, STOP = { 4401: 'signed-out', 4403: 'ended', 4404: 'unseen' };
  var ACK_MS = 10000, OPEN_MS = 8000, TYPING_MS = 3000, NEAR_PX = 120, FIRST_MS = 500, LONGEST_MS = 30000;

  function fresh() {
    if (window.crypto && crypto.randomUUID) return crypto.randomUUID();
    return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, function () { return Math.floor(Math.random() * 16).toString(16); });
  }
  function node(tag, cls, text) {
    var e = d.createElement(tag);
    if (cls) e.className = cls;
    if (text) e.textContent = text;
    return e;
  }

  function room(el) {
    var log = el.querySelector('[data-log]'), form = el.querySelector('[data-composer]'), state = el.querySelector('[data-conn]');
    var box = form && form.querySelector('textarea'), here = el.querySelector('[data-presence]'), newer = el.querySelector('[data-newer]'), quiet = el.querySelector('[data-quiet]'), over = 0;
    var pane = el.querySelector('.scroll') || d.scrollingElement, url = el.getAttribute('data-live-url'), key = 'outbox:' + url;
    var last = +el.getAttribute('data-after') || 0, seen = 0, tries = 0, ever = false, stopped = false, socket = null, timer = 0, typed = 0;
    var outbox = heyi.shared ? [] : JSON.parse(heyi.store(key) || '[]'), rows = {}, clocks = {};
    if (!log || !url || !window.WebSocket) return;

    function words(name) { return el.getAttribute('data-t-' + name) || ''; }
    function keep() { if (!heyi.shared) heyi.store(key, outbox.length ? JSON.stringify(outbox) : null); }
    function open() { return socket && socket.readyState === 1; }
    function tell(frame) { if (open()) socket.send(JSON.stringify(frame)); }
    function mark(live, text) {
      el.setAttribute('data-live', live ? 'on' : 'off');
      if (!state) return;
      state.hidden = false;
      state.className = live ? 'live' : 'live live--off';
      if (state.textContent !== text) state.textContent = text;
    }

    /* 1. The log: rows in the order of their number, the unsent ones last; scroll only for a reader who is at the end. */
    function atEnd() { return pane.scrollHeight - pane.scrollTop - pane.clientHeight < NEAR_PX; }
    function toEnd() { pane.scrollTop = pane.scrollHeight; if (newer) newer.hidden = true; look(); }
    function numbered(seq) { return log.querySelector('[data-seq="' + seq + '"]'); }
    function place(row, seq) {
      var old = numbered(seq), all = log.querySelectorAll('[data-seq]'), i = all.length, stick = atEnd();
      if (old) log.replaceChild(row, old);
      else {
        while (i && +all[i - 1].getAttribute('data-seq') > seq) i -= 1;
        var after = i ? all[i - 1].nextSibling : all[0] || log.querySelector('[data-client-id]');
        log.insertBefore(row, after || null);
      }
      last = Math.max(last, seq);
      if (stick) toEnd(); else if (!old && newer) newer.hidden = false;
    }
    function parsed(html) {
      var t = node('template');
      t.innerHTML = html;
      return t.content.querySelector('[data-seq]') || t.content.firstElementChild;
    }
    function plain(frame) {
      var row = node('li', frame.mine ? 'msg msg--me' : 'msg'), head = node('p', 'msg__h');
      head.appendChild(node('b', '', frame.author && frame.author.name || frame.author || frame.name));
      row.appendChild(head);
      row.appendChild(node('p', 'msg__b', frame.text));
      row.setAttribute('data-seq', frame.seq);
      return row;
    }
    function message(frame) {
      if (frame.client_id) settle(frame.client_id);
      var row = frame.html ? parsed(frame.html) : plain(frame);
      if (row) place(row, +frame.seq);
      if (row && quiet && row.hasAttribute('data-hush')) pauses();
    }
    function look() {
      if (d.hidden || last <= seen || !atEnd() || !open()) return;
      seen = last;
      tell({ type: 'seen', seq: seen });
    }
    function reread(what, then) {
      fetch(location.href, { credentials: 'same-origin' }).then(function (r) { return r.ok ? r.text() : ''; }).then(function (html) {
        then(new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[data-room] ' + what));
      }).catch(function () { /* the link is down; the next resume tries again */ });
    }
    function catchUp() {
      reread('[data-log] > [data-seq]', function (page) {
        Array.prototype.forEach.call(page, function (row) {
          if (+row.getAttribute('data-seq') > 0) place(d.importNode(row, true), +row.getAttribute('data-seq'));
        });
      });
    }
    /* Who was asked to pause, as the page tells this reader: asked for again when a line says so, and when the time is over. */
    function pauses() {
      reread('[data-quiet]', function (found) {
        if (!found.length) return;
        quiet.textContent = '';
        while (found[0].firstChild) quiet.appendChild(d.adoptNode(found[0].firstChild));
        if (quiet.textContent.trim()) heyi.say(quiet.textContent.trim());
        lapse();
      });
    }
    function lapse() {
      var left = Array.prototype.map.call(quiet.querySelectorAll('[data-left]'), function (one) { return +one.getAttribute('data-left'); });
      clearTimeout(over);
      if (left.length) over = setTimeout(pauses, Math.min.apply(null, left) * 1000 + 1000);
    }

    /* 2. The outbox: shown at once, sent when there is a link, gone when acknowledged. */
    function show(item) {
      var row = node('li', 'msg msg--me msg--waiting');
      row.setAttribute('data-client-id', item.client_id);
      row.appendChild(node('p', 'msg__h', words('sending')));
      row.appendChild(node('p', 'msg__b', item.text));
      log.appendChild(row);
      rows[item.client_id] = row;
    }
    function settle(id) {
      outbox = outbox.filter(function (item) { return item.client_id !== id; });
      keep();
      clearTimeout(clocks[id]);
      if (rows[id]) { log.removeChild(rows[id]); delete rows[id]; }
    }
    function post(item) {
      var row = rows[item.client_id];
      clearTimeout(clocks[item.client_id]);
      if (!open()) { if (!ever || stopped) failed(item); return; }
      if (row) row.firstChild.textContent = words('sending');
      tell({ type: 'send', client_id: item.client_id, text: item.text, reply_to: item.reply_to, sure: !!item.sure });
      clocks[item.client_id] = setTimeout(function () { failed(item); if (socket) socket.close(); }, ACK_MS);
    }
    function failed(item) {
      var row = rows[item.client_id], again = node('button', 'btn btn--quiet btn--sm', words('failed'));
      if (!row) return;
      again.type = 'button';
      again.addEventListener('click', function () { if (open() || (ever && !stopped)) { post(item); connect(); } else byForm(item); });
      row.firstChild.textContent = '';
      row.firstChild.appendChild(again);
      heyi.say(words('failed'));
    }
    function byForm(item) {
      box.value = item.text;
      form.elements.client_id.value = item.client_id;
      settle(item.client_id);
      HTMLFormElement.prototype.submit.call(form);
    }
    function refused(frame) {
      var item = outbox.filter(function (o) { return o.client_id === frame.client_id; })[0];
      heyi.say(frame.reason);
      if (frame.reason && state) mark(open(), frame.reason);
      if (!item) return;
      settle(item.client_id);
      if (!box.value) { box.value = item.text; box.dispatchEvent(new Event('input', { bubbles: true })); }
      if (frame.sure && form.elements.sure) form.elements.sure.value = 'true';
    }

    /* 3. The link: back-off with jitter; some ends are final and say why. */
    function connect() {
      clearTimeout(timer);
      if (stopped || (socket && socket.readyState < 2)) return;
      try { socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + url); } catch (e) { ended({ code: 0 }); return; }
      socket.onopen = function () {
        ever = true;
        mark(true, words('on'));
        tell({ type: 'resume', after: last });
        outbox.forEach(post);
        look();
      };
      socket.onmessage = function (ev) {
        var frame = JSON.parse(ev.data);
        tries = 0;
        if (hear[frame.type]) hear[frame.type](frame);
        el.dispatchEvent(new CustomEvent('heyi:' + frame.type, { bubbles: true, detail: frame }));
      };
      socket.onclose = function (ev) { socket = null; ended(ev); };
      watch(socket);
    }
    function watch(one) {   /* a link that a policy forbids or a proxy swallows may never say that it failed */
      setTimeout(function () {
        if (one !== socket || open()) return;
        one.onclose = null;
        one.close();
        socket = null;
        ended({ code: 0 });
      }, OPEN_MS);
    }
    function ended(ev) {
      var wait = Math.min(FIRST_MS * Math.pow(2, tries), LONGEST_MS) * (0.5 + Math.random() / 2);
      stopped = STOP[ev.code] !== undefined;
      if (stopped || !ever) outbox.forEach(failed);
      if (stopped) { mark(false, words(STOP[ev.code])); heyi.say(words(STOP[ev.code])); return; }
      if (ev.code === 4408) wait = FIRST_MS;
      if (ev.code === 4429) wait = (parseInt(ev.reason, 10) || 30) * 1000;
      tries += 1;
      mark(false, words(ever ? 'off' : 'plain'));
      timer = setTimeout(connect, Math.max(wait, FIRST_MS));
    }
    var hear = {
      ack: function (frame) {
        var row = rows[frame.client_id];
        clearTimeout(clocks[frame.client_id]);
        outbox = outbox.filter(function (item) { return item.client_id !== frame.client_id; });
        keep();
        if (!row) return;
        row.setAttribute('data-seq', frame.seq);
        row.firstChild.textContent = words('sent');
      },
      message: message,
      event: function (frame) { if (frame.html && frame.seq) message(frame); else catchUp(); },
      gap: catchUp,
      presence: function (frame) {
        var writing = (frame.typing || []).join(words('and'));
        if (here) here.textContent = writing ? words('typing').replace('{who}', writing) : words('here').replace('{who}', (frame.here || []).join(words('and')));
      },
      error: refused
    };

    /* 4. The composer. */
    if (form && box) {
      form.setAttribute('data-draft', form.getAttribute('data-draft') || url);
      form.addEventListener('submit', function (ev) {
        var reply = form.elements.reply_to, item = { client_id: fresh(), text: box.value.trim(), reply_to: reply && reply.value || null, sure: !!(form.elements.sure && form.elements.sure.value) };
        if (form.elements.client_id) form.elements.client_id.value = item.client_id;
        if (stopped || (!ever && !(socket && socket.readyState === 0))) return;
        if (form.querySelector('input[type=file]') && form.querySelector('input[type=file]').value) return;
        ev.preventDefault();
        if (!item.text) { box.focus(); return; }
        outbox.push(item);
        keep();
        show(item);
        if (open()) post(item);
        box.value = '';
        if (reply) reply.value = '';
        box.dispatchEvent(new Event('input', { bubbles: true }));
        box.focus();
        toEnd();
      });
      box.addEventListener('keydown', function (ev) {
        if (ev.key !== 'Enter' || !(ev.ctrlKey || ev.metaKey)) return;
        ev.preventDefault();
        form.querySelector('[type=submit]').click();
      });
      box.addEventListener('input', function () {
        if (form.elements.sure) form.elements.sure.value = '';
        var now = Date.now();
        if (!box.value || now - typed < TYPING_MS) return;
        typed = now;
        tell({ type: 'typing' });
      });
      heyi.enhance();
    }
    if (newer) newer.addEventListener('click', toEnd);
    pane.addEventListener('scroll', look);
    d.addEventListener('visibilitychange', function () { if (!d.hidden) { connect(); look(); } });
    window.addEventListener('online', connect);
    outbox.forEach(show);
    if (quiet) lapse();
    toEnd();
    connect();
  }
  Array.prototype.forEach.call(d.querySelectorAll('[data-room]'), room);
}());
