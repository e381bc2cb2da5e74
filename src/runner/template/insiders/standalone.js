// Shows one page of the file at a time: the one that the address leads to.
(() => {
  const views = [...document.querySelectorAll(".view")];
  let shown;
  let isFollowing = false;
  for (const view of views) view.tabIndex = -1;
  show();
  document.body.classList.add("ready");
  // The browser could not scroll while the target was hidden.
  if (location.hash) target()?.scrollIntoView();

  document.addEventListener("click", ({ target: clicked }) => {
    isFollowing = clicked.closest?.('a[href^="#"]') != null;
  });
  // On the way back the browser scrolls to where the reader was, once that is shown again.
  addEventListener("popstate", () => {
    const isOther = show();
    if (isOther && isFollowing) {
      shown.focus({ preventScroll: true });
      target()?.scrollIntoView();
    }
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
    shown = view;
    for (const other of views) other.hidden = other !== view;
    document.title = view.dataset.title;
    return isOther;
  }
})();
