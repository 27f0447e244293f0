package io.tenantry.web.staff;

import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.cloud.addon.ReviewQueue.ReviewCase;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Language;
import io.tenantry.web.layout.Messages;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;

/** The presentation of the list of cases that wait for a decision: columns, filters, export fields and labels. */
@Named
@RequestScoped
public class ReviewColumns {
    /** The parameters by which cases can be filtered. */
    public static final List<String> FILTERS = List.of(ReviewQueue.KIND, ReviewQueue.ORGANIZATION);

    /** The kinds of work that concern services and add-ons. */
    private static final List<String> KINDS = List.of(
            "provision",
            "delete",
            "power",
            "resize",
            "rebuild",
            "rescue",
            "leave-rescue",
            "reverse-dns",
            "volume",
            "backup",
            "backup-list",
            "snapshot",
            "address");

    @Inject
    Format format;

    @Inject
    Language language;

    @Inject
    MovableClock clock;

    /** Returns the columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("what", "reviews.what").always(),
                Column.of("server", "reviews.server"),
                Column.of("customer", "reviews.customer"),
                Column.of("since", "reviews.since"),
                Column.of("attempts", "reviews.attempts").ofFigures(),
                Column.of("why", "reviews.reason").unsorted());
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(new Filter(
                ReviewQueue.KIND,
                "reviews.what",
                format.text("table.any"),
                KINDS.stream().map(kind -> new Filter.Choice(kind, kind(kind))).toList()));
    }

    /** Returns the fields of the export. */
    public List<Field<ReviewCase>> fields() {
        return List.of(
                new Field<>("service.id", ReviewCase::subject),
                new Field<>("reviews.what", one -> kind(one.item().kind())),
                new Field<>("reviews.name", ReviewCase::title),
                new Field<>("reviews.server", ReviewCase::service),
                new Field<>("reviews.customer", ReviewCase::organization),
                new Field<>("reviews.since", one -> shown(one.item().since())),
                new Field<>("reviews.attempts", ReviewCase::attempts),
                new Field<>("reviews.reason", one -> one.item().why()),
                new Field<>("reviews.error", one -> one.error().orElse("")));
    }

    /** Returns the label of a kind of work; the name of the kind if it has no label. */
    public String kind(String kind) {
        return new Messages(language.getLocale()).textOr("work.kind." + kind, kind);
    }

    /** Returns the explanation of the unfinished work. */
    public String about(ReviewCase one) {
        return new Messages(language.getLocale())
                .textOr("reviews.about." + one.item().kind(), format.text("reviews.about"));
    }

    /** Returns the consequences of giving it up. */
    public String givenUp(ReviewCase one) {
        return one.item().kind().equals("provision")
                ? format.text("service.cancel.text")
                : format.text("reviews.give-up.text");
    }

    /** Returns the page of the subject. */
    public String place(ReviewCase one) {
        return one.option()
                .map(option -> switch (option) {
                    case VOLUME -> "/staff/volume?id=" + one.subject();
                    case SNAPSHOT -> "/staff/snapshot?id=" + one.subject();
                    case ADDRESS -> "/staff/address?id=" + one.subject();
                    case BACKUP -> "/staff/service-backups?id=" + one.serviceId();
                })
                .orElseGet(() -> "/staff/service?id=" + one.serviceId());
    }

    /** Converts a time to the displayed clock: work items wait in real time. */
    public Instant shown(Instant real) {
        return real.plus(clock.offset());
    }
}
