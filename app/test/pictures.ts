/** A file as a person's disk has it: the first bytes of a PNG, then as many more as it takes. */
export function aPicture({ name = "Lake at dawn.png", size = 1_000 } = {}): File {
  const bytes = new Uint8Array(size);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  for (let at = 8; at < size; at += 1) bytes[at] = at % 251;
  return new File([bytes], name, { type: "image/png" });
}

/** A form with one file in the field `file`. */
export function aForm(file: File): FormData {
  const form = new FormData();
  form.set("file", file);
  return form;
}
