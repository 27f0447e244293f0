package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.Discrepancies.Finding;
import io.tenantry.cloud.reconciliation.DiscrepancyType;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory;
import io.tenantry.cloud.reconciliation.discrepancy.DiscrepancyHistory.State;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presentation of the list of discrepancies: columns, filters, export fields and labels. */
@Named
@RequestScoped
public class FindingColumns {
    /** The parameters by which discrepancies can be filtered. */
    public static final List<String> FILTERS = List.of(Discrepancies.KIND, Discrepancies.STATE, Discrepancies.ACCOUNT);

    @Inject
    Format format;

    @Inject
    MovableClock clock;

    /** Returns the columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "finding.name").always(),
                Column.of("kind", "finding.kind"),
                Column.of("account", "finding.account"),
                Column.of("state", "finding.state"),
                Column.of("times", "finding.times").ofFigures(),
                Column.of("first", "finding.first"),
                Column.of("last", "finding.last"));
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        Discrepancies.KIND,
                        "finding.kind",
                        format.text("finding.kind.faults"),
                        Arrays.stream(DiscrepancyType.values())
                                .map(discrepancyType ->
                                        new Filter.Choice(format.word(discrepancyType), kind(discrepancyType)))
                                .toList()),
                new Filter(
                        Discrepancies.STATE,
                        "finding.state",
                        format.text("finding.state.open"),
                        Stream.of("dismissed", "resolved", "all")
                                .map(state -> new Filter.Choice(state, format.text("finding.state." + state)))
                                .toList()));
    }

    /** Returns the fields of the export. */
    public List<Field<Finding>> fields() {
        return List.of(
                new Field<>("service.id", Finding::id),
                new Field<>("finding.kind", finding -> kind(finding.kind())),
                new Field<>("finding.name", Finding::title),
                new Field<>("finding.account", Finding::accountName),
                new Field<>("finding.number", Finding::upstreamId),
                new Field<>("finding.service", finding -> finding.service().orElse("")),
                new Field<>("finding.expected", Finding::expected),
                new Field<>("finding.seen", Finding::seen),
                new Field<>("finding.state", this::state),
                new Field<>("finding.times", Finding::times),
                new Field<>("finding.first", finding -> shown(finding.firstSeenAt())),
                new Field<>("finding.last", finding -> shown(finding.lastSeenAt())),
                new Field<>("finding.given", finding -> finding.givenBack().amount()),
                new Field<>(
                        "csv.currency",
                        finding -> finding.givenBack().currency().getCurrencyCode()),
                new Field<>(
                        "finding.reason", finding -> finding.course().reason().orElse("")));
    }

    /** Returns the label of a kind of discrepancy. */
    public String kind(DiscrepancyType discrepancyType) {
        return format.text("finding.kind." + format.word(discrepancyType));
    }

    /** Returns the label of a discrepancy's state. */
    public String state(Finding finding) {
        return isListed(finding) ? format.text("finding.state.listed") : standing(finding.course());
    }

    /** Returns the tone of that state. */
    public String tone(Finding finding) {
        return isListed(finding) ? "quiet" : tone(finding.course(), finding.kind() == DiscrepancyType.GHOST);
    }

    /** Returns the label of a state, for all kinds of discrepancies. */
    public String standing(DiscrepancyHistory discrepancyHistory) {
        return format.text("finding.state." + standingOf(discrepancyHistory));
    }

    /** Returns the tone of a state: missing resources are worse than surplus ones. */
    public String tone(DiscrepancyHistory discrepancyHistory, boolean isMissing) {
        return switch (standingOf(discrepancyHistory)) {
            case "certain", "doing" -> isMissing ? "bad" : "warn";
            case "resolved" -> "ok";
            default -> "quiet";
        };
    }

    /** Converts a time to the displayed clock: providers are checked in real time. */
    public @Nullable Instant shown(@Nullable Instant real) {
        return real == null ? null : real.plus(clock.offset());
    }

    private static boolean isListed(Finding finding) {
        return finding.course().state() == State.OPEN && !finding.kind().isFault();
    }

    private String standingOf(DiscrepancyHistory discrepancyHistory) {
        if (discrepancyHistory.state() != State.OPEN) {
            return format.word(discrepancyHistory.state());
        }
        return discrepancyHistory.confirmedAt().isEmpty()
                ? "checking"
                : discrepancyHistory.deed().isPresent() ? "doing" : "certain";
    }
}
