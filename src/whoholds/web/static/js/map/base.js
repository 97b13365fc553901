/** The base map: Natural Earth in whole-number steps, unpacked to GeoJSON once. See scripts/build_basemap.py. */

/** @returns {Promise<Object<string, Object>>} layers of GeoJSON by name */
export async function loadBase() {
  const answer = await fetch("/static/map/base.json.gz");
  if (!answer.ok) throw new Error("the base map is not in this installation");
  const text = await new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
  const given = JSON.parse(text);
  const lines = (name) => collection([{ type: "MultiLineString", coordinates: given[name].map((flat) => unpack(flat, given.scale)) }]);
  const areas = (name) => collection(given[name].map((rings) => ({ type: "Polygon", coordinates: rings.map((flat) => unpack(flat, given.scale)) })));
  return {
    land: areas("land"), lakes: areas("lakes"), rivers: lines("rivers"), borders: lines("borders"), disputed: lines("disputed"), areas: lines("areas"),
    names: {
      type: "FeatureCollection",
      features: given.names.map(([name, lon, lat, zoom]) => ({
        type: "Feature", properties: { name, zoom }, geometry: { type: "Point", coordinates: [lon, lat] },
      })),
    },
  };
}

function unpack(flat, scale) {
  const points = new Array(flat.length / 2);
  let x = 0;
  let y = 0;
  for (let at = 0; at < flat.length; at += 2) {
    x += flat[at];
    y += flat[at + 1];
    points[at / 2] = [x / scale, y / scale];
  }
  return points;
}

function collection(geometries) {
  return { type: "FeatureCollection", features: geometries.map((geometry) => ({ type: "Feature", properties: {}, geometry })) };
}
