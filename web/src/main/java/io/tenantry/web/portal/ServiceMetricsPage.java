package io.tenantry.web.portal;

import io.tenantry.cloud.metrics.Measurements;
import io.tenantry.cloud.metrics.MetricsRange;
import io.tenantry.cloud.metrics.MetricsResult;
import io.tenantry.cloud.metrics.TimeSeries;
import io.tenantry.cloud.provider.Metrics.Kind;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The load of a server within an hour, a day or a week: for members and, below /staff, for staff. */
@Named
@ViewScoped
public class ServiceMetricsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    @Inject
    Measurements measurements;

    @Inject
    Format format;

    private @Nullable String parameter;
    private @Nullable String range;
    private @Nullable UUID id;
    private transient Services.@Nullable Summary service;
    private transient @Nullable MetricsResult metricsResult;
    private transient @Nullable List<Chart> charts;

    /**
     * The chart of one metric.
     *
     * @param note an additional note about it
     */
    public record Chart(String title, String note, BarChart bars) {}

    /** Loads the service, if the user may view it, and requests the metrics from its provider. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            metricsResult = measurements.of(known, span());
            id = known;
        });
    }

    public Services.Summary getService() {
        var known = service;
        if (known == null) {
            known = services.one(known());
            service = known;
        }
        return known;
    }

    /** Returns the selectable ranges, as addresses name them. */
    public List<String> getRanges() {
        return Arrays.stream(MetricsRange.values())
                .map(ServiceMetricsPage::word)
                .toList();
    }

    /** Returns the range that is shown. */
    public String getShown() {
        return word(span());
    }

    /** Returns the outcome of the request: {@code timeSeries}, {@code empty}, {@code silent}, {@code never} or {@code no-server}. */
    public String getOutcome() {
        var metrics = metrics();
        if (metrics instanceof MetricsResult.Available available) {
            return available.timeSeries().isEmpty() ? "empty" : "courses";
        }
        if (metrics instanceof MetricsResult.Unavailable) {
            return "silent";
        }
        return metrics instanceof MetricsResult.NotSupported ? "never" : "no-server";
    }

    /** Returns the time of the request to the provider. */
    public @Nullable Instant getAt() {
        var metrics = metrics();
        if (metrics instanceof MetricsResult.Available available) {
            return available.at();
        }
        return metrics instanceof MetricsResult.Unavailable unavailable ? unavailable.at() : null;
    }

    /** Returns the charts of the metrics. */
    public List<Chart> getCharts() {
        var known = charts;
        if (known == null) {
            known = metrics() instanceof MetricsResult.Available available
                    ? available.timeSeries().stream().map(this::chart).toList()
                    : List.of();
            charts = known;
        }
        return known;
    }

    private Chart chart(TimeSeries timeSeries) {
        var values = timeSeries.steps().stream()
                .map(bucket -> bucket.average()
                        .map(average -> new BarChart.Value(label(bucket.from()), average, BigDecimal.ZERO))
                        .orElseGet(() -> BarChart.Value.missing(label(bucket.from()), format.text("metrics.unknown"))))
                .toList();
        var kind = timeSeries.kind().name().toLowerCase(Locale.ROOT);
        return new Chart(
                format.text("metrics." + kind),
                format.text("metrics." + kind + ".text"),
                BarChart.of(values, value -> words(timeSeries.kind(), value)));
    }

    private String label(Instant from) {
        return format.date(from, span() == MetricsRange.WEEK ? "moment" : "time");
    }

    private String words(Kind kind, BigDecimal value) {
        return switch (kind) {
            case CPU -> format.text("metrics.percent", format.number(value.setScale(1, RoundingMode.HALF_UP)));
            case RECEIVED, SENT -> format.text("metrics.a-second", format.bytes(value.longValue()));
            case DISK -> format.text("metrics.blocks", format.number(value.setScale(1, RoundingMode.HALF_UP)));
        };
    }

    private MetricsResult metrics() {
        var known = metricsResult;
        if (known == null) {
            known = measurements.of(known(), span());
            metricsResult = known;
        }
        return known;
    }

    private MetricsRange span() {
        return Arrays.stream(MetricsRange.values())
                .filter(one -> word(one).equals(range))
                .findFirst()
                .orElse(MetricsRange.DAY);
    }

    private static String word(MetricsRange metricsRange) {
        return metricsRange.name().toLowerCase(Locale.ROOT);
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable String getRange() {
        return range;
    }

    public void setRange(@Nullable String range) {
        this.range = range;
    }

    private UUID known() {
        return PageResult.opened(id);
    }
}
