/* 和议 Heyi: what script adds to pages that work without it. No framework, no eval; behaviour hangs on data-* attributes.
   Words for people come from data-t-* on <body>, so that they are translated where everything else is. */
(function () {
  'use strict';
  var d = document, root = d.documentElement, body = d.body, live = $('#say');
  function $(s, e) { return (e || d).querySelector(s); }
  function $$(s, e) { return Array.prototype.slice.call((e || d).querySelectorAll(s)); }
  function words(key, n) { return (body.getAttribute('data-t-' + key) || '').replace('{n}', n); }
  function near(el, s) { return el && el.closest ? el.closest(s) : null; }

  /* 1. One polite live region for the whole page. The pause lets the same sentence be read twice. */
  function say(text) {
    if (!live || !text) return;
    live.textContent = '';
    setTimeout(function () { live.textContent = text; }, 60);
  }

  /* 2. After a page or a swap: focus where the news is, once for each piece of news. */
  function land() {
    var news = $('[data-focus]:not([data-landed])');
    if (!news) return;
    news.setAttribute('data-landed', '');
    if (!news.hasAttribute('tabindex')) news.setAttribute('tabindex', '-1');
    news.focus();
  }
  function settle() {
    enhance();
    land();
    $$('[data-say]').forEach(function (e) { say(e.getAttribute('data-say')); e.removeAttribute('data-say'); });
  }
  d.addEventListener('htmx:after:swap', settle);

  /* 3. The link is lost: say so in the page, keep what was typed. */
  d.addEventListener('htmx:error', function () {
    var box = $('#notices'), p = d.createElement('p');
    if (!box) return;
    p.className = 'note note--bad';
    p.setAttribute('data-focus', '');
    p.textContent = words('lost');
    box.textContent = '';
    box.appendChild(p);
    land();
  });

  /* 4. One press, one request: a form that is under way is not sent again. */
  function free(form) {
    form.removeAttribute('data-under-way');
    $$('[aria-busy]', form).forEach(function (b) { b.removeAttribute('aria-busy'); });
  }
  d.addEventListener('submit', function (ev) {
    var form = ev.target, b = ev.submitter || d.activeElement;
    if (form.method !== 'post') return;
    if (form.hasAttribute('data-under-way')) { ev.preventDefault(); ev.stopImmediatePropagation(); return; }
    if (form.hasAttribute('data-composer')) return;
    form.setAttribute('data-under-way', '');
    if (near(b, 'button') && form.contains(b)) b.setAttribute('aria-busy', 'true');
    setTimeout(function () { free(form); }, 8000);
  }, true);
  d.addEventListener('htmx:finally:request', function () { $$('[data-under-way]').forEach(free); });
  window.addEventListener('pageshow', function () { $$('[data-under-way]').forEach(free); });

  /* 4b. Leaving quickly: what was typed is gone, the page before cannot be come back to, and the server signs out. */
  d.addEventListener('submit', function (ev) {
    var form = ev.target, to = form.getAttribute('data-leave');
    if (!to) return;
    ev.preventDefault();
    try { sessionStorage.clear(); } catch (e) { /* forbidden */ }
    fetch(form.action, { method: 'POST', keepalive: true, redirect: 'manual' }).finally(function () { location.replace(to); });
  });

  /* 5. Drafts: what was typed survives a reload, a lost link, an expired session. Only for this tab, never on a shared
        device (<html data-shared>), gone when the server has taken it, and gone after signing out (form[data-forget]). */
  var shared = root.hasAttribute('data-shared');
  function store(key, value) {
    try { if (value === undefined) return sessionStorage.getItem(key); if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value); } catch (e) { /* full or forbidden */ }
    return null;
  }
  function draft(form) {
    var key = 'draft:' + form.getAttribute('data-draft'), boxes = $$('textarea, input[type=text]', form);
    if (shared || !boxes.length) return;
    function empty() { return boxes.every(function (b) { return !b.value; }); }
    if (store(key + ':sent') && empty()) { store(key, null); store(key + ':sent', null); }
    var kept = store(key);
    if (kept && empty()) {
      kept = JSON.parse(kept);
      boxes.forEach(function (b) { if (kept[b.name]) b.value = kept[b.name]; });
      if (!empty()) say(words('draft'));
    }
    form.addEventListener('input', function () {
      var typed = {};
      boxes.forEach(function (b) { typed[b.name] = b.value; });
      store(key, empty() ? null : JSON.stringify(typed));
      store(key + ':sent', null);
    });
    form.addEventListener('submit', function () { store(key + ':sent', '1'); });
  }
  d.addEventListener('submit', function (ev) {
    if (ev.target.hasAttribute('data-forget')) { try { sessionStorage.clear(); } catch (e) { /* nothing kept */ } }
  });

  /* 6. How much may still be written: always shown, spoken only near the limit. */
  function counter(box) {
    var most = +box.getAttribute('data-max'), out = d.getElementById(box.id + '-n');
    if (!out) return;
    function count(ev) {
      var left = most - Array.from(box.value).length;
      out.textContent = left >= 0 ? words('left', left) : words('over', -left);
      out.classList.toggle('count--over', left < 0);
      if (ev && left < 20 && left % 5 === 0) say(out.textContent);
    }
    box.addEventListener('input', count);
    count();
  }

  /* 7. Mark the chosen row; the control itself says the same without colour. */
  function choices(set) {
    function mark() { $$('.choice', set).forEach(function (row) { row.classList.toggle('choice--on', $('input', row).checked); }); }
    set.addEventListener('change', mark);
    mark();
  }

  /* 8. Read aloud with the device's own voice; the button appears only where there is one. */
  function speak(b) {
    if (!('speechSynthesis' in window)) { b.classList.add('gone'); return; }
    b.hidden = false;
    b.addEventListener('click', function () {
      var voice = window.speechSynthesis, on = b.getAttribute('aria-pressed') === 'true', part = $(b.getAttribute('data-speak'));
      voice.cancel();
      b.setAttribute('aria-pressed', String(!on));
      if (on || !part) return;
      var talk = new SpeechSynthesisUtterance(part.innerText);
      talk.lang = root.lang;
      talk.rate = 0.9;
      talk.onend = function () { b.setAttribute('aria-pressed', 'false'); };
      voice.speak(talk);
    });
  }
  window.addEventListener('pagehide', function () { if ('speechSynthesis' in window) window.speechSynthesis.cancel(); });

  /* 9. Print buttons; "/" goes to the search box. */
  function print(b) { b.hidden = false; b.addEventListener('click', function () { window.print(); }); }
  d.addEventListener('keydown', function (ev) {
    var box = $('#search');
    if (ev.key !== '/' || !box || /INPUT|TEXTAREA|SELECT/.test(d.activeElement.tagName)) return;
    ev.preventDefault();
    box.focus();
  });

  /* 9b. Lists marked data-keys: j and k go down and up, Enter opens as it does everywhere, ? shows the keys. */
  d.addEventListener('keydown', function (ev) {
    var rows = $$('[data-keys] a'), help = $('#keys'), at = rows.indexOf(d.activeElement), next;
    if (!rows.length || ev.ctrlKey || ev.metaKey || ev.altKey || /INPUT|TEXTAREA|SELECT/.test(d.activeElement.tagName)) return;
    if (ev.key === '?' && help) { help.open = !help.open; if (help.open) $('summary', help).focus(); return; }
    next = ev.key === 'j' ? Math.min(at + 1, rows.length - 1) : ev.key === 'k' ? Math.max(at - 1, 0) : -1;
    if (next >= 0) { ev.preventDefault(); rows[next].focus(); }
  });

  /* 10. Panes of the desk on a phone are plain #anchors; keep aria-current honest. */
  function tabs() {
    var links = $$('.desk-tabs a'), hash = location.hash;
    if (!links.some(function (a) { return a.hash === hash; })) return;
    links.forEach(function (a) { if (a.hash === hash) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current'); });
  }
  window.addEventListener('hashchange', tabs);

  function each(selector, fn) {
    $$(selector).forEach(function (e) { var mark = '_heyi_' + fn.name; if (!e[mark]) { e[mark] = true; fn(e); } });
  }
  function enhance() {
    each('form[data-draft]', draft);
    each('[data-max]', counter);
    each('[data-choices]', choices);
    each('[data-speak]', speak);
    each('[data-print]', print);
  }
  window.heyi = { say: say, store: store, shared: shared, enhance: enhance };
  tabs();
  settle();
}());
