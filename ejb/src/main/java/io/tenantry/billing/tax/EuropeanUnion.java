package io.tenantry.billing.tax;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Member states of the European Union, by ISO 3166. They count as one place for the reverse charge and for the tax on sales to consumers
 * elsewhere in it.
 */
final class EuropeanUnion {
    private static final Set<String> STATES = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private EuropeanUnion() {}

    static boolean contains(String country) {
        return STATES.contains(country);
    }

    /** Returns the state, by ISO 3166, that assigned a VAT number; Greece uses EL. Numbers of Northern Ireland apply only to goods. */
    static Optional<String> ofNumber(String packed) {
        if (packed.length() <= 2) {
            return Optional.empty();
        }
        var prefix = packed.substring(0, 2);
        return Optional.of("EL".equals(prefix) ? "GR" : prefix).filter(STATES::contains);
    }

    /** Returns the prefixes of its states' VAT numbers. */
    static List<String> prefixes() {
        return STATES.stream().map(state -> "GR".equals(state) ? "EL" : state).toList();
    }

    static Set<String> states() {
        return STATES;
    }
}
