import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { LookName } from "./choices.ts";
import { looks } from "./choices.ts";

/** The icon of a browser's tab, light and dark. */
export function faviconOf(name: string, color: LookName): string {
  const { light, dark } = looks[color];
  const style = `rect{fill:${light}}text{fill:#fff}@media(prefers-color-scheme:dark){rect{fill:${dark}}text{fill:#111}}`;
  const text = `<text x="12" y="17.25" text-anchor="middle" font-family="system-ui,sans-serif" font-size="15" font-weight="700">${initialOf(name)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>${style}</style><rect width="24" height="24" rx="6.5"/>${text}</svg>\n`;
}

/** `app/ui/logo-mark.tsx`: the same mark in the page, in the colour that the person chose. */
export function logoMarkOf(name: string): string {
  return `import { classes } from "./classes.ts";

export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={classes("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6.5" className="fill-accent" />
      <text x="12" y="17.25" textAnchor="middle" fontSize="15" fontWeight="700" className="fill-accent-contrast">
        ${initialOf(name)}
      </text>
    </svg>
  );
}
`;
}

const initialOf = (name: string) => [...name][0]?.toLocaleUpperCase("en") ?? "";

/**
 * Draws `public/favicon.svg` as the files that cannot be SVG: an icon for the home screen of a phone, one for older browsers, and the
 * picture beside a link to the product in a chat. A letter is drawn in the machine's font, and left out on a machine without any.
 */
export async function drawIcons(root: string): Promise<void> {
  const folder = path.join(root, "public");
  const icon = await readFile(path.join(folder, "favicon.svg"));
  await writeFile(path.join(folder, "apple-touch-icon.png"), await touchIconOf(icon));
  await writeFile(path.join(folder, "favicon.ico"), await icoOf(icon));
  await writeFile(path.join(folder, "preview.png"), await previewOf(icon));
}

const TOUCH_ICON_PIXELS = 180;
const ICO_PIXELS = 48;
const PREVIEW = { width: 1200, height: 630 };

/** Without transparent corners, which a phone would show in black: it cuts the corners itself. */
async function touchIconOf(icon: Buffer): Promise<Buffer> {
  const drawn = await drawnAt(icon, TOUCH_ICON_PIXELS);
  return sharp(drawn)
    .flatten({ background: await colorOf(drawn) })
    .png({ palette: true })
    .toBuffer();
}

/** The mark in the middle of its own color. */
async function previewOf(icon: Buffer): Promise<Buffer> {
  const drawn = await drawnAt(icon, PREVIEW.height / 2);
  return sharp({ create: { ...PREVIEW, channels: 3, background: await colorOf(drawn) } })
    .composite([{ input: drawn }])
    .png({ palette: true })
    .toBuffer();
}

async function colorOf(drawn: Buffer): Promise<{ r: number; g: number; b: number }> {
  const { width } = await sharp(drawn).metadata();
  const edge = { left: Math.floor(width / 2), top: 1, width: 1, height: 1 };
  const [r = 0, g = 0, b = 0] = await sharp(drawn).extract(edge).removeAlpha().raw().toBuffer();
  return { r, g, b };
}

/** An ICO file with one picture, a PNG: 6 bytes of head, 16 about the picture, and the picture. */
async function icoOf(icon: Buffer): Promise<Buffer> {
  const picture = await drawnAt(icon, ICO_PIXELS);
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(ICO_PIXELS, 6);
  head.writeUInt8(ICO_PIXELS, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, picture]);
}

/** The density makes the drawing as large as the picture, whatever the size that the SVG names. */
async function drawnAt(icon: Buffer, pixels: number): Promise<Buffer> {
  const { width } = await sharp(icon).metadata();
  return sharp(icon, { density: (72 * pixels) / width })
    .resize(pixels, pixels)
    .png()
    .toBuffer();
}
