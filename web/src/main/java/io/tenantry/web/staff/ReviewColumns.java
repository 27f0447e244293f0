package io.tenantry.web.staff;

import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.cloud.addon.ReviewQueue.Case;
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

/** What the list of what waits for a decision looks like: columns, filters, the columns of the file, and words. */
@Named
@RequestScoped
public class ReviewColumns {
    /** By what it can be narrowed. */
    public static final List<String> FILTERS = List.of(ReviewQueue.KIND, ReviewQueue.ORGANIZATION);

    /** The kinds of work that are about services and options. */
    private static final List<String> KINDS = List.of(
            "provision",
            "delete",
            "power",
            "resize",
            "rebuild",
            "rescue",
            "return",
            "name-address",
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

    /** The columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("what", "reviews.what").always(),
                Column.of("server", "reviews.server"),
                Column.of("customer", "reviews.customer"),
                Column.of("since", "reviews.since"),
                Column.of("attempts", "reviews.attempts").ofFigures(),
                Column.of("why", "reviews.why").unsorted());
    }

    /** What it can be narrowed by. */
    public List<Filter> filters() {
        return List.of(new Filter(
                ReviewQueue.KIND,
                "reviews.what",
                format.text("table.any"),
                KINDS.stream().map(kind -> new Filter.Choice(kind, kind(kind))).toList()));
    }

    /** The columns of the file. */
    public List<Field<Case>> fields() {
        return List.of(
                new Field<>("service.id", Case::subject),
                new Field<>("reviews.what", one -> kind(one.item().kind())),
                new Field<>("reviews.name", Case::title),
                new Field<>("reviews.server", Case::service),
                new Field<>("reviews.customer", Case::organization),
                new Field<>("reviews.since", one -> shown(one.item().since())),
                new Field<>("reviews.attempts", Case::attempts),
                new Field<>("reviews.why", one -> one.item().why()),
                new Field<>("reviews.error", one -> one.error().orElse("")));
    }

    /** What was to be done, in words; what has none is called by its name. */
    public String kind(String kind) {
        return new Messages(language.getLocale()).textOr("work.kind." + kind, kind);
    }

    /** What it means that it is not done, in our words. */
    public String about(Case one) {
        return new Messages(language.getLocale())
                .textOr("reviews.about." + one.item().kind(), format.text("reviews.about"));
    }

    /** What becomes of it if it is given up, in our words. */
    public String givenUp(Case one) {
        return one.item().kind().equals("provision")
                ? format.text("service.give-up.text")
                : format.text("reviews.give-up.text");
    }

    /** The page of what it is about. */
    public String place(Case one) {
        return one.option()
                .map(option -> switch (option) {
                    case VOLUME -> "/staff/volume?id=" + one.subject();
                    case SNAPSHOT -> "/staff/snapshot?id=" + one.subject();
                    case ADDRESS -> "/staff/address?id=" + one.subject();
                    case BACKUP -> "/staff/service-backups?id=" + one.serviceId();
                })
                .orElseGet(() -> "/staff/service?id=" + one.serviceId());
    }

    /** A time by the clock that everybody sees: work waits in real time. */
    public Instant shown(Instant real) {
        return real.plus(clock.offset());
    }
}
