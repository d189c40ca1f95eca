import { href } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PictureField } from "#app/pictures/picture-field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { galleryPlace } from "./gallery-place.ts";
import { IMAGE_SIZE_MAXIMUM } from "./limits.ts";

type UploadPageProps = {
  params: { organization: string };
  loaderData: { used: number; quota: number };
  actionData?: FormAnswer | undefined;
};

export function UploadPage({ params, loaderData: { used, quota }, actionData }: UploadPageProps) {
  const [form, { file }] = useForm<{ file: File }>({ id: "upload", lastResult: actionData ?? null });
  const gallery = href("/organizations/:organization/gallery", params) + usePlaceIn(galleryPlace);
  return (
    <NarrowPage
      back={{ to: gallery, label: m.gallery_title() }}
      title={m.gallery_upload_title()}
      description={m.gallery_upload_description()}
    >
      {used >= quota && actionData === undefined ? (
        <Notice tone="warning">{m.gallery_quota_full_notice({ quota: formatBytes(quota) })}</Notice>
      ) : (
        <Form method="post" encType="multipart/form-data" {...form.props} className="grid gap-5">
          <Once />
          <FormError>{form.error}</FormError>
          <PictureField
            field={file}
            label={m.gallery_file_label()}
            hint={m.gallery_file_hint({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) })}
            isRequired
            maximum={IMAGE_SIZE_MAXIMUM}
          />
          <FormButtons cancelTo={gallery}>
            <SubmitButton>{m.gallery_upload_send()}</SubmitButton>
          </FormButtons>
        </Form>
      )}
    </NarrowPage>
  );
}
