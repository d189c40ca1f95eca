import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { LastUsed, lastUsed } from "../last-used.tsx";
import type { Provider } from "./providers.ts";
import type { Purpose } from "./schemas.ts";

type ProviderFormProps = {
  provider: Pick<Provider, "id">;
  purpose: Purpose;
  redirectTo: string;
  label: string;
  isLastUsed?: boolean;
};

/** Sends the browser to a provider. It reloads the document, because the response redirects to another site. */
export function ProviderForm({ provider, purpose, redirectTo, label, isLastUsed = false }: ProviderFormProps) {
  return (
    <Form reloadDocument method="post" action={href("/login/:provider", { provider: provider.id })} className="grid">
      <input type="hidden" name="purpose" value={purpose} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
      <LastUsed isLast={isLastUsed}>
        <Button variant="secondary" size="large" {...lastUsed(isLastUsed)}>
          {label}
        </Button>
      </LastUsed>
    </Form>
  );
}

type ProviderFormsProps = { providers: readonly Provider[]; redirectTo: string; lastMethod?: string | null };

export function ProviderForms({ providers, redirectTo, lastMethod }: ProviderFormsProps) {
  if (providers.length === 0) return null;
  return (
    <div className="mb-6 grid gap-3">
      {providers.map((provider) => (
        <ProviderForm
          key={provider.id}
          provider={provider}
          purpose="sign-in"
          redirectTo={redirectTo}
          label={m.account_provider_continue({ provider: provider.name })}
          isLastUsed={provider.id === lastMethod}
        />
      ))}
      <p className="mt-3 flex items-center gap-3 text-muted text-sm before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        {m.account_provider_or()}
      </p>
    </div>
  );
}
