import { MOODS, PALETTES, type Palette } from "./palettes.ts";
import { clouds, glow, HEIGHT, lake, ridge, STEP, stars, stops, treeLine, WIDTH } from "./scenery.ts";

// Drawn, not photographed: demo pictures need no licence and no download.
/** An SVG of hills under a sky; the same mood and seed give the same picture. */
export function landscape(mood: string, seed: number): string {
  const palette = PALETTES[mood];
  if (!palette) throw new Error(`No palette is called "${mood}". There are: ${MOODS.join(", ")}.`);
  const random = randomFrom(seed);
  const horizon = HEIGHT * (0.5 + random() * 0.14);
  const sun = { x: WIDTH * (0.15 + random() * 0.7), y: horizon - 60 - random() * 380, radius: 34 + random() * 40 };
  const hasLake = random() < 0.5;
  const layers = 4 + Math.floor(random() * 3);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
<defs>
<linearGradient id="sky" x2="0" y2="1">${stops(palette.sky)}</linearGradient>
<radialGradient id="glow">${glow(palette.light)}</radialGradient>
<linearGradient id="water" x2="0" y2="1">${stops([palette.sky[2], palette.sky[1], palette.sky[0]])}</linearGradient>
</defs>
<rect width="${WIDTH}" height="${horizon + 160}" fill="url(#sky)"/>
${palette.night ? stars(random, horizon) : clouds(random, horizon, palette.light)}
<circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius * 7}" fill="url(#glow)"/>
<circle cx="${sun.x}" cy="${sun.y}" r="${sun.radius}" fill="${palette.light}"/>
${hills(random, { palette, horizon, layers, depth: hasLake ? 150 : HEIGHT - horizon })}
${hasLake ? lake(random, { palette, top: horizon + 130, sunX: sun.x }) : ""}
</svg>`;
}

type Hills = { palette: Palette; horizon: number; layers: number; depth: number };

function hills(random: () => number, { palette, horizon, layers, depth }: Hills): string {
  return Array.from({ length: layers }, (_, layer) => {
    const near = layers === 1 ? 1 : layer / (layers - 1);
    const base = horizon + depth * 0.82 * near ** 1.4 - 30;
    const heights = ridge(random, 150 - 70 * near);
    const colour = mix(palette.hills[0], palette.hills[1], near);
    const line = heights.map((height, step) => `${step * STEP},${(base - height).toFixed(1)}`).join(" ");
    const trees = near > 0.6 ? treeLine(random, heights, base) : "";
    return `<polygon points="0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}" fill="${colour}"/><path d="${trees}" fill="${colour}"/>`;
  }).join("\n");
}

function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share));
  return `rgb(${mixed.join(",")})`;
}

/** mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
