// Shows one page of the file at a time: the one that the address leads to.
(() => {
  const views = [...document.querySelectorAll(".view")];
  /** Where the reader left each. */
  const places = new Map();
  let shown;
  let isFollowing = false;
  for (const view of views) view.tabIndex = -1;
  show();
  // The browser could not scroll while the target was hidden.
  if (location.hash) target()?.scrollIntoView();

  document.addEventListener("click", ({ target: clicked }) => {
    isFollowing = clicked.closest?.('a[href^="#"]') != null;
  });
  addEventListener("popstate", () => {
    const isOther = show();
    if (isOther) shown.focus({ preventScroll: true });
    if (isOther && isFollowing) target()?.scrollIntoView();
    else if (isOther) scrollTo(0, places.get(shown) ?? 0);
    isFollowing = false;
  });

  function target() {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  }

  function show() {
    const view = target()?.closest(".view") ?? views[0];
    const isOther = view !== shown;
    if (isOther) places.set(shown, scrollY);
    shown = view;
    for (const other of views) other.hidden = other !== view;
    document.title = view.dataset.title;
    return isOther;
  }
})();
