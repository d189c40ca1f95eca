import { type RefObject, useEffect, useId, useLayoutEffect, useRef } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Once } from "#app/ui/once.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { galleryPlace } from "./gallery-place.ts";

type UploadFormProps = {
  organization: string;
  onFiles: (files: Iterable<File>) => void;
  hadFocus: RefObject<boolean>;
};

/** With scripts, `onFiles` gets all chosen files. Without, one can be chosen, and the style sheet shows the submit button. */
export function UploadForm({ organization, onFiles, hadFocus }: UploadFormProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const isHydrated = useIsHydrated();
  const inList = usePlaceIn(galleryPlace);

  useLayoutEffect(() => {
    const field = input.current;
    if (hadFocus.current) field?.focus();
    return () => {
      hadFocus.current = field !== null && field === document.activeElement;
    };
  }, [hadFocus]);

  function hand(chosen: HTMLInputElement | null) {
    if (!chosen?.files?.length) return;
    onFiles([...chosen.files]);
    chosen.value = "";
  }

  // Files chosen while the scripts were still loading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, after hydration
  useEffect(() => hand(input.current), []);

  return (
    <Form
      method="post"
      encType="multipart/form-data"
      action={href("/organizations/:organization/gallery/upload", { organization }) + inList}
      className="upload"
    >
      <Once />
      <label htmlFor={id} className={buttonClasses({})}>
        <Icon name="image-up" />
        {m.gallery_add()}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        name="file"
        required
        multiple={isHydrated}
        accept={IMAGE_TYPES.join(",")}
        onChange={(event) => hand(event.currentTarget)}
        className="sr-only"
      />
      <button type="submit" className={buttonClasses({})}>
        {m.gallery_upload_send()}
      </button>
    </Form>
  );
}
