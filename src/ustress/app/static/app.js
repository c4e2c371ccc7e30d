// Tables that sort and can be copied, a filter for the monitor. Pages work without it.
"use strict";
(() => {
  const live = document.querySelector("[data-live]");
  const here = document.querySelector(".top nav [aria-current]"), nav = here?.parentNode;
  if (nav) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
  const tell = (words) => { if (live) live.textContent = words; };
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const worth = (cell) => {
    if (!cell) return "";
    const data = cell.querySelector("data, time");
    if (data?.tagName === "DATA") return data.value === "" ? NaN : Number(data.value);
    if (data?.dateTime) return Date.parse(data.dateTime);
    const text = cell.textContent.trim();
    const day = /^(\d{1,2}) (\w{3}) (\d{4})/.exec(text);
    if (day) return Date.UTC(day[3], MONTHS.indexOf(day[2]), day[1]);
    const number = Number(text.replace(/[,%\s]/g, "").replace("−", "-"));
    return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
  };
  const compare = (a, b, sign) => {
    const empty = (v) => v === "" || (typeof v === "number" && Number.isNaN(v));
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b));
  };
  const sort = (table, head) => {
    const column = [...head.parentNode.children].indexOf(head);
    const down = head.getAttribute("aria-sort") === "descending";
    const sign = down ? 1 : -1;
    table.querySelectorAll("th[aria-sort]").forEach((h) => h.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "ascending" : "descending");
    for (const body of table.tBodies) {
      const rows = [...body.rows].filter((r) => !r.classList.contains("group"));
      rows.sort((x, y) => compare(worth(x.cells[column]), worth(y.cells[column]), sign));
      body.append(...rows);
    }
    tell(`Sorted by ${head.textContent.trim()}, ${down ? "ascending" : "descending"}`);
  };
  const tsv = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
    const shown = cell.cloneNode(true);
    shown.querySelectorAll(".unseen, svg, .mark").forEach((n) => n.remove());
    return shown.textContent.replace(/\s+/g, " ").trim();
  }).join("\t")).join("\n");
  const copy = async (table, button) => {
    try {
      await navigator.clipboard.writeText(tsv(table));
      button.textContent = "Copied";
    } catch { button.textContent = "Not allowed by the browser"; }
    tell(button.textContent);
    setTimeout(() => { button.textContent = "Copy table"; }, 1600);
  };
  for (const table of document.querySelectorAll("main table")) {
    const heads = table.tHead?.rows[0]?.cells ?? [];
    if (table.tBodies.length && table.rows.length > 2) for (const head of heads) {
      if (head.classList.contains("plain") || !head.textContent.trim()) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy table";
    button.addEventListener("click", () => copy(table, button));
    (table.closest(".scroll") ?? table).after(button);
  }
  for (const field of document.querySelectorAll("[data-filter]")) {
    const table = document.getElementById(field.dataset.filter);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const body of table.tBodies) {
        let any = false;
        for (const row of body.rows) {
          if (row.classList.contains("group")) continue;
          const family = body.rows[0].classList.contains("group") ? body.rows[0].textContent : "";
          const text = `${family} ${row.textContent}`.toLowerCase();
          row.hidden = !words.every((w) => text.includes(w));
          any ||= !row.hidden;
          shown += !row.hidden;
        }
        body.hidden = !any;
      }
      tell(`${shown} lines`);
    });
  }
})();
