import { expect, test } from "vitest";
import { directionOf, languageTag, locales } from "#app/i18n/locale.ts";
import { mailSamples } from "#app/mail/samples.ts";
import { loader as mail } from "#app/routes/development/mails.mail.ts";
import { loader as mails } from "#app/routes/development/mails.ts";
import { ask } from "#app/test/requests.ts";
import type { MailsFound } from "./mails.server.ts";

const templates = Object.keys(mailSamples);

async function page(search: Record<string, string>) {
  const { status, body } = await ask(mails, { url: `/dev/mails?${new URLSearchParams(search)}` });
  return { status, body: body as MailsFound };
}

async function html(template: string, search: Record<string, string>) {
  const url = `/dev/mails/${template}?${new URLSearchParams(search)}`;
  return ask(mail, { url, params: { template } });
}

test("every mail is listed by its subject in each language, and the first is open until another is", async () => {
  for (const language of locales) {
    const { body } = await page({ language });
    expect(body.mails.map(({ template }) => template)).toEqual(templates);
    expect(new Set(body.mails.map(({ subject }) => subject)), language).not.toContain("");
    expect(body.open).toMatchObject({ template: templates[0], subject: body.mails[0]?.subject });
  }
  const { body } = await page({ language: "de", template: "new-device" });
  expect(body.open.template).toBe("new-device");
  expect(body.open.text).toContain("Firefox");
});

test("every mail is shown in each language, light and dark, in a frame where nothing runs", async () => {
  for (const language of locales) {
    for (const template of templates) {
      const [light = "", dark = ""] = await Promise.all(
        ["light", "dark"].map(async (theme) => {
          const { body, headers } = await html(template, { language, theme });
          expect(headers.get("Content-Security-Policy")).toMatch(/default-src 'none';.* sandbox$/);
          return (body as Response).text();
        }),
      );
      expect(light).toContain(`<html lang="${languageTag(language)}" dir="${directionOf(language)}">`);
      expect(light).toContain('content="light"');
      expect(light).toContain("@media not all{");
      expect(dark).toContain('content="dark"');
      expect(dark).toContain("@media all{");
    }
  }
});

test("an unknown mail, language or theme is refused, not replaced by another", async () => {
  expect((await html("constructor", {})).status).toBe(404);
  expect((await html("no-such-mail", {})).status).toBe(404);
  expect((await page({ template: "no-such-mail" })).status).toBe(400);
  expect((await page({ language: "xx" })).status).toBe(400);
  expect((await html("invitation", { theme: "pink" })).status).toBe(400);
});
