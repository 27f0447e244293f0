package io.tenantry.tax;

import java.util.Set;

/** The European Union, by ISO 3166. Its states count as one place for the reverse charge and for what consumers elsewhere in it owe. */
final class Union {
    private static final Set<String> STATES = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private Union() {}

    static boolean contains(String country) {
        return STATES.contains(country);
    }

    static Set<String> states() {
        return STATES;
    }
}
