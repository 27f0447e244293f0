package io.tenantry.provider.hetzner;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import io.tenantry.provider.Lists;
import io.tenantry.provider.VendorApi;
import java.util.Currency;
import java.util.Optional;

/** What Hetzner sells, in the currency of the project's owner; without ARM, since systems of both kinds have the same names. */
record Goods(VendorApi api, Lists lists) {
    Catalogue catalogue() {
        var currency = new Fields(api.get("/pricing")).in("pricing").currency("currency");
        var places = lists.all("/locations", "locations").stream().map(Goods::region);
        var sizes = lists.all("/server_types", "server_types").stream()
                .filter(type -> type.text("architecture").equals("x86"))
                .map(type -> size(type, currency))
                .filter(size -> !size.regions().isEmpty());
        var systems = lists.all("/images", "images", "type", "system", "architecture", "x86").stream()
                .map(Goods::image);
        return new Catalogue(places.toList(), sizes.toList(), systems.toList());
    }

    private static Catalogue.Region region(Fields place) {
        return new Catalogue.Region(place.text("name"), place.text("description"), place.text("country"), true);
    }

    /** What a place includes in transfer differs, and is told in bytes; the least, in GiB, can be promised everywhere. */
    private static Catalogue.Size size(Fields type, Currency currency) {
        var prices = type.each("prices");
        var bytes = prices.stream()
                .mapToLong(price -> price.big("included_traffic"))
                .min();
        return new Catalogue.Size(
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

    private static Catalogue.Price price(Fields price, Currency currency) {
        return Catalogue.Price.of(
                Optional.of(price.text("location")),
                price.in("price_hourly").amount("net"),
                price.in("price_monthly").amount("net"),
                currency);
    }

    private static Catalogue.Image image(Fields image) {
        return new Catalogue.Image(
                image.text("name"),
                image.text("description"),
                image.text("os_flavor"),
                image.whole("disk_size"),
                image.maybeText("deprecated").isPresent());
    }
}
