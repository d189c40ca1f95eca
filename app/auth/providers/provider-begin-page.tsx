import { m } from "#app/i18n/messages.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { showProvider } from "./operations.server.ts";
import { ProviderForm } from "./provider-form.tsx";

type ProviderBeginPageProps = { loaderData: AnswerOf<typeof showProvider>; actionData?: FormAnswer | undefined };

export function ProviderBeginPage({ loaderData, actionData }: ProviderBeginPageProps) {
  const label = m.account_provider_continue({ provider: loaderData.provider.name });
  return (
    <AccountFrame title={label}>
      <div className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <ProviderForm {...loaderData} label={label} />
      </div>
    </AccountFrame>
  );
}
