import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Code } from "./code.tsx";
import type { ShownOperation, Taken } from "./reference.server.ts";

const TONES = { GET: "accent", DELETE: "danger" } as const;

export function OperationArticle({ operation }: { operation: ShownOperation }) {
  const { id, method, path, says, permission, takes, answers, curl, example } = operation;
  return (
    <article aria-labelledby={id} className="operation card">
      <div lang="en" dir="ltr">
        <div>
          <h3 id={id}>{id}</h3>
          <code>{permission}</code>
        </div>
        <p>{says}.</p>
        <p>
          <Badge tone={TONES[method as keyof typeof TONES] ?? "neutral"}>{method}</Badge>
          <code>{path}</code>
        </p>
      </div>
      <h4>{m.developers_takes()}</h4>
      <dl lang="en" dir="ltr">
        {takes.map((each) => (
          <Row key={`${each.place} ${each.name}`} taken={each} />
        ))}
      </dl>
      <h4>{m.developers_answers()}</h4>
      <ul lang="en" dir="ltr">
        {answers.map(({ status, says: text, codes }) => (
          <li key={status}>
            <span>{status}</span>
            <span>
              {text}
              {codes.map((code, place) => (
                <span key={code}>
                  {place > 0 && ", "}
                  <a href={`#${code}`}>{code}</a>
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <Code>{curl}</Code>
      <CopyButton text={curl} of={id} className="mt-2">
        {m.developers_copy()}
      </CopyButton>
      {example !== null && (
        <details>
          <summary aria-describedby={id}>{m.developers_example()}</summary>
          <Code>{example}</Code>
        </details>
      )}
    </article>
  );
}

function Row({ taken: { name, place, form, isRequired, says } }: { taken: Taken }) {
  return (
    <div>
      <dt>
        <code>{name}</code>
        <span>
          {place}
          {isRequired && <> · {m.developers_required()}</>}
        </span>
      </dt>
      <dd>
        <span>{form}</span>
        {says !== null && <> · {withCode(says)}</>}
      </dd>
    </div>
  );
}

/** Descriptions are Markdown, in which a name is between backticks: every second part of the text. */
function withCode(text: string) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
  return text.split("`").map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>));
}
