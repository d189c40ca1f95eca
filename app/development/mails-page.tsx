import "./development.css";
import { type FormEvent, Fragment } from "react";
import { href } from "react-router";
import { languageTag, localeNames, locales } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";
import { Link } from "#app/ui/link.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import { MailText } from "./mail-text.tsx";
import type { MailsFound } from "./mails.server.ts";

type Asked = MailsFound["asked"];

export function MailsPage({ loaderData: { asked, mails, open } }: { loaderData: MailsFound }) {
  return (
    <PublicFrame>
      <div lang="en" dir="ltr" className="room" data-open={asked.template}>
        <header className="grid gap-4">
          <div className="flex flex-wrap items-baseline justify-between gap-4">
            <h1 className="font-semibold text-2xl">Emails</h1>
            <Link to={href("/dev/mailbox")} className="text-muted text-sm underline underline-offset-4">
              Mailbox
            </Link>
          </div>
          <LanguageForm asked={asked} />
        </header>
        <ul className="side list">
          {mails.map(({ template, subject }) => (
            <li key={template}>
              <Link to={addressOf({ ...asked, template })} aria-current={template === open.template || undefined}>
                <span lang={languageTag(asked.language)} dir="auto" className="font-medium">
                  {subject}
                </span>
                <span className="text-muted text-xs">{template}</span>
              </Link>
            </li>
          ))}
        </ul>
        <div className="pane">
          <OpenMail open={open} asked={asked} />
        </div>
      </div>
    </PublicFrame>
  );
}

function addressOf({ template, language, theme }: Asked) {
  return `${href("/dev/mails")}?${new URLSearchParams({ ...(template && { template }), language, theme })}`;
}

function LanguageForm({ asked: { template, language, theme } }: { asked: Asked }) {
  return (
    <FilterForm filter={{ language }} action={href("/dev/mails")} className="flex flex-wrap gap-2">
      {template && <input type="hidden" name="template" value={template} />}
      <input type="hidden" name="theme" value={theme} />
      <select
        name="language"
        defaultValue={language}
        aria-label="Language"
        onChange={(event: FormEvent<HTMLSelectElement>) => event.currentTarget.form?.requestSubmit()}
        className="control select w-auto"
      >
        {locales.map((locale) => (
          <option key={locale} value={locale} lang={languageTag(locale)}>
            {localeNames[locale]}
          </option>
        ))}
      </select>
      <Button variant="secondary">Show</Button>
    </FilterForm>
  );
}

function OpenMail({ open: { template, subject, text }, asked }: Pick<MailsFound, "open" | "asked">) {
  const themes = [
    { theme: "light", label: "Light" },
    { theme: "dark", label: "Dark" },
  ] as const;
  const { language, theme } = asked;
  const address = `${href("/dev/mails/:template", { template })}?${new URLSearchParams({ language, theme })}`;
  return (
    <article className="grid gap-4">
      <Link to={addressOf({ language, theme })} className="back text-muted text-sm underline">
        All emails
      </Link>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 lang={languageTag(language)} dir="auto" className="font-medium">
            {subject}
          </h2>
          <p className="text-muted text-sm">{template}</p>
        </div>
        <nav className="tabs" aria-label="Theme of the email">
          {themes.map((each) => (
            <Link
              key={each.theme}
              to={addressOf({ template: asked.template, language, theme: each.theme })}
              aria-current={each.theme === theme || undefined}
            >
              {each.label}
            </Link>
          ))}
        </nav>
      </header>
      <Fragment key={address}>
        <iframe title={subject} src={address} sandbox="" loading="lazy" />
        <MailText text={text} />
      </Fragment>
    </article>
  );
}
