/** One transparent pixel, for a form that is sent without a browser. */
export function aPixel(name: string): File {
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
  return new File([Buffer.from(png, "base64")], `${name}.png`, { type: "image/png" });
}
