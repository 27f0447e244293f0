package io.tenantry.web.console;

import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.RunsConsole;
import io.tenantry.money.Money;
import io.tenantry.platform.Overview;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.chart.Bars;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform at a glance; each number leads to its list. */
@Named
@RequestScoped
public class OverviewPage {
    private static final int RUNS_SHOWN = 8;

    @Inject
    Overview overview;

    @Inject
    RunsConsole runs;

    @Inject
    TenantDirectory directory;

    @Inject
    Fmt fmt;

    private Overview.@Nullable Figures figures;
    private @Nullable Bars hours;
    private @Nullable List<ChargingRuns.View> latest;

    public Overview.Figures getFigures() {
        if (figures == null) {
            figures = overview.figures();
        }
        return figures;
    }

    /** How many services were charged each hour of the last day, drawn. */
    public Bars getHours() {
        var known = hours;
        if (known == null) {
            known = Bars.of(
                    getFigures().hours().stream()
                            .map(hour -> new Bars.Value(
                                    fmt.formats().time(hour.until()),
                                    BigDecimal.valueOf(hour.services()),
                                    BigDecimal.ZERO,
                                    "/console/runs?hour=" + hour.until()))
                            .toList(),
                    fmt::number);
            hours = known;
        }
        return known;
    }

    /** A schema's part of the largest, in hundredths. */
    public long part(Overview.SchemaSize one) {
        return one.bytes() * 100 / Math.max(1, getFigures().schemas().get(0).bytes());
    }

    /** The latest runs. */
    public List<ChargingRuns.View> getLatest() {
        if (latest == null) {
            latest = runs.list(new ChargingRuns.Filter(null, false, 0, RUNS_SHOWN));
        }
        return latest;
    }

    /** What people call a tenant. */
    public String nameOf(TenantId tenant) {
        return directory.byId(tenant).map(known -> known.name()).orElse(tenant.value());
    }

    /** What a run charged; empty when its tenant is gone. */
    public @Nullable Money amountOf(ChargingRuns.View run) {
        return directory
                .byId(run.tenant())
                .map(known -> new Money(run.amount(), known.currency()))
                .orElse(null);
    }
}
