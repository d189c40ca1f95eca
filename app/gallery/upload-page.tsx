import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import { Form, href } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { IMAGE_TYPES } from "#app/storage/image-type.ts";
import { Field } from "#app/ui/field.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { IMAGE_SIZE_MAXIMUM } from "./limits.ts";

type UploadPageProps = { params: { organization: string }; actionData?: SubmissionResult | undefined };

/** Sends one image, and says why the one before was not taken. */
export function UploadPage({ params, actionData }: UploadPageProps) {
  const [form, { file }] = useForm<{ file: File }>({ id: "upload", lastResult: actionData ?? null });
  const gallery = href("/organizations/:organization/gallery", params);
  return (
    <NarrowPage
      back={{ to: gallery, label: m.gallery_title() }}
      title={m.gallery_upload_title()}
      description={m.gallery_upload_description()}
    >
      <Form method="post" encType="multipart/form-data" {...getFormProps(form)} className="grid gap-5">
        <FormError>{form.errors?.[0]}</FormError>
        <Field
          id={file.id}
          errorId={file.errorId}
          errors={file.errors}
          label={m.gallery_file_label()}
          hint={m.gallery_file_hint({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) })}
          inputProps={{
            ...getInputProps(file, { type: "file" }),
            required: true,
            accept: IMAGE_TYPES.join(","),
            className:
              "py-1.5 file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
          }}
        />
        <SubmitButton>{m.gallery_upload_send()}</SubmitButton>
      </Form>
    </NarrowPage>
  );
}
