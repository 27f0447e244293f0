package io.tenantry.web.staff;

import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.Discrepancies.Discrepancy;
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
public class DiscrepancyColumns {
    /** The parameters by which discrepancies can be filtered. */
    public static final List<String> FILTERS = List.of(Discrepancies.KIND, Discrepancies.STATE, Discrepancies.ACCOUNT);

    @Inject
    Format format;

    @Inject
    MovableClock clock;

    /** Returns the columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "discrepancy.name").always(),
                Column.of("kind", "discrepancy.kind"),
                Column.of("account", "discrepancy.account"),
                Column.of("state", "discrepancy.state"),
                Column.of("times", "discrepancy.times").ofFigures(),
                Column.of("first", "discrepancy.first"),
                Column.of("last", "discrepancy.last"));
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        Discrepancies.KIND,
                        "discrepancy.kind",
                        format.text("discrepancy.kind.faults"),
                        Arrays.stream(DiscrepancyType.values())
                                .map(discrepancyType ->
                                        new Filter.Choice(format.word(discrepancyType), kind(discrepancyType)))
                                .toList()),
                new Filter(
                        Discrepancies.STATE,
                        "discrepancy.state",
                        format.text("discrepancy.state.open"),
                        Stream.of("dismissed", "resolved", "all")
                                .map(state -> new Filter.Choice(state, format.text("discrepancy.state." + state)))
                                .toList()));
    }

    /** Returns the fields of the export. */
    public List<Field<Discrepancy>> fields() {
        return List.of(
                new Field<>("service.id", Discrepancy::id),
                new Field<>("discrepancy.kind", discrepancy -> kind(discrepancy.kind())),
                new Field<>("discrepancy.name", Discrepancy::title),
                new Field<>("discrepancy.account", Discrepancy::accountName),
                new Field<>("discrepancy.number", Discrepancy::upstreamId),
                new Field<>(
                        "discrepancy.service",
                        discrepancy -> discrepancy.service().orElse("")),
                new Field<>("discrepancy.expected", Discrepancy::expected),
                new Field<>("discrepancy.seen", Discrepancy::seen),
                new Field<>("discrepancy.state", this::state),
                new Field<>("discrepancy.times", Discrepancy::times),
                new Field<>("discrepancy.first", discrepancy -> shown(discrepancy.firstSeenAt())),
                new Field<>("discrepancy.last", discrepancy -> shown(discrepancy.lastSeenAt())),
                new Field<>(
                        "discrepancy.given",
                        discrepancy -> discrepancy.givenBack().amount()),
                new Field<>(
                        "csv.currency",
                        discrepancy -> discrepancy.givenBack().currency().getCurrencyCode()),
                new Field<>(
                        "discrepancy.reason",
                        discrepancy -> discrepancy.history().reason().orElse("")));
    }

    /** Returns the label of a kind of discrepancy. */
    public String kind(DiscrepancyType discrepancyType) {
        return format.text("discrepancy.kind." + format.word(discrepancyType));
    }

    /** Returns the label of a discrepancy's state. */
    public String state(Discrepancy discrepancy) {
        return isListed(discrepancy) ? format.text("discrepancy.state.listed") : status(discrepancy.history());
    }

    /** Returns the tone of that state. */
    public String tone(Discrepancy discrepancy) {
        return isListed(discrepancy)
                ? "quiet"
                : tone(discrepancy.history(), discrepancy.kind() == DiscrepancyType.MISSING);
    }

    /** Returns the label of a state, for all kinds of discrepancies. */
    public String status(DiscrepancyHistory discrepancyHistory) {
        return format.text("discrepancy.state." + statusOf(discrepancyHistory));
    }

    /** Returns the tone of a state: missing resources are worse than surplus ones. */
    public String tone(DiscrepancyHistory discrepancyHistory, boolean isMissing) {
        return switch (statusOf(discrepancyHistory)) {
            case "certain", "doing" -> isMissing ? "bad" : "warn";
            case "resolved" -> "ok";
            default -> "quiet";
        };
    }

    /** Converts a time to the displayed clock: providers are checked in real time. */
    public @Nullable Instant shown(@Nullable Instant real) {
        return real == null ? null : real.plus(clock.offset());
    }

    private static boolean isListed(Discrepancy discrepancy) {
        return discrepancy.history().state() == State.OPEN
                && !discrepancy.kind().isFault();
    }

    private String statusOf(DiscrepancyHistory discrepancyHistory) {
        if (discrepancyHistory.state() != State.OPEN) {
            return format.word(discrepancyHistory.state());
        }
        return discrepancyHistory.confirmedAt().isEmpty()
                ? "checking"
                : discrepancyHistory.repairAction().isPresent() ? "doing" : "certain";
    }
}
