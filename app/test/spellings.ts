/** Names, each with spellings that people type for it: in other cases and scripts, composed or not. */
export const spellings = {
  "İzmir Straße Σίσυφος": ["izmir", "IZMIR", "ızmır", "STRASSE", "straẞe", "σισυφοσ", "ΣΊΣΥΦΟΣ", "I\u0307zmir"],
  "Jose\u0301 Łukasz 中文": ["josé", "JOSE\u0301", "jose", "lukasz", "ŁUKASZ", "中文"],
  "صورة ١٢ کتاب": ["صوره", "12", "۱۲", "كتاب"],
};
