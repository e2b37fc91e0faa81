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
  var rows = null;

  /* What a row says, read once. */
  function load() {
    if (rows) return;
    rows = Array.prototype.map.call(body.rows, function (row, at) {
      return {
        row: row, at: at, text: row.textContent.toLowerCase(),
        serves: row.cells[1].textContent,
        known: !row.querySelector("td[colspan]")
      };
    });
  }

  function apply() {
    load();
    var words = filter.value.toLowerCase().split(/\s+/);
    var count = 0;
    rows.forEach(function (r) {
      var fits = (!choice.value || r.serves === choice.value) &&
        (!known.checked || r.known) &&
        words.every(function (w) { return r.text.indexOf(w) >= 0; });
      if (r.row.hidden === fits) r.row.hidden = !fits;
      count += fits;
    });
    shown.textContent = count + " of " + rows.length + " components";
  }

  /* "3.0–82.2 %" as [3.0, 82.2]; what is not a share comes last. */
  function share(row, column) {
    var cell = row.cells[column];
    if (!cell || cell.colSpan > 1) return [-1, -1];
    var n = (cell.textContent.match(/[0-9.]+/g) || [-1]).map(Number);
    return [n[0], n[n.length - 1]];
  }

  function compare(column) {
    if (column > 1 && column < 9) {
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
      (head.getAttribute("aria-sort") === null && (column < 2 || column > 8));
    var by = compare(column);
    rows.forEach(function (r) {
      var cell = r.row.cells[column];
      r.key = column > 1 && column < 9 ? share(r.row, column)
        : cell ? cell.textContent.toLowerCase() : "";
    });
    rows.sort(function (a, b) {
      return (down ? by(a, b) : by(b, a)) || a.at - b.at;
    });
    var all = document.createDocumentFragment();
    rows.forEach(function (r) { all.appendChild(r.row); });
    body.appendChild(all);
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
  tools.addEventListener("submit", function (e) { e.preventDefault(); });
  filter.addEventListener("input", apply);
  choice.addEventListener("change", apply);
  known.addEventListener("change", apply);
})();
