package io.tenantry.web.staff;

import io.tenantry.options.Waiting;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of all services and options waits for a decision. */
@Named
@RequestScoped
public class DecisionsPage {
    @Inject
    Waiting waiting;

    @Inject
    DecisionColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Waiting.Case> table;

    /** Looks at the list, if it may be seen. */
    public void open() {
        Visit.look(this::getTable);
    }

    public Table<Waiting.Case> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "decisions",
                    "/staff/decisions",
                    List.of(Waiting.ORGANIZATION),
                    columns.columns(),
                    columns.filters(),
                    waiting::find);
            table = known;
        }
        return known;
    }
}
