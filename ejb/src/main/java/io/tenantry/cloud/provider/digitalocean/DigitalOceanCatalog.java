package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderCatalog;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DigitalOcean's current catalog. It omits sizes that are currently not sold anywhere, and those with GPUs, whose droplets are in a separate
 * list. DigitalOcean does not report the country of a region.
 */
record DigitalOceanCatalog(DigitalOceanPaging pages) {
    private static final Currency DOLLARS = Currency.getInstance("USD");

    /** A size with "1 TB" includes 1,000 GiB, according to DigitalOcean's price list. */
    private static final BigDecimal GIB_OF_TB = BigDecimal.valueOf(1000);

    private static final String RETIRED = "retired";
    private static final Set<String> USABLE = Set.of("available", RETIRED);

    ProviderCatalog readCatalog() {
        return new ProviderCatalog(
                pages.all("/v2/regions", "regions").stream()
                        .map(DigitalOceanCatalog::region)
                        .toList(),
                sizes().stream()
                        .filter(DigitalOceanCatalog::isSold)
                        .map(DigitalOceanCatalog::size)
                        .toList(),
                pages.all("/v2/images", "images", "type", "distribution").stream()
                        .filter(image -> USABLE.contains(image.text("status")))
                        .map(DigitalOceanCatalog::image)
                        .toList());
    }

    /** Returns all sizes that DigitalOcean reports, including those not sold at present. */
    List<JsonFields> sizes() {
        return pages.all("/v2/sizes", "sizes");
    }

    private static boolean isSold(JsonFields size) {
        return size.flag("available")
                && !size.texts("regions").isEmpty()
                && size.maybeIn("gpu_info").isEmpty();
    }

    private static ProviderCatalog.Region region(JsonFields region) {
        return new ProviderCatalog.Region(region.text("slug"), region.text("name"), "", region.flag("available"));
    }

    private static ProviderCatalog.Size size(JsonFields size) {
        // DigitalOcean reports prices as binary fractions (0.00743999984115362); rounded, they match its price list.
        var price = ProviderCatalog.Price.of(
                Optional.empty(), size.decimal("price_hourly"), size.decimal("price_monthly"), DOLLARS);
        return new ProviderCatalog.Size(
                size.text("slug"),
                size.text("slug"),
                size.text("description"),
                size.whole("vcpus"),
                size.whole("memory"),
                size.whole("disk"),
                size.decimal("transfer").multiply(GIB_OF_TB).intValue(),
                size.texts("regions"),
                List.of(price));
    }

    private static ProviderCatalog.Image image(JsonFields image) {
        var family = image.text("distribution");
        return new ProviderCatalog.Image(
                image.maybeText("slug").orElseGet(() -> image.text("id")),
                family + " " + image.text("name"),
                family,
                image.maybeDecimal("min_disk_size").map(BigDecimal::intValue).orElse(0),
                image.text("status").equals(RETIRED));
    }
}
