declare module "virtual:common-passwords" {
  const filter: Uint8Array;
  export default filter;
}
