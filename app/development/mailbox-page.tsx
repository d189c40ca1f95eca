import { href } from "react-router";
import { formatDateTime } from "#app/i18n/format.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import type { Message } from "./mailbox.server.ts";

export function MailboxPage({ loaderData: messages }: { loaderData: Message[] }) {
  return (
    <PublicFrame>
      <div lang="en" dir="ltr" className="mx-auto grid w-full max-w-4xl gap-6 px-4 py-10 sm:px-8">
        <h1 className="font-semibold text-2xl">Development mailbox</h1>
        {messages.length === 0 && (
          <EmptyState icon="mail" title="No emails yet" description="Emails the app sends appear here." />
        )}
        {messages.map(({ id, recipient, subject, text, createdAt }) => (
          <article key={id} className="grid gap-3 rounded-lg border border-border bg-surface p-5 shadow-card">
            <header>
              <h2 dir="auto" className="font-medium">
                {subject}
              </h2>
              <p className="break-words text-muted text-sm">
                {recipient} · <bdi>{formatDateTime(new Date(createdAt))}</bdi>
              </p>
            </header>
            <iframe
              title={subject}
              src={href("/dev/mailbox/:message", { message: id })}
              loading="lazy"
              className="h-120 w-full rounded-md border border-border bg-white"
            />
            <details>
              <summary className="cursor-pointer text-sm">Plain text</summary>
              <pre dir="auto" className="mt-3 whitespace-pre-wrap break-words text-sm">
                <MailText text={text} />
              </pre>
            </details>
          </article>
        ))}
      </div>
    </PublicFrame>
  );
}

function MailText({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <a key={index} href={part} className="text-accent underline">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
