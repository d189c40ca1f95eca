import { loadLanguage } from "#app/i18n/load-language.server.ts";
import { isOptionalMail } from "#app/mail/optional-mails.ts";
import { renderMail } from "#app/mail/render.server.tsx";
import { mailSamples } from "#app/mail/samples.ts";
import { isMailTemplate, type MailTemplate } from "#app/mail/templates.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, planOf } from "#app/operation/plan.ts";
import type { Mails, OneMail } from "./schemas.ts";

export type MailsFound = {
  asked: Mails;
  /** In the language that was requested. */
  mails: { template: MailTemplate; subject: string }[];
  open: { template: MailTemplate; subject: string; text: string };
};

export function hereInDevelopment({ environment }: Scope<"public">): Plan<true | null> {
  return planOf(environment === "development" ? true : null);
}

export async function everyMail({ appUrl }: Grant<"public">, asked: Mails): Promise<MailsFound> {
  await loadLanguage(asked.language);
  const templates = Object.keys(mailSamples).filter(isMailTemplate);
  const mails = await Promise.all(
    templates.map(async (template) => ({ template, ...(await sampleOf(template, asked, appUrl)) })),
  );
  const [first] = mails;
  const open = mails.find(({ template }) => template === asked.template) ?? first;
  if (open === undefined) throw new Error("There are no sample mails. Add one to app/mail/samples.ts.");
  return { asked, mails: mails.map(({ template, subject }) => ({ template, subject })), open };
}

export async function mailHtml({ appUrl }: Grant<"public">, asked: OneMail): Promise<string> {
  await loadLanguage(asked.language);
  return inTheme((await sampleOf(asked.template, asked, appUrl)).html, asked.theme);
}

async function sampleOf(template: MailTemplate, { language }: Pick<OneMail, "language">, appUrl: string) {
  const offUrl = isOptionalMail(template) ? `${appUrl}/unsubscribe/sample` : null;
  const { subject, text, html } = await renderMail(template, mailSamples[template], {
    locale: language,
    appUrl,
    offUrl,
  });
  return { subject, text, html };
}

/** As a mail program shows it in that theme, whatever the browser prefers. */
function inTheme(html: string, theme: OneMail["theme"]): string {
  return html
    .replaceAll("(prefers-color-scheme:dark)", theme === "dark" ? "all" : "not all")
    .replaceAll("light dark", theme);
}
