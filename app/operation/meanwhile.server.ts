/** Between the check and the batch, the thing changed from what the caller has seen. */
export class ChangedMeanwhile extends Error {
  override name = "ChangedMeanwhile";
}

/** Between the check and the batch, the caller lost the right: signed out, removed, given another role, or no longer fresh. */
export class RightLost extends Error {
  override name = "RightLost";
}
