package io.tenantry.web.brand.storefront;

import io.tenantry.brand.storefront.Storefront.OnSale;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** The content of a page in the vocabulary of schema.org, as JSON that may be embedded in a page. */
final class StructuredData {
    private static final String CONTEXT = "https://schema.org";

    private StructuredData() {}

    /**
     * Returns the organization with its offers.
     *
     * @param origin scheme and host, without a trailing slash
     */
    static String of(String name, String origin, List<OnSale> plans) {
        var organization = Json.createObjectBuilder()
                .add("@context", CONTEXT)
                .add("@type", "Organization")
                .add("name", name)
                .add("url", origin + "/");
        if (!plans.isEmpty()) {
            var offers = Json.createArrayBuilder();
            plans.forEach(plan -> offers.add(offer(plan, origin)));
            organization.add("makesOffer", offers);
        }
        // A name cannot end the element that contains it, no matter which characters it has.
        return organization.build().toString().replace("<", "\\u003c").replace("&", "\\u0026");
    }

    private static JsonObjectBuilder offer(OnSale plan, String origin) {
        return Json.createObjectBuilder()
                .add("@type", "Offer")
                .add("url", origin + "/plans")
                .add("price", plan.monthly().amount().stripTrailingZeros().toPlainString())
                .add("priceCurrency", plan.monthly().currency().getCurrencyCode())
                .add("availability", CONTEXT + "/InStock")
                .add(
                        "itemOffered",
                        Json.createObjectBuilder().add("@type", "Service").add("name", plan.name()));
    }
}
