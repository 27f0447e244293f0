package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.options.Waiting;
import io.tenantry.options.WaitingDecisions;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.DecisionWords;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.shell.WaitingCount;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that waits for a decision: what is known of it, and the decision. */
@Named
@ViewScoped
public class DecisionPage implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String LIST = "/staff/decisions";

    private static final String WHY = "decide:why";

    @Inject
    CurrentPerson me;

    @Inject
    Waiting waiting;

    @Inject
    WaitingDecisions decisions;

    @Inject
    DecisionWords decided;

    @Inject
    WaitingCount count;

    @Inject
    Fmt fmt;

    private @Nullable String parameter;
    private @Nullable UUID id;
    private long item;
    private String reason = "";
    private transient @Nullable List<Waiting.Case> found;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = Visit.id("decision", parameter);
            var one = waiting.one(known);
            found = List.of(one);
            item = one.item().id();
            id = known;
        });
    }

    /** Has it tried again. */
    public void lookAgain() {
        if (decided.isReasoned(WHY, reason)) {
            var looked = decisions.lookAgain(known(), item, reason);
            count.forget();
            decided.looked(looked, WHY, LIST);
        }
    }

    /** Gives it up. */
    public void giveUp() {
        if (decided.isReasoned(WHY, reason)) {
            var isDone = decisions.giveUp(known(), item, reason);
            count.forget();
            decided.gaveUp(isDone, LIST);
        }
    }

    /** What was looked at: one, or nothing if somebody else has decided it since. */
    public List<Waiting.Case> getFound() {
        var known = found;
        if (known == null) {
            known = waiting.of(known()).filter(one -> one.item().id() == item).stream()
                    .toList();
            found = known;
        }
        return known;
    }

    /** What it is about, for the window and the head of the page. */
    public String getTitle() {
        return getFound().stream()
                .findFirst()
                .map(Waiting.Case::title)
                .orElseGet(() -> fmt.text("service.decision.late"));
    }

    /** Whether the person may decide it. */
    public boolean isDeciding() {
        return !getFound().isEmpty() && me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    /** Whether to give up is among what can be decided. */
    public boolean isAbandonable() {
        return isDeciding() && getFound().get(0).isAbandonable();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = Objects.requireNonNullElse(reason, "").strip();
    }

    private UUID known() {
        return Visit.opened(id);
    }
}
