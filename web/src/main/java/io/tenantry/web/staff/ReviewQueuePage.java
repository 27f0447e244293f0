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

/** What of all services and options waits for a decision. */
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

    private @Nullable Table<ReviewQueue.Case> table;

    /** Looks at the list, if it may be seen; the frame's number beside it is counted anew, so that both say the same. */
    public void open() {
        count.forget();
        PageResult.look(this::getTable);
    }

    public Table<ReviewQueue.Case> getTable() {
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
