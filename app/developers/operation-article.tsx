import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Code } from "./code.tsx";
import type { ShownOperation, Taken } from "./reference.server.ts";

const TONES = { GET: "accent", DELETE: "danger" } as const;

export function OperationArticle({ operation }: { operation: ShownOperation }) {
  const { id, method, path, says, permission, takes, answers, curl, example } = operation;
  return (
    <article aria-labelledby={id} className="card mt-5 p-5">
      <div lang="en" dir="ltr">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h3 id={id} className="scroll-mt-24 font-mono font-semibold text-base">
            {id}
          </h3>
          <code className="text-muted text-xs">{permission}</code>
        </div>
        <p className="mt-1.5">{says}.</p>
        <p className="mt-3 flex flex-wrap items-center gap-2 text-sm">
          <Badge tone={TONES[method as keyof typeof TONES] ?? "neutral"}>{method}</Badge>
          <code className="min-w-0">{path}</code>
        </p>
      </div>
      <h4 className="mt-5 font-medium text-sm">{m.developers_takes()}</h4>
      <dl lang="en" dir="ltr" className="mt-2 grid gap-2 text-sm">
        {takes.map((each) => (
          <Row key={`${each.place} ${each.name}`} taken={each} />
        ))}
      </dl>
      <h4 className="mt-5 font-medium text-sm">{m.developers_answers()}</h4>
      <ul lang="en" dir="ltr" className="mt-2 grid gap-1 text-sm">
        {answers.map(({ status, says: text, codes }) => (
          <li key={status} className="flex gap-3">
            <span className="font-mono">{status}</span>
            <span className="min-w-0 text-muted">
              {text}
              {codes.map((code, place) => (
                <span key={code}>
                  {place > 0 && ", "}
                  <a href={`#${code}`} className="hover:text-text">
                    {code}
                  </a>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <Code className="mt-5">{curl}</Code>
      <CopyButton text={curl} of={id} className="mt-2">
        {m.developers_copy()}
      </CopyButton>
      {example !== null && (
        <details className="mt-4 text-sm">
          <summary aria-describedby={id} className="w-fit rounded-sm font-medium">
            {m.developers_example()}
          </summary>
          <Code className="mt-2">{example}</Code>
        </details>
      )}
    </article>
  );
}

function Row({ taken: { name, place, form, isRequired, says } }: { taken: Taken }) {
  return (
    <div>
      <dt className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-semibold">{name}</code>
        <span className="text-muted text-xs">
          {place}
          {isRequired && <> · {m.developers_required()}</>}
        </span>
      </dt>
      <dd className="text-muted">
        <span>{form}</span>
        {says !== null && <> · {says}</>}
      </dd>
    </div>
  );
}
