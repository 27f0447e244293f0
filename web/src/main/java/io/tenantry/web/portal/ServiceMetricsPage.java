package io.tenantry.web.portal;

import io.tenantry.metrics.Course;
import io.tenantry.metrics.Measured;
import io.tenantry.metrics.Measurements;
import io.tenantry.metrics.Span;
import io.tenantry.provider.Metrics.Kind;
import io.tenantry.provisioning.Services;
import io.tenantry.web.chart.Bars;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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

/** How busy a server has been, within an hour, a day or a week: for members and, below /staff, for staff. */
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
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable String range;
    private @Nullable UUID id;
    private transient Services.@Nullable Summary service;
    private transient @Nullable Measured measured;
    private transient @Nullable List<Chart> charts;

    /**
     * One thing that is measured, drawn.
     *
     * @param note what is to be known of it besides
     */
    public record Chart(String title, String note, Bars bars) {}

    /** Looks at the service, if it may be seen, and asks its vendor. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("service", parameter);
            service = services.one(known);
            organization.show(getService().organizationId());
            measured = measurements.of(known, span());
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

    /** The ranges there are, as addresses name them. */
    public List<String> getRanges() {
        return Arrays.stream(Span.values()).map(ServiceMetricsPage::word).toList();
    }

    /** The one that is shown. */
    public String getShown() {
        return word(span());
    }

    /** What came of asking: {@code courses}, {@code empty}, {@code silent}, {@code never} or {@code no-server}. */
    public String getOutcome() {
        var told = told();
        if (told instanceof Measured.Courses courses) {
            return courses.courses().isEmpty() ? "empty" : "courses";
        }
        if (told instanceof Measured.Silent) {
            return "silent";
        }
        return told instanceof Measured.Never ? "never" : "no-server";
    }

    /** When the vendor was asked. */
    public @Nullable Instant getAt() {
        var told = told();
        if (told instanceof Measured.Courses courses) {
            return courses.at();
        }
        return told instanceof Measured.Silent silent ? silent.at() : null;
    }

    /** What was measured, drawn. */
    public List<Chart> getCharts() {
        var known = charts;
        if (known == null) {
            known = told() instanceof Measured.Courses courses
                    ? courses.courses().stream().map(this::chart).toList()
                    : List.of();
            charts = known;
        }
        return known;
    }

    private Chart chart(Course course) {
        var values = course.steps().stream()
                .map(step -> step.average()
                        .map(average -> new Bars.Value(label(step.from()), average, BigDecimal.ZERO))
                        .orElseGet(() -> Bars.Value.missing(label(step.from()), fmt.text("metrics.unknown"))))
                .toList();
        var kind = course.kind().name().toLowerCase(Locale.ROOT);
        return new Chart(
                fmt.text("metrics." + kind),
                fmt.text("metrics." + kind + ".text"),
                Bars.of(values, value -> words(course.kind(), value)));
    }

    private String label(Instant from) {
        return fmt.date(from, span() == Span.WEEK ? "moment" : "time");
    }

    private String words(Kind kind, BigDecimal value) {
        return switch (kind) {
            case CPU -> fmt.text("metrics.percent", fmt.number(value.setScale(1, RoundingMode.HALF_UP)));
            case RECEIVED, SENT -> fmt.text("metrics.a-second", fmt.bytes(value.longValue()));
            case DISK -> fmt.text("metrics.blocks", fmt.number(value.setScale(1, RoundingMode.HALF_UP)));
        };
    }

    private Measured told() {
        var known = measured;
        if (known == null) {
            known = measurements.of(known(), span());
            measured = known;
        }
        return known;
    }

    private Span span() {
        return Arrays.stream(Span.values())
                .filter(one -> word(one).equals(range))
                .findFirst()
                .orElse(Span.DAY);
    }

    private static String word(Span span) {
        return span.name().toLowerCase(Locale.ROOT);
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
        return Visit.opened(id);
    }
}
