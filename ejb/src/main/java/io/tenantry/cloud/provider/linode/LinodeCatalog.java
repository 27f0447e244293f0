package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderCatalog.Image;
import io.tenantry.cloud.provider.ProviderCatalog.Price;
import io.tenantry.cloud.provider.ProviderCatalog.Region;
import io.tenantry.cloud.provider.ProviderCatalog.Size;
import io.tenantry.cloud.provider.ProviderHttp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Linode's catalog. Prices are in US dollars, and some regions have prices of their own. What Linode calls MB and GB are MiB and GiB: its own
 * panel divides by 1,024.
 */
record LinodeCatalog(ProviderHttp api, Clock clock) {
    private static final Currency USD = Currency.getInstance("USD");
    private static final int MIB_PER_GIB = 1024;

    /** A size in a region. */
    private record RegionalSize(String size, String region) {}

    ProviderCatalog readCatalog() {
        var regions = LinodePaging.all(api, "/regions").stream()
                .filter(region -> !isDistributed(region))
                .toList();
        var soldOut = soldOut();
        var sizes = LinodePaging.all(api, "/linode/types").stream()
                .map(type -> size(type, regions, soldOut))
                .filter(size -> !size.regions().isEmpty())
                .toList();
        var images = LinodePaging.all(api, "/images").stream()
                .filter(LinodeCatalog::isForAll)
                .map(this::image)
                .toList();
        return new ProviderCatalog(regions.stream().map(LinodeCatalog::region).toList(), sizes, images);
    }

    /** Distributed sites at the network edge sell sizes of their own, with other rules for addresses and transfer. */
    private static boolean isDistributed(JsonFields region) {
        return region.maybeText("site_type")
                .or(() -> region.maybeText("site-type"))
                .orElse("")
                .equals("distributed");
    }

    private static Region region(JsonFields region) {
        var open = "ok".equals(region.text("status"))
                && region.texts("capabilities").contains("Linodes");
        return new Region(
                region.text("id"),
                region.text("label"),
                region.maybeText("country").orElse("").toUpperCase(Locale.ROOT),
                open);
    }

    private Set<RegionalSize> soldOut() {
        return LinodePaging.all(api, "/regions/availability").stream()
                .filter(one -> !one.flag("available"))
                .map(one -> new RegionalSize(one.text("plan"), one.text("region")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Size size(JsonFields type, List<JsonFields> regions, Set<RegionalSize> soldOut) {
        var code = type.text("id");
        var family = type.maybeText("class").orElse("");
        var unpriced = type.each("region_prices").stream()
                .filter(price -> price(Optional.empty(), price).isEmpty())
                .map(price -> price.text("id"))
                .collect(Collectors.toUnmodifiableSet());
        var sold = regions.stream()
                .filter(region -> region.texts("capabilities").contains(capability(family)))
                .map(region -> region.text("id"))
                .filter(region -> !unpriced.contains(region) && !soldOut.contains(new RegionalSize(code, region)))
                .toList();
        return new Size(
                code,
                type.text("label"),
                family,
                type.whole("vcpus"),
                type.whole("memory"),
                type.whole("disk") / MIB_PER_GIB,
                type.whole("transfer"),
                sold,
                prices(type));
    }

    /** Returns the capability that a region needs for sizes of that family. */
    private static String capability(String family) {
        return switch (family) {
            case "gpu" -> "GPU Linodes";
            case "premium" -> "Premium Plans";
            default -> "Linodes";
        };
    }

    private static List<Price> prices(JsonFields type) {
        var prices = new ArrayList<Price>();
        type.maybeIn("price").flatMap(price -> price(Optional.empty(), price)).ifPresent(prices::add);
        for (var one : type.each("region_prices")) {
            price(Optional.of(one.text("id")), one).ifPresent(prices::add);
        }
        return prices;
    }

    private static Optional<Price> price(Optional<String> region, JsonFields price) {
        return price.maybeDecimal("hourly")
                .flatMap(
                        hourly -> price.maybeDecimal("monthly").map(monthly -> Price.of(region, hourly, monthly, USD)));
    }

    /** Excludes images kept of deleted servers, which belong to their customers, and images made for clusters. */
    private static boolean isForAll(JsonFields image) {
        return !"automatic".equals(image.maybeText("type").orElse(""))
                && "available".equals(image.maybeText("status").orElse("available"))
                && !image.text("id").contains("-kube-");
    }

    private Image image(JsonFields image) {
        var over = image.maybeInstant("eol").filter(end -> !end.isAfter(clock.instant()));
        return new Image(
                image.text("id"),
                image.text("label"),
                image.maybeText("vendor").orElse(""),
                (image.whole("size") + MIB_PER_GIB - 1) / MIB_PER_GIB,
                image.flag("deprecated") || over.isPresent());
    }
}
