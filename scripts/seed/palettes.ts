export type Palette = { sky: [string, string, string]; light: string; hills: [string, string]; night?: boolean };

export const PALETTES: Record<string, Palette> = {
  dawn: { sky: ["#2b3a67", "#b56576", "#ffd6a5"], light: "#fff1d0", hills: ["#a8788a", "#2a1f3d"] },
  morning: { sky: ["#4a90c2", "#9cc9e3", "#f6efdc"], light: "#fffbe8", hills: ["#9db8b5", "#1f4037"] },
  noon: { sky: ["#1f6fb2", "#7fb8de", "#dff1f5"], light: "#ffffff", hills: ["#8fb3a0", "#22452f"] },
  autumn: { sky: ["#6a7fa0", "#d9b48f", "#f7e3c0"], light: "#fff3d6", hills: ["#c99b6a", "#4a2418"] },
  dusk: { sky: ["#1d1e48", "#7a3b69", "#f08a5d"], light: "#ffd79a", hills: ["#8a4a6b", "#190f24"] },
  mist: { sky: ["#8fa3ad", "#c3d0d3", "#eef1ec"], light: "#ffffff", hills: ["#b4c3c4", "#3d5257"] },
  night: { sky: ["#060b1f", "#14274e", "#3f5f8a"], light: "#f4f1de", hills: ["#2f4a6e", "#050a16"], night: true },
};

export const MOODS = Object.keys(PALETTES);
