/* 和议 Heyi: a field to sign in with finger, pen or mouse. Without this file the typed name is the signature.
   Only points go to the server, which draws the picture; nothing is kept here. */
(function () {
  'use strict';
  Array.prototype.forEach.call(document.querySelectorAll('[data-draw]'), function (box) {
    var pad = box.querySelector('canvas'), field = box.querySelector('input'), wipe = box.querySelector('button');
    var pen = pad && pad.getContext && pad.getContext('2d'), lines = [], line = null, MOST = 24000;
    if (!pen || !window.PointerEvent) return;
    box.hidden = false;
    pen.lineWidth = 5; pen.lineCap = pen.lineJoin = 'round';

    function at(ev) {
      var r = pad.getBoundingClientRect();
      function cut(v, most) { return Math.max(0, Math.min(most - 1, Math.round(v))); }
      return [cut((ev.clientX - r.left) * pad.width / r.width, pad.width), cut((ev.clientY - r.top) * pad.height / r.height, pad.height)];
    }
    function put() {
      field.value = lines.map(function (one) { return one.map(function (p) { return p.join(','); }).join(' '); }).join(';');
    }
    pad.addEventListener('pointerdown', function (ev) {
      if (field.value.length > MOST - 200) return;
      ev.preventDefault(); pad.setPointerCapture(ev.pointerId);
      line = [at(ev)]; lines.push(line);
      pen.beginPath(); pen.moveTo(line[0][0], line[0][1]);
    });
    pad.addEventListener('pointermove', function (ev) {
      var p, last;
      if (!line) return;
      p = at(ev); last = line[line.length - 1];
      if (Math.abs(p[0] - last[0]) + Math.abs(p[1] - last[1]) < 3 || line.length > 1500) return;
      line.push(p); pen.lineTo(p[0], p[1]); pen.stroke();
    });
    function up() { if (line) { line = null; put(); } }
    pad.addEventListener('pointerup', up);
    pad.addEventListener('pointercancel', up);
    wipe.addEventListener('click', function () { lines = []; line = null; put(); pen.clearRect(0, 0, pad.width, pad.height); });
  });
})();
