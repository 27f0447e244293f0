package io.tenantry.billing.tax;

import java.util.Set;

/**
 * A seller that collects tax.
 *
 * @param country where it is, by ISO 3166
 * @param registered where it is registered: countries, or regions of them after a dash; of none it collects nothing
 * @param isOneStop whether it declares what consumers elsewhere in the EU owe where it is itself (OSS); if not, it is below the threshold
 *     and they owe the rate of its own country
 * @param isSmall whether its own state lets it collect none, because it sells little
 */
public record TaxRegistrationStatus(String country, Set<String> registered, boolean isOneStop, boolean isSmall) {
    public TaxRegistrationStatus {
        registered = Set.copyOf(registered);
        if (isOneStop && registered.stream().noneMatch(EuropeanUnion::contains)) {
            throw new IllegalArgumentException(
                    "a one-stop shop is that of a state of the EU, registered: " + registered);
        }
    }

    boolean isRegisteredIn(String place) {
        return registered.contains(place);
    }
}
