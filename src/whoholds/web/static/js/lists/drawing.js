/** Drawing an area on the map: a click sets a corner, Enter or a double click closes it, Backspace takes one back, Esc gives up. */

import { announce, el, fill, one } from "../dom.js";

/** Return what draws and shows an area over the map; null where the map cannot be drawn on. */
export function createDrawing(app, finished) {
  const map = app.map?.map;
  if (!map) return null;
  const path = el("svg:path", { class: "area-path" });
  const corners = el("svg:g");
  const layer = el("svg:svg", { class: "area-layer", attrs: { "aria-hidden": "true" } }, path, corners);
  one("#stage").append(layer);
  let points = [];
  let drawing = false;

  function draw() {
    const at = points.map(([lon, lat]) => map.project([lon, lat]));
    path.setAttribute("d", drawing && at.length ? `M${at.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}` : "");
    fill(corners, drawing ? at.map(({ x, y }) => el("svg:circle", { attrs: { cx: x, cy: y, r: 4 } })) : []);
  }

  function set(event) {
    const { lng, lat } = event.lngLat;
    points.push([lng, lat]);
    announce(`${points.length} corners`);
    draw();
  }

  function close(event) {
    event?.preventDefault?.();
    if (!drawing) return;
    // A double click has set its corner twice.
    const found = points.filter(([lon, lat], index) => !index || lon !== points[index - 1][0] || lat !== points[index - 1][1]);
    if (found.length < 3) { announce("An area has at least three corners."); return; }
    stop();
    points = found;
    draw();
    finished(found);
  }

  function keys(event) {
    if (!drawing) return;
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); stop(); points = []; draw(); finished(null); }
    else if (event.key === "Enter" && !event.target.closest?.("button, input, textarea")) close(event);
    else if (event.key === "Backspace" && !event.target.closest?.("input, textarea")) { event.preventDefault(); points.pop(); draw(); }
  }

  function stop() {
    drawing = false;
    app.drawing = false;
    map.off("click", set);
    map.off("dblclick", close);
    map.getCanvas().style.removeProperty("cursor");
    layer.classList.remove("drawing");
  }

  map.on("move", draw);
  map.on("resize", draw);
  document.addEventListener("keydown", keys, true);
  return {
    start() {
      stop();
      points = [];
      drawing = true;
      app.drawing = true; // the map leaves clicks to the drawing meanwhile
      map.on("click", set);
      map.on("dblclick", close);
      map.getCanvas().style.setProperty("cursor", "crosshair");
      layer.classList.add("drawing");
      draw();
    },
    close,
    stop,
    show(polygon) {
      stop();
      points = polygon || [];
      draw();
      app.map.drawn(polygon ? { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[...polygon, polygon[0]]] } } : null);
    },
    /** Bring the area into sight. */
    fit() {
      if (points.length < 3) return;
      const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
      map.fitBounds([[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]], { padding: 60, maxZoom: 10 });
    },
    /** Return the corners of what the map shows. */
    seen() {
      const bounds = map.getBounds();
      const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      return [[west, south], [east, south], [east, north], [west, north]];
    },
    end() {
      stop();
      app.map.drawn(null);
      map.off("move", draw);
      map.off("resize", draw);
      document.removeEventListener("keydown", keys, true);
      layer.remove();
    },
  };
}
