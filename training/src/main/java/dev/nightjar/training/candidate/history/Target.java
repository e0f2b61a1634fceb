package dev.nightjar.training.candidate.history;

import java.util.List;

/**
 * A user to propose items to.
 *
 * @param history items of the user, empty for a new one
 * @param factors ALS factors; empty where there are none
 * @param locale language and country; null where unknown
 * @param interest number of the interest segment; negative without one
 */
public record Target(UserHistory history, List<Float> factors, String locale, int interest) {}
