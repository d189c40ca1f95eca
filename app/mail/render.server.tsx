import { renderToStaticMarkup } from "react-dom/server.node";
import { withLocale } from "#app/i18n/locale.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { m } from "#app/i18n/messages.ts";
import { textOf } from "./content.ts";
import { MailLayout } from "./layout.tsx";
import { composeMail, type MailTemplate } from "./templates.ts";

export function renderMail(
  template: MailTemplate,
  data: unknown,
  { locale, zone, appUrl }: { locale: Locale; zone?: string | undefined; appUrl: string },
) {
  const render = () => {
    const content = composeMail(template, data, appUrl);
    return {
      subject: content.subject,
      text: textOf(content, m.mail_footer()),
      html: `<!DOCTYPE html>${renderToStaticMarkup(<MailLayout content={content} locale={locale} />)}`,
    };
  };
  return withLocale(locale, render, { zone });
}
