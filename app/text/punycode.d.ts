// The package has no types, and its bare name is Node's deprecated module.
declare module "punycode/punycode.es6.js" {
  export function toUnicode(domain: string): string;
}
