import type { SubmissionResult } from "@conform-to/react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { Image } from "./images.server.ts";

type RemovePageProps = {
  params: { organization: string; image: string };
  loaderData: { image: Image };
  actionData?: SubmissionResult | undefined;
};

export function RemovePage({ params, loaderData: { image }, actionData }: RemovePageProps) {
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/gallery/:image", params), label: m.gallery_back_to_image() }}
      title={m.gallery_remove_title()}
      question={m.gallery_remove_question({ name: image.name })}
      confirm={m.gallery_remove()}
      result={actionData}
    />
  );
}
