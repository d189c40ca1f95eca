export function removalKey(image: string): string {
  return `remove-${image}`;
}
