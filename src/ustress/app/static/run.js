// Simulations: asked for, watched by server-sent events, cancelled; the last run remembered.
"use strict";
(() => {
  const post = async (to, body) => {
    const answer = await fetch(to, { method: "POST", headers: { "content-type": "application/json" }, body });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.detail ?? "refused");
    return said;
  };
  const live = document.querySelector("[data-live]");
  const tell = (words) => { if (live && live.textContent !== words) live.textContent = words; };
  const waiting = [...document.querySelectorAll("[data-ask]")];
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* not remembered */ } };
  const come = () => { // the page comes back with its result; where the reader was stays known
    keep("came", JSON.stringify({ at: location.href, field: document.activeElement?.name ?? "" }));
    location.reload();
  };
  const arrive = () => {
    let came = null;
    try { came = JSON.parse(sessionStorage.getItem("came") ?? "null"); sessionStorage.removeItem("came"); } catch { return; }
    if (came?.at !== location.href) return;
    const field = came.field && document.querySelector(`form.ask [name="${CSS.escape(came.field)}"]`);
    const result = document.querySelector("[data-result]");
    (field || result)?.focus({ preventScroll: true });
    if (!waiting.length) setTimeout(() => tell("The simulation is done; its result is shown."), 300);
  };
  arrive();
  const ask = (section) => new Promise((ended) => {
    const part = (name) => section.querySelector(name);
    const bar = part("progress"), label = part("[data-label]"), cancel = part("[data-cancel]");
    const outcome = part("[data-outcome]"), again = part("[data-again]");
    let told = -1;
    const end = (state, words) => {
      const here = section.contains(document.activeElement) || document.activeElement === document.body;
      part(".progress").hidden = true;
      outcome.hidden = false;
      outcome.className = `notice ${state}`;
      outcome.firstElementChild.textContent = words;
      section.dataset.state = state;
      const same = (other) => other !== section && other.dataset.state === state && other.querySelector("[data-outcome] p").textContent === words;
      section.hidden = waiting.some(same); // once is enough
      again.onclick = come;
      if (here && !section.hidden) again.focus({ preventScroll: true });
      ended(false);
    };
    let unwanted = false; // cancelled before the server had named the job
    cancel.onclick = () => { unwanted = true; cancel.disabled = true; };
    const show = (job) => {
      section.dataset.state = job.state;
      if (job.total > 1) { bar.max = job.total; bar.value = job.done; }
      const far = job.total > 1 ? `: ${job.done.toLocaleString("en")} of ${job.total.toLocaleString("en")}` : "";
      label.textContent = job.state === "queued" ? "Waiting for its turn" : `${job.label || "starting"}${far}`;
      const quarter = job.state === "queued" ? 0 : job.total > 1 ? Math.floor(4 * job.done / job.total) : 0;
      if (quarter !== told) tell(quarter ? `Simulating ${section.dataset.title}: ${25 * quarter} per cent` : `Simulating ${section.dataset.title}`);
      told = quarter;
    };
    const watch = (job) => {
      show(job);
      if (job.state === "done") { ended(true); return; }
      const stop = () => { cancel.disabled = true; post(`/api/v1/jobs/${job.id}/cancel`, "{}").catch(() => {}); };
      cancel.onclick = stop;
      if (unwanted) stop();
      const events = new EventSource(`/api/v1/jobs/${job.id}/events`);
      events.onmessage = (event) => {
        const now = JSON.parse(event.data);
        show(now);
        if (now.state === "queued" || now.state === "running") return;
        events.close();
        if (now.state === "done") ended(true);
        else end(now.state, now.state === "failed" ? now.message : "Cancelled; nothing was kept.");
      };
      events.onerror = () => {
        if (events.readyState !== EventSource.CLOSED) return;
        end("failed", "The server went away; start it again and run again.");
      };
    };
    post(section.dataset.to, section.dataset.ask).then(watch, (failure) => end("failed", failure.message));
  });
  for (const section of waiting) ask(section).then((known) => { if (known) come(); });

  for (const slide of document.querySelectorAll("[data-for]")) {
    const number = document.getElementById(slide.dataset.for);
    slide.addEventListener("input", () => { number.value = String(Math.round(slide.value * 100) / 100); });
    number.addEventListener("input", () => { slide.value = number.value; });
  }
  const form = document.querySelector("[data-what-if]");
  form?.elements.scenario.addEventListener("change", () => form.requestSubmit());

  const known = document.querySelector("[data-known]");
  if (!known) return;
  try {
    const run = { title: known.dataset.title, scenario: known.dataset.scenario, set: JSON.parse(known.dataset.set), same: known.dataset.same };
    const text = JSON.stringify(run), kept = sessionStorage.getItem("run"), before = sessionStorage.getItem("run-before");
    const last = JSON.parse((kept !== text ? kept : before) ?? "null");
    if (kept !== text) { if (kept) sessionStorage.setItem("run-before", kept); sessionStorage.setItem("run", text); }
    const link = document.querySelector("[data-last]");
    if (last && last.same === run.same && link) {
      const to = new URL(location.href);
      to.hash = "";
      to.searchParams.set("vs", last.scenario);
      to.searchParams.delete("vs_set");
      for (const one of last.set) to.searchParams.append("vs_set", one);
      link.href = to.href;
      link.textContent = `Compare with the last run: ${last.title}${last.set.length ? `, ${last.set.length} keys moved` : ""}`;
      link.hidden = false;
    }
  } catch { /* no storage: nothing is remembered */ }
})();
