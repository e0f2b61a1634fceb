package dev.nightjar.training.intent;

/**
 * Columns that a candidate of an earlier moment has besides its ids and {@link IntentFeatures}, for
 * models to learn from.
 */
public final class Examples {
  /** 1 where the user bought the item in (anchor, anchor + horizon], else 0. */
  public static final String LABEL = "label";

  /** How many candidates a row stands for: 1 / the share that was kept of its label. */
  public static final String WEIGHT = "weight";

  /** Date of the anchor. */
  public static final String ANCHOR = "anchor";

  /** True for half of the users. */
  public static final String IS_HELD_OUT = "is_held_out";

  private Examples() {}
}
