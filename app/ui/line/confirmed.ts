export const CONFIRMED = "confirmed";
