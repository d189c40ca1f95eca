import { expect, test } from "vitest";
import { imageTypeOf } from "./sniff.ts";

const box = (brands: string, length = 8 + brands.length) => `\0\0\0${String.fromCharCode(length)}ftyp${brands}`;

const IMAGES: [string, string | null][] = [
  ["\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"],
  ["\xff\xd8\xff\xe1\0\x10Exif", "image/jpeg"],
  ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"],
  ["GIF87a\x01\0", "image/gif"],
  ["GIF89a\x01\0", "image/gif"],
  ["RIFF\x24\0\0\0WEBPVP8 ", "image/webp"],
  ["RIFF\x24\0\0\0WEBPVP8L", "image/webp"],
  [box("avif\0\0\0\0avifmif1miafMA1A"), "image/avif"],
  [box("avis\0\0\0\0avismsf1"), "image/avif"],
  [box("mif1\0\0\0\0mif1miafavif"), "image/avif"],
];

const OTHERS: [string, string][] = [
  ["nothing", ""],
  ["HTML", "<!doctype html><script>alert(1)</script>"],
  ["SVG", '<svg xmlns="http://www.w3.org/2000/svg">'],
  ["a PNG signature damaged by a text transfer", "\x89PNG\n\x1a\n"],
  ["a PNG signature that is not at the start", " \x89PNG\r\n\x1a\n"],
  ["half a signature", "\x89PNG"],
  ["a sound in RIFF", "RIFF\x24\0\0\0WAVEfmt "],
  ["WebP in another container", "RIFX\x24\0\0\0WEBPVP8 "],
  ["avif in a box of another type", box("avif\0\0\0\0avifmif1").replace("ftyp", "free")],
  ["HEIC", box("heic\0\0\0\0mif1heic")],
  ["MP4", box("isom\0\0\x02\0isomiso2mp41")],
  ["avif as a version", box("mif1avifmif1heic")],
  ["avif behind the box", `${box("heic\0\0\0\0mif1heic")}avif`],
  ["avif across two brands", box("mif1\0\0\0\0xxavifxx")],
  ["PDF", "%PDF-1.7"],
];

test.each(IMAGES)("%j is recognized by its first bytes", (text, type) => {
  expect(imageTypeOf(bytesOf(text))).toBe(type);
  expect(imageTypeOf(bytesOf(text.padEnd(5000, "\0")))).toBe(type);
});

test.each(OTHERS)("%s is no image", (_, text) => {
  expect(imageTypeOf(bytesOf(text))).toBeNull();
  expect(imageTypeOf(bytesOf(text.padEnd(5000, "\0")))).toBeNull();
});

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
