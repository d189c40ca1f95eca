import { expect, test } from "vitest";
import type { ImageType } from "./image-type.ts";
import { moves } from "./motion.ts";

const isMoving = (type: ImageType, head: string) =>
  moves(
    Uint8Array.from(head, (unit) => unit.charCodeAt(0)),
    type,
  );
const webp = (chunk: string, flags: string) => `RIFF....WEBP${chunk}....${flags}`;

test("a picture counts as animated if the start of its file says so, and a GIF always", () => {
  expect(isMoving("image/gif", "GIF89a")).toBe(true);
  expect(isMoving("image/webp", webp("VP8X", "\x12"))).toBe(true);
  expect(isMoving("image/webp", webp("VP8X", "\x10"))).toBe(false);
  expect(isMoving("image/webp", webp("VP8L", "\x02"))).toBe(false);
  expect(isMoving("image/png", "\x89PNG....IHDR....acTL....IDAT")).toBe(true);
  expect(isMoving("image/png", "\x89PNG....IHDR....IDAT..acTL..")).toBe(false);
  expect(isMoving("image/avif", "....ftypavif....avifavis")).toBe(true);
  expect(isMoving("image/avif", "....ftypavif....avifmif1")).toBe(false);
  expect(isMoving("image/jpeg", "\xff\xd8..JFIF..avis")).toBe(false);
});
