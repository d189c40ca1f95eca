import { useEffect, useRef } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import type { Provider } from "./providers.ts";
import type { Purpose } from "./schemas.ts";

type Returned = {
  provider: Provider;
  purpose: Purpose;
  redirectTo: string;
  refusal: "cancelled" | "failed" | null;
  fields: Record<string, string>;
};

type ProviderReturnPageProps = { loaderData: Returned; actionData?: FormAgain | undefined };

export function ProviderReturnPage({ loaderData: returned, actionData: result }: ProviderReturnPageProps) {
  const { provider, purpose, redirectTo, fields } = returned;
  const form = useRef<HTMLFormElement>(null);
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    form.current?.requestSubmit();
  }, []);
  const problem = result?.error?.[""]?.[0] ?? refusalWords(returned);
  if (problem !== undefined) {
    return (
      <AccountFrame title={m.account_provider_continue({ provider: provider.name })}>
        <div className="grid gap-5" role="alert">
          <Notice tone="warning">{problem}</Notice>
          <LinkButton to={againAt(purpose, redirectTo)} size="large">
            {m.account_provider_again()}
          </LinkButton>
        </div>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title={m.account_provider_return_title()}
      description={m.account_provider_return_description({ provider: provider.name })}
    >
      <Form method="post" action={actionOf(purpose, provider.id)} ref={form} replace className="grid">
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton size="large">{m.account_provider_return_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}

function refusalWords({ provider: { name: provider }, refusal }: Returned): string | undefined {
  if (refusal === null) return undefined;
  return refusal === "cancelled" ? m.account_provider_cancelled({ provider }) : m.account_provider_failed({ provider });
}

function actionOf(purpose: Purpose, provider: string): string {
  if (purpose === "link") return href("/settings/security/accounts/:provider/link", { provider });
  return purpose === "confirm"
    ? href("/confirm/:provider", { provider })
    : href("/login/:provider/callback", { provider });
}

function againAt(purpose: Purpose, redirectTo: string): string {
  if (purpose === "link") return href("/settings/security");
  return `${href(purpose === "confirm" ? "/confirm" : "/login")}?${new URLSearchParams({ redirectTo })}`;
}
