import "./development.css";
import { href } from "react-router";
import { formatDateTime } from "#app/i18n/format.ts";
import { Button, buttonClasses } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";
import { Form } from "#app/ui/form.tsx";
import { Link } from "#app/ui/link.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import { MailText } from "./mail-text.tsx";
import type { MailboxFound, Message } from "./mailbox.server.ts";
import { useNewMails } from "./use-new-mails.ts";

export function MailboxPage({ loaderData: found }: { loaderData: MailboxFound }) {
  useNewMails();
  const { asked, messages, total, open } = found;
  return (
    <PublicFrame>
      <div lang="en" dir="ltr" className="room" data-open={asked.mail}>
        <header className="grid gap-4">
          <div className="flex flex-wrap items-center justify-between gap-4">
            <h1 className="font-semibold text-2xl">Development mailbox</h1>
            <Link to={href("/dev/mails")} className="me-auto text-muted text-sm underline underline-offset-4">
              Every email
            </Link>
            {total > 0 && (
              <Form method="post" action={href("/dev/mailbox/clear")}>
                <input type="hidden" name="search" value={asked.search} />
                <Button variant="secondary">{asked.search === "" ? "Delete all" : "Delete these"}</Button>
              </Form>
            )}
          </div>
          <FilterForm
            filter={{ search: asked.search }}
            role="search"
            action={href("/dev/mailbox")}
            className="flex flex-wrap gap-2"
          >
            <input
              type="search"
              name="search"
              defaultValue={asked.search}
              aria-label="Search by recipient or subject"
              placeholder="Search by recipient or subject"
              className="control min-w-40 flex-1 px-3"
            />
            <button type="submit" className={buttonClasses({ variant: "secondary" })}>
              Search
            </button>
          </FilterForm>
        </header>
        <div className="side grid gap-2">
          <p role="status" className="text-muted text-sm">
            {countOf(found)}
          </p>
          {messages.length > 0 && (
            <ul className="list">
              {messages.map((message) => (
                <li key={message.id}>
                  <MessageLink message={message} found={found} />
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="pane">
          {open !== null && <OpenMessage message={open} found={found} />}
          {open === null && <Nothing asked={asked} />}
        </div>
      </div>
    </PublicFrame>
  );
}

function countOf({ messages, total }: MailboxFound): string {
  if (total > messages.length) return `${total} emails, the newest ${messages.length} are shown`;
  return total === 1 ? "1 email" : `${total} emails`;
}

type OfMessage<M> = { message: M; found: MailboxFound };

function addressOf({ search }: MailboxFound["asked"], chosen: Record<string, string> = {}) {
  const set = new URLSearchParams({ ...(search !== "" && { search }), ...chosen });
  return set.size === 0 ? href("/dev/mailbox") : `${href("/dev/mailbox")}?${set}`;
}

function MessageLink({ message: { id, recipient, subject, createdAt }, found: { asked, open } }: OfMessage<Message>) {
  return (
    <Link
      to={addressOf(asked, { mail: id, ...(asked.part === "text" && { part: "text" }) })}
      aria-current={id === open?.id || undefined}
    >
      <span dir="auto" className="font-medium">
        {subject}
      </span>
      <span className="text-muted">{recipient}</span>
      <bdi className="text-muted text-xs">{formatDateTime(createdAt)}</bdi>
    </Link>
  );
}

type Open = NonNullable<MailboxFound["open"]>;

function OpenMessage({ message: { id, recipient, subject, text, createdAt }, found: { asked } }: OfMessage<Open>) {
  const parts = [
    { part: "html", label: "HTML" },
    { part: "text", label: "Text" },
  ] as const;
  return (
    <article className="grid gap-4">
      <Link to={addressOf(asked)} className="back text-muted text-sm underline">
        All emails
      </Link>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 dir="auto" className="font-medium">
            {subject}
          </h2>
          <p className="text-muted text-sm">
            {recipient} · <bdi>{formatDateTime(createdAt)}</bdi>
          </p>
        </div>
        <nav className="tabs" aria-label="Parts of the email">
          {parts.map(({ part, label }) => (
            <Link key={part} to={addressOf(asked, { mail: id, part })} aria-current={part === asked.part || undefined}>
              {label}
            </Link>
          ))}
        </nav>
      </header>
      {asked.part === "text" ? (
        <MailText text={text} />
      ) : (
        // A frame that changes its address would add to the browser's history.
        <iframe
          key={id}
          title={subject}
          src={href("/dev/mailbox/:message", { message: id })}
          sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
          loading="lazy"
        />
      )}
    </article>
  );
}

function Nothing({ asked: { search, mail } }: Pick<MailboxFound, "asked">) {
  if (mail !== undefined) return <EmptyState icon="mail-x" title="This email is gone" description="It was deleted." />;
  if (search !== "") {
    return <EmptyState icon="search" title="Nothing found" description={`No email has “${search}” in it.`} />;
  }
  return <EmptyState icon="mail" title="No emails yet" description="Emails the app sends appear here." />;
}
