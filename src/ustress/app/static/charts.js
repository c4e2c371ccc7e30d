// Draws every chart from the instructions at its address, with Vega's interpreter: no eval.
"use strict";
(() => {
  const source = document.currentScript.dataset.vega;
  let loading = null;
  const script = () => loading ||= new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.src = source;
    tag.onload = () => done(window.vegaEmbed);
    tag.onerror = () => { loading = null; failed(new Error("the drawing script did not load")); };
    document.head.append(tag);
  });
  const sizeOf = (figure) => {
    const width = figure.getBoundingClientRect().width;
    if ("full" in figure.dataset && width >= 900) return "full";
    return width < 460 ? "narrow" : "wide";
  };
  const say = (drawing, words) => {
    const line = document.createElement("p");
    line.className = "waiting";
    line.textContent = words;
    drawing.replaceChildren(line);
  };
  const specs = new Map();
  const specAt = async (address) => {
    if (!specs.has(address)) {
      const answer = await fetch(address);
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.detail);
      specs.set(address, body);
    }
    return structuredClone(specs.get(address));
  };
  const draw = async (figure) => {
    const size = sizeOf(figure);
    if (figure.dataset.drawn === size) return;
    figure.dataset.drawn = size;
    const drawing = figure.querySelector(".drawing");
    try {
      const address = figure.dataset.chart + (figure.dataset.chart.includes("?") ? "&" : "?") + "size=" + size;
      const [embed, spec] = await Promise.all([script(), specAt(address)]);
      const place = document.createElement("div");
      place.setAttribute("aria-hidden", "true"); // the drawing around it has the name
      const made = await embed(place, spec, {
        ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: false, mode: "vega", logLevel: 1,
      });
      drawing.replaceChildren(place);
      figure.dataset.state = "drawn";
      if (figure.dataset.click) made.view.addEventListener("click", (_, item) => {
        const datum = item?.datum;
        const to = figure.dataset.click.replace(/__(\w+?)__/g, (all, name) => typeof datum?.[name] === "number" ? Math.round(datum[name]) : all);
        if (!to.includes("__")) location.href = to;
      });
    } catch (failure) {
      figure.dataset.drawn = "";
      figure.dataset.state = "failed";
      say(drawing, `Not drawn: ${failure.message}. The CSV has its figures.`);
    }
  };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
  }, { rootMargin: "400px" });
  const all = () => document.querySelectorAll("[data-chart]");
  all().forEach((figure) => seen.observe(figure));
  document.addEventListener("toggle", (event) => {
    event.target.querySelectorAll?.("[data-chart]").forEach((figure) => seen.observe(figure));
  }, true);
  let later = 0;
  addEventListener("resize", () => {
    clearTimeout(later);
    later = setTimeout(() => all().forEach((f) => f.dataset.drawn && draw(f)), 200);
  });
})();
