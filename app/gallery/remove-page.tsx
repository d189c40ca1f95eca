import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { galleryPlace } from "./gallery-place.ts";
import type { Image } from "./images.server.ts";
import { TRASH_DAYS } from "./limits.ts";

type RemovePageProps = {
  params: { organization: string; image: string };
  loaderData: { image: Image };
  actionData?: FormAnswer | undefined;
};

export function RemovePage({ params, loaderData: { image }, actionData }: RemovePageProps) {
  const inList = usePlaceIn(galleryPlace);
  return (
    <QuestionPage
      back={{
        to: href("/organizations/:organization/gallery/:image", params) + inList,
        label: m.gallery_back_to_image(),
      }}
      title={m.gallery_remove_title()}
      question={m.gallery_remove_question({ name: image.name, days: TRASH_DAYS })}
      confirm={m.gallery_remove()}
      result={actionData}
    />
  );
}
