export type ReceiverRules = {
  /** Origins of the product itself and of the services it depends on. */
  ownOrigins: readonly string[];
  /** Allows a receiver on a developer's own machine. */
  allowsLoopback: boolean;
};

export type Unreachable = "form" | "scheme" | "credentials" | "literal" | "private" | "own";

/** Names that only have a meaning within one network or machine (RFC 2606, 6761, 6762, 7686, 8375, 9476). */
const PRIVATE_ENDINGS = [
  ...["local", "localhost", "internal", "intranet", "private", "corp", "home", "lan", "localdomain"],
  ...["arpa", "alt", "onion", "test", "example", "invalid"],
];
/** Public names that resolve to private addresses: to the address that is part of the name, or to loopback. */
const NAMES_OF_ADDRESSES = [
  ...["nip.io", "sslip.io", "xip.io", "traefik.me", "localtest.me", "lvh.me", "lacolhost.com", "vcap.me"],
  ...["localhost.direct", "rbndr.us", "1u.ms"],
];
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Returns why nothing is sent to this URL; null if it is allowed. The URL parser has normalized the host (WHATWG URL, "host
 * parsing"): numbers, octal, hexadecimal and wide digits are dotted by then. No name is resolved here.
 */
export function whyUnreachable(text: string, { ownOrigins, allowsLoopback }: ReceiverRules): Unreachable | null {
  if (!URL.canParse(text)) return "form";
  const url = new URL(text);
  const host = url.hostname.replace(/\.+$/, "");
  if (url.username !== "" || url.password !== "") return "credentials";
  if (url.protocol !== "https:" && url.protocol !== "http:") return "scheme";
  if (ownOrigins.some((own) => isSameHost(new URL(own), url, host))) return "own";
  if (allowsLoopback && LOOPBACK.test(host)) return null;
  if (url.protocol !== "https:") return "scheme";
  if (host.startsWith("[") || /^[\d.]+$/.test(host)) return "literal";
  if (!host.includes(".") || [...PRIVATE_ENDINGS, ...NAMES_OF_ADDRESSES].some((ending) => isUnder(host, ending)))
    return "private";
  return null;
}

function isUnder(host: string, ending: string): boolean {
  return host === ending || host.endsWith(`.${ending}`);
}

/** On one machine another port is another receiver; elsewhere our host is refused on every port. */
function isSameHost(own: URL, url: URL, host: string): boolean {
  const isHere = LOOPBACK.test(own.hostname);
  return isHere ? LOOPBACK.test(host) && own.port === url.port : own.hostname === host;
}
