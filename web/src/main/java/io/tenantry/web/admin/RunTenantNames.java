package io.tenantry.web.admin;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Filter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What lists of runs say of the tenants whose runs they are; a tenant may be gone. */
@RequestScoped
public class RunTenantNames {
    @Inject
    Format format;

    @Inject
    TenantDirectory directory;

    /** Narrows a list to one of them. */
    Filter filter(String parameter) {
        return new Filter(
                parameter,
                "tenants.one",
                format.text("runs.all-tenants"),
                directory.all().stream()
                        .map(tenant -> new Filter.Choice(tenant.id().value(), tenant.name()))
                        .toList());
    }

    /** What people call it. */
    String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }

    /** That much of its currency; empty when it is gone. */
    @Nullable
    Money money(TenantId id, BigDecimal amount) {
        return directory
                .byId(id)
                .map(known -> new Money(amount, known.currency()))
                .orElse(null);
    }

    /** The code of its currency; empty when it is gone. */
    @Nullable
    String currencyOf(TenantId id) {
        return directory
                .byId(id)
                .map(known -> known.currency().getCurrencyCode())
                .orElse(null);
    }
}
