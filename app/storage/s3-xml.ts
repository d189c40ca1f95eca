import type { ListedFiles } from "./storage.ts";

/** Flat and generated XML, so a name finds its text: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function parseListedFiles(xml: string): ListedFiles {
  if (!xml.includes("<ListBucketResult")) throw new Error("The storage did not respond with a list of files");
  // A server can ignore `encoding-type=url`, and then leaves this element out.
  const decode = textOf(xml, "EncodingType") === "url" ? fromUrl : (key: string) => key;
  const files = Array.from(xml.matchAll(/<Contents>(.*?)<\/Contents>/gs), ([, entry = ""]) => ({
    key: decode(textOf(entry, "Key") ?? ""),
    size: Number(textOf(entry, "Size")),
    uploadedAt: new Date(textOf(entry, "LastModified") ?? Number.NaN),
  }));
  return { files, cursor: textOf(xml, "NextContinuationToken") };
}

export function deletionOf(keys: string[]): string {
  return `<Delete><Quiet>true</Quiet>${keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`).join("")}</Delete>`;
}

export function errorCodeOf(xml: string): string | null {
  return xml.includes("<Error>") ? (textOf(xml, "Code") ?? "unknown") : null;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function textOf(xml: string, element: string): string | null {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml);
  if (!found) return null;
  return (found[1] ?? "").replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hexadecimal, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal));
  });
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** S3 encodes a space as `+`. */
function fromUrl(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
