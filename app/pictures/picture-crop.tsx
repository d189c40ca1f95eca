import "react-easy-crop/react-easy-crop.css";
import "./picture-crop.css";
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import Cropper from "react-easy-crop";
import { formatPercent } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { holdPage } from "#app/ui/line/under-way.ts";
import { cutPicture, type Part, type Shape } from "./cut-picture.ts";
import { useFileUrl } from "./picture-preview.tsx";

const ZOOM_MAXIMUM = 4;
const ZOOM_STEP = 0.1;
/** In pixels of the screen. */
const ARROW_STEP = 10;

type PictureCropProps = { file: File; input: RefObject<HTMLInputElement | null>; shape: Shape };

/** Makes the form send the part that is shown instead of the file. */
export default function PictureCrop({ file, input, shape }: PictureCropProps) {
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const part = useRef<Part | null>(null);
  const url = useFileUrl(file);
  const hint = useId();
  usePartSent(input, file, part);

  const zoomTo = (next: number) => setZoom(Math.round(Math.min(ZOOM_MAXIMUM, Math.max(1, next)) * 100) / 100);
  function zoomByKey(event: KeyboardEvent) {
    const direction = { "+": 1, "=": 1, "-": -1, "−": -1 }[event.key];
    if (direction === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    zoomTo(zoom + direction * ZOOM_STEP);
  }

  return (
    <fieldset className="grid w-full max-w-sm gap-3" onKeyDown={zoomByKey}>
      <legend className="mb-1.5 font-medium text-sm">{m.pictures_crop()}</legend>
      <div dir="ltr" className="crop relative aspect-square overflow-hidden rounded-md border bg-sunken">
        {url !== null && (
          <Cropper
            image={url}
            crop={crop}
            zoom={zoom}
            maxZoom={ZOOM_MAXIMUM}
            aspect={1}
            objectFit="cover"
            cropShape={shape === "round" ? "round" : "rect"}
            showGrid={false}
            keyboardStep={ARROW_STEP}
            zoomWithScroll={false}
            disableAutomaticStylesInjection
            onCropChange={setCrop}
            // Each movement of the fingers is added to the zoom that is shown, so it must be shown before the next one.
            onZoomChange={(next) => flushSync(() => zoomTo(next))}
            onCropAreaChange={(_share, pixels) => {
              part.current = pixels;
            }}
            cropperProps={{ role: "application", "aria-label": m.pictures_move(), "aria-describedby": hint }}
          />
        )}
      </div>
      <div className="flex items-center gap-2">
        <ZoomButton icon="minus" label={m.pictures_zoom_out()} onPress={() => zoomTo(zoom - ZOOM_STEP)} />
        <input
          type="range"
          min={1}
          max={ZOOM_MAXIMUM}
          step={ZOOM_STEP}
          value={zoom}
          onChange={(event) => zoomTo(event.currentTarget.valueAsNumber)}
          aria-label={m.pictures_zoom()}
          aria-valuetext={formatPercent(zoom)}
          className="min-w-0 flex-1 accent-accent"
        />
        <ZoomButton icon="plus" label={m.pictures_zoom_in()} onPress={() => zoomTo(zoom + ZOOM_STEP)} />
      </div>
      <p role="status" className="text-sm tabular-nums">
        {m.pictures_zoomed({ zoom: formatPercent(zoom) })}
      </p>
      <p id={hint} className="text-muted text-sm">
        {m.pictures_crop_hint()}
      </p>
    </fieldset>
  );
}

function ZoomButton({ icon, label, onPress }: { icon: "minus" | "plus"; label: string; onPress: () => void }) {
  return (
    <Button type="button" variant="secondary" size="small" isSquare aria-label={label} onClick={onPress}>
      <Icon name={icon} />
    </Button>
  );
}

/** Holds the form back until the part is cut. If the browser cannot cut it, sends it whole, and the server takes the middle. */
function usePartSent(input: RefObject<HTMLInputElement | null>, file: File, part: RefObject<Part | null>) {
  useEffect(() => {
    const field = input.current;
    const form = field?.form;
    if (!field || !form) return;
    let ready: { of: Part | null; cut: File } | null = null;
    let isCutting = false;
    const hold = async (event: SubmitEvent) => {
      const of = part.current;
      if (of === null || ready?.of === of) return;
      event.preventDefault();
      event.stopPropagation();
      if (isCutting) return;
      isCutting = true;
      const letGo = holdPage();
      const cut = await cutPicture(file, of).catch(() => file);
      isCutting = false;
      ready = { of, cut };
      form.requestSubmit(event.submitter);
      letGo();
    };
    const replace = ({ formData }: FormDataEvent) => {
      if (ready !== null) formData.set(field.name, ready.cut);
    };
    form.addEventListener("submit", hold, { capture: true });
    form.addEventListener("formdata", replace);
    return () => {
      form.removeEventListener("submit", hold, { capture: true });
      form.removeEventListener("formdata", replace);
    };
  }, [input, file, part]);
}
