package io.tenantry.web.admin;

import io.tenantry.admin.platform.PlatformOverview;
import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The overview of the platform; each number links to its list. */
@Named
@RequestScoped
public class OverviewPage {
    private static final int RUNS_SHOWN = 8;

    @Inject
    PlatformOverview platformOverview;

    @Inject
    RunAdministration runs;

    @Inject
    TenantDirectory directory;

    @Inject
    Format format;

    private PlatformOverview.@Nullable Figures figures;
    private @Nullable BarChart hours;
    private @Nullable List<RunQuery.RunSummary> latest;

    public PlatformOverview.Figures getFigures() {
        if (figures == null) {
            figures = platformOverview.figures();
        }
        return figures;
    }

    /** Returns a chart of how many services were charged in each hour of the last day. */
    public BarChart getHours() {
        var known = hours;
        if (known == null) {
            known = BarChart.of(
                    getFigures().hours().stream()
                            .map(hour -> new BarChart.Value(
                                    format.formats().time(hour.until()),
                                    BigDecimal.valueOf(hour.services()),
                                    BigDecimal.ZERO,
                                    "/admin/runs?hour=" + hour.until()))
                            .toList(),
                    format::number);
            hours = known;
        }
        return known;
    }

    /** Returns the size of a schema as a percentage of the largest one. */
    public long part(PlatformOverview.SchemaSize one) {
        return one.bytes() * 100 / Math.max(1, getFigures().schemas().get(0).bytes());
    }

    /** Returns the latest runs. */
    public List<RunQuery.RunSummary> getLatest() {
        if (latest == null) {
            latest = runs.list(new RunQuery.Filter(null, false, 0, RUNS_SHOWN));
        }
        return latest;
    }

    /** Returns the display name of a tenant. */
    public String nameOf(TenantId tenant) {
        return directory.byId(tenant).map(known -> known.name()).orElse(tenant.value());
    }

    /** Returns what a run charged, in each currency. */
    public List<Money> amountsOf(RunQuery.RunSummary run) {
        return directory
                .byId(run.tenant())
                .map(known -> run.amountsOrZero(known.currency()))
                .orElse(run.amounts());
    }
}
