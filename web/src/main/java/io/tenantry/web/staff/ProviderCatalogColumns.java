package io.tenantry.web.staff;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import io.tenantry.web.portal.PortalLabels;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;

/** What lists of what vendors sell look like: columns, filters, the columns of the file, and words. */
@Named
@RequestScoped
public class ProviderCatalogColumns {
    /** By what sizes can be narrowed. */
    public static final List<String> FILTERS =
            List.of(ProviderSizes.ACCOUNT, ProviderSizes.FAMILY, ProviderSizes.STATE);

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    @Inject
    ProviderSizes providerSizes;

    /** The columns of sizes. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "provider-catalog.size").always(),
                Column.of("account", "provider-catalog.account"),
                Column.of("cpus", "size.cpus").ofFigures(),
                Column.of("memory", "provider-catalog.memory").ofFigures(),
                Column.of("price", "provider-catalog.price").ofFigures(),
                Column.of("before", "provider-catalog.before").ofFigures().unsorted(),
                Column.of("plans", "provider-catalog.plans").unsorted(),
                Column.of("seen", "provider-catalog.seen").unsorted());
    }

    /** What sizes can be narrowed by. */
    public List<Filter> filters() {
        return List.of(
                accounts(),
                new Filter(
                        ProviderSizes.FAMILY,
                        "provider-catalog.family",
                        format.text("table.any"),
                        providerSizes.families().stream()
                                .map(family -> new Filter.Choice(family, family))
                                .toList()),
                states(ProviderSizes.STATE, "provider-catalog.state", "sold", "unsold", "moved", "gone"));
    }

    /** Narrowing by account. */
    public Filter accounts() {
        return new Filter(
                ProviderSizes.ACCOUNT,
                "provider-catalog.account",
                format.text("table.any"),
                providerSizes.accounts().entrySet().stream()
                        .map(account -> new Filter.Choice(account.getKey().toString(), account.getValue()))
                        .toList());
    }

    /** Narrowing by what state something is in, whose words are below the label. */
    public Filter states(String name, String label, String... states) {
        return new Filter(
                name,
                label,
                format.text("table.any"),
                Stream.of(states)
                        .map(state -> new Filter.Choice(state, format.text(label + "." + state)))
                        .toList());
    }

    /** The columns of the file. */
    public List<Field<ProviderSizes.Size>> fields() {
        return List.of(
                new Field<>("service.id", ProviderSizes.Size::id),
                new Field<>("provider-catalog.account", ProviderSizes.Size::account),
                new Field<>("provider-catalog.code", ProviderSizes.Size::code),
                new Field<>("provider-catalog.size", ProviderSizes.Size::name),
                new Field<>("provider-catalog.family", ProviderSizes.Size::family),
                new Field<>("size.cpus", ProviderSizes.Size::vcpus),
                new Field<>("provider-catalog.memory.mib", ProviderSizes.Size::memoryMib),
                new Field<>("provider-catalog.disk.gib", ProviderSizes.Size::diskGib),
                new Field<>(
                        "provider-catalog.price",
                        size -> size.monthly().map(Money::amount).orElse(null)),
                new Field<>(
                        "provider-catalog.dearest",
                        size -> size.dearest().map(Money::amount).orElse(null)),
                new Field<>(
                        "csv.currency",
                        size -> size.monthly()
                                .map(price -> price.currency().getCurrencyCode())
                                .orElse("")),
                new Field<>("provider-catalog.plans", size -> String.join(", ", size.plans())),
                new Field<>("provider-catalog.seen", ProviderSizes.Size::seenAt));
    }

    /** How big it is. */
    public String size(ProviderSizes.Size size) {
        return portalLabels.size(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }

    /** How much memory it has. */
    public String memory(ProviderSizes.Size size) {
        return portalLabels.memory(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }
}
