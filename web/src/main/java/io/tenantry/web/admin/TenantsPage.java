package io.tenantry.web.admin;

import io.tenantry.admin.platform.PlatformOverview;
import io.tenantry.admin.platform.Tenants;
import io.tenantry.config.Settings;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.tenancy.Tenant;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
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
 * The resellers. The directory holds all of them in memory, so they are searched and sorted there; the number of services is taken from the
 * latest charged hour of those displayed.
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
    PlatformOverview platformOverview;

    @Inject
    Settings settings;

    @Inject
    Format format;

    @Inject
    Tables tables;

    private @Nullable Table<Row> table;

    /** A row of the list. */
    public record Row(Tenant tenant, int services) {}

    public Table<Row> getTable() {
        var known = table;
        if (known == null) {
            var states = Arrays.stream(Tenant.State.values())
                    .map(state -> new Filter.Choice(format.word(state), format.state(state)))
                    .toList();
            known = tables.of(
                    "tenants",
                    "/admin/tenants",
                    List.of(),
                    COLUMNS,
                    List.of(new Filter(STATE, "tenants.state", format.text("table.any"), states)),
                    this::find);
            table = known;
        }
        return known;
    }

    /** Returns the URL of a host. */
    public String addressOf(String host) {
        return settings.origin(host);
    }

    private ResultPage<Row> find(ListQuery listQuery) {
        var wanted = listQuery.search().toLowerCase(Locale.ROOT);
        var order = ORDERS.getOrDefault(listQuery.sort(), BY_NAME);
        var found = tenants.all().stream()
                .filter(tenant -> tenant.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || tenant.id().value().contains(wanted)
                        || tenant.hosts().stream().anyMatch(host -> host.contains(wanted)))
                .filter(tenant -> listQuery
                        .filter(STATE)
                        .map(format.word(tenant.state())::equals)
                        .orElse(true))
                .sorted((listQuery.descending() ? order.reversed() : order)
                        .thenComparing(tenant -> tenant.id().value()))
                .toList();
        var shown =
                found.stream().skip(listQuery.first()).limit(listQuery.limit()).toList();
        var services =
                platformOverview.chargedServices(shown.stream().map(Tenant::id).toList());
        return new ResultPage<>(
                shown.stream()
                        .map(tenant -> new Row(tenant, services.getOrDefault(tenant.id(), 0)))
                        .toList(),
                found.size());
    }
}
