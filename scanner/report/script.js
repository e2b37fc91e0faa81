/* Filtering and sorting the table of components. The report is complete
   without it; rows are looked at only when somebody asks. */
(function () {
  "use strict";
  var table = document.querySelector("table.components");
  var tools = document.querySelector(".tools");

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.print").forEach(function (d) {
      d.open = true;
    });
  });
  if (!table || !tools) return;

  var body = table.tBodies[0];
  var shown = document.getElementById("shown");
  var filter = document.getElementById("filter");
  var choice = document.getElementById("function");
  var known = document.getElementById("known");
  var all = document.getElementById("all");
  var LIMIT = 500; /* rows shown of a great table, until all are wanted */
  var limit = LIMIT;
  var rows = null; /* in the order shown */

  /* The rows; what each says is read when it is first asked for. */
  function load() {
    if (rows) return;
    rows = Array.prototype.map.call(body.rows, function (row, at) {
      return {
        row: row, at: at, hidden: false, text: null,
        serves: row.cells[1].textContent,
        known: row.cells[2].firstElementChild !== null
      };
    });
  }

  function read() {
    load();
    rows.forEach(function (r) {
      if (r.text === null) r.text = r.row.textContent.toLowerCase();
    });
  }

  function apply() {
    load();
    if (filter.value) read();
    var words = filter.value.toLowerCase().split(/\s+/);
    var count = 0;
    rows.forEach(function (r) {
      var fits = (!choice.value || r.serves === choice.value) &&
        (!known.checked || r.known) &&
        words.every(function (w) {
          return !w || r.text.indexOf(w) >= 0;
        });
      count += fits;
      var hide = !fits || count > limit;
      if (r.hidden !== hide) r.row.hidden = r.hidden = hide;
    });
    shown.textContent = count + " of " + rows.length + " components" +
      (count > limit ? ", the first " + limit + " shown" : "");
    all.hidden = count <= limit;
  }

  function change() {
    limit = LIMIT;
    apply();
  }

  /* A link may lead to a row that is not shown. */
  function reveal() {
    var row = document.getElementById(location.hash.slice(1));
    if (!rows || !row || !row.hidden) return;
    rows.forEach(function (r) { if (r.row === row) r.hidden = false; });
    row.hidden = false;
    row.scrollIntoView();
  }

  /* The cell in a column: one may stand for several. */
  function cellOf(row, column) {
    for (var i = 0; i < row.cells.length; i++) {
      column -= row.cells[i].colSpan;
      if (column < 0) return row.cells[i];
    }
    return null;
  }

  /* "3.0–82.2 %" as [3.0, 82.2]; what is not a share comes last. */
  function share(cell) {
    var n = (cell.textContent.match(/^[0-9.]+|[0-9.]+(?=\u00a0%)/g) || [-1])
      .map(Number);
    return [n[0], n[n.length - 1]];
  }

  /* Between function and organisations stand shares: of one policy with its
     axes, or of several. */
  function isShare(column) {
    return column > 1 && column < table.tHead.rows[0].cells.length - 2;
  }

  function compare(column) {
    if (isShare(column)) {
      return function (a, b) {
        return a.key[0] - b.key[0] || a.key[1] - b.key[1];
      };
    }
    return function (a, b) {
      return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    };
  }

  function sort(head, column) {
    load();
    var down = head.getAttribute("aria-sort") === "descending" ||
      (head.getAttribute("aria-sort") === null && !isShare(column));
    var by = compare(column);
    rows.forEach(function (r) {
      var cell = cellOf(r.row, column);
      r.key = isShare(column) ? share(cell)
        : cell.textContent.toLowerCase();
    });
    rows.sort(function (a, b) {
      return (down ? by(a, b) : by(b, a)) || a.at - b.at;
    });
    apply();
    body.append.apply(body, rows.map(function (r) { return r.row; }));
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (c) {
      c.removeAttribute("aria-sort");
    });
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
  }

  Array.prototype.forEach.call(table.tHead.rows[0].cells,
    function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.addEventListener("click", function () { sort(head, column); });
      head.textContent = "";
      head.appendChild(button);
    });
  tools.hidden = false;
  shown.textContent = body.rows.length + " components";
  if (body.rows.length > 2 * LIMIT) apply();
  window.addEventListener("hashchange", reveal);
  reveal();
  tools.addEventListener("submit", function (e) { e.preventDefault(); });
  tools.addEventListener("focusin", read);
  filter.addEventListener("input", change);
  choice.addEventListener("change", change);
  known.addEventListener("change", change);
  all.addEventListener("click", function () { limit = Infinity; apply(); });
})();
