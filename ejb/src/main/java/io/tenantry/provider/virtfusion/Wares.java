package io.tenantry.provider.virtfusion;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a panel offers: groups of hypervisors, which are our regions, packages, which are sizes without a price, and systems. Which systems
 * there are depends on the package, so we take those that any package has.
 */
final class Wares {
    private Wares() {}

    static Catalogue of(Panel panel) {
        var packages = packages(panel);
        var images = new LinkedHashMap<String, Catalogue.Image>();
        for (var one : packages) {
            for (var family : panel.list("/media/templates/fromServerPackageSpec/" + one.text("id"))) {
                family.each("templates").forEach(image -> images.put(image.text("id"), image(family, image)));
            }
        }
        var regions = panel.pages("/compute/hypervisors/groups").stream()
                .map(one -> new Catalogue.Region(one.text("id"), one.text("name"), "", one.flag("enabled")))
                .toList();
        return new Catalogue(regions, packages.stream().map(Wares::size).toList(), List.copyOf(images.values()));
    }

    /** Those that are sold. */
    static List<Fields> packages(Panel panel) {
        return panel.list("/packages").stream()
                .filter(one -> one.flag("enabled"))
                .toList();
    }

    /** A package without a limit says that it has none of traffic. */
    private static Catalogue.Size size(Fields one) {
        var traffic = one.whole("traffic");
        return new Catalogue.Size(
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

    private static Catalogue.Image image(Fields family, Fields one) {
        var name = Stream.of("name", "version", "variant")
                .flatMap(part -> one.maybeText(part).stream())
                .collect(Collectors.joining(" "));
        return new Catalogue.Image(one.text("id"), name, family.text("name"), 0, one.flag("eol"));
    }
}
