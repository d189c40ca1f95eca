export function isEqualForm(one: FormData, other: FormData): boolean {
  const [first, second] = [[...one], [...other]];
  return (
    first.length === second.length &&
    first.every(([name, value], index) => name === second[index]?.[0] && isSameValue(value, second[index][1]))
  );
}

function isSameValue(one: FormDataEntryValue, other: FormDataEntryValue): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.name === other.name && one.size === other.size;
}
