import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { ProviderForm } from "./provider-form.tsx";
import type { Provider } from "./providers.ts";
import type { Purpose } from "./schemas.ts";

type OneProvider = { loaderData: Provider; actionData?: FormAgain | undefined };

export function LinkPage({ loaderData: provider, actionData }: OneProvider) {
  const { name } = provider;
  return (
    <ProviderPage
      provider={provider}
      purpose="link"
      title={m.security_account_link({ provider: name })}
      description={m.security_account_link_question({ provider: name })}
      result={actionData}
    />
  );
}

export function ConfirmByProviderPage({ loaderData: provider, actionData }: OneProvider) {
  return (
    <ProviderPage
      provider={provider}
      purpose="confirm"
      title={m.security_confirm_title()}
      description={m.security_confirm_description()}
      result={actionData}
    />
  );
}

type ProviderPageProps = {
  provider: Provider;
  purpose: Purpose;
  title: string;
  description: string;
  result: FormAgain | undefined;
};

function ProviderPage({ provider, purpose, title, description, result }: ProviderPageProps) {
  return (
    <NarrowPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={title}
      description={description}
    >
      <div className="grid gap-5">
        <FormError confirmAt={result?.confirmAt}>{result?.error?.[""]?.[0]}</FormError>
        <ProviderForm
          provider={provider}
          purpose={purpose}
          redirectTo={href("/settings/security")}
          label={m.account_provider_continue({ provider: provider.name })}
        />
      </div>
    </NarrowPage>
  );
}
