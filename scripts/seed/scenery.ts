import type { Palette } from "./palettes.ts";

export const WIDTH = 1600;
export const HEIGHT = 1200;
/** Pixels between two points of a ridge. */
export const STEP = 16;

export function ridge(random: () => number, height: number): number[] {
  const waves = [1, 2.3, 5.1, 11.7, 23.9].map((frequency, octave) => ({
    frequency: frequency * (0.7 + random() * 0.6),
    phase: random() * Math.PI * 2,
    size: height / 1.9 ** octave,
  }));
  return Array.from({ length: WIDTH / STEP + 1 }, (_, step) =>
    waves.reduce(
      (sum, wave) => sum + wave.size * Math.sin((step / 100) * wave.frequency * 2 * Math.PI + wave.phase),
      0,
    ),
  );
}

export function treeLine(random: () => number, heights: number[], base: number): string {
  return heights
    .flatMap((height, step) => (random() < 0.55 ? [{ x: step * STEP + random() * 10, foot: base - height + 8 }] : []))
    .map(({ x, foot }) => {
      const tall = 26 + random() * 46;
      return `M${x - tall * 0.22},${foot}L${x},${foot - tall}L${x + tall * 0.22},${foot}Z`;
    })
    .join("");
}

export function lake(
  random: () => number,
  { palette, top, sunX }: { palette: Palette; top: number; sunX: number },
): string {
  const glints = Array.from({ length: 46 }, (_, row) => {
    const y = top + 14 + row * ((HEIGHT - top) / 48);
    const width = (40 + row * 5) * (0.4 + random());
    return `<rect x="${sunX - width / 2 + (random() - 0.5) * 60}" y="${y}" width="${width}" height="${2 + row / 14}" rx="2" fill="${palette.light}" opacity="${0.12 + random() * 0.4}"/>`;
  });
  return `<rect y="${top}" width="${WIDTH}" height="${HEIGHT - top}" fill="url(#water)"/><rect y="${top}" width="${WIDTH}" height="${HEIGHT - top}" fill="${palette.hills[1]}" opacity=".22"/>${glints.join("")}`;
}

export function clouds(random: () => number, horizon: number, colour: string): string {
  return Array.from({ length: 9 }, () => {
    const [x, y, width] = [random() * WIDTH, random() * horizon * 0.75, 120 + random() * 420];
    return `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${6 + random() * 16}" fill="${colour}" opacity="${0.06 + random() * 0.16}"/>`;
  }).join("");
}

export function stars(random: () => number, horizon: number): string {
  return Array.from({ length: 240 }, () => {
    const size = 0.7 + random() ** 6 * 2.6;
    return `<circle cx="${random() * WIDTH}" cy="${random() * horizon}" r="${size}" fill="#fff" opacity="${0.3 + random() * 0.7}"/>`;
  }).join("");
}

export const stops = (colours: string[]) =>
  colours.map((colour, index) => `<stop offset="${index / (colours.length - 1)}" stop-color="${colour}"/>`).join("");

export const glow = (colour: string) =>
  [0.75, 0.28, 0.08, 0]
    .map((opacity, index) => `<stop offset="${index / 3}" stop-color="${colour}" stop-opacity="${opacity}"/>`)
    .join("");
