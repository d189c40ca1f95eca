import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Form } from "#app/ui/form.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { galleryPlace } from "./gallery-place.ts";
import type { Image } from "./images.server.ts";
import { RenameForm } from "./rename-form.tsx";

type RenamePageProps = {
  params: { organization: string; image: string };
  loaderData: { image: Image };
  actionData?: FormAnswer | undefined;
};

export function RenamePage({ params, loaderData: { image }, actionData }: RenamePageProps) {
  const inList = usePlaceIn(galleryPlace);
  return (
    <NarrowPage
      back={{
        to: href("/organizations/:organization/gallery/:image", params) + inList,
        label: m.gallery_back_to_image(),
      }}
      title={m.gallery_rename_title()}
      description={image.name}
    >
      <RenameForm organization={params.organization} image={image} lastResult={actionData ?? null} as={Form}>
        <SubmitButton>{m.gallery_rename_save()}</SubmitButton>
      </RenameForm>
    </NarrowPage>
  );
}
