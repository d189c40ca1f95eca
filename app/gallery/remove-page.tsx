import type { SubmissionResult } from "@conform-to/react";
import { Form, href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { Image } from "./images.server.ts";

type RemovePageProps = {
  params: { organization: string; image: string };
  loaderData: { image: Image };
  actionData?: SubmissionResult | undefined;
};

export function RemovePage({ params, loaderData: { image }, actionData }: RemovePageProps) {
  return (
    <NarrowPage
      back={{ to: href("/organizations/:organization/gallery/:image", params), label: m.gallery_back_to_image() }}
      title={m.gallery_remove_title()}
      description={m.gallery_remove_question({ name: image.name })}
    >
      <Form method="post" className="grid gap-4">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <div className="flex flex-wrap justify-end gap-2">
          <LinkButton to={href("/organizations/:organization/gallery/:image", params)} variant="secondary">
            {m.common_cancel()}
          </LinkButton>
          <SubmitButton variant="danger">{m.gallery_remove()}</SubmitButton>
        </div>
      </Form>
    </NarrowPage>
  );
}
