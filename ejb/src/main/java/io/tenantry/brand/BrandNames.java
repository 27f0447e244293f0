package io.tenantry.brand;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.SiteNames;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The names of the current scope's brand, its reseller and its hosts. */
@ApplicationScoped
public class BrandNames implements SiteNames {
    @Inject
    Brands brands;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Override
    public List<String> all() {
        var names =
                new ArrayList<>(List.of(Brand.TENANTRY.name(), brands.current().name()));
        if (Tenancy.current().flatMap(Scope::tenant).isPresent()) {
            var tenant = tenants.current();
            names.add(tenant.name());
            names.add(tenant.id().value());
            names.addAll(tenant.hosts());
        } else {
            names.add(settings.platformHost());
        }
        return names;
    }
}
