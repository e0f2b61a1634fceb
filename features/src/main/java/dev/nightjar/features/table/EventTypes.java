package dev.nightjar.features.table;

import java.util.List;

/** The values of {@link CleanEvents#EVENT_TYPE}. */
public final class EventTypes {
  public static final String VIEW = "view";
  public static final String SEARCH = "search";
  public static final String FAVORITE = "favorite";
  public static final String CART = "cart";
  public static final String PURCHASE = "purchase";
  public static final String RETURN = "return";
  public static final String RATING = "rating";
  public static final String APP_OPEN = "app_open";

  public static final List<String> ALL =
      List.of(VIEW, SEARCH, FAVORITE, CART, PURCHASE, RETURN, RATING, APP_OPEN);

  private EventTypes() {}
}
