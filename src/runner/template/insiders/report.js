// Contents from the headings, one button for all code, and anchors that are unique.
for (const page of document.querySelectorAll(".page:has(> .contents)")) {
  const headings = [...page.querySelectorAll(".prose :is(h2, h3, h4)")];
  nameHeadings();
  buildContents();
  prepareCodeButton();
  openTarget();
  addEventListener("hashchange", openTarget);

  // Two sections may have the same title: "What we see".
  function nameHeadings() {
    const taken = new Map();
    for (const heading of headings) {
      const anchor = heading.querySelector(".anchor-link");
      const name = heading.id || heading.textContent.trim().replace(/\s+/g, "-");
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      heading.id = count === 1 ? name : `${name}-${count}`;
      if (!anchor) continue;
      anchor.href = `#${encodeURIComponent(heading.id)}`;
      anchor.tabIndex = -1;
      anchor.ariaHidden = "true";
    }
  }

  function buildContents() {
    const nav = page.querySelector(".contents");
    const list = nav.querySelector("ol");
    const menu = nav.querySelector("details");
    const links = new Map();
    for (const heading of headings) {
      if (heading.localName === "h4") continue;
      const item = document.createElement("li");
      item.className = `level-${heading.localName.slice(1)}`;
      const link = document.createElement("a");
      link.href = `#${encodeURIComponent(heading.id)}`;
      link.textContent = titleOf(heading);
      item.append(link);
      list.append(item);
      links.set(heading, link);
    }
    if (links.size < 2) return;
    nav.hidden = false;
    const isWide = matchMedia("(min-width: 900px)");
    const fold = () => {
      menu.open = isWide.matches;
    };
    fold();
    isWide.addEventListener("change", fold);
    list.addEventListener("click", () => {
      if (!isWide.matches) menu.open = false;
    });
    markCurrent(links);
  }

  function titleOf(heading) {
    const copy = heading.cloneNode(true);
    copy.querySelector(".anchor-link")?.remove();
    return copy.textContent.trim();
  }

  // The section being read is the last one whose heading has passed the upper part of the window.
  function markCurrent(links) {
    let isScheduled = false;
    const mark = () => {
      isScheduled = false;
      let current;
      for (const [heading, link] of links) {
        if (heading.getBoundingClientRect().top < innerHeight / 3) current = link;
        link.removeAttribute("aria-current");
      }
      current?.setAttribute("aria-current", "true");
    };
    addEventListener(
      "scroll",
      () => {
        if (!isScheduled) requestAnimationFrame(mark);
        isScheduled = true;
      },
      { passive: true },
    );
    mark();
  }

  function prepareCodeButton() {
    const button = page.querySelector(".show-code");
    const cells = [...page.querySelectorAll("details.code")];
    if (cells.length === 0) return;
    const update = () => {
      const isAllOpen = cells.every((cell) => cell.open);
      button.textContent = isAllOpen ? "Fold all code" : "Show all code";
      button.ariaExpanded = String(isAllOpen);
    };
    button.hidden = false;
    update();
    for (const cell of cells) cell.addEventListener("toggle", update);
    button.addEventListener("click", () => {
      const isFolded = cells.some((cell) => !cell.open);
      for (const cell of cells) cell.open = isFolded;
    });
  }

  // A link to a cell shows its code.
  function openTarget() {
    const cell = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const code = page.contains(cell) && cell.matches(".cell") && cell.querySelector("details.code");
    if (code) code.open = true;
  }
}
