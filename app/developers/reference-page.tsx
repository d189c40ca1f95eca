import "./developers.css";
import type { ReactNode } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PublicFrame } from "#app/ui/public-frame.tsx";
import { Code } from "./code.tsx";
import { OperationArticle } from "./operation-article.tsx";
import type { Reference } from "./reference.server.ts";

type ReferencePageProps = {
  reference: Reference;
  limits: { reads: number; writes: number };
  secondsToAnswer: number;
  isSignedIn: boolean;
};

export function ReferencePage({ reference, limits, secondsToAnswer, isSignedIn }: ReferencePageProps) {
  const { root, groups, codes } = reference;
  return (
    <PublicFrame isSignedIn={isSignedIn}>
      <div className="mx-auto grid w-full max-w-6xl gap-x-12 px-4 pt-10 pb-28 sm:px-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <header className="min-w-0 max-lg:mb-10 lg:col-start-2">
          <h1 className="font-semibold text-3xl">{m.developers_title()}</h1>
          <p className="mt-3 max-w-2xl text-lg text-muted">{m.developers_text()}</p>
          <p className="mt-4">
            <a href="/api/v1/openapi.json" className="font-medium text-accent underline underline-offset-4">
              {m.developers_document()}
            </a>
          </p>
        </header>
        <Contents groups={groups} />
        <div className="min-w-0 lg:col-start-2">
          <Topic id="keys" title={m.developers_keys_title()} text={m.developers_keys_text()}>
            <Code>{`export KEY=tnt_…\n${groups[0]?.operations[0]?.curl ?? `curl ${root}`}`}</Code>
          </Topic>
          <Topic id="requests" title={m.developers_requests_title()} text={m.developers_requests_text()} />
          <Topic id="lists" title={m.developers_lists_title()} text={m.developers_lists_text()} />
          <Topic id="repeats" title={m.developers_repeats_title()} text={m.developers_repeats_text()} />
          <Topic id="changes" title={m.developers_changes_title()} text={m.developers_changes_text()} />
          <Topic
            id="limits"
            title={m.developers_limits_title()}
            text={m.developers_limits_text({ reads: formatNumber(limits.reads), writes: formatNumber(limits.writes) })}
          />
          <Topic
            id="events"
            title={m.developers_events_title()}
            text={m.developers_events_text({ seconds: formatNumber(secondsToAnswer) })}
          >
            <p lang="en" dir="ltr" className="mt-4 flex flex-wrap gap-x-3 gap-y-1 font-mono text-muted text-sm">
              {reference.events.map((type) => (
                <span key={type}>{type}</span>
              ))}
            </p>
          </Topic>
          {groups.map(({ name, operations }) => (
            <section key={name} aria-labelledby={`group-${name}`} className="pt-14">
              <h2 id={`group-${name}`} lang="en" dir="ltr" className="scroll-mt-24 font-semibold text-2xl capitalize">
                {name}
              </h2>
              {operations.map((operation) => (
                <OperationArticle key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
          <Topic id="errors" title={m.developers_errors_title()} text={m.developers_errors_text()}>
            <Codes codes={codes} />
          </Topic>
        </div>
      </div>
    </PublicFrame>
  );
}

/** Links to the topics and the operations of this page; each group of operations can be folded. */
function Contents({ groups }: Pick<Reference, "groups">) {
  const topics = [
    ["keys", m.developers_keys_title()],
    ["requests", m.developers_requests_title()],
    ["lists", m.developers_lists_title()],
    ["repeats", m.developers_repeats_title()],
    ["changes", m.developers_changes_title()],
    ["limits", m.developers_limits_title()],
    ["events", m.developers_events_title()],
  ] as const;
  return (
    <nav aria-label={m.developers_contents()} className="text-sm lg:row-span-2 lg:row-start-1">
      <div className="lg:sticky lg:top-24 lg:max-h-[calc(100dvh-8rem)] lg:overflow-y-auto">
        <ul className="grid gap-0.5 max-lg:grid-cols-2">
          {topics.map(([id, title]) => (
            <Anchor key={id} id={id}>
              {title}
            </Anchor>
          ))}
          <Anchor id="errors">{m.developers_errors_title()}</Anchor>
        </ul>
        {groups.map(({ name, operations }) => (
          <details key={name} className="mt-2 border-t pt-2">
            <summary lang="en" className="rounded-sm py-1 font-medium capitalize">
              {name}
            </summary>
            <ul lang="en" dir="ltr" className="grid gap-0.5 pt-1">
              {operations.map(({ id }) => (
                <Anchor key={id} id={id}>
                  {id}
                </Anchor>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </nav>
  );
}

function Anchor({ id, children }: { id: string; children: ReactNode }) {
  return (
    <li>
      <a href={`#${id}`} className="anchor">
        {children}
      </a>
    </li>
  );
}

/** Names in the text of each topic that are shown as code. */
const namesOf: Record<string, readonly string[]> = {
  keys: ["Authorization: Bearer tnt_…"],
  lists: ["limit", "next", "cursor", "null", "Link"],
  repeats: ["Idempotency-Key"],
  changes: ["ETag", "If-Match", "If-None-Match"],
  limits: ["RateLimit", "Retry-After"],
  errors: ["application/problem+json", "code", "detail", "errors"],
};

function WithCode({ text, names = [] }: { text: string; names?: readonly string[] | undefined }) {
  if (names.length === 0) return text;
  const any = names.map((name) => name.replaceAll("+", "\\+")).join("|");
  const parts = text.split(new RegExp(`(?<![\\p{L}\\p{M}-])(${any})(?![\\p{L}\\p{M}-])`, "u"));
  // Every second part is a name, and the same text is always split into the same parts.
  return parts.map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
      <code key={at} dir="ltr" className="name">
        {part}
      </code>
    ),
  );
}

function Topic({ id, title, text, children }: { id: string; title: string; text: string; children?: ReactNode }) {
  return (
    <section className="pt-12">
      <h2 id={id} className="scroll-mt-24 font-semibold text-2xl">
        {title}
      </h2>
      <p className="mt-2 max-w-2xl text-muted">
        <WithCode text={text} names={namesOf[id]} />
      </p>
      {children}
    </section>
  );
}

function Codes({ codes }: Pick<Reference, "codes">) {
  return (
    <dl lang="en" dir="ltr" className="codes">
      {codes.map(({ code, statuses, says }) => (
        <div key={code}>
          <dt id={code}>{code}</dt>
          <dd>
            {statuses.join(", ")}
            {says !== null && ` · ${says}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}
