import { expect, test } from "vitest";
import { type Locale, languageTag, locales } from "#app/i18n/locale.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { optionalMails } from "./optional-mails.ts";
import { renderMail } from "./render.server.tsx";
import { mailSamples as samples, sampleUrl as url } from "./samples.ts";
import type { MailTemplate } from "./templates.ts";

const names = Object.keys(samples) as MailTemplate[];
const appUrl = "https://app.test";

function render(name: MailTemplate, data: unknown, locale: Locale) {
  return renderMail(name, data, { locale, appUrl });
}

test("every mail has a subject and all its links in both parts, in every language", async () => {
  for (const locale of locales) {
    for (const name of names) {
      const { subject, text, html } = await render(name, samples[name], locale);
      const urls = Object.values(samples[name])
        .map(String)
        .filter((value) => URL.canParse(value));
      expect(subject).not.toBe("");
      for (const each of urls) {
        expect(text.split("\n"), `${name} ${locale}`).toContain(each);
        expect(html).toContain(`href="${each.replaceAll("&", "&amp;")}"`);
      }
      expect(text).not.toMatch(/[<>{}]|undefined/);
      expect(html).toMatch(new RegExp(`^<!DOCTYPE html><html lang="${languageTag(locale)}"`));
      expect(html).not.toMatch(/<img|<script|<link|src=|@import/);
    }
  }
});

test("the English verification mail reads well as plain text", async () => {
  expect((await render("verify-email", samples["verify-email"], "en")).text).toBe(`Hello,

Someone signed up for ${PRODUCT_NAME} with this email address. If that was you, confirm it to create your account.

Confirm email address:
${url}

The link works once and expires in 30 minutes.

If you didn’t sign up, you can ignore this email. No account will be created.

--
You got this email because someone entered your address at ${PRODUCT_NAME}. We’ll never ask for your password.
`);
});

test("a mail says why it came: an address that somebody typed, or an account", async () => {
  const { "verify-email": typed, "new-device": ofAccount } = samples;
  expect((await render("verify-email", typed, "en")).text).toContain("because someone entered your address");
  expect((await render("new-device", ofAccount, "en")).text).toContain("because you have an account");
  expect((await render("key-created", samples["key-created"], "en")).text).toContain("because you have an account");
});

test("Arabic mails run from right to left, their links from left to right", async () => {
  const { html, text } = await render("reset-password", samples["reset-password"], "ar");
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toMatch(/dir="ltr"[^>]*>https:/);
  expect(text).toContain("30 دقيقة");
});

test("how long a link works follows the plural rules of the language", async () => {
  const lasting = async (minutes: number, locale: Locale) =>
    (await render("verify-email", { url, minutes }, locale)).text;
  expect(await lasting(1, "en")).toContain("expires in 1 minute.");
  expect(await lasting(2, "ar")).toContain("خلال دقيقتين");
  expect(await lasting(5, "ar")).toContain("5 دقائق");
});

test("a mail about a new device names it and links to the page where its session can be ended", async () => {
  const { text } = await render("new-device", samples["new-device"], "en");
  expect(text).toContain("Device: Firefox on Windows\nIP address: 203.0.113.7\nTime: Nov 23, 2026");
  expect(text).toContain(`${appUrl}/settings/security`);
});

test("a right-to-left name, or one with direction controls, does not reorder the words of a mail", async () => {
  const names = { organization: "\u202eעדה\u2069", inviter: "عدا", role: "admin", days: 7, url };
  const { subject, text, html } = await render("invitation", names, "en");
  expect(subject).toContain("\u2068עדה\u2069");
  expect(text).toContain("Organization: \u2068עדה\u2069\nInvited by: \u2068عدا\u2069\n");
  expect(html).toContain('dir="auto">עדה');
  expect(subject + text + html).not.toContain("\u202e");
  expect((await render("member-removed", { organization: "Acme" }, "ar")).text).toContain("\u2068Acme\u2069");
});

test("a mail shows an address in its own script, without letting it become a link", async () => {
  const changed = { email: "new@xn--e1afmkfd.xn--p1ai", undoUrl: url, hours: 72 };
  const { text, html } = await render("email-changed", changed, "en");
  for (const part of [text, html]) expect(part).toContain("new@\u2060пример.\u2060рф");
});

test("data that a template cannot use is refused, not mailed", async () => {
  await expect(render("verify-email", {}, "en")).rejects.toThrow();
  await expect(render("verify-email", { url: "not an address", minutes: 30 }, "en")).rejects.toThrow();
});

test("an optional mail has its unsubscribe link in both parts, in every language", async () => {
  const offUrl = `${appUrl}/unsubscribe/somebody/role-changed/token`;
  for (const locale of locales) {
    for (const name of optionalMails) {
      const { text, html } = await renderMail(name, samples[name], { locale, appUrl, offUrl });
      expect(text.trimEnd().split("\n").at(-1), `${name} ${locale}`).toBe(offUrl);
      expect(html).toContain(`href="${offUrl}"`);
    }
  }
  const { text } = await renderMail("member-removed", samples["member-removed"], { locale: "en", appUrl, offUrl });
  expect(text).toContain(
    `You got this email because you have an account with ${PRODUCT_NAME}. We’ll never ask for your password.\n\nTurn off emails like this:\n${offUrl}\n`,
  );
});
