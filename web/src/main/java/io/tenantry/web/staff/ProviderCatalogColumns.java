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

/** The presentation of the lists of provider catalogs: columns, filters, export fields and labels. */
@Named
@RequestScoped
public class ProviderCatalogColumns {
    /** The parameters by which sizes can be filtered. */
    public static final List<String> FILTERS =
            List.of(ProviderSizes.ACCOUNT, ProviderSizes.FAMILY, ProviderSizes.STATE);

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    @Inject
    ProviderSizes providerSizes;

    /** Returns the columns of sizes. */
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

    /** Returns the filters of sizes. */
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

    /** Returns the filter by account. */
    public Filter accounts() {
        return new Filter(
                ProviderSizes.ACCOUNT,
                "provider-catalog.account",
                format.text("table.any"),
                providerSizes.accounts().entrySet().stream()
                        .map(account -> new Filter.Choice(account.getKey().toString(), account.getValue()))
                        .toList());
    }

    /** Returns a filter by state, whose labels are below the given key. */
    public Filter states(String name, String label, String... states) {
        return new Filter(
                name,
                label,
                format.text("table.any"),
                Stream.of(states)
                        .map(state -> new Filter.Choice(state, format.text(label + "." + state)))
                        .toList());
    }

    /** Returns the fields of the export. */
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
                        "provider-catalog.most-expensive",
                        size -> size.dearest().map(Money::amount).orElse(null)),
                new Field<>(
                        "csv.currency",
                        size -> size.monthly()
                                .map(price -> price.currency().getCurrencyCode())
                                .orElse("")),
                new Field<>("provider-catalog.plans", size -> String.join(", ", size.plans())),
                new Field<>("provider-catalog.seen", ProviderSizes.Size::seenAt));
    }

    /** Returns the size as text. */
    public String size(ProviderSizes.Size size) {
        return portalLabels.size(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }

    /** Returns the memory as text. */
    public String memory(ProviderSizes.Size size) {
        return portalLabels.memory(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }
}
