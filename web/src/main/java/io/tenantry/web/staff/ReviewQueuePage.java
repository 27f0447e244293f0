package io.tenantry.web.staff;

import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ReviewCount;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cases of all services and add-ons that wait for a decision. */
@Named
@RequestScoped
public class ReviewQueuePage {
    @Inject
    ReviewQueue reviewQueue;

    @Inject
    ReviewColumns columns;

    @Inject
    Tables tables;

    @Inject
    ReviewCount count;

    private @Nullable Table<ReviewQueue.ReviewCase> table;

    /** Loads the list, if the user may view it; the count in the frame is refreshed, so that both are consistent. */
    public void open() {
        count.forget();
        PageResult.load(this::getTable);
    }

    public Table<ReviewQueue.ReviewCase> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "decisions",
                    "/staff/reviews",
                    List.of(ReviewQueue.ORGANIZATION),
                    columns.columns(),
                    columns.filters(),
                    reviewQueue::find);
            table = known;
        }
        return known;
    }
}
