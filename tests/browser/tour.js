/* One document in which page after page is written, so that axe-core is read once for all of them.
   Elements that look the same for certain (same chain of tags, classes and states) have their colours judged once. */
(() => {
  const STATES = ['type', 'role', 'disabled', 'hidden', 'open', 'aria-current', 'aria-pressed', 'aria-invalid', 'lang'];
  const met = {};
  let asleep = setTimeout(() => 0);

  /* Stop what the page before has set going. */
  function hush() {
    const last = setTimeout(() => 0);
    for (; asleep <= last; asleep += 1) clearTimeout(asleep);
  }

  async function write(html, url) {
    hush();
    if (url) history.replaceState(null, '', url);
    document.open();
    const parsed = new Promise((ready) => { document.addEventListener('DOMContentLoaded', ready, { once: true }); });
    document.write(html);
    document.close();
    await parsed;
    const sheets = [...document.querySelectorAll('link[rel=stylesheet]')].filter((link) => !link.sheet);
    await Promise.all(sheets.map((link) => new Promise((ready) => { link.onload = ready; link.onerror = ready; })));
    asleep -= 1;
  }

  function kind(element) {
    if (!element) return '';
    const states = STATES.filter((name) => element.hasAttribute(name)).map((name) => name + '=' + element.getAttribute(name));
    return [element.tagName, element.getAttribute('class') || '', element.checked ? 'checked' : '', ...states].join(' ');
  }

  function written(element) {
    return /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
      || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  }

  /* Return the elements with words of their own of which this look has not met the like. */
  function unlike(look) {
    const known = met[look] = met[look] || new Map();
    const found = [];
    (function down(element, above) {
      const chain = above + '|' + kind(element) + '|' + kind(element.previousElementSibling);
      if (!known.has(chain)) known.set(chain, { id: known.size, judged: false });
      const like = known.get(chain);
      if (!like.judged && written(element)) {
        like.judged = true;
        found.push(element);
      }
      for (const child of element.children) down(child, like.id);
    }(document.body, 0));
    return found;
  }

  /* Unpin bars, so that one covers nothing by chance of the height of the window. */
  function unpin() {
    for (const each of document.body.querySelectorAll('*')) {
      if (/sticky|fixed/.test(getComputedStyle(each).position)) Object.assign(each.style, { position: 'relative', inset: 'auto' });
    }
  }

  async function run(context, only) {
    const found = await axe.run(context, { runOnly: only, resultTypes: ['violations'], elementRef: false });
    return found.violations.map((each) => each.id + ' (' + each.help + '): '
      + each.nodes.slice(0, 3).map((node) => node.html.slice(0, 140)).join(' | '));
  }

  /* Return by how much a page is wider than its window, and what sticks out to the right. */
  function wide() {
    const width = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - width;
    const out = [...document.querySelectorAll('main *, header *, footer *')]
      .filter((element) => over > 0 && element.getBoundingClientRect().right > width + 1 && !element.closest('.tblwrap, pre'));
    return over > 0 ? [over + ' px too wide: ' + out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' | ')] : [];
  }

  function dress(look) {
    for (const [name, value] of Object.entries(look)) {
      if (value) document.documentElement.setAttribute('data-' + name, value);
      else document.documentElement.removeAttribute('data-' + name);
    }
  }

  /* Look at one page: as it was sent by every rule, then in each look by the rules that a look can break. */
  window.tour = async ({ html, url, tags, looks, layout }) => {
    await write(html, url);
    unpin();
    const found = [['as sent', [...await run(document, { type: 'tag', values: tags }), ...wide()]]];
    const largest = (looks.find(([, look]) => look.text) || looks.find(([, look]) => look.mode === 'elder') || [''])[0];
    for (const [name, look] of looks) {
      dress(look);
      const fresh = look.text && look.mode !== 'elder' && !look.theme ? [] : unlike(name);  // larger letters need less contrast
      found.push([name, [
        ...wide(),
        ...(fresh.length ? await run({ include: fresh }, { type: 'rule', values: ['color-contrast'] }) : []),
        ...(name === largest ? await run(document, { type: 'rule', values: layout }) : []),
      ]]);
    }
    return found.flatMap(([name, lines]) => lines.map((line) => name + ': ' + line));
  };
})();
