package io.tenantry.web.admin;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.billing.charging.RunQuery.RunSummary;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Filter;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tenant data for the lists of runs; a tenant may no longer exist. */
@RequestScoped
public class RunTenantNames {
    @Inject
    Format format;

    @Inject
    TenantDirectory directory;

    @Inject
    TenantChoice choice;

    /** Returns a filter that restricts a list to one tenant, for operators. */
    Filter filter(String parameter) {
        return new Filter(
                parameter,
                "tenants.one",
                format.text("runs.all-tenants"),
                choice.all().stream()
                        .map(tenant -> new Filter.Choice(tenant.id().value(), tenant.name()))
                        .toList());
    }

    /** Returns the display name of a tenant. */
    String nameOf(TenantId id) {
        return directory.byId(id).map(Tenant::name).orElse(id.value());
    }

    /** Returns what a run charged, in each currency; zero in the tenant's own one if nothing was charged. */
    List<Money> amountsOf(RunSummary run) {
        return directory
                .byId(run.tenant())
                .map(known -> run.amountsOrZero(known.currency()))
                .orElse(run.amounts());
    }

    /** Returns an amount in the tenant's currency; empty if the tenant no longer exists. */
    @Nullable
    Money money(TenantId id, BigDecimal amount) {
        return directory
                .byId(id)
                .map(known -> new Money(amount, known.currency()))
                .orElse(null);
    }

    /** Returns the code of the tenant's currency; empty if the tenant no longer exists. */
    @Nullable
    String currencyOf(TenantId id) {
        return directory
                .byId(id)
                .map(known -> known.currency().getCurrencyCode())
                .orElse(null);
    }
}
