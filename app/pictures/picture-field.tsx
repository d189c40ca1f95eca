import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { FileField, TickField } from "#app/ui/field.tsx";
import { late } from "#app/ui/line/late.tsx";
import type { FormField } from "#app/ui/use-form.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { type Chosen, lookInto } from "./before-sending.ts";
import type { Shape } from "./cut-picture.ts";
import { IMAGE_TYPES } from "./image-type.ts";
import { PICTURE_BYTES } from "./limits.ts";
import { PicturePreview } from "./picture-preview.tsx";
import { useFileDrop } from "./use-file-drop.ts";

const PictureCrop = late(() => import("./picture-crop.tsx"));

type PictureFieldProps = {
  field: FormField;
  label: string;
  isLabelHidden?: boolean;
  hint: ReactNode;
  isRequired: boolean;
  maximum: number;
  /** The shape of the part to keep. Without it, the whole picture is sent as it is. */
  shape?: Shape;
  /** Whether only one frame of an animation is kept. */
  isStill?: boolean;
};

export function PictureField({
  field,
  isRequired,
  maximum,
  shape,
  isStill = shape !== undefined,
  ...frame
}: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isHydrated = useIsHydrated();
  const isOver = useFileDrop(input);
  useHeldForm(input, refusal);

  async function look() {
    const file = input.current?.files?.[0];
    setRefusal(null);
    setChosen(null);
    if (file === undefined) return;
    const found = await lookInto(file, maximum);
    if (input.current?.files?.[0] !== file) return;
    if ("refusal" in found) setRefusal(found.refusal);
    else setChosen(found);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a file that was chosen before the scripts were loaded
  useEffect(() => {
    const form = input.current?.form;
    const clear = () => {
      setRefusal(null);
      setChosen(null);
    };
    void look();
    form?.addEventListener("reset", clear);
    return () => form?.removeEventListener("reset", clear);
  }, []);

  function discard() {
    if (input.current === null) return;
    input.current.value = "";
    input.current.focus();
    void look();
  }

  return (
    <div className="grid min-w-0 gap-3">
      <FileField
        {...frame}
        {...field.frame}
        ownError={refusal}
        words={isHydrated && <FileWords file={chosen?.file ?? null} isOver={isOver} />}
        inputProps={{
          ...field.control,
          ref: input,
          required: isRequired,
          accept: IMAGE_TYPES.join(","),
          onChange: () => void look(),
          // An empty title keeps the browser from showing its own.
          ...(isHydrated && { title: "" }),
        }}
      />
      {chosen !== null && (
        <div className="grid justify-items-start gap-3">
          {shape !== undefined && chosen.isShown ? (
            <PictureCrop
              key={keyOf(chosen.file)}
              file={chosen.file}
              input={input}
              shape={shape}
              instead={<PicturePreview {...chosen} />}
            />
          ) : (
            <PicturePreview {...chosen} />
          )}
          {isStill && chosen.mayMove && <p className="text-muted text-sm">{m.pictures_moving()}</p>}
          <Button type="button" variant="ghost" size="small" className="-ms-3" onClick={discard}>
            {m.pictures_discard()}
          </Button>
        </div>
      )}
    </div>
  );
}

type KeptPictureFieldProps = {
  field: FormField;
  /** The box that removes the picture. Left out if a picture is required. */
  removed?: FormField;
  label: string;
  /** The address of the current picture. */
  current: string | null;
  isRequired?: boolean;
};

/** @public A picture of a row, for resources of your own. */
export function KeptPictureField({ field, removed, label, current, isRequired = false }: KeptPictureFieldProps) {
  return (
    <div className="grid gap-3">
      <PictureField
        field={field}
        label={label}
        hint={m.common_picture_hint({ maximum: formatBytes(PICTURE_BYTES) })}
        isRequired={isRequired && current === null}
        maximum={PICTURE_BYTES}
        isStill
      />
      {current !== null && (
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <img src={current} alt={label} className="max-h-40 max-w-full rounded-md border" />
          {removed !== undefined && (
            <TickField
              id={removed.frame.id}
              label={m.pictures_remove({ name: label })}
              inputProps={{ name: removed.control.name, defaultChecked: removed.control.defaultValue === "yes" }}
            />
          )}
        </div>
      )}
    </div>
  );
}

function keyOf({ name, size, lastModified }: File): string {
  return `${name} ${size} ${lastModified}`;
}

/** Lies over the field, which handles clicks and keys itself. */
function FileWords({ file, isOver }: { file: File | null; isOver: boolean }) {
  return (
    <span
      className={classes(
        "pointer-events-none absolute inset-0 flex items-center gap-3 rounded-md px-3 text-sm",
        isOver && "border-2 border-accent border-dashed bg-accent-soft",
      )}
    >
      <span className="shrink-0 rounded-sm bg-hover px-2.5 py-1 font-medium">
        {file === null ? m.pictures_choose() : m.pictures_another()}
      </span>
      <span className="flex min-w-0 gap-2 text-muted">
        {file === null ? (
          <span className="truncate">{m.pictures_drop()}</span>
        ) : (
          <>
            <bdi className="truncate text-text">{file.name}</bdi>
            <span className="shrink-0 tabular-nums max-sm:hidden">{formatBytes(file.size)}</span>
          </>
        )}
      </span>
    </span>
  );
}

/** A form with a refused file is not sent. The focus moves to the file field instead. */
function useHeldForm(input: RefObject<HTMLInputElement | null>, refusal: string | null) {
  useEffect(() => {
    const form = input.current?.form;
    if (refusal === null || !form) return;
    const hold = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      input.current?.focus();
    };
    form.addEventListener("submit", hold, { capture: true });
    return () => form.removeEventListener("submit", hold, { capture: true });
  }, [input, refusal]);
}
