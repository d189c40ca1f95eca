import type { ReactNode } from "react";
import { renderToReadableStream } from "react-dom/server.node";
import { withLocale } from "#app/i18n/locale.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { textOf } from "./content.ts";
import { MailLayout } from "./layout.tsx";
import { composeMail, type MailTemplate } from "./templates.ts";

type Reading = {
  locale: Locale;
  zone?: string | undefined;
  appUrl: string;
  /** Where mails of this kind are turned off; null if they cannot be. */
  offUrl?: string | null;
};

/** Mails that are sent because an address was typed somewhere, with an account or without. All others are sent to accounts. */
const toTypedAddress: readonly MailTemplate[] = [
  "verify-email",
  "sign-up-attempt",
  "reset-password",
  "sign-in-code",
  "invitation",
  "confirm-email",
  "email-attempt",
];

export function renderMail(template: MailTemplate, data: unknown, { locale, zone, appUrl, offUrl = null }: Reading) {
  const render = async () => {
    const content = composeMail(template, data, appUrl);
    const footer = {
      text: toTypedAddress.includes(template) ? m.mail_footer() : m.mail_footer_account(),
      off: offUrl === null ? null : { label: m.mail_turn_off(), url: offUrl },
    };
    return {
      subject: content.subject,
      text: textOf(content, footer),
      html: await documentOf(<MailLayout content={content} footer={footer} locale={locale} />),
    };
  };
  return withLocale(locale, render, { zone });
}

/** `renderToStaticMarkup` gives the same, but is a second copy of React's renderer, which the Worker would hold for mails alone. */
async function documentOf(page: ReactNode): Promise<string> {
  const html = await new Response(await renderToReadableStream(page)).text();
  return html.replaceAll("<!-- -->", "");
}
