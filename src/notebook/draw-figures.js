// Runs in the reader's browser, once per figure: draws the figures of the page that are not drawn yet,
// each when it comes near the screen, as soon as plotly.js is there.
(() => {
  window.insidersDrawFigures ??= prepare();
  window.insidersDrawFigures();

  function prepare() {
    // plotly's buttons would be invisible stops of the keyboard inside of an image.
    const config = { displayModeBar: false };
    // A finger on a plot scrolls the page; a mouse zooms, and a double click shows all again.
    const isTouched = matchMedia("(pointer: coarse)").matches;
    let isWaiting = false;
    let isPrinting = false;

    const nearScreen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
      },
      { rootMargin: "800px" },
    );
    const widths = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries)
        if (target.dataset.state === "drawn" && contentRect.width > 0 && !isPrinting)
          window.Plotly.Plots.resize(target).then(fitCells);
    });

    function draw(plot) {
      if (plot.dataset.state === "drawn") return;
      nearScreen.unobserve(plot);
      const source = plot.closest("figure").querySelector('script[type="application/json"]');
      const { data, layout } = JSON.parse(source.textContent);
      Object.assign(layout, { font: { ...layout.font, ...pageFont(plot) } });
      if (isTouched) layout.dragmode = false;
      for (const { meta, marker } of data) if (meta?.standsOut) marker.reversescale = !isDark(plot);
      plot.dataset.state = "drawn";
      plot.replaceChildren();
      window.Plotly.newPlot(plot, data, layout, config).then(fitCells);
      widths.observe(plot);
    }

    // Numbers that cells have no room for go, and every second name of a column; a tap on a cell still tells.
    function fitCells(plot) {
      plot.data.forEach(({ meta, visible = true }, trace) => {
        if (!meta?.columns) return;
        const hasRoom = plot._fullLayout.xaxis._length / meta.columns.length >= 16;
        if (hasRoom === visible) return;
        const shown = meta.columns.flatMap((_, column) => (hasRoom || column % 2 === 0 ? [column] : []));
        window.Plotly.update(
          plot,
          { visible: hasRoom },
          { "xaxis.tickvals": shown, "xaxis.ticktext": shown.map((column) => meta.columns[column]) },
          [trace],
        );
      });
    }

    function pageFont(plot) {
      const { color, fontFamily } = getComputedStyle(plot);
      return { color, family: fontFamily };
    }

    // By the page's own ground: JupyterLab's theme is not that of the system.
    function isDark(plot) {
      const [red, green, blue] = getComputedStyle(plot)
        .color.match(/[\d.]+/g)
        .map(Number);
      return red + green + blue > 384;
    }

    function figures(state) {
      return [...document.querySelectorAll(`.insiders-plot[data-state="${state}"]`)];
    }

    // A drawing that is not shown has no size to take.
    function shown(state) {
      return figures(state).filter((plot) => plot.offsetParent !== null);
    }

    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      for (const plot of figures("drawn")) {
        window.Plotly.relayout(plot, { "font.color": pageFont(plot).color });
        plot.data.forEach(({ meta }, trace) => {
          if (meta?.standsOut) window.Plotly.restyle(plot, { "marker.reversescale": !isDark(plot) }, [trace]);
        });
      }
    });
    addEventListener("beforeprint", () => {
      if (!window.Plotly) return;
      isPrinting = true;
      for (const plot of [...shown("new"), ...shown("awaited")]) draw(plot);
      for (const plot of shown("drawn")) window.Plotly.relayout(plot, { width: 660, "font.color": "#222" });
    });
    addEventListener("afterprint", () => {
      isPrinting = false;
      for (const plot of shown("drawn"))
        window.Plotly.relayout(plot, { width: null, autosize: true, "font.color": pageFont(plot).color });
    });

    function waitForPlotly() {
      if (isWaiting) return;
      isWaiting = true;
      if (document.readyState === "complete") setTimeout(askJupyter, 300);
      else addEventListener("load", () => (window.Plotly ? window.insidersDrawFigures() : askJupyter()));
    }

    // A reloaded JupyterLab page has the figures but not always the output that brought plotly.js.
    function askJupyter() {
      const server = document.getElementById("jupyter-config-data");
      if (window.Plotly || !server) return;
      const { baseUrl } = JSON.parse(server.textContent);
      const script = document.createElement("script");
      script.src = `${baseUrl}files/node_modules/plotly.js/dist/plotly-cartesian.min.js`;
      script.onload = window.insidersDrawFigures;
      document.head.append(script);
    }

    return () => {
      if (!window.Plotly) return waitForPlotly();
      for (const plot of figures("new")) {
        plot.dataset.state = "awaited";
        nearScreen.observe(plot);
      }
    };
  }
})();
