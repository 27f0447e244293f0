package io.tenantry.web.console;

import io.tenantry.config.Settings;
import io.tenantry.platform.Overview;
import io.tenantry.platform.Tenants;
import io.tenantry.tenancy.Tenant;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;

/** The resellers. */
@Named
@ViewScoped
public class TenantsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    Tenants tenants;

    @Inject
    Overview overview;

    @Inject
    Settings settings;

    private String search = "";
    private final Rows<Row> rows = new Rows<>(new Found());

    /** A reseller as the list shows it. */
    public record Row(Tenant tenant, int services) {}

    public LazyDataModel<Row> getRows() {
        return rows;
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(@Nullable String search) {
        this.search = Objects.requireNonNullElse(search, "").strip();
    }

    /** Where a host leads. */
    public String addressOf(String host) {
        return settings.origin(host);
    }

    private List<Tenant> found() {
        var wanted = search.toLowerCase(Locale.ROOT);
        return tenants.all().stream()
                .filter(tenant -> tenant.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || tenant.id().value().contains(wanted)
                        || tenant.hosts().stream().anyMatch(host -> host.contains(wanted)))
                .toList();
    }

    private final class Found implements Rows.Source<Row> {
        @Override
        public int count() {
            return found().size();
        }

        @Override
        public List<Row> page(int first, int limit) {
            return found().stream()
                    .skip(first)
                    .limit(limit)
                    .map(tenant -> new Row(tenant, servicesOf(tenant)))
                    .toList();
        }

        private int servicesOf(Tenant tenant) {
            return tenant.state() == Tenant.State.ACTIVE || tenant.state() == Tenant.State.SUSPENDED
                    ? overview.runningServices(tenant.id())
                    : 0;
        }
    }
}
