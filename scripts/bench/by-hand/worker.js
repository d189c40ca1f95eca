import { createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { pieces, question } from "./recorded.js";

// A document without a framework: the cookie is opened, one batch is sent, and its results are written into a template.

const COOKIE = /\.session_data=([^;]+)/;
let key;

export default {
  async fetch(request, env) {
    const sealed = COOKIE.exec(request.headers.get("Cookie") ?? "")?.[1];
    const session = sealed === undefined ? null : open(sealed, env.AUTH_SECRET);
    if (session === null) return new Response("Sign in", { status: 401 });
    const answer = await fetch(env.DATABASE_URL + question.path, {
      method: "POST",
      headers: question.headers,
      body: question.body.join(session.token),
    });
    const { results } = await answer.json();
    const steps = results[question.batch].response.result.step_results;
    // The session has ended if there is no row.
    if (!steps[question.access].rows.length) return new Response("Sign in", { status: 401 });
    const nonce = randomBytes(16).toString("base64");
    let html = "";
    for (const piece of pieces) {
      if (typeof piece === "string") html += piece;
      else if (piece === null) html += nonce;
      else html += escaped(steps[piece[0]].rows[piece[1]][piece[2]].value);
    }
    const headers = {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": `script-src 'self' 'nonce-${nonce}'`,
    };
    return new Response(html, { headers });
  },
};

/** Decrypts Better Auth's JWE (RFC 7516) with A256CBC-HS512 (RFC 7518, section 5.2.5). Null if it is forged or expired. */
function open(sealed, secret) {
  key ??= Buffer.from(hkdfSync("sha256", secret, "better-auth-session", "BetterAuth.js Generated Encryption Key", 64));
  const [head, , ...rest] = sealed.split(".");
  const [iv, text, tag] = rest.map((part) => Buffer.from(part, "base64url"));
  const length = Buffer.alloc(8);
  length.writeUInt32BE(head.length * 8, 4);
  const right = createHmac("sha512", key.subarray(0, 32)).update(head).update(iv).update(text).update(length).digest();
  if (!timingSafeEqual(right.subarray(0, 32), tag)) return null;
  const decipher = createDecipheriv("aes-256-cbc", key.subarray(32), iv);
  const payload = JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString());
  return payload.exp * 1000 < Date.now() ? null : payload.session;
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

function escaped(value) {
  return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}
