package io.tenantry.web.console;

import io.tenantry.config.Settings;
import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import io.tenantry.platform.Overview;
import io.tenantry.platform.Tenants;
import io.tenantry.tenancy.Tenant;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resellers. The directory holds all of them in memory, so that they are searched and sorted there; how many services
 * they have is known from the latest hour of those that are shown.
 */
@Named
@RequestScoped
public class TenantsPage {
    private static final String STATE = "state";

    private static final Comparator<Tenant> BY_NAME =
            Comparator.comparing(tenant -> tenant.name().toLowerCase(Locale.ROOT));

    private static final Map<String, Comparator<Tenant>> ORDERS = Map.of(
            "name",
            Comparator.comparing(tenant -> tenant.name().toLowerCase(Locale.ROOT)),
            STATE,
            Comparator.comparing(Tenant::state),
            "currency",
            Comparator.comparing(tenant -> tenant.currency().getCurrencyCode()),
            "zone",
            Comparator.comparing(tenant -> tenant.zone().getId()),
            "created",
            Comparator.comparing(Tenant::createdAt));

    private static final List<Column> COLUMNS = List.of(
            Column.of("name", "tenants.name").always(),
            Column.of("hosts", "tenants.hosts").unsorted(),
            Column.of(STATE, "tenants.state"),
            Column.of("currency", "tenants.currency"),
            Column.of("zone", "tenants.zone"),
            Column.of("created", "tenants.created"),
            Column.of("services", "tenants.services.hour").ofFigures().unsorted());

    @Inject
    Tenants tenants;

    @Inject
    Overview overview;

    @Inject
    Settings settings;

    @Inject
    Fmt fmt;

    @Inject
    Tables tables;

    private @Nullable Table<Row> table;

    /** A reseller as the list shows it. */
    public record Row(Tenant tenant, int services) {}

    public Table<Row> getTable() {
        var known = table;
        if (known == null) {
            var states = Arrays.stream(Tenant.State.values())
                    .map(state -> new Filter.Choice(fmt.word(state), fmt.state(state)))
                    .toList();
            known = tables.of(
                    "tenants",
                    "/console/tenants",
                    List.of(),
                    COLUMNS,
                    List.of(new Filter(STATE, "tenants.state", fmt.text("table.any"), states)),
                    this::find);
            table = known;
        }
        return known;
    }

    /** Where a host leads. */
    public String addressOf(String host) {
        return settings.origin(host);
    }

    private Found<Row> find(Wish wish) {
        var wanted = wish.search().toLowerCase(Locale.ROOT);
        var order = ORDERS.getOrDefault(wish.sort(), BY_NAME);
        var found = tenants.all().stream()
                .filter(tenant -> tenant.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || tenant.id().value().contains(wanted)
                        || tenant.hosts().stream().anyMatch(host -> host.contains(wanted)))
                .filter(tenant ->
                        wish.filter(STATE).map(fmt.word(tenant.state())::equals).orElse(true))
                .sorted((wish.descending() ? order.reversed() : order)
                        .thenComparing(tenant -> tenant.id().value()))
                .toList();
        var shown = found.stream().skip(wish.first()).limit(wish.limit()).toList();
        var services = overview.chargedServices(shown.stream().map(Tenant::id).toList());
        return new Found<>(
                shown.stream()
                        .map(tenant -> new Row(tenant, services.getOrDefault(tenant.id(), 0)))
                        .toList(),
                found.size());
    }
}
