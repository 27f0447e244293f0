package io.tenantry.cloud.provider.hetzner;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.PagedLists;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderHttp;
import java.util.Currency;
import java.util.Optional;

/** Hetzner's catalog, in the currency of the project's owner; without ARM, since images of both architectures have the same names. */
record HetznerCatalog(ProviderHttp api, PagedLists lists) {
    ProviderCatalog readCatalog() {
        var currency = new JsonFields(api.get("/pricing")).in("pricing").currency("currency");
        var places = lists.all("/locations", "locations").stream().map(HetznerCatalog::region);
        var sizes = lists.all("/server_types", "server_types").stream()
                .filter(type -> type.text("architecture").equals("x86"))
                .map(type -> size(type, currency))
                .filter(size -> !size.regions().isEmpty());
        var systems = lists.all("/images", "images", "type", "system", "architecture", "x86").stream()
                .map(HetznerCatalog::image);
        return new ProviderCatalog(places.toList(), sizes.toList(), systems.toList());
    }

    private static ProviderCatalog.Region region(JsonFields place) {
        return new ProviderCatalog.Region(place.text("name"), place.text("description"), place.text("country"), true);
    }

    /** The included transfer differs by region, and is reported in bytes; the lowest value, in GiB, holds everywhere. */
    private static ProviderCatalog.Size size(JsonFields type, Currency currency) {
        var prices = type.each("prices");
        var bytes = prices.stream()
                .mapToLong(price -> price.big("included_traffic"))
                .min();
        return new ProviderCatalog.Size(
                type.text("name"),
                type.text("description"),
                type.text("cpu_type"),
                type.whole("cores"),
                (int) type.mib("memory"),
                type.whole("disk"),
                (int) (bytes.orElse(0) >> 30),
                type.each("locations").stream()
                        .filter(place -> place.maybeIn("deprecation").isEmpty())
                        .map(place -> place.text("name"))
                        .toList(),
                prices.stream().map(price -> price(price, currency)).toList());
    }

    private static ProviderCatalog.Price price(JsonFields price, Currency currency) {
        return ProviderCatalog.Price.of(
                Optional.of(price.text("location")),
                price.in("price_hourly").amount("net"),
                price.in("price_monthly").amount("net"),
                currency);
    }

    private static ProviderCatalog.Image image(JsonFields image) {
        return new ProviderCatalog.Image(
                image.text("name"),
                image.text("description"),
                image.text("os_flavor"),
                image.whole("disk_size"),
                image.maybeText("deprecated").isPresent());
    }
}
