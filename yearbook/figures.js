/* A click on a figure shows where it comes from. Without this script a figure is plain text. */
(() => {
  "use strict";
  const store = JSON.parse(document.getElementById("figures").textContent);
  const box = document.createElement("dialog");
  box.className = "origin";
  box.setAttribute("aria-labelledby", "origin-label");
  document.body.append(box);

  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const spoken = (figure) => {
    const holder = figure.closest("[lang]");
    return holder && holder.lang.startsWith("zh") ? "zh" : "en";
  };

  const citation = (entry, of) => {
    const named = (entry.sources || []).map((source) => store.sources[source][of]);
    return store.head[of] + entry.cite[of].replace("{source}", () => named.join(of === "zh" ? "；" : "; "));
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = make("textarea", text);
      box.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const row = (list, term, ...values) => {
    const used = values.filter(Boolean);
    if (used.length === 0) return;
    const detail = make("dd", "");
    detail.append(...used);
    list.append(make("dt", term), detail);
  };

  const show = (figure) => {
    const entry = store.figures[figure.dataset.fact + "|" + (figure.dataset.period || "")];
    if (!entry) return;
    const of = spoken(figure);
    const word = (name) => store.words[name][of];
    const said = (name) => (entry[name] ? entry[name][of] : "");
    const list = make("dl", "");
    row(list, word("period"), said("period"));
    row(list, word("unit"), said("unit"));
    row(list, word("hedge"), said("hedge"));
    row(list, word("formula"), said("formula"));
    const cells = entry.cells || [];
    for (const cell of cells) {
      const place = make("a", cell.at, { href: cell.href });
      const quote = cell.quote ? make("q", cell.quote) : "";
      if (cells.length === 1 || !cell.label) {
        row(list, word("record"), place);
        row(list, word("quote"), quote);
      } else {
        const what = make("span", " " + cell.label[of] + " · " + cell.value[of]);
        row(list, word("record"), place, what, make("br", ""), quote);
      }
    }
    for (const source of entry.sources || []) row(list, word("source"), store.sources[source][of]);
    row(list, word("citation"), make("span", citation(entry, of), { className: "citation" }));

    const told = make("span", "", { className: "told" });
    told.setAttribute("role", "status");
    const copying = make("button", word("copy"), { type: "button", autofocus: true });
    copying.addEventListener("click", async () => {
      await copy(citation(entry, "en") + "\n" + citation(entry, "zh"));
      told.textContent = word("copied");
    });
    const closing = make("button", word("close"), { type: "button" });
    closing.addEventListener("click", () => box.close());
    const actions = make("p", "", { className: "actions" });
    actions.append(copying, closing, told);

    box.lang = of === "zh" ? "zh-CN" : "en";
    box.replaceChildren(
      make("p", said("label"), { className: "label", id: "origin-label" }),
      make("p", figure.textContent, { className: "printed" }),
      list,
      actions,
    );
    box.showModal();
  };

  for (const figure of document.querySelectorAll("data[data-fact]")) {
    if (figure.closest("a, nav")) continue;
    figure.tabIndex = 0;
    figure.setAttribute("role", "button");
    figure.setAttribute("aria-haspopup", "dialog");
    figure.addEventListener("click", () => {
      if (getSelection().isCollapsed) show(figure);
    });
    figure.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show(figure);
    });
  }
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
})();
