import { avatarKey, isVisibleAvatar } from "#app/account/avatars.server.ts";
import { OneAvatar } from "#app/account/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { pictureAnswer } from "./picture-answer.ts";

export const loader = read({
  validate: OneAvatar,
  authenticate: "session",
  authorize: "self",
  execute: isVisibleAvatar,
  answer: async (isVisible, { filesOf }, { person, avatar }) =>
    pictureAnswer(isVisible ? await filesOf(person).get(avatarKey(avatar)) : null),
});
