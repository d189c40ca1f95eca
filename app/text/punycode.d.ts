// The package has no types, and its bare name would be Node's deprecated module.
declare module "punycode/punycode.es6.js" {
  export function toUnicode(domain: string): string;
}
