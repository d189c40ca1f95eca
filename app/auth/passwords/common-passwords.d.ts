declare module "virtual:common-passwords" {
  const packed: import("./common-password-filter.server.ts").PackedFilter;
  export default packed;
}
