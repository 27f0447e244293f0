package io.tenantry.web.admin.audit;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.AuditReview;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The presentation of the audit trail as a list: columns, filters and export fields. */
@RequestScoped
public class AuditColumns {
    /** The parameters by which records can be filtered. */
    static final List<String> FILTERS = List.of(AuditTrail.AREA, AuditTrail.WHO, AuditTrail.SINCE, AuditTrail.SUBJECT);

    @Inject
    Format format;

    @Inject
    AuditReview review;

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("what", "trail.what").unsorted().always(),
                Column.of("at", "trail.at"),
                Column.of("who", "trail.who").unsorted(),
                Column.of("facts", "trail.facts").unsorted(),
                Column.of("from", "trail.from").unsorted(),
                Column.of("seq", "trail.seq").unsorted().ofFigures());
    }

    /** Returns the filters; the subject is set by links only. */
    List<Filter> filters() {
        return List.of(
                new Filter(
                        AuditTrail.AREA,
                        "trail.area",
                        format.text("table.any"),
                        review.areas().stream()
                                .map(area -> new Filter.Choice(area, format.textOr("trail.area." + area, area)))
                                .toList()),
                new Filter(
                        AuditTrail.WHO,
                        "trail.kind",
                        format.text("table.any"),
                        Stream.of("OPERATOR", "STAFF", "MEMBER", "SYSTEM", "NOBODY")
                                .map(kind -> new Filter.Choice(kind, format.text("trail.kind." + kind)))
                                .toList()),
                new Filter(
                        AuditTrail.SINCE,
                        "trail.since",
                        format.text("trail.since.ever"),
                        Stream.of(1, 7, 30, 90)
                                .map(days -> new Filter.Choice(days.toString(), format.text("trail.since.days", days)))
                                .toList()));
    }

    /** Returns the fields of the export. */
    List<Field<AuditTrail.Entry>> fields() {
        return List.of(
                new Field<>("trail.seq", AuditTrail.Entry::seq),
                new Field<>("trail.at", AuditTrail.Entry::at),
                new Field<>("trail.what", this::action),
                new Field<>("trail.code", AuditTrail.Entry::action),
                new Field<>("trail.subject", AuditTrail.Entry::subjectKind),
                new Field<>("service.id", AuditTrail.Entry::subjectId),
                new Field<>("trail.kind", entry -> format.text("trail.kind." + entry.actorKind())),
                new Field<>("trail.who", AuditTrail.Entry::actorName),
                new Field<>("trail.facts", AuditColumns::facts),
                new Field<>("trail.from", entry -> entry.address().orElse(null)),
                new Field<>("trail.request", entry -> entry.requestId().orElse(null)));
    }

    /** Returns the action of a record in words, or its code if a later version wrote it. */
    String action(AuditTrail.Entry entry) {
        return format.textOr("trail.action." + entry.action(), entry.action());
    }

    /** Returns the facts of a record as readable text: role: operator_owner, by: system. */
    static String facts(AuditTrail.Entry entry) {
        try (var reader = Json.createReader(new StringReader(entry.facts()))) {
            return reader.readObject().entrySet().stream()
                    .map(fact -> fact.getKey() + ": "
                            + (fact.getValue() instanceof JsonString text ? text.getString() : fact.getValue()))
                    .collect(Collectors.joining(", "));
        }
    }
}
