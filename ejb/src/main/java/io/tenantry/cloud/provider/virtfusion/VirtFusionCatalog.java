package io.tenantry.cloud.provider.virtfusion;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalog of a panel: groups of hypervisors, which are our regions; packages, which are sizes without a price; and images. The available
 * images depend on the package, so the list contains those of any package.
 */
final class VirtFusionCatalog {
    private VirtFusionCatalog() {}

    static ProviderCatalog of(VirtFusionPanel virtFusionPanel) {
        var packages = packages(virtFusionPanel);
        var images = new LinkedHashMap<String, ProviderCatalog.Image>();
        for (var one : packages) {
            for (var family : virtFusionPanel.list("/media/templates/fromServerPackageSpec/" + one.text("id"))) {
                family.each("templates").forEach(image -> images.put(image.text("id"), image(family, image)));
            }
        }
        var regions = virtFusionPanel.pages("/compute/hypervisors/groups").stream()
                .map(one -> new ProviderCatalog.Region(one.text("id"), one.text("name"), "", one.flag("enabled")))
                .toList();
        return new ProviderCatalog(
                regions, packages.stream().map(VirtFusionCatalog::size).toList(), List.copyOf(images.values()));
    }

    /** Returns the packages on sale. */
    static List<JsonFields> packages(VirtFusionPanel virtFusionPanel) {
        return virtFusionPanel.list("/packages").stream()
                .filter(one -> one.flag("enabled"))
                .toList();
    }

    /** A package without a limit reports unlimited traffic. */
    private static ProviderCatalog.Size size(JsonFields one) {
        var traffic = one.whole("traffic");
        return new ProviderCatalog.Size(
                one.text("id"),
                one.text("name"),
                "",
                one.whole("cpuCores"),
                one.whole("memory"),
                one.whole("primaryStorage"),
                traffic,
                traffic == 0,
                List.of(),
                List.of());
    }

    private static ProviderCatalog.Image image(JsonFields family, JsonFields one) {
        var name = Stream.of("name", "version", "variant")
                .flatMap(part -> one.maybeText(part).stream())
                .collect(Collectors.joining(" "));
        return new ProviderCatalog.Image(one.text("id"), name, family.text("name"), 0, one.flag("eol"));
    }
}
