package io.tenantry.billing.tax;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The European Union, by ISO 3166. Its states count as one place for the reverse charge and for what consumers elsewhere in it owe. */
final class EuropeanUnion {
    private static final Set<String> STATES = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private EuropeanUnion() {}

    static boolean contains(String country) {
        return STATES.contains(country);
    }

    /** The state, by ISO 3166, that gave a VAT number to somebody; Greece writes EL. Numbers of Northern Ireland are for goods alone. */
    static Optional<String> ofNumber(String packed) {
        if (packed.length() <= 2) {
            return Optional.empty();
        }
        var prefix = packed.substring(0, 2);
        return Optional.of("EL".equals(prefix) ? "GR" : prefix).filter(STATES::contains);
    }

    /** What VAT numbers of its states begin with. */
    static List<String> prefixes() {
        return STATES.stream().map(state -> "GR".equals(state) ? "EL" : state).toList();
    }

    static Set<String> states() {
        return STATES;
    }
}
