package dev.nightjar.demo;

import java.util.List;

/** A leaf of the category tree; a consumable is used up and bought again. */
record Category(String path, String noun, double typicalPrice, boolean isConsumable) {
  static final List<Category> ALL =
      List.of(
          new Category("grocery/coffee/beans", "coffee beans", 12, true),
          new Category("grocery/coffee/capsules", "coffee capsules", 9, true),
          new Category("grocery/tea/leaf", "leaf tea", 7, true),
          new Category("grocery/snacks/bars", "snack bars", 5, true),
          new Category("pets/cats/food", "cat food", 18, true),
          new Category("pets/dogs/food", "dog food", 24, true),
          new Category("pets/dogs/toys", "dog toy", 8, false),
          new Category("beauty/skin/cream", "face cream", 16, true),
          new Category("beauty/hair/shampoo", "shampoo", 8, true),
          new Category("beauty/scent/perfume", "perfume", 55, false),
          new Category("fashion/women/dresses", "dress", 49, false),
          new Category("fashion/women/shoes", "shoes", 69, false),
          new Category("fashion/men/shirts", "shirt", 35, false),
          new Category("fashion/men/shoes", "trainers", 79, false),
          new Category("electronics/audio/headphones", "headphones", 89, false),
          new Category("electronics/audio/speakers", "speaker", 119, false),
          new Category("electronics/phones/cases", "phone case", 15, false),
          new Category("home/kitchen/knives", "kitchen knife", 32, false),
          new Category("home/kitchen/pans", "pan", 42, false),
          new Category("home/decor/candles", "candle", 12, true),
          new Category("home/decor/lamps", "lamp", 59, false),
          new Category("sports/running/shoes", "running shoes", 99, false),
          new Category("sports/running/nutrition", "energy gels", 14, true),
          new Category("sports/yoga/mats", "yoga mat", 29, false),
          new Category("toys/building/blocks", "building blocks", 39, false),
          new Category("toys/outdoor/kites", "kite", 22, false),
          new Category("books/novels/crime", "crime novel", 13, false),
          new Category("books/cooking/baking", "baking book", 25, false));

  /** The category of an item, by its number. */
  static Category of(int item) {
    return ALL.get(item % ALL.size());
  }

  /** First part of the path. */
  String top() {
    return path.substring(0, path.indexOf('/'));
  }
}
