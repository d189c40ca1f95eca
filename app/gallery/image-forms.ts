/** The fetcher that removes an image, so that its card knows while the dialog waits. */
export function removalKey(image: string): string {
  return `remove-${image}`;
}
