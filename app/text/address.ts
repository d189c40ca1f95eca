import { toUnicode } from "punycode/punycode.es6.js";
import { EMAIL_MAXIMUM } from "./address-limit.ts";

/** RFC 5321, 4.5.3.1.1. */
const LOCAL_MAXIMUM = 64;
/** RFC 1035, 2.3.4, without the length of the root. */
const DOMAIN_MAXIMUM = 253;

/** The dot-string of RFC 5321, 4.1.2. No browser accepts the other form, in quotes. */
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
/** Characters that end a host in a URL or cannot be in one. With them, a URL would be read differently from what was typed. */
const NO_DOMAIN = /[\p{Cc}\p{Z}#%/:<>?@[\\\]^|]/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Finds the address in pasted text: lower case, IDNA domain. Null unless it is valid for both RFC 5321 and browsers. */
export function normalAddress(typed: string): string | null {
  const bare = bareAddress(typed);
  const at = bare.lastIndexOf("@");
  return exactAddress(bare.slice(0, Math.max(0, at)).replace(/\p{Cf}/gu, "") + bare.slice(Math.max(0, at)));
}

/** The same for text that must be an address and nothing more: searching it for one could find somebody else's. */
export function exactAddress(written: string): string | null {
  const at = written.lastIndexOf("@");
  const local = written.slice(0, Math.max(0, at));
  if (!LOCAL.test(local) || local.length > LOCAL_MAXIMUM) return null;
  const domain = asciiDomain(written.slice(at + 1));
  if (domain === null) return null;
  const address = `${local.toLowerCase()}@${domain}`;
  return address.length <= EMAIL_MAXIMUM ? address : null;
}

export function asciiDomain(typed: string): string | null {
  const plain = typed.replace(/[\u200c\u200d]/g, "");
  // The domains of some languages need joiners. In all other domains they are litter.
  const domain = /^[\x20-\x7e]*$/.test(plain) ? plain : typed;
  if (NO_DOMAIN.test(domain) || !URL.canParse(`https://${domain}`)) return null;
  const ascii = new URL(`https://${domain}`).hostname;
  const labels = ascii.split(".");
  const isDomain = labels.length > 1 && ascii.length <= DOMAIN_MAXIMUM && labels.every((label) => LABEL.test(label));
  return isDomain && /^(xn--.+|[a-z]{2,})$/.test(labels.at(-1) ?? "") ? ascii : null;
}

function bareAddress(typed: string): string {
  let bare = typed
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\ufe6b/g, "@")
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, "");
  bare = withoutScheme(blanksOff(bare));
  const [, inBrackets] = /<([^<>]*)>[\s.,;]*$/.exec(bare) ?? [];
  if (inBrackets !== undefined) bare = withoutScheme(blanksOff(inBrackets));
  const [, , quoted] = /^(["'“„«(]+)(.*?)["'”“»)]+$/.exec(bare) ?? [];
  return blanksOff(quoted ?? bare).replace(/[.,;:\u3002\uff61\s]+$/, "");
}

function blanksOff(text: string): string {
  return text.replace(/^[\p{Z}\p{Cc}\u200c\u200d]+|[\p{Z}\p{Cc}\u200c\u200d]+$/gu, "");
}

function withoutScheme(text: string): string {
  const [, to] = /^mailto:([^?]*)/i.exec(text) ?? [];
  if (to === undefined) return text;
  try {
    return decodeURIComponent(to);
  } catch {
    return to;
  }
}

let scripts: RegExp[] | undefined;

/** The scripts that one label can combine (highly restrictive level of UTS 39, 5.2). Made for the first such address. */
function scriptsOfOneLabel(): RegExp[] {
  scripts ??= [
    ...["Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek", "Gujarati"],
    ...["Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Latin", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil"],
    ...["Telugu", "Thai", "Tibetan"],
  ]
    .map((name) => script(name))
    .concat(
      script("Han", "Hiragana", "Katakana", "Latin"),
      script("Han", "Hangul", "Latin"),
      script("Han", "Bopomofo"),
    );
  return scripts;
}

function script(...names: string[]): RegExp {
  return new RegExp(`^[${names.map((name) => `\\p{scx=${name}}`).join("")}0-9-]+$`, "u");
}

/** Letters of other scripts that look like Latin ones: a label of only these can pass for another. */
const LOOKALIKES = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡүαικνρυωηοτχγօոսցհզա0-9-]+$/u;

/** Writes the domain in its own letters, unless some could pass for others (UTS 39). Returns any other text as it is. */
export function readableAddress(address: string): string {
  if (!/@.*xn--/.test(address)) return address;
  const at = address.lastIndexOf("@");
  const domain = decode(address.slice(at + 1));
  const labels = domain.split(".");
  const top = labels.at(-1) ?? "";
  const isSafe = labels.every((label) => isReadable(label, isAscii(top)));
  return isSafe && asciiDomain(domain) === address.slice(at + 1) ? address.slice(0, at + 1) + domain : address;
}

function decode(domain: string): string {
  try {
    return toUnicode(domain);
  } catch {
    return domain;
  }
}

function isReadable(label: string, isUnderAscii: boolean): boolean {
  if (isAscii(label)) return true;
  if (!scriptsOfOneLabel().some((one) => one.test(label))) return false;
  if (/\p{sc=Latin}/u.test(label)) return !/(?![a-zßæøœłđþð])\p{sc=Latin}/u.test(label.normalize("NFD"));
  return !(isUnderAscii && LOOKALIKES.test(label));
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
