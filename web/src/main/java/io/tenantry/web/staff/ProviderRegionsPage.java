package io.tenantry.web.staff;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.provider.catalog.ProviderRegions;
import io.tenantry.cloud.provider.catalog.ProviderSizes;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The regions of all providers, and the reseller's regions as which they are sold. */
@Named
@RequestScoped
public class ProviderRegionsPage {
    @Inject
    CurrentPerson me;

    @Inject
    ProviderRegions places;

    @Inject
    Catalog catalog;

    @Inject
    ProviderCatalogColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<ProviderRegions.ProviderRegion> table;
    private @Nullable Map<String, String> names;
    private @Nullable Integer changed;

    /** Checks that the user may view provider accounts. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PROVIDERS_VIEW)) {
                throw new AccessDeniedException(Permission.STAFF_PROVIDERS_VIEW);
            }
        });
    }

    public Table<ProviderRegions.ProviderRegion> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "stock-places",
                    "/staff/provider-regions",
                    List.of(),
                    List.of(
                            Column.of("name", "provider-catalog.location").always(),
                            Column.of("account", "provider-catalog.account").unsorted(),
                            Column.of("open", "provider-catalog.open").unsorted(),
                            Column.of("region", "provider-catalog.region")),
                    List.of(
                            columns.accounts(),
                            columns.states(ProviderSizes.STATE, "provider-catalog.placed", "sold", "unsold")),
                    places::find);
            table = known;
        }
        return known;
    }

    /** Returns the reseller's own regions. */
    public List<Catalog.Region> getRegions() {
        return catalog.regions();
    }

    /** Returns the name of one of the reseller's own regions. */
    public String nameOf(String code) {
        var known = names;
        if (known == null) {
            known = catalog.regions().stream().collect(Collectors.toMap(Catalog.Region::code, Catalog.Region::name));
            names = known;
        }
        return known.getOrDefault(code, code);
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }

    /** Returns the number of regions that were just changed, if a change was requested. */
    public @Nullable Integer getChanged() {
        return changed;
    }

    public void setChanged(@Nullable Integer changed) {
        this.changed = changed;
    }
}
