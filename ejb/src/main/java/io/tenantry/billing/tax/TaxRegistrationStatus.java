package io.tenantry.billing.tax;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A seller that collects tax.
 *
 * @param country its country, by ISO 3166
 * @param registered the places where it is registered: countries, or regions of them after a dash; if empty, it collects no tax
 * @param isOneStop whether it declares tax for consumers elsewhere in the EU in its own country (OSS); if not, it is below the threshold and
 *     the rate of its own country applies to them
 * @param isSmall whether its own state exempts it as a small business
 */
public record TaxRegistrationStatus(String country, Set<String> registered, boolean isOneStop, boolean isSmall) {
    public TaxRegistrationStatus {
        registered = Set.copyOf(registered);
        if (isOneStop && registered.stream().map(TaxArea::of).noneMatch(EuropeanUnion::contains)) {
            throw new IllegalArgumentException(
                    "OSS requires a registration in an EU member state, registered: " + registered);
        }
    }

    /** Returns the same seller with the countries whose rules apply in its own. */
    TaxRegistrationStatus byArea() {
        return new TaxRegistrationStatus(
                TaxArea.of(country),
                registered.stream().map(TaxArea::of).collect(Collectors.toUnmodifiableSet()),
                isOneStop,
                isSmall);
    }

    boolean isRegisteredIn(String place) {
        return registered.contains(place);
    }
}
