package io.tenantry.billing.tax;

import java.util.Map;
import java.util.Set;

/**
 * Where an address belongs for taxes on sales, which is not always its country. Supplies to Monaco, the Isle of Man and Liechtenstein are taxed
 * as if to France, the United Kingdom and Switzerland (Article 7 of Directive 2006/112/EC; the agreements with the neighbors). Some regions of
 * member states are outside the EU's VAT area (Article 6). The database function {@code tax_area} is the same rule.
 */
final class TaxArea {
    private static final Map<String, String> AS_IF_IN = Map.of("MC", "FR", "IM", "GB", "LI", "CH");

    /** Canary Islands with their two provinces, Ceuta, Melilla: outside also for sellers in Spain. */
    private static final Set<String> OUTSIDE = Set.of("ES-CN", "ES-GC", "ES-TF", "ES-CE", "ES-ML");

    /** French overseas departments, Åland: outside for sellers elsewhere, while sellers in the country apply its law. */
    private static final Set<String> OUTSIDE_FOR_OTHERS = Set.of(
            "FR-971", "FR-972", "FR-973", "FR-974", "FR-976", "FR-GP", "FR-MQ", "FR-GF", "FR-RE", "FR-YT", "FI-01");

    /** Azores and Madeira: under the country's registration, with rates of their own. */
    private static final Set<String> WITH_OWN_RATES = Set.of("PT-20", "PT-30");

    private TaxArea() {}

    /** Returns the country whose rules apply to an address, or the place itself if it is a region outside the EU's VAT area. */
    static String of(String country, String region, String seller) {
        var place = country + "-" + region;
        if (OUTSIDE.contains(place) || (OUTSIDE_FOR_OTHERS.contains(place) && !country.equals(seller))) {
            return place;
        }
        return of(country);
    }

    /** Returns the country whose rules apply in a country. */
    static String of(String country) {
        return AS_IF_IN.getOrDefault(country, country);
    }

    static boolean hasOwnRates(String place) {
        return WITH_OWN_RATES.contains(place);
    }
}
