import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { ShownOnce } from "#app/ui/shown-once.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { KeyForm } from "./key-form.tsx";
import type { ShownKey } from "./key-writes.server.ts";
import type { Key } from "./keys.server.ts";
import { FORMER_KEY_HOURS, KEYS_PER_ORGANIZATION } from "./limits.ts";

type Shown = Pick<ShownKey, "secret" | "url">;

type NewKeyPageProps = {
  params: { organization: string };
  loaderData: { given: readonly string[]; isFull: boolean };
  actionData?: FormAgain | Shown | undefined;
};

export function NewKeyPage({ params: { organization }, loaderData: { given, isFull }, actionData }: NewKeyPageProps) {
  if (actionData && "secret" in actionData) return <Secret organization={organization} shown={actionData} />;
  const list = listIn(organization);
  return (
    <NarrowPage back={list} title={m.keys_create()} description={m.keys_create_description()}>
      {isFull && actionData === undefined ? (
        <Notice tone="warning">{m.keys_full({ maximum: KEYS_PER_ORGANIZATION })}</Notice>
      ) : (
        <KeyForm result={actionData} given={given} cancelTo={list.to} />
      )}
    </NarrowPage>
  );
}

type OneKeyProps<A = FormAgain> = {
  params: { organization: string };
  loaderData: { key: Key };
  actionData?: A | undefined;
};

export function RotateKeyPage({ params, loaderData: { key }, actionData }: OneKeyProps<FormAgain | Shown>) {
  if (actionData && "secret" in actionData) return <Secret organization={params.organization} shown={actionData} />;
  return (
    <QuestionPage
      back={listIn(params.organization)}
      title={m.keys_rotate_title({ name: key.name })}
      question={m.keys_rotate_question({ hours: FORMER_KEY_HOURS })}
      confirm={m.keys_rotate()}
      result={actionData}
    >
      <Once />
    </QuestionPage>
  );
}

export function RevokeKeyPage({ params, loaderData: { key }, actionData }: OneKeyProps) {
  return (
    <QuestionPage
      back={listIn(params.organization)}
      title={m.keys_revoke_title({ name: key.name })}
      question={m.keys_revoke_question()}
      confirm={m.keys_revoke()}
      result={actionData}
    />
  );
}

function listIn(organization: string) {
  return { to: href("/organizations/:organization/keys", { organization }), label: m.key_place() };
}

function Secret({ organization, shown: { secret, url } }: { organization: string; shown: Shown }) {
  const list = listIn(organization);
  return (
    <ShownOnce
      back={list}
      title={m.keys_secret_title()}
      description={m.keys_secret_description()}
      warning={m.keys_secret_once()}
      value={secret}
      copy={m.keys_secret_copy()}
      kept={{ to: list.to, label: m.keys_secret_kept() }}
    >
      <dl className="grid gap-3 text-sm">
        <Use term={m.keys_secret_url()} value={url} />
        <Use term={m.keys_secret_header()} value={`Authorization: Bearer ${secret.slice(0, 8)}…`} />
      </dl>
    </ShownOnce>
  );
}

function Use({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-muted">{term}</dt>
      <dd dir="ltr" className="break-all text-start font-mono text-xs">
        {value}
      </dd>
    </div>
  );
}
